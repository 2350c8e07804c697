"""A transcript of which a filter keeps some entries, and which the reader has marked."""

from __future__ import annotations

from typing import Any

import pytest
from documents import body, call, handoff, request, row, timeline_of, trace
from hypothesis import given
from hypothesis import strategies as st
from looks import lines, look
from wild_documents import quick, sessions, texts

from feather_tui.rendering.row import text_of, width_of
from feather_tui.rendering.transcript import EntryBlock, transcript_blocks
from feather_tui.session import timeline
from feather_tui.session.reading import read_session

ENTRIES = timeline_of(
    row("user", "Where is my money?", turn="t0"),
    row("assistant", "Let me see.", turn="t1", second=2, tool_calls=[request("x"), request("y")]),
    row("assistant", "It is on its way.", turn="t2", second=40),
    rag_traces=[trace("c1", turn="t2")],
    tool_calls=[call("x", turn="t1", result="ok"), call("y", turn="t1", error="HTTP 503")],
    handoff_events=[handoff(50)],
)
"""user, assistant, call x, call y, a silence, assistant, retrieval, handoff, end."""
USER, ASSISTANT, CALL_X, CALL_Y = range(4)


def kept_lines(*positions: int, width: int = 80) -> list[str]:
    blocks = transcript_blocks(ENTRIES, kept=positions)
    return lines((blocks[position] for position in positions), width)


def test_what_hangs_under_a_hidden_message_says_under_which() -> None:
    head, call_row, blank = kept_lines(CALL_X)
    assert (head, blank) == (" 14:02:13 assistant, hidden by the filter", "")
    assert call_row.startswith("   ▸ lookup_order")
    assert kept_lines(CALL_X, width=120)[0] == " 14:02:13  assistant, hidden by the filter"


def test_of_several_under_one_message_the_first_says_so() -> None:
    shown = kept_lines(CALL_X, CALL_Y)

    assert [line for line in shown if "hidden by" in line] == [" 14:02:13 assistant, hidden by the filter"]


def test_what_hangs_under_a_message_that_is_kept_does_not_say_so() -> None:
    assert not any("hidden by" in line for line in kept_lines(USER, ASSISTANT, CALL_Y))


def test_whitespace_stands_between_turns_of_what_is_kept() -> None:
    blanks = [line == "" for line in kept_lines(USER, ASSISTANT, CALL_Y)]
    assert blanks == [False, False, True, False, False, False, True]  # the last for what may come behind it
    assert kept_lines(USER, CALL_Y)[2:4] == ["", " 14:02:13 assistant, hidden by the filter"]


def test_marks_and_remarks_stand_under_the_head() -> None:
    block = transcript_blocks(ENTRIES)[USER]
    before = lines([block])

    block.remark = ""
    assert lines([block]) == [before[0], "   ◆ marked", *before[1:]]
    block.remark = "why?"
    assert lines([block]) == [before[0], "   ◆ marked: why?", *before[1:]]


def test_what_is_revealed_says_so_and_has_whitespace_behind_it() -> None:
    block = transcript_blocks(ENTRIES, kept=[USER])[CALL_X]

    block.revealed = True

    head, call_row, note, blank = lines([block])
    assert (head, note, blank) == (
        " 14:02:13 assistant, hidden by the filter",
        "   → shown although the filter hides it",
        "",
    )
    assert "lookup_order" in call_row


@given(sessions, st.sets(st.integers(0, 12)), texts)
@pytest.mark.parametrize("width", [40, 80, 120])
@quick
def test_for_any_session_no_row_is_too_wide_and_no_remark_acts(
    width: int, document: Any, chosen: set[int], remark: str
) -> None:
    entries = timeline.build(read_session(body(document)).document)
    kept = sorted(position for position in chosen if position < len(entries))
    blocks = transcript_blocks(entries, kept=kept)

    for block in blocks:
        block.remark, block.revealed = remark, True
        check(block, width)


def check(block: EntryBlock, width: int) -> None:
    for expanded in (False, True):
        for shown in block.rows(look(width), expanded=expanded, parts=1):
            assert width_of(shown) <= width
            assert all(character.isprintable() for character in text_of(shown))
