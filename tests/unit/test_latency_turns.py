"""Where the time of each turn went, under both readings of a reply's latency."""

from __future__ import annotations

from typing import Any

import pytest
from documents import call, handoff, read, request, result, row, timeline_of, trace
from hypothesis import given
from wild_documents import quick, sessions

from feather_tui.session import timeline
from feather_tui.session.latency import Amount, AnsweredTurn, Mark, Reading, answered_turns


def turns_of(*messages: Any, **fields: Any) -> tuple[AnsweredTurn, ...]:
    return answered_turns(timeline_of(*messages, **fields))


def turn(
    wait: float | None, latency: int | None, *, tool: int | None = None, search: int | None = None
) -> AnsweredTurn:
    """One turn of so many seconds; its tool and its search took milliseconds, if they are given."""
    asking = [] if tool is None else [row("assistant", turn="b", second=0, tool_calls=[request("c1")])]
    reply = row("assistant", "There.", turn="a", second=wait or 0, latency_ms=latency)
    (found,) = turns_of(
        row("user", "Where?", turn="u", second=0),
        *asking,
        reply if wait is not None else reply | {"timestamp": None},
        tool_calls=[] if tool is None else [call("c1", turn="b", result="{}", latency_ms=tool)],
        rag_traces=[] if search is None else [trace("c1", turn="a", latency_ms=search)],
    )
    return found


# ---------------------------------------------------------------------- which turns there are


def test_a_turn_is_a_row_of_the_customer_and_the_reply() -> None:
    (found,) = turns_of(
        row("user", "a", second=0), row("user", "b", second=1), row("assistant", "c", second=3)
    )

    assert (found.since.row, found.reply.row, found.wait_ms) == (1, 2, 2000)


def test_after_a_tool_call_the_customer_waits_for_the_next_reply() -> None:
    first, second = turns_of(
        row("user", "refund", turn="u", second=0),
        row("assistant", "Let me see.", turn="b", second=2, tool_calls=[request("c1")]),
        row("tool", turn="t", second=31, tool_results=result("c1", "{}")),
        row("assistant", "Done.", turn="c", second=33),
        tool_calls=[call("c1", turn="b", latency_ms=29_000)],
    )

    assert (first.wait_ms, first.tool_ms) == (2000, 0)
    assert (second.since.row, second.wait_ms, second.tool_ms) == (1, 31_000, 29_000)


def test_nobody_waited_for_an_assistant_who_talks_on() -> None:
    assert (
        len(turns_of(row("user", "hi"), row("assistant", "a", second=1), row("assistant", "b", second=600)))
        == 1
    )


def test_what_was_never_answered_is_no_turn() -> None:
    assert turns_of(row("assistant", "hello"), row("user", "hi", second=1)) == ()


def test_times_of_calls_whose_turn_is_not_here_belong_to_no_turn() -> None:
    (found,) = turns_of(
        row("user", "hi"),
        row("assistant", "yes", second=1),
        tool_calls=[call("c9", turn="gone", latency_ms=9)],
    )

    assert found.calls == ()


def test_a_reply_after_the_handoff_is_marked_as_such() -> None:
    (found,) = turns_of(
        row("user", "a", second=0), row("assistant", "b", second=9), handoff_events=[handoff(4)]
    )

    assert found.reply.after_handoff


# ---------------------------------------------------------------------- where the time went


def test_without_tools_both_readings_are_one() -> None:
    found = turn(2.0, 1200)

    assert [split.reading for split in found.splits] == [Reading.INCLUDES]
    assert (found.model_ms, found.unaccounted_ms, found.marks) == (Amount(1200, 1200), Amount(800, 800), ())


def test_a_latency_longer_than_its_parts_can_only_include_them() -> None:
    found = turn(33.6, 32_800, tool=30_000, search=200)

    assert found.model_ms == Amount(2600, 2600)
    assert found.unaccounted_ms == Amount(800, 800)
    assert [split.excess_ms for split in found.splits] == [0, 29_400]


def test_a_latency_shorter_than_its_parts_can_only_come_on_top() -> None:
    found = turn(31.6, 1300, tool=30_000)

    assert found.model_ms == Amount(1300, 1300)
    assert found.unaccounted_ms == Amount(300, 300)
    assert [split.excess_ms for split in found.splits] == [28_700, 0]


def test_where_the_times_allow_both_readings_the_parts_are_ranges() -> None:
    found = turn(2.0, 1500, tool=200, search=100)

    assert found.model_ms == Amount(1200, 1500)
    assert found.unaccounted_ms == Amount(200, 500)
    assert [(split.model_ms, split.unaccounted_ms) for split in found.splits] == [(1200, 500), (1500, 200)]


def test_parts_that_fit_under_neither_reading_overlap() -> None:
    found = turn(2.0, 1000, tool=1500)

    assert found.marks == (Mark.OVERLAP,)
    assert found.model_ms == Amount(0, 1000)
    assert found.unaccounted_ms == Amount(0, 500)


def test_parts_longer_than_the_wait_leave_nothing_unaccounted() -> None:
    found = turn(2.0, 1000, tool=3000)

    assert found.marks == (Mark.OVERLAP, Mark.PARTS_EXCEED_WAIT)
    assert found.unaccounted_ms == Amount(0, 0)


def test_a_latency_longer_than_the_wait_is_marked() -> None:
    found = turn(1.0, 1500)

    assert found.marks == (Mark.LATENCY_EXCEEDS_WAIT,)
    assert (found.model_ms, found.unaccounted_ms) == (Amount(1500, 1500), Amount(0, 0))


def test_without_a_latency_the_models_time_is_unaccounted() -> None:
    found = turn(2.0, None, tool=500)

    assert (found.splits, found.model_ms, found.unaccounted_ms) == ((), None, Amount(1500, 1500))


def test_without_a_time_the_wait_is_at_least_what_is_accounted_for() -> None:
    found = turn(None, 1500, tool=200)

    assert (found.wait_ms, found.whole_ms, found.unaccounted_ms) == (None, 1500, None)
    assert found.model_ms == Amount(1300, 1500)


@pytest.mark.parametrize("took", [None, -5])
def test_a_tool_without_a_usable_time_is_marked(took: int | None) -> None:
    (found,) = turns_of(
        row("user", "a", turn="u"),
        row("assistant", turn="b", second=0, tool_calls=[request("c1")]),
        row("assistant", "c", turn="a", second=1, latency_ms=10),
        tool_calls=[call("c1", turn="b", latency_ms=took)],
    )

    assert (found.tool_ms, found.marks) == (0, (Mark.UNTIMED,))


def test_a_negative_latency_is_left_out_and_said() -> None:
    found = turn(1.0, -7)

    assert (found.latency_ms, found.marks) == (None, (Mark.NEGATIVE,))


# ---------------------------------------------------------------------- any document


@given(sessions)
@quick
def test_the_parts_of_any_turn_are_consistent(document: Any) -> None:
    session = read(document)
    for found in answered_turns(timeline.build(session)):
        assert session.messages[found.reply.row] is found.reply.message
        assert found.whole_ms >= 0
        for amount in (found.model_ms, found.unaccounted_ms):
            assert amount is None or 0 <= amount.low <= amount.high
        if found.wait_ms is not None and found.model_ms and found.unaccounted_ms and not found.marks:
            assert found.parts_ms + found.model_ms.low + found.unaccounted_ms.high == found.wait_ms
            assert found.parts_ms + found.model_ms.high + found.unaccounted_ms.low == found.wait_ms


def test_turns_stand_in_the_order_of_time() -> None:
    found = turns_of(
        row("user", "3", second=30),
        row("assistant", "4", second=40),
        row("user", "1", second=10),
        row("assistant", "2", second=20),
    )

    assert [one.reply.row for one in found] == [3, 1]
