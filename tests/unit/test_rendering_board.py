"""The board's rows: columns that give way, hostile words, and how far the loading has come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import triage_incident
from hypothesis import given, settings
from hypothesis import strategies as st
from looks import look
from wild_documents import HOSTILE

from feather_tui.rendering.board import (
    DETAIL_ROWS,
    BoardRow,
    Group,
    Unloaded,
    board_heading,
    detail_rows,
    hidden_columns,
)
from feather_tui.rendering.board_news import News, Shown, State, narrowing_rows, news_rows, title_row
from feather_tui.rendering.row import Row, text_of, width_of
from feather_tui.rendering.safe import only_ascii
from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case
from feather_tui.triage.signature import Signature

ID = SessionId("3f6c1a90-8d27-4c1b-9e54-6b0f2d7a83c5")
CASE = Case(
    session_id=ID,
    started_at=triage_incident.DAY + timedelta(hours=14, minutes=2, seconds=11),
    outcome="escalated",
    reason="handoff_requested",
    channel="voice",
    agent="7c2e1a90-0000-4000-8000-000000000001",
    turns=18,
    tools=5,
    tools_failed=2,
    retrievals=3,
    retrievals_missed=1,
    worst="critical",
    findings={"critical": 1},
    first_cause="TOOL_ERROR shop_refund_order timed out",
    extraction="partial",
    failed=True,
)


def drawn(item: Case | Group | Unloaded, width: int, **fields: Any) -> str:
    (row,) = BoardRow(item, **fields).rows(look(width=width), expanded=False, parts=1)
    return text_of(row)


def test_at_80_columns_stands_what_answers_and_the_rest_below() -> None:
    narrow = look(width=80)

    assert text_of(board_heading(None, narrow)).split() == [
        *("start", "(UTC)", "outcome", "errors", "worst", "first", "cause")
    ]
    row = drawn(CASE, 80)
    assert row.startswith("   11-20 14:02:11  ✗ escalated       2/5  ● crit    shop_refund_order timed")
    assert hidden_columns(narrow) == 7
    assert text_of(title_row(shown(marked=0), narrow)).endswith(" +7 columns in a wider terminal")
    assert text_of(title_row(shown(), narrow)).endswith(" +7 if wider")
    below = "\n".join(map(text_of, detail_rows(BoardRow(CASE), narrow)))
    for text in (ID, "voice", "agent 7c2e1a90", "handoff_requested", "18 turns", "1/3", "TOOL_ERROR"):
        assert text in below


def test_at_200_columns_stands_everything() -> None:
    wide = look(width=200)

    assert hidden_columns(wide) == 0
    heading, row = text_of(board_heading(None, wide)), drawn(CASE, 200)
    for title, text in {
        "session": "3f6c1a90",
        "reason": "handoff_request…",
        "channel": "voice",
        "agent": "7c2e1a90",
        "extraction": "partial",
        "first cause": "shop_refund_order",
    }.items():
        assert heading.index(title) == row.index(text)
    for title, text in {"turns": "18", "errors": "2/5", "misses": "1/3"}.items():
        assert heading.index(title) + len(title) == row.index(text) + len(text)
    assert "wider" not in text_of(title_row(shown(), wide))


def test_what_the_platform_did_not_capture_is_no_zero() -> None:
    bare = Case(session_id=ID, findings={})

    row = drawn(bare, 200)

    assert row.count("0/?") == 2
    assert "· unrecorded" in row
    assert "none, or not recorded" in drawn(Group(value="", sessions=3, failed=0, unfolded=False), 80)


def test_marks_and_folds_have_their_signs() -> None:
    assert drawn(CASE, 80, marks={ID}).startswith(" ◆ ")
    assert drawn(Group(value="x", sessions=3, failed=1, unfolded=False), 80).split() == ["▸", "3", "1", "x"]
    assert drawn(Group(value="x", sessions=3, failed=1, unfolded=True), 80).split() == ["▾", "3", "1", "x"]
    assert drawn(Unloaded(ID, "timed out", "It timed out."), 80) == "   3f6c1a90  ✗ not here: timed out"


words = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join))


@settings(deadline=None, max_examples=80)
@given(text=words, width=st.integers(40, 210), ascii_only=st.booleans())
def test_no_word_of_others_breaks_a_row(text: str, width: int, *, ascii_only: bool) -> None:
    item = Case(
        session_id=ID,
        outcome=text or None,
        reason=text,
        channel=text,
        agent=text,
        worst=text,
        findings={},
        first_cause=f"RULE {text}",
        extraction=text,
        errors=(Signature(text, text),),
    )
    with only_ascii(when=ascii_only):
        here = look(width=width)
        rows: list[Row] = []
        for each in (item, Group(value=text, sessions=1, failed=1, unfolded=True), Unloaded(ID, text, text)):
            rows += BoardRow(each).rows(here, expanded=False, parts=1)
            about = detail_rows(BoardRow(each), here)
            assert len(about) == DETAIL_ROWS
            rows += about
        rows += [title_row(shown(query=text), here), *narrowing_rows(shown(query=text, group="cause"), here)]
        rows += news_rows(news(State.LOADING, missing={text: 3}, notes=(text,)), here)
        for row in rows:
            line = "".join(each for each, _ in row)
            assert width_of(row) <= width, line
            assert line.isprintable(), ascii(line)


def shown(**fields: Any) -> Shown:
    return Shown(**{"sessions": 40, "failed": 14, "marked": 2, "order": "newest first", **fields})


def news(state: State, **fields: Any) -> News:
    return News(**{"state": state, "came": 30, "total": 40, **fields})


def told(given: News) -> str:
    return "\n".join(map(text_of, news_rows(given, look(width=100))))


def test_a_filter_says_what_it_hides_and_which_key_ends_it() -> None:
    (row,) = narrowing_rows(shown(query="agent:x", kept=14), look(width=120))

    assert text_of(row) == " filter  agent:x   14 of 40 shown, 26 hidden   Esc shows all"
    assert narrowing_rows(shown(), look(width=120)) == []


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        (
            news(State.LOADING, cached=20, rate=4.94, seconds_left=75),
            ["███████████████░░░░░  30 of 40", "20 from the cache", "4.9 requests/s", "about 1m 15s left"],
        ),
        (news(State.LOADING, total_known=False), ["30 of 40", "more are being listed"]),
        (news(State.PAUSED), ["30 of 40", "paused: p goes on"]),
        (news(State.STOPPED), ["30 of 40", "stopped: r goes on"]),
        (news(State.ENDED, came=40, cached=40), ["✓ all 40 are here", "40 from the cache"]),
        (
            news(State.ENDED, missing={"timed out": 4, "not asked for": 6}, notes=("No network.",)),
            ["30 of 40 are here", "missing: 4 timed out, 6 not asked for; r asks again", "No network."],
        ),
        (news(State.ENDED, came=40, incomplete=3), ["Of 3 sessions the extraction is not known"]),
    ],
)
def test_how_far_it_has_come(given: News, texts: list[str]) -> None:
    for text in texts:
        assert text in told(given)
