"""The few facts that say how a session went: the header, the lookup list and `show` begin with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from feather_tui.session.calls import CallState
from feather_tui.session.model import RagTrace, Session
from feather_tui.session.timeline import (
    CallEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
    end_of,
)

ROUTINE_GAPS = frozenset({"no_csat", "no_user_feedback"})
"""Missing evidence that every session of today's API reports."""

GOOD_OUTCOMES = frozenset({"resolved"})
BAD_OUTCOMES = frozenset({"error", "call_failed", "escalated", "unresolved", "expired", "abandoned"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts and facts of one session.

    `tools` and `retrievals` are None where the platform says that they were not captured and none are
    there: unknown, not zero. `duration_seconds` runs to the last row where the end was not recorded.
    """

    outcome: str | None
    reason: str | None
    channel: str
    started_at: datetime | None
    ended_at: datetime | None
    duration_seconds: float | None
    turns: int
    tools: int | None
    tools_failed: int
    tools_unanswered: int
    retrievals: int | None
    retrievals_missed: int
    handoffs: int
    unlinked: int
    models: tuple[str, ...]
    gate_modes: tuple[str, ...]
    gaps: tuple[str, ...]


def summarize(session: Session, timeline: Iterable[Entry]) -> Summary:
    """Return the summary of a session and its timeline."""
    entries = tuple(timeline)
    calls = [entry.call.state for entry in entries if isinstance(entry, CallEntry)]
    traces = session.rag_traces
    end = end_of(session)
    missing = session.missing_evidence_reasons
    return Summary(
        outcome=session.knowledge_gap_analysis_outcome,
        reason=session.completion_reason,
        channel=session.channel,
        started_at=session.started_at,
        ended_at=session.ended_at,
        duration_seconds=(end - session.started_at).total_seconds() if end and session.started_at else None,
        turns=max((entry.turn for entry in entries if isinstance(entry, MessageEntry)), default=0),
        tools=None if not calls and "no_tool_trace" in missing else len(calls),
        tools_failed=calls.count(CallState.FAILED),
        tools_unanswered=calls.count(CallState.NO_RESULT),
        retrievals=None if not traces and "no_rag_trace" in missing else len(traces),
        retrievals_missed=sum(map(is_miss, traces)),
        handoffs=sum(isinstance(entry, HandoffEntry) for entry in entries),
        unlinked=sum(
            not entry.linked
            for entry in entries
            if isinstance(entry, CallEntry | RetrievalEntry | ExposureEntry)
        ),
        models=_distinct(message.model_used for message in session.messages),
        gate_modes=_distinct(trace.answerability.mode for trace in traces if trace.answerability),
        gaps=tuple(reason for reason in missing if reason not in ROUTINE_GAPS),
    )


def is_miss(trace: RagTrace) -> bool:
    """Return whether a retrieval found nothing: recorded as a miss, or an empty list of chunks."""
    return trace.hit is False or not trace.retrieved


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
