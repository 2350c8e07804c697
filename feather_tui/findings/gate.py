"""Rules on the answerability gate: what it said of a retrieval, and whether anybody listened.

A retrieval without a verdict says that the gate was off or the record is old, not that all was well. Its
scores and thresholds may be compared only where their basis is `raw_dotproduct`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Part, Severity
from feather_tui.findings.line import line
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.turns import Turn, target_of
from feather_tui.session.model import Answerability
from feather_tui.session.timeline import RetrievalEntry

_RAW: Final = "raw_dotproduct"
_BLIND_REASONS: Final = frozenset({"verdict_failed", "not_actionable_basis"})
_NO_ACTION: Final = frozenset({"", "pass"})


def raw_score(gate: Answerability | None) -> float | None:
    """Return the score that may be compared with the thresholds; None if there is none."""
    return gate.raw_top_score if gate is not None and gate.score_basis == _RAW else None


def acted(gate: Answerability | None) -> bool:
    """Return whether the gate enforced something else than letting pass."""
    return gate is not None and gate.mode == "enforce" and _action(gate) not in _NO_ACTION


def _action(gate: Answerability) -> str:
    return (gate.action or "").strip()


def _verdicts(facts: Facts) -> Iterator[tuple[Turn, RetrievalEntry, Answerability]]:
    for turn in facts.turns:
        for entry in turn.retrievals:
            if entry.trace.answerability is not None:
                yield turn, entry, entry.trace.answerability


def _shadow(facts: Facts) -> Iterator[Seen]:
    for turn, entry, gate in _verdicts(facts):
        if gate.mode != "shadow" or turn.answer is None:
            continue
        if gate.label not in {"not_answerable", "low_confidence"}:
            continue
        sure = gate.label == "not_answerable"
        severity, detail = Severity.HIGH if sure else Severity.LOW, ""
        if sure and gate.score_basis != _RAW and gate.reason_code != "no_results":
            severity, detail = Severity.MEDIUM, "its scores are of a basis that the gate cannot judge"
        elif sure and turn.prompted_by_courtesy:
            severity, detail = Severity.INFO, "the customer had only greeted, thanked, or said yes or no"
        yield Seen(
            line=line("Gate (shadow) said {label}; the assistant answered anyway", label=gate.label),
            at=entry.at,
            targets=(target_of(entry), turn.answer.target),
            severity=severity,
            heuristic=severity is Severity.INFO,
            phrase="" if severity is Severity.INFO else f"answered against the gate ({gate.label})",
            detail=detail,
        )


def _acted(facts: Facts) -> Iterator[Seen]:
    for _, entry, gate in _verdicts(facts):
        if acted(gate):
            yield Seen(
                line=line(
                    "Gate enforced {action}: {label}, {reason}",
                    action=gate.action,
                    label=gate.label or "no label",
                    reason=gate.reason_code or "no reason code",
                ),
                at=entry.at,
                targets=(target_of(entry),),
                phrase="the gate held back what was found",
            )


def _leak(facts: Facts) -> Iterator[Seen]:
    for turn, entry, gate in _verdicts(facts):
        if gate.mode != "enforce" or gate.label != "not_answerable" or gate.score_basis != _RAW:
            continue
        if _action(gate) in _NO_ACTION and turn.answer is not None and turn.citations:
            yield Seen(
                line=line("Gate enforcing, yet chunks went to the model"),
                at=entry.at,
                targets=(target_of(entry), turn.answer.target),
                phrase="the gate let weak chunks through",
            )


def _blind(facts: Facts) -> Iterator[Seen]:
    for _, entry, gate in _verdicts(facts):
        if gate.label == "unknown" or gate.reason_code in _BLIND_REASONS:
            yield Seen(
                line=line(
                    "Gate had no usable verdict: {reason}", reason=gate.reason_code or "no reason code"
                ),
                at=entry.at,
                targets=(target_of(entry),),
                severity=Severity.MEDIUM if gate.reason_code == "verdict_failed" else Severity.LOW,
                phrase="the gate could not judge",
            )


def _mixed(facts: Facts) -> Iterator[Seen]:
    first: dict[str, RetrievalEntry] = {}
    for _, entry, gate in _verdicts(facts):
        if gate.mode:
            first.setdefault(gate.mode, entry)
    if len(first) > 1:
        entries = list(first.values())
        yield Seen(
            line=line("Gate mode changed during the session: {modes}", modes=" → ".join(first)),
            at=entries[1].at,
            targets=tuple(map(target_of, entries[1:] + entries[:1])),
        )


_GATE: Final = "A.rag_traces[].answerability"
_NEEDS: Final = (Need.RETRIEVALS, Need.GATE)

RULES: Final = (
    Rule(
        id="GATE_SHADOW",
        family=Family.RETRIEVAL,
        title="Answered against the gate",
        severity=Severity.HIGH,
        also=(Severity.MEDIUM, Severity.LOW, Severity.INFO),
        reason="The gate only watched; it judged the question not answerable, and an answer was given.",
        fields=(_GATE, "A.messages[]"),
        evaluate=_shadow,
        needs=_NEEDS,
        part=Part.CAUSE,
    ),
    Rule(
        id="GATE_ACTED",
        family=Family.RETRIEVAL,
        title="Gate acted",
        severity=Severity.MEDIUM,
        reason="The gate kept chunks from the model, so the reply could not stand on them.",
        fields=(_GATE,),
        evaluate=_acted,
        needs=_NEEDS,
        part=Part.CAUSE,
        explains=("NOT_EXPOSED",),
    ),
    Rule(
        id="GATE_LEAK",
        family=Family.RETRIEVAL,
        title="Gate let through",
        severity=Severity.HIGH,
        reason="An enforcing gate judged the question not answerable and did nothing about it.",
        fields=(_GATE, "A.citations[]"),
        evaluate=_leak,
        needs=(*_NEEDS, Need.CITATIONS),
        part=Part.CAUSE,
    ),
    Rule(
        id="GATE_BLIND",
        family=Family.RETRIEVAL,
        title="Gate could not judge",
        severity=Severity.LOW,
        also=(Severity.MEDIUM,),
        reason="The gate ran and gave no verdict that may be acted on.",
        fields=(_GATE,),
        evaluate=_blind,
        needs=_NEEDS,
        part=Part.CAUSE,
    ),
    Rule(
        id="GATE_MIXED",
        family=Family.RETRIEVAL,
        title="Gate mode changed",
        severity=Severity.LOW,
        reason="The gate's mode was switched while the session ran.",
        fields=("A.rag_traces[].answerability.mode",),
        evaluate=_mixed,
        needs=_NEEDS,
    ),
)
