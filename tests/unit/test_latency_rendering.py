"""The page of latencies: golden pages of the demo's incident, bars that compare, and any document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from chains import golden, told
from documents import call, handoff, read, request, row, timeline_of
from hypothesis import given
from hypothesis import strategies as st
from looks import lines, look
from wild_documents import quick, sessions

from feather_tui.rendering.latency import latency_blocks
from feather_tui.rendering.row import cells
from feather_tui.rendering.safe import safe
from feather_tui.session import timeline
from feather_tui.session.latency import answered_turns
from feather_tui.session.timeline import Entry


def page(
    entries: Sequence[Entry], width: int = 80, *, slowest: bool = False, expanded: bool = False
) -> list[str]:
    blocks = latency_blocks(answered_turns(entries), look(width), slowest_first=slowest)
    return lines(blocks, width, expanded=expanded)


def talk(*waits: float, latency: int | None = 100) -> tuple[Entry, ...]:
    """A conversation in which the customer waits so many seconds for each reply."""
    messages, second = [], 0.0
    for number, wait in enumerate(waits):
        messages.append(row("user", "q", turn=f"u{number}", second=second))
        second += wait
        messages.append(row("assistant", "a", turn=f"a{number}", second=second, latency_ms=latency))
        second += 1
    return timeline_of(*messages)


def bar(line: str) -> str:
    return "".join(sign for sign in line if sign in "█▓▒~░…")


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("order", ["time", "slowest"])
def test_the_incident(width: int, order: str) -> None:
    entries = timeline.build(told("headset-refund"))

    assert page(entries, width, slowest=order == "slowest") == golden(f"latency-{order}-{width}")


def test_blocks_lead_to_their_replies() -> None:
    turns = answered_turns(talk(3, 1, 2))

    def rows(*, slowest_first: bool) -> list[int | None]:
        return [block.row for block in latency_blocks(turns, look(), slowest_first=slowest_first)]

    assert rows(slowest_first=False) == [None, 1, 3, 5]
    assert rows(slowest_first=True) == [None, 1, 5, 3]


def test_bars_are_as_long_as_the_waits() -> None:
    shown = page(talk(10, 5, 0.001, 10, latency=0))
    lengths = [len(bar(line)) for line in shown if line.startswith(" 14:")]

    assert lengths[0] == lengths[3] == 2 * lengths[1]
    assert lengths[2] == 1  # too short to draw, and there all the same


def test_a_wait_for_a_person_does_not_flatten_the_bars_before_it() -> None:
    entries = timeline_of(
        row("user", "q", turn="1", second=0),
        row("assistant", "a", turn="2", second=10),
        row("user", "q", turn="3", second=20),
        row("assistant", "a", turn="4", second=200),
        handoff_events=[handoff(30)],
    )

    shown = [bar(line) for line in page(entries) if line.startswith(" 14:")]
    assert len(shown[0]) == len(shown[1])
    assert shown[1].endswith("…")


def test_the_legend_names_what_the_bars_hold() -> None:
    assert page(talk(2))[1] == " ▒▒ model   ░░ unaccounted"


def test_a_turn_unfolds_to_its_calls_and_both_readings() -> None:
    entries = timeline_of(
        row("user", "where?", turn="u", second=0),
        row("assistant", turn="b", second=0, tool_calls=[request("c1", "lookup")]),
        row("assistant", "there", turn="a", second=2, latency_ms=1500),
        tool_calls=[call("c1", "lookup", turn="b", latency_ms=200, result="{}")],
    )

    unfolded = [" ".join(line.split()) for line in page(entries, 120, expanded=True)]
    assert "tool 200 ms lookup ok" in unfolded
    assert "read as tools and retrieval included: model 1,300 ms, unaccounted 500 ms" in unfolded
    assert "read as tools and retrieval on top: model 1,500 ms, unaccounted 300 ms" in unfolded
    assert any("It is not documented whether" in line for line in unfolded)


def test_what_does_not_add_up_is_said_beside_the_turn() -> None:
    assert page(talk(1, latency=1500))[-1] == "   ⚠ the reply reports more time than passed between the rows"


def test_narrow_screens_have_the_numbers_under_the_bar() -> None:
    shown = page(talk(2), 50)

    assert "    tools ·  retrieval ·  model 0.10" in shown
    assert "    unaccounted 1.90" in shown


def test_a_session_without_turns_says_so() -> None:
    assert page(timeline_of()) == [" no answered turn in this session"]


@given(sessions, st.sampled_from((40, 80, 120)), st.booleans())
@quick
def test_the_latencies_of_any_document_fit_the_screen(document: Any, width: int, slowest: bool) -> None:  # noqa: FBT001 - hypothesis passes it by name
    session = read(document)
    turns = answered_turns(timeline.build(session))
    blocks = latency_blocks(turns, look(width), slowest_first=slowest)

    assert {block.row for block in blocks[1:]} == {turn.reply.row for turn in turns}
    for block in blocks:
        for expanded in (False, True):
            for shown in block.rows(look(width), expanded=expanded, parts=1):
                text = "".join(text for text, _ in shown)
                assert cells(text) <= width
                assert safe(text) == text
                assert "\n" not in text
