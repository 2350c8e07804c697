"""Rules on the document itself: what it lacks, what it should not hold, what is new in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import WHOLE_SESSION, Part, Severity
from feather_tui.findings.line import line
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.vocabulary import EVIDENCE_REASONS, KNOWN_SCHEMA_VERSION, OUTCOMES, STATUSES
from feather_tui.session.model import Csat
from feather_tui.session.summary import ROUTINE_GAPS

_UNREDACTED: Final = "transcript_redaction_skipped"


def _unredacted(facts: Facts) -> Iterator[Seen]:
    if _UNREDACTED in facts.missing:
        yield Seen(
            line=line("Transcript may hold raw personal data: its redaction was skipped"),
            at=None,
            targets=(WHOLE_SESSION,),
            phrase="the redaction did not run",
        )


def _gaps(facts: Facts) -> Iterator[Seen]:
    told_elsewhere = ROUTINE_GAPS | {_UNREDACTED}
    gaps = [
        reason
        for reason in dict.fromkeys(facts.session.missing_evidence_reasons)
        if reason not in told_elsewhere
    ]
    if gaps:
        yield Seen(
            line=line("Not captured: {gaps}: absence proves nothing", gaps=", ".join(gaps)),
            at=None,
            targets=(WHOLE_SESSION,),
        )


def _new_shape(facts: Facts) -> Iterator[Seen]:
    news = list(dict.fromkeys(_news(facts)))
    if news:
        yield Seen(
            line=line("Newer document shape, shown as is: {news}", news=", ".join(news)),
            at=None,
            targets=(WHOLE_SESSION,),
        )


def _news(facts: Facts) -> Iterator[str]:
    session, extraction = facts.session, facts.extraction
    if session.analyzer_input_schema_version != KNOWN_SCHEMA_VERSION:
        yield f"schema version {session.analyzer_input_schema_version}"
    outcome = session.knowledge_gap_analysis_outcome
    if outcome is not None and outcome not in OUTCOMES:
        yield f"outcome {outcome}"
    yield from (reason for reason in session.missing_evidence_reasons if reason not in EVIDENCE_REASONS)
    if extraction is not None and extraction.status and extraction.status not in STATUSES:
        yield f"extraction status {extraction.status}"
    yield from (f"{aside.path} ({aside.why})" for aside in facts.asides)


def _rating(facts: Facts) -> Iterator[Seen]:
    csat, feedback = facts.session.csat, facts.session.user_feedback
    if csat is not None and _is_low(csat, facts.thresholds.low_rating_percent):
        yield Seen(
            line=line("CSAT {score}/{most}", score=csat.score, most=csat.scale_max),
            at=csat.timestamp,
            targets=(WHOLE_SESSION,),
            phrase=f"rated {csat.score}/{csat.scale_max}",
        )
    if feedback is not None:
        yield Seen(
            line=line(
                "Feedback: rating {rating}, “{comment}”",
                rating="none" if feedback.rating is None else feedback.rating,
                comment=feedback.comment or "",
            ),
            at=feedback.timestamp,
            targets=(WHOLE_SESSION,),
            severity=Severity.INFO,
            detail="the scale of this rating is not documented",
        )


def _is_low(csat: Csat, percent: int) -> bool:
    return csat.score is not None and csat.score * 100 <= percent * csat.scale_max


RULES: Final = (
    Rule(
        id="PII_RAW",
        family=Family.EVIDENCE,
        title="Not redacted",
        severity=Severity.HIGH,
        reason="Personal data may stand in the transcript as it was said: mind what is shown and copied.",
        fields=("A.missing_evidence_reasons",),
        evaluate=_unredacted,
        part=Part.LAST_RESORT,
    ),
    Rule(
        id="EVIDENCE_GAP",
        family=Family.EVIDENCE,
        title="Evidence not captured",
        severity=Severity.MEDIUM,
        reason="What was not captured may have happened all the same.",
        fields=("A.missing_evidence_reasons",),
        evaluate=_gaps,
    ),
    Rule(
        id="SHAPE_NEW",
        family=Family.EVIDENCE,
        title="Newer document",
        severity=Severity.LOW,
        reason="The document holds fields or values that this program does not know, so rules may miss them.",
        fields=("A.analyzer_input_schema_version", "A.*", "X.*"),
        evaluate=_new_shape,
    ),
    Rule(
        id="LOW_RATING",
        family=Family.EVIDENCE,
        title="Low rating",
        severity=Severity.HIGH,
        also=(Severity.INFO,),
        reason="The customer said how it went.",
        fields=("A.csat", "A.user_feedback"),
        evaluate=_rating,
        needs=(Need.CSAT,),
        follows=True,
    ),
)
