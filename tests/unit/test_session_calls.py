"""Joining the copies of a tool call: the asking row's, the runtime's, and the result's."""

from __future__ import annotations

from typing import Any

import pytest
from documents import analysis, call, read, request, result, row
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import json_values, linked_sessions, quick, sessions

from feather_tui.session.calls import Call, CallState, ResultRow, canonical, join_calls, same_json


def calls_of(*messages: Any, recorded: list[Any] | None = None) -> tuple[Call, ...]:
    return join_calls(read(analysis(*messages, tool_calls=recorded or [])))[0]


def orphans_of(*messages: Any, recorded: list[Any] | None = None) -> tuple[ResultRow, ...]:
    return join_calls(read(analysis(*messages, tool_calls=recorded or [])))[1]


def asking(*requests: Any) -> Any:
    return row("assistant", tool_calls=list(requests))


def bringing(call_id: str, output: str = "done", error: str | None = None) -> Any:
    return row("tool", tool_results=result(call_id, output, error))


def test_the_three_copies_of_a_call_are_one_call() -> None:
    (joined,) = calls_of(
        row("user", "Where is it?"),
        asking(request("call_1", "lookup_order", '{"id": 1}')),
        bringing("call_1", "shipped"),
        recorded=[call("call_1", "lookup_order", '{"id": 1}', result="shipped", latency_ms=212)],
    )

    assert (joined.id, joined.name, joined.arguments) == ("call_1", "lookup_order", '{"id": 1}')
    assert (joined.output, joined.error, joined.latency_ms) == ("shipped", None, 212)
    assert (joined.recorded_index, joined.row, joined.requested_index) == (0, 1, 0)
    assert [brought.row for brought in joined.results] == [2]
    assert joined.state is CallState.OK
    assert joined.differences == ()


def test_a_call_that_only_the_runtime_recorded() -> None:
    (joined,) = calls_of(recorded=[call("call_1", result="ok")])

    assert (joined.row, joined.requested, joined.results) == (None, None, ())
    assert joined.state is CallState.OK


def test_a_call_that_only_a_row_asked_for() -> None:
    (joined,) = calls_of(asking(request("call_1", "refund_order", '{"a": 1}')))

    assert joined.recorded is None
    assert (joined.id, joined.name, joined.arguments) == ("call_1", "refund_order", '{"a": 1}')
    assert joined.latency_ms is None
    assert joined.state is CallState.NO_RESULT


def test_a_result_that_only_a_row_brought() -> None:
    (joined,) = calls_of(asking(request("call_1")), bringing("call_1", "found"))

    assert joined.output == "found"
    assert joined.state is CallState.OK


def test_a_result_without_a_call_is_left_over() -> None:
    messages = (asking(request("call_1")), bringing("call_9", "lost"))

    assert [(orphan.row, orphan.result.output) for orphan in orphans_of(*messages)] == [(1, "lost")]
    assert calls_of(*messages)[0].state is CallState.NO_RESULT


def test_recorded_calls_come_first_and_each_in_its_order() -> None:
    joined = calls_of(
        asking(request("only asked"), request("b")),
        asking(request("a")),
        recorded=[call("a"), call("only recorded"), call("b")],
    )

    assert [one.id for one in joined] == ["a", "only recorded", "b", "only asked"]


def test_a_repeated_id_pairs_in_order() -> None:
    first, second = calls_of(
        asking(request("call_1", arguments='{"try": 1}')),
        bringing("call_1", "one"),
        asking(request("call_1", arguments='{"try": 2}')),
        bringing("call_1", "two"),
        recorded=[call("call_1", arguments='{"try": 1}'), call("call_1", arguments='{"try": 2}')],
    )

    assert (first.row, first.output, first.differences) == (0, "one", ())
    assert (second.row, second.output, second.differences) == (2, "two", ())


def test_results_beyond_the_calls_of_their_id_stay_with_the_last() -> None:
    first, second = calls_of(
        asking(request("call_1"), request("call_1")),
        *(bringing("call_1", output) for output in ("one", "two", "three")),
    )

    assert [brought.result.output for brought in first.results] == ["one"]
    assert [brought.result.output for brought in second.results] == ["two", "three"]
    assert second.output == "two"


def test_one_id_used_by_two_tools_pairs_by_name() -> None:
    refund, lookup = calls_of(
        asking(request("call_1", "lookup_order"), request("call_1", "refund_order")),
        recorded=[call("call_1", "refund_order"), call("call_1", "lookup_order")],
    )

    assert (refund.name, refund.requested_index, refund.differences) == ("refund_order", 1, ())
    assert (lookup.name, lookup.requested_index, lookup.differences) == ("lookup_order", 0, ())


def test_the_same_id_under_another_name_is_still_the_same_call() -> None:
    (joined,) = calls_of(asking(request("call_1", "lookup")), recorded=[call("call_1", "lookup_order")])

    assert joined.name == "lookup_order"
    assert joined.differences == ("name",)


def test_empty_ids_are_no_link() -> None:
    joined = calls_of(asking(request("")), recorded=[call("")])

    assert [(one.recorded is None, one.requested is None) for one in joined] == [(False, True), (True, False)]


def test_the_first_error_of_any_copy_counts() -> None:
    (joined,) = calls_of(
        asking(request("call_1")),
        bringing("call_1", "", "timed out"),
        recorded=[call("call_1", result="ok", error=" ")],
    )

    assert joined.error == "timed out"
    assert joined.state is CallState.FAILED
    assert joined.differences == ("output", "error")


@pytest.mark.parametrize("blank", ["", "  ", "\n", None])
def test_a_blank_error_is_no_error(blank: str | None) -> None:
    (joined,) = calls_of(recorded=[call("call_1", result="ok", error=blank)])

    assert joined.error is None
    assert joined.state is CallState.OK


def test_an_empty_result_is_a_result() -> None:
    (joined,) = calls_of(recorded=[call("call_1", result="")])

    assert joined.state is CallState.OK


@pytest.mark.parametrize(
    ("recorded", "requested", "brought", "differences"),
    [
        pytest.param(call("x"), request("x"), None, (), id="alike"),
        pytest.param(call("x", "b"), request("x", "a"), None, ("name",), id="name"),
        pytest.param(
            call("x", arguments='{"b": 1, "a": [2]}'),
            request("x", arguments='{"a":[2],"b":1}'),
            None,
            (),
            id="order",
        ),
        pytest.param(
            call("x", arguments='{"a": 1}'),
            request("x", arguments='{"a": "1"}'),
            None,
            ("arguments",),
            id="type",
        ),
        pytest.param(
            call("x", arguments="{a"), request("x", arguments="{a }"), None, ("arguments",), id="not JSON"
        ),
        pytest.param(
            call("x", result='{"a": 1}'), request("x"), result("x", '{ "a":1 }'), (), id="the same output"
        ),
        pytest.param(
            call("x", result="long text"), request("x"), result("x", "long…"), ("output",), id="a cut output"
        ),
        pytest.param(call("x"), request("x"), result("x", "text"), (), id="the runtime kept no output"),
        pytest.param(
            call("x", error="500"), request("x"), result("x", "", "HTTP 500"), (), id="errors in other words"
        ),
        pytest.param(
            call("x", error="500"), request("x"), result("x"), ("error",), id="one copy knows of no error"
        ),
    ],
)
def test_in_what_copies_differ(
    recorded: Any, requested: Any, brought: Any, differences: tuple[str, ...]
) -> None:
    rows = [asking(requested)] + ([row("tool", tool_results=brought)] if brought else [])

    assert calls_of(*rows, recorded=[recorded])[0].differences == differences


def test_copies_that_are_not_there_do_not_differ() -> None:
    (joined,) = calls_of(asking(request("x", "a")), bringing("x", "", "failed"))

    assert joined.differences == ()


@given(json_values)
@quick
def test_json_is_the_same_however_it_is_written(tree: Any) -> None:
    import json

    assert same_json(json.dumps(tree), json.dumps(tree, indent=3, ensure_ascii=False))


@given(st.text(), st.text())
@quick
def test_texts_are_the_same_if_they_are_equal(one: str, other: str) -> None:
    assert same_json(one, one)
    assert same_json(one, other) == same_json(other, one)
    assert canonical(canonical(one)) == canonical(one)


@pytest.mark.parametrize("text", ["", "{", "[" * 5000, "9" * 5000])
def test_what_is_not_json_is_itself(text: str) -> None:
    assert canonical(text) == text


@given(st.one_of(sessions, linked_sessions))
@quick
def test_every_copy_is_in_exactly_one_call(document: Any) -> None:
    session = read(document)
    joined, orphans = join_calls(session)

    recorded = [one.recorded_index for one in joined if one.recorded_index is not None]
    requested = [(one.row, one.requested_index) for one in joined if one.requested]
    results = [brought.row for one in joined for brought in one.results] + [orphan.row for orphan in orphans]

    assert sorted(recorded) == list(range(len(session.tool_calls)))
    assert sorted(requested) == [
        (row, index)
        for row, message in enumerate(session.messages)
        for index in range(len(message.tool_calls))
    ]
    assert sorted(results) == [
        row for row, message in enumerate(session.messages) if message.tool_results is not None
    ]
