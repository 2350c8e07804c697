"""From what arrived of a session to its row of triage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Final

from feather_tui.session.calls import CallState
from feather_tui.session.summary import BAD_OUTCOMES
from feather_tui.session.timeline import CallEntry, Entry
from feather_tui.triage.case import NO_EXTRACTION, Case
from feather_tui.triage.signature import Signature, normalised

if TYPE_CHECKING:
    from feather_tui.arrivals import Assessment, ExtractionCopy, SessionCopy
    from feather_tui.findings.verdict import Verdict
    from feather_tui.session.identity import SessionId
    from feather_tui.session.model import Citation, KbSnapshot, RagTrace, RetrievedChunk, Session

_WORD: Final = 200
"""Characters of an id or a name in a row: the API's have far less; what is longer ends in "…"."""
_FINGERPRINT_BYTES: Final = 6


def case_of(
    session_id: SessionId,
    copy: SessionCopy,
    extraction: ExtractionCopy | None,
    assessment: Assessment,
    *,
    extraction_absent: bool,
) -> Case:
    """Return the row of a session. `extraction_absent`: the API said that there is none."""
    from feather_tui.findings.finding import Severity  # start-up time: the rules come with the assessment

    session, summary, found = copy.session, copy.summary, assessment.findings
    status = NO_EXTRACTION if extraction_absent else None
    agent = session.agent_id or (extraction.extraction.agent_id if extraction else None)
    return Case(
        session_id=session_id,
        started_at=summary.started_at,
        outcome=brief(summary.outcome),
        reason=brief(summary.reason),
        channel=_cut(summary.channel),
        agent=brief(agent),
        turns=summary.turns,
        tools=summary.tools,
        tools_failed=summary.tools_failed,
        errors=tuple(dict.fromkeys(_errors(copy.timeline))),
        retrievals=summary.retrievals,
        retrievals_missed=summary.retrievals_missed,
        worst=found.worst.label if found.worst else None,
        findings={severity.label: count for severity, count in found.counts.items()},
        first_cause=_first_cause(assessment.verdict),
        extraction=brief(extraction.extraction.status) if extraction else status,
        models=tuple(_cut(name) for name in summary.models),
        kb=_fingerprint(session.kb_snapshot),
        documents=tuple(dict.fromkeys(_documents(session))),
        gates=tuple(dict.fromkeys(_gates(session.rag_traces))),
        failed=summary.outcome in BAD_OUTCOMES or (found.worst or Severity.INFO) >= Severity.HIGH,
    )


def brief(text: str | None) -> str | None:
    """Return a word for a row: cut if it is too long, None for nothing."""
    return _cut(text) if text else None


def _cut(text: str) -> str:
    return text if len(text) <= _WORD else f"{text[: _WORD - 1]}…"


def _errors(timeline: Iterable[Entry]) -> Iterator[Signature]:
    for entry in timeline:
        if isinstance(entry, CallEntry) and entry.call.state is CallState.FAILED:
            yield Signature(_cut(entry.call.name), normalised(entry.call.error or ""))


def _first_cause(verdict: Verdict) -> str | None:
    """Return rule and words of the suspected cause, without what belongs to this session only."""
    if not verdict.causes:
        return None
    cause = verdict.causes[0]
    return f"{cause.rule} {normalised(cause.phrase)}"


def _fingerprint(snapshot: KbSnapshot | None) -> str | None:
    """Return the same few letters for the same number of documents in the same knowledge bases."""
    if snapshot is None:
        return None
    state = ascii(sorted(snapshot.kb_versions.items())).encode()
    return blake2b(state, digest_size=_FINGERPRINT_BYTES).hexdigest()


def _documents(session: Session) -> Iterator[tuple[str, str | None]]:
    retrieved = (chunk for trace in session.rag_traces for chunk in trace.retrieved)
    seen: Iterator[RetrievedChunk | Citation] = chain(retrieved, session.citations)
    for piece in seen:
        if name := brief(piece.doc_id):
            yield name, brief(piece.version_id)


def _gates(traces: Iterable[RagTrace]) -> Iterator[str]:
    for gate in (trace.answerability for trace in traces if trace.answerability):
        words = " ".join(word for word in (gate.mode, gate.label) if word)
        if words:
            yield _cut(words)
