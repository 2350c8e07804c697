"""The chain of a tool call: what led to it, what was said next, and how later calls differ from it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from chains import call as chain_of
from chains import calls_of
from documents import analysis, call, read, request, result, row, timeline_of
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import json_values, quick, sessions

from feather_tui.session import timeline
from feather_tui.session.argument_changes import ArgumentChange, ChangeKind, argument_changes
from feather_tui.session.call_chain import call_chain


def asking(
    second: float, call_id: str, arguments: str = "{}", *, text: str = "", name: str = "refund"
) -> Any:
    return row(
        "assistant", text, turn=f"a{second}", second=second, tool_calls=[request(call_id, name, arguments)]
    )


# ---------------------------------------------------------------------- before and after


def test_a_call_has_its_question_its_row_and_the_next_reply() -> None:
    chain = chain_of(
        0,
        row("user", "refund?", second=0),
        asking(1, "c1", text="I try."),
        row("tool", second=2, tool_results=result("c1", error="timeout")),
        row("assistant", "It is done.", turn="b", second=3),
    )

    assert [asked.row for asked in chain.questions] == [0]
    assert chain.asked_in is not None
    assert chain.asked_in.row == 1
    assert chain.reply is not None
    assert chain.reply.message.content == "It is done."


def test_what_comes_after_the_customer_spoke_is_no_reply_to_the_call() -> None:
    chain = chain_of(
        0,
        row("user", "refund?"),
        asking(1, "c1"),
        row("user", "hello?", second=2),
        row("assistant", "Yes?", second=3),
    )

    assert chain.reply is None


def test_rows_that_say_nothing_are_no_reply() -> None:
    chain = chain_of(
        0, asking(1, "c1"), row("assistant", " ", turn="b", second=2), row("assistant", "So.", second=3)
    )

    assert chain.reply is not None
    assert chain.reply.row == 2


def test_later_calls_are_those_of_the_same_tool() -> None:
    messages = [asking(1, "c1"), asking(2, "c2"), asking(3, "c3", name="lookup"), asking(4, "c4", '{"a": 1}')]

    assert [later.entry.call.id for later in chain_of(1, *messages).later] == ["c4"]
    first = chain_of(0, *messages)
    assert [(later.entry.call.id, len(later.changes)) for later in first.later] == [("c2", 0), ("c4", 1)]


def test_calls_without_a_name_are_not_one_tool() -> None:
    assert chain_of(0, asking(1, "c1", name=""), asking(2, "c2", name="")).later == ()


def test_a_call_whose_turn_is_not_here_is_neither_earlier_nor_later() -> None:
    fields = {"tool_calls": [call("c9", "refund", turn="gone")]}

    seen = chain_of(0, asking(1, "c1"), asking(2, "c2"), **fields)
    assert [later.entry.call.id for later in seen.later] == ["c2"]
    assert [other.entry.call.id for other in seen.unordered] == ["c9"]

    gone = chain_of(2, row("user", "hi", second=0), asking(1, "c1"), asking(2, "c2"), **fields)
    assert (gone.call.call.id, gone.questions, gone.reply, gone.later) == ("c9", (), None, ())
    assert [other.entry.call.id for other in gone.unordered] == ["c1", "c2"]


def test_a_call_of_another_timeline_has_no_chain() -> None:
    session = read(analysis(row("user", "hi")))
    (stranger,) = calls_of(timeline_of(asking(1, "c1")))

    with pytest.raises(LookupError):
        call_chain(session, timeline.build(session), stranger)


def test_twin_calls_with_one_id_have_chains_of_their_own() -> None:
    messages = [asking(1, "same"), asking(2, "same"), asking(3, "same")]

    assert [len(chain_of(number, *messages).later) for number in range(3)] == [2, 1, 0]


@given(sessions)
@quick
def test_every_call_of_any_document_has_a_chain(document: Any) -> None:
    session = read(document)
    entries = timeline.build(session)
    calls = calls_of(entries)
    for entry in calls:
        chain = call_chain(session, entries, entry)
        same = [other for other in calls if other.call.name == entry.call.name != ""]
        assert len(chain.later) + len(chain.unordered) < max(len(same), 1)


# ---------------------------------------------------------------------- arguments


def changes(before: Any, after: Any) -> list[tuple[str, str, Any, Any]]:
    texts = [item if isinstance(item, str) else json.dumps(item) for item in (before, after)]
    return [
        (change.kind, ".".join(change.path), change.before, change.after)
        for change in argument_changes(*texts)
    ]


def test_keys_are_added_removed_and_changed_in_the_order_of_the_arguments() -> None:
    before = {"order": "A", "amount": 79.9, "items": [1, 2], "deep": {"x": None}}
    after = {"order": "A", "amount": 80, "items": [1, 3, 4], "deep": {}, "note": "hi"}

    assert changes(before, after) == [
        ("changed", "amount", 79.9, 80),
        ("changed", "items.1", 2, 3),
        ("added", "items.2", None, 4),
        ("removed", "deep.x", None, None),
        ("added", "note", None, "hi"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", "{}"),
        ("", " {} "),
        ('{"a":1,"b":2}', '{ "b": 2, "a": 1 }'),
        ('{"a": 1}', '{"a": 1.0}'),
        ("x", "x"),
    ],
)
def test_the_same_arguments_in_other_letters_do_not_differ(before: str, after: str) -> None:
    assert argument_changes(before, after) == ()


@pytest.mark.parametrize(
    ("before", "after"), [({"a": 1}, {"a": True}), ({"a": 0}, {"a": None}), ({"a": []}, {"a": {}})]
)
def test_values_of_another_type_differ(before: Any, after: Any) -> None:
    assert [kind for kind, *_ in changes(before, after)] == ["changed"]


@pytest.mark.parametrize("broken", ['{"a": ', "n" * 5, '{"a": ' + "9" * 5000 + "}", "[" * 100_000])
def test_arguments_that_are_not_json_differ_as_a_whole(broken: str) -> None:
    whole = ArgumentChange(path=(), kind=ChangeKind.CHANGED, before="{}", after=broken)

    assert argument_changes("{}", broken) == (whole,)


@given(json_values, json_values)
@quick
def test_arguments_differ_unless_they_are_one_value(one: Any, other: Any) -> None:
    if changes([one], [other]):
        assert json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True)
    else:
        assert one == other


@given(st.dictionaries(st.text(max_size=3), st.integers(), max_size=5))
@quick
def test_a_change_and_its_reverse_mirror_each_other(tree: dict[str, int]) -> None:
    swap = {"added": "removed", "removed": "added", "changed": "changed"}
    forth, back = changes({"a": 1}, tree), changes(tree, {"a": 1})

    assert sorted((swap[kind], path) for kind, path, *_ in forth) == sorted(
        (kind, path) for kind, path, *_ in back
    )
