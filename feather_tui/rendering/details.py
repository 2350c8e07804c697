"""Everything of a session that the transcript does not tell: ids, evidence gaps, metadata, feedback."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from feather_tui.rendering.clock import count, duration, size
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import BLANK, Row
from feather_tui.rendering.transcript import aside_rows
from feather_tui.rendering.values import fact_rows, json_rows
from feather_tui.session.model import Session
from feather_tui.session.shape import Aside
from feather_tui.session.summary import ROUTINE_GAPS, Summary

GAP_MEANINGS = {
    "no_rag_trace": "retrievals were not captured: none shown does not mean none happened",
    "no_kb_snapshot": "the state of the knowledge bases was not captured",
    "no_citations": "which chunks reached the model was not captured",
    "no_tool_trace": "tool calls were not captured: none shown does not mean none happened",
    "no_csat": "no satisfaction score: usual, the API has no way to give one yet",
    "no_user_feedback": "no feedback: usual, the API has no way to give any yet",
    "transcript_redaction_skipped": "personal data may stand in the messages as it was said",
    "legacy_session": "recorded by an older platform: much may be missing",
}


_TOLD_BY_THE_TRANSCRIPT = frozenset({"messages", "tool_calls", "rag_traces", "citations", "handoff_events"})


def details_blocks(
    session: Session,
    summary: Summary,
    asides: Sequence[Aside],
    look: Look,
    *,
    freshness: str,
    body_bytes: int,
    parts: int = 1,
) -> list[Block]:
    """Return the details page.

    `freshness` in words; `body_bytes` the size of the document as received; `parts` of long values.
    """
    sections: list[tuple[str, Iterable[Row]]] = [
        ("session", _facts(_identity(session, summary, look), look)),
        ("this copy", _facts(_copy(session, freshness, body_bytes), look)),
        ("missing evidence", _facts(_gaps(session), look)),
        ("models and gates", _facts(_models(summary), look)),
        ("knowledge base snapshot", _facts(_snapshot(session, look), look)),
        ("feedback", _facts(_feedback(session, look), look)),
        ("customer metadata", _metadata(session, look, parts)),
    ]
    blocks: list[Block] = []
    for title, rows in sections:
        blocks.append(RowsBlock([((f" {title}", "strong"),)]))
        blocks += [RowsBlock([row]) for row in rows]
        blocks.append(RowsBlock([BLANK]))
    others = [aside for aside in asides if aside.path.partition("[")[0] not in _TOLD_BY_THE_TRANSCRIPT]
    if others:
        blocks += [RowsBlock([row]) for row in aside_rows(others, 1, look.width - 4)]
    return blocks


def _facts(facts: Iterable[tuple[str, str]], look: Look) -> list[Row]:
    return fact_rows(facts, 3, look.width - 6)


def _identity(session: Session, summary: Summary, look: Look) -> Iterator[tuple[str, str]]:
    yield "session id", session.session_id
    yield "organization id", session.organization_id or "not given"
    yield "agent id", session.agent_id or "none (team-bound or an older session)"
    yield "channel", session.channel or "not given"
    yield "started", look.clock.full(session.started_at)
    yield "ended", look.clock.full(session.ended_at)
    yield "duration", duration(summary.duration_seconds)
    yield "outcome", session.knowledge_gap_analysis_outcome or "not recorded"
    yield "reason", session.completion_reason or "not recorded"
    yield "handoffs", str(summary.handoffs)


def _copy(session: Session, freshness: str, body_bytes: int) -> Iterator[tuple[str, str]]:
    version = session.analyzer_input_schema_version
    known = "" if version == 2 else " (newer than this program knows: shown as far as it is understood)"  # noqa: PLR2004
    yield "age", freshness
    yield "size", f"{size(body_bytes)} bytes, {count(len(session.messages))} messages"
    yield "schema version", f"{version}{known}"


def _gaps(session: Session) -> Iterator[tuple[str, str]]:
    reasons = session.missing_evidence_reasons
    if not reasons:
        yield "none", "the platform reports nothing missing"
    for reason in sorted(reasons, key=ROUTINE_GAPS.__contains__):
        yield "not captured", f"{reason}: {GAP_MEANINGS.get(reason, 'unknown to this version')}"


def _models(summary: Summary) -> Iterator[tuple[str, str]]:
    yield "models", ", ".join(summary.models) or "not recorded"
    yield "gate modes", ", ".join(summary.gate_modes) or "no gate ran, or it was not recorded"


def _snapshot(session: Session, look: Look) -> Iterator[tuple[str, str]]:
    snapshot = session.kb_snapshot
    if snapshot is None:
        yield "none", "not captured"
        return
    yield "captured", look.clock.full(snapshot.captured_at)
    for kb_id, versions in snapshot.kb_versions.items():
        yield "knowledge base", f"{kb_id}  {count(versions)} active document versions"


def _feedback(session: Session, look: Look) -> Iterator[tuple[str, str]]:
    csat, feedback, reopen = session.csat, session.user_feedback, session.reopen
    yield "csat", f"{csat.score} of {csat.scale_max}  {look.clock.full(csat.timestamp)}" if csat else "none"
    if feedback is None:
        yield "user feedback", "none"
    else:
        rating = "no rating" if feedback.rating is None else f"rating {feedback.rating}"
        yield "user feedback", f"{rating}  {look.clock.full(feedback.timestamp)}"
        yield "comment", feedback.comment or "none"
    yield (
        "reopened",
        f"{look.clock.full(reopen.timestamp)}  {reopen.reason or 'no reason'}" if reopen else "no",
    )


def _metadata(session: Session, look: Look, parts: int) -> list[Row]:
    if session.customer_metadata is None:
        return fact_rows([("none", "nothing was attached")], 3, look.width - 6)
    return json_rows(session.customer_metadata, 3, look.width - 6, parts=parts)
