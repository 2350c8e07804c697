"""The facts that the header, the lookup list and `show` begin with."""

from __future__ import annotations

from typing import Any

import pytest
from documents import START, analysis, call, citation, handoff, moment, read, request, row, trace
from hypothesis import given
from wild_documents import quick, sessions

from feather_tui.session import timeline
from feather_tui.session.model import RagTrace, RetrievedChunk
from feather_tui.session.summary import Summary, is_miss, summarize
from feather_tui.session.timeline import UnlinkedEntry


def summary_of(*messages: Any, **fields: Any) -> Summary:
    session = read(analysis(*messages, **fields))
    return summarize(session, timeline.build(session))


def test_a_session_in_facts() -> None:
    summary = summary_of(
        row("user", "hi", turn="t0"),
        row("assistant", "let me see", turn="t1", model_used="gpt-4.1", tool_calls=[request("asked")]),
        row("assistant", "", turn="t1", model_used="gpt-4.1-mini"),
        row("assistant", "done", turn="t2", model_used="gpt-4.1"),
        channel="voice",
        completion_reason="handoff_requested",
        knowledge_gap_analysis_outcome="escalated",
        tool_calls=[
            call("a", turn="t1", result="ok"),
            call("b", turn="t1", error="500"),
            call("c", turn="gone"),
        ],
        rag_traces=[
            trace("c1", turn="t1", answerability={"mode": "shadow"}),
            trace(turn="t1", answerability={"mode": None}),
            trace("c1", turn="t2", hit=False, answerability={"mode": "enforce"}),
        ],
        citations=[citation("c9", turn="gone")],
        handoff_events=[handoff(5), handoff(6)],
        missing_evidence_reasons=["no_csat", "legacy_session", "no_user_feedback", "no_kb_snapshot"],
    )

    assert summary == Summary(
        outcome="escalated",
        reason="handoff_requested",
        channel="voice",
        started_at=START,
        ended_at=read(analysis()).ended_at,
        duration_seconds=372.0,
        turns=3,
        tools=4,
        tools_failed=1,
        tools_unanswered=2,
        retrievals=3,
        retrievals_missed=2,
        handoffs=2,
        unlinked=2,
        models=("gpt-4.1", "gpt-4.1-mini"),
        gate_modes=("shadow", "enforce"),
        gaps=("legacy_session", "no_kb_snapshot"),
    )


def test_nothing_is_known_of_an_id_alone() -> None:
    summary = summarize(read({"session_id": "x"}), ())

    assert (summary.outcome, summary.reason, summary.duration_seconds) == (None, None, None)
    assert (summary.turns, summary.tools, summary.retrievals) == (0, 0, 0)


def test_what_was_not_captured_is_unknown_and_not_zero() -> None:
    summary = summary_of(missing_evidence_reasons=["no_tool_trace", "no_rag_trace"])

    assert (summary.tools, summary.retrievals) == (None, None)


def test_what_is_there_counts_although_the_platform_says_it_is_not() -> None:
    summary = summary_of(
        row("assistant", tool_calls=[request("x")]),
        rag_traces=[trace("c1")],
        missing_evidence_reasons=["no_tool_trace", "no_rag_trace"],
    )

    assert (summary.tools, summary.retrievals) == (1, 1)


def test_a_session_without_an_end_lasts_to_its_last_row() -> None:
    summary = summary_of(row("user", "a", second=40), row("user", "b", second=25), ended_at=None)

    assert summary.ended_at is None
    assert summary.duration_seconds == 40.0


def test_a_session_that_ends_before_it_starts_has_a_negative_duration() -> None:
    assert summary_of(ended_at=moment(-75)).duration_seconds == -75.0


@pytest.mark.parametrize(
    ("hit", "chunks", "miss"),
    [(True, 1, False), (None, 1, False), (False, 1, True), (True, 0, True), (None, 0, True)],
)
def test_a_miss_is_recorded_as_one_or_empty(hit: bool | None, chunks: int, miss: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_miss(RagTrace(hit=hit, retrieved=(RetrievedChunk(),) * chunks)) is miss


@given(sessions)
@quick
def test_counts_are_those_of_the_timeline(document: Any) -> None:
    session = read(document)
    entries = timeline.build(session)
    summary = summarize(session, entries)

    assert summary.handoffs == len(session.handoff_events)
    assert summary.unlinked == sum(entry.count for entry in entries if isinstance(entry, UnlinkedEntry))
    assert summary.tools_failed + summary.tools_unanswered <= (summary.tools or 0)
    assert summary.retrievals_missed <= (summary.retrievals or 0)
