"""The head of the screen: whose data this is, how old, and how the session went."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from documents import SESSION_ID, analysis, call, read, request, row, trace
from looks import look, tone_of

from feather_tui.rendering.header import verdict_rows
from feather_tui.rendering.masthead import Freshness, Place, freshness_text, place_row
from feather_tui.rendering.row import text_of, width_of
from feather_tui.rendering.transcript import plain
from feather_tui.session import timeline
from feather_tui.session.summary import Summary, summarize

SANDBOX = Place(profile="sandbox", host="api-sandbox.featherhq.com")
ELSEWHERE = Place(profile="prod", host="api.example.test", foreign=True)


def fresh(*, cached: bool = True, age: int = 240, checked: int = 240, loading: bool = False) -> Freshness:
    now = look().clock.now
    return Freshness(
        cached=cached,
        fetched_at=now - timedelta(seconds=age),
        checked_at=now - timedelta(seconds=checked),
        loading=loading,
    )


def summary_of(*messages: Any, **fields: Any) -> Summary:
    session = read(analysis(*messages, **fields))
    return summarize(session, timeline.build(session))


def test_the_first_line_says_whose_data_this_is() -> None:
    line = text_of(place_row(SANDBOX, SESSION_ID, fresh(), look(120)))

    assert line.startswith(" feather  sandbox  api-sandbox.featherhq.com  ")
    assert line.endswith("  3f6c1a90  cached 4 min ago  UTC")


def test_at_80_columns_only_a_foreign_host_is_named() -> None:
    assert "featherhq.com" not in text_of(place_row(SANDBOX, None, None, look()))
    assert " feather  prod  api.example.test  ⚠ not sandbox " in text_of(
        place_row(ELSEWHERE, None, None, look())
    )
    assert tone_of([place_row(ELSEWHERE, None, None, look())], "not sandbox") == "warn"


def test_offline_is_said() -> None:
    assert "offline" in text_of(place_row(Place(profile="x", host="y", offline=True), None, None, look()))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("place", [SANDBOX, ELSEWHERE, Place(profile="p" * 90, host="h" * 90, foreign=True)])
def test_the_first_line_is_as_wide_as_the_screen(width: int, place: Place) -> None:
    line = place_row(place, SESSION_ID, fresh(checked=1, loading=True), look(width))

    assert width_of(line) == width


@pytest.mark.parametrize(
    ("freshness", "text"),
    [
        (fresh(), "cached 4 min ago"),
        (fresh(cached=False, age=0, checked=0), "fetched just now"),
        (fresh(checked=1), "cached 4 min ago, checked just now"),
        (fresh(loading=True), "cached 4 min ago, asking now"),
    ],
)
def test_how_old_a_document_is(freshness: Freshness, text: str) -> None:
    assert freshness_text(freshness, look()) == text


def test_the_verdict_says_how_the_session_went() -> None:
    summary = summary_of(
        row("user", "hi"),
        row("assistant", "", tool_calls=[request("asked")]),
        channel="voice",
        completion_reason="handoff_requested",
        knowledge_gap_analysis_outcome="escalated",
        tool_calls=[call("x", error="500"), call("y", result="ok")],
        rag_traces=[trace("c1"), trace(), trace()],
        missing_evidence_reasons=["no_kb_snapshot", "no_csat"],
    )
    text = " ".join(" ".join(plain(verdict_rows(summary, look(120)))).split())

    assert text == (
        "✗ escalated handoff_requested voice 2026-11-20 14:02:11Z 6m 12s 1 turn "
        "tools 3 (1 failed) (1 without result) retrieval 3 (2 misses) evidence gaps: kb snapshot"
    )


@pytest.mark.parametrize(
    ("fields", "piece"),
    [
        ({"knowledge_gap_analysis_outcome": None}, "· outcome not recorded"),
        ({"knowledge_gap_analysis_outcome": "ascended"}, "· ascended"),
        ({"knowledge_gap_analysis_outcome": "resolved"}, "✓ resolved"),
        ({"completion_reason": None}, "no reason recorded"),
        ({"channel": None}, "channel not given"),
        ({"started_at": None}, "not recorded"),
        ({"ended_at": None}, "unknown, end not recorded"),
        ({"missing_evidence_reasons": ["no_tool_trace", "no_rag_trace"]}, "tools not captured"),
        ({"missing_evidence_reasons": ["no_rag_trace"]}, "retrievals not captured"),
        ({"tool_calls": [call("x", turn="gone")]}, "unlinked 1"),
        ({"rag_traces": [trace()]}, "retrieval 1 (1 miss)"),
    ],
)
def test_what_is_unknown_or_wrong_is_said(fields: dict[str, Any], piece: str) -> None:
    assert piece in "  ".join(plain(verdict_rows(summary_of(**fields), look(120))))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("text", ["handoff_requested", "理由" * 60, "\x1b[2J\n" * 9])
def test_the_verdict_fits_and_loses_nothing_it_has_room_for(width: int, text: str) -> None:
    summary = summary_of(
        completion_reason=text, channel=text, missing_evidence_reasons=["legacy_session", "no_citations"]
    )
    rows = verdict_rows(summary, look(width))

    assert all(width_of(line) <= width for line in rows)
    assert all(text_of(line).startswith(" ") for line in rows)
    assert "tools 0" in "".join(plain(rows))
    assert "\x1b" not in "".join(plain(rows))
