"""A tool call on the screen: one line folded, everything unfolded."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from documents import call, request, result, row
from looks import blocks_of, lines, look, tone_of

from feather_tui.rendering.transcript import EntryBlock
from feather_tui.session.timeline import CallEntry

ARGUMENTS = '{"order_id": "8812-4410", "amount": 79.9}'


def block(*messages: Any, **fields: Any) -> EntryBlock:
    return next(block for block in blocks_of(*messages, **fields) if isinstance(block.entry, CallEntry))


def recorded(arguments: str = ARGUMENTS, **fields: Any) -> EntryBlock:
    """A call that the runtime recorded, under the row of its turn."""
    return block(row("assistant", "x"), tool_calls=[call("call_9bX", "refund_order", arguments, **fields)])


def folded(entry: EntryBlock, width: int = 80) -> str:
    (line,) = [line for line in lines([entry], width) if line]
    return line


def unfolded(entry: EntryBlock, width: int = 80) -> str:
    """The lines under the head, from the left margin."""
    return dedent("\n".join(lines([entry], width, expanded=True)[1:])).strip("\n")


def test_a_call_that_worked_is_one_line() -> None:
    entry = recorded(result="done", latency_ms=212)

    assert folded(entry) == ("   ▸ refund_order   order_id 8812-4410  amount 79.9              ✓ ok   212 ms")
    assert folded(entry, 120) == (
        f"{'▸ refund_order   order_id 8812-4410  amount 79.9':>59}{'✓ ok   212 ms':>59}"
    )


@pytest.mark.parametrize(
    ("fields", "state", "tone"),
    [
        ({"result": ""}, "✓ ok", "good"),
        ({"error": "500", "latency_ms": 30000}, "✗ error   30.0 s", "bad"),
        ({}, "? no result", "warn"),
    ],
)
def test_the_state_is_a_sign_and_a_word(fields: dict[str, Any], state: str, tone: str) -> None:
    entry = recorded(**fields)

    assert state in folded(entry)
    assert tone_of(entry.rows(look(), expanded=False, parts=1), state[:4]) == tone


def test_long_arguments_give_way_to_the_state() -> None:
    line = folded(recorded('{"note": "' + "word " * 100 + '"}', error="500"))

    assert line.startswith("   ▸ refund_order   note word word")
    assert line.endswith("…  ✗ error")
    assert len(line) <= 78


def test_unfolding_shows_everything_of_a_call() -> None:
    entry = block(
        row("assistant", "x", tool_calls=[request("call_9bX", "refund_order", ARGUMENTS)]),
        row("tool", "", second=30, tool_results=result("call_9bX", "", "timed out after 30000 ms")),
        tool_calls=[
            call("call_9bX", "refund_order", ARGUMENTS, error="timed out after 30000 ms", latency_ms=30000)
        ],
    )

    assert unfolded(entry) == dedent("""\
        arguments
          {"order_id": "8812-4410", "amount": 79.9}
        error
          timed out after 30000 ms
        result: empty
        id               call_9bX
        latency          30,000 ms
        turn id          turn-1
        in the document  tool_calls[0]
        asked in         messages[0].tool_calls[0]
        type             function
        copies           agree
        result row       time 2026-11-20 14:02:41Z  role tool  in messages[1]
        its turn id      turn-1""")


def test_copies_that_differ_are_both_shown() -> None:
    entry = block(
        row("assistant", "x", tool_calls=[request("call_1", "refund", '{"amount": 7.9}')]),
        row("tool", "", tool_results=result("call_1", "shortened…", "HTTP 502")),
        tool_calls=[call("call_1", "refund_order", '{"amount": 79.9}', result="in full", error="upstream")],
    )

    assert "copies differ" in folded(entry)
    text = unfolded(entry)
    for piece in (
        '{"amount": 79.9}',
        "upstream",
        "in full",
        "name, in the row that asked\n  refund",
        'arguments, in the row that asked\n  {"amount": 7.9}',
        "result, in messages[1]\n  shortened…",
        "error, in messages[1]\n  HTTP 502",
        "copies           differ in name, arguments, output",
    ):
        assert piece in text


def test_the_platforms_parsed_arguments_are_shown_only_if_they_say_something_else() -> None:
    title = "arguments as parsed by the platform"

    assert title not in unfolded(
        recorded(result="x", arguments_parsed={"amount": 79.9, "order_id": "8812-4410"})
    )
    assert title not in unfolded(recorded(result="x", arguments_parsed=None))
    assert f'{title}\n  {{"amount": 1}}' in unfolded(recorded(result="x", arguments_parsed={"amount": 1}))
    assert title in unfolded(recorded("{broken", result="x", arguments_parsed={}))


def test_arguments_that_are_no_json_are_shown_as_they_are() -> None:
    entry = recorded('{"order_id": 88', result="x")

    assert 'refund_order   {"order_id": 88' in folded(entry)
    assert 'arguments\n  {"order_id": 88\n' in unfolded(entry)


def test_what_is_empty_or_missing_is_said() -> None:
    nameless = block(row("assistant", tool_calls=[{"id": "", "function": {}}]))

    assert "unnamed tool" in folded(nameless)
    text = unfolded(nameless)
    assert "arguments: empty" in text
    assert "no result was captured: it never returned, or was not recorded" in text
    assert "id               (empty)" in text


def test_a_call_whose_turn_is_not_here_says_so() -> None:
    entry = block(tool_calls=[call("call_1", turn="gone", result="x")])

    assert "turn not here  ✓ ok" in folded(entry)


def test_a_result_in_json_is_formatted() -> None:
    entry = recorded(result='{"a":{"b":[1,2,3]},"c":"' + "x" * 80 + '"}')

    assert '  {\n    "a": {' in unfolded(entry)


def test_a_very_long_result_is_shown_in_parts() -> None:
    entry = recorded(result="y" * 100_000)

    assert "… 36 K of 100 K characters more: + shows the next part" in unfolded(entry)
    assert len(entry.rows(look(), expanded=True, parts=2)) > len(entry.rows(look(), expanded=True, parts=1))


def test_hostile_text_is_made_safe_everywhere() -> None:
    esc = "\x1b[2J"
    entry = block(
        row(esc, esc, turn=esc, tool_calls=[request(esc, esc + "1", esc + "2")]),
        row("tool", "", tool_results=result(esc, esc + "3", esc + "4")),
        tool_calls=[call(esc, esc, esc, result=esc, error=esc, arguments_parsed={esc: esc}, turn=esc)],
    )
    text = "\n".join(lines([entry], expanded=True))

    assert "\x1b" not in text
    assert text.count("[2J") >= 10
