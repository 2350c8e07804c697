"""Sorting a JSON object into what the records know and what they do not."""

from __future__ import annotations

from typing import Any

import pytest
from documents import analysis, call, citation, extraction, handoff, request, result, row, trace
from hypothesis import given
from wild_documents import quick, wild_sessions

from feather_tui.session.model import Extraction, Message, RagTrace, Session
from feather_tui.session.shape import Aside, fields_of, known_part

WHOLE = analysis(
    row("assistant", "x", tool_calls=[request("call_1")], tool_results=result("call_1")),
    rag_traces=[trace("c1", answerability={"label": "answerable"}), trace("c2")],
    citations=[citation("c1")],
    tool_calls=[call("call_1")],
    handoff_events=[handoff(1)],
    kb_snapshot={"kb_versions": {"kb-1": 3}},
    user_feedback={"rating": 1},
    csat={"score": 1},
    reopen={"reason": "again"},
    customer_metadata={"plan": "gold"},
)
"""A document with an object of every kind."""


def sorted_out(tree: dict[str, Any], record: type) -> tuple[dict[str, Any], list[Aside]]:
    asides: list[Aside] = []
    return known_part(tree, record, asides), asides


def test_what_is_known_is_kept_as_it_is() -> None:
    assert sorted_out(WHOLE, Session) == (without_nulls(WHOLE), [])


def without_nulls(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {name: without_nulls(value) for name, value in tree.items() if value is not None}
    return [without_nulls(item) for item in tree] if isinstance(tree, list) else tree


@pytest.mark.parametrize(
    "path",
    [
        "",
        "messages[0]",
        "messages[0].tool_calls[0]",
        "messages[0].tool_calls[0].function",
        "messages[0].tool_results",
        "rag_traces[0].answerability",
        "rag_traces[1]",
        "rag_traces[1].retrieved[0]",
        "citations[0]",
        "tool_calls[0]",
        "handoff_events[0]",
        "kb_snapshot",
        "user_feedback",
        "csat",
        "reopen",
    ],
)
def test_an_unknown_field_is_set_aside_with_its_path(path: str) -> None:
    tree = without_nulls(WHOLE)
    holder = tree
    for step in path.replace("[", ".").replace("]", "").split(".") if path else ():
        holder = holder[int(step) if step.isdigit() else step]
    holder["mood"] = {"sad": [True]}

    known, asides = sorted_out(tree, Session)

    assert asides == [Aside(f"{path}.mood".lstrip("."), {"sad": [True]}, "unknown field")]
    assert known == without_nulls(WHOLE)


def test_free_form_objects_are_not_looked_into() -> None:
    metadata: dict[str, Any] = {"session_id": None, "messages": [{"x": None}], "": {}}

    assert sorted_out({"customer_metadata": metadata}, Session) == ({"customer_metadata": metadata}, [])
    assert sorted_out({"extracted_data": metadata}, Extraction) == ({"extracted_data": metadata}, [])
    assert sorted_out({"validation_errors": [metadata]}, Extraction) == (
        {"validation_errors": [metadata]},
        [],
    )


def test_a_null_row_keeps_the_place_of_the_rows_after_it() -> None:
    known, asides = sorted_out({"messages": [None, {"mood": 1, "role": "user"}]}, Session)

    assert known == {"messages": [{}, {"role": "user"}]}
    assert [aside.path for aside in asides] == ["messages[0]", "messages[1].mood"]


def test_of_a_list_of_words_only_the_words_are_known() -> None:
    known, asides = sorted_out({"kb_ids": ["a", None, 3, "b", {"c": 1}]}, RagTrace)

    assert known == {"kb_ids": ["a", "b"]}
    assert [(aside.path, aside.value) for aside in asides] == [
        ("kb_ids[1]", None),
        ("kb_ids[2]", 3),
        ("kb_ids[4]", {"c": 1}),
    ]


def test_of_a_list_of_free_objects_only_the_objects_are_known() -> None:
    known, asides = sorted_out({"validation_errors": [{"msg": "too long"}, "too short"]}, Extraction)

    assert known == {"validation_errors": [{"msg": "too long"}]}
    assert [(aside.path, aside.value) for aside in asides] == [("validation_errors[1]", "too short")]


@pytest.mark.parametrize(
    "moment",
    ["2026-11-20T14:02", "2026-11-20T14:02:11", "2026-11-20 14:02:11.25", "2026-11-20t14:02:11,25"],
)
def test_a_time_without_a_zone_is_utc(moment: str) -> None:
    assert sorted_out({"timestamp": moment}, Message) == ({"timestamp": f"{moment}Z"}, [])


@pytest.mark.parametrize("moment", ["2026-11-20T14:02:11Z", "2026-11-20T14:02:11+05:30", "yesterday", 12, []])
def test_any_other_time_is_left_for_the_reading(moment: object) -> None:
    assert sorted_out({"timestamp": moment}, Message) == ({"timestamp": moment}, [])


def test_a_date_alone_is_no_time() -> None:
    known, asides = sorted_out({"timestamp": "2026-11-20", "content": "2026-11-20"}, Message)

    assert known == {"content": "2026-11-20"}
    assert [(aside.path, aside.value) for aside in asides] == [("timestamp", "2026-11-20")]


def test_fields_tell_which_hold_records() -> None:
    fields = fields_of(Session)

    assert fields["messages"].record is Message
    assert fields["messages"].many
    assert fields["customer_metadata"].record is None
    assert fields["started_at"].moment
    assert not fields["channel"].moment


@given(wild_sessions)
@quick
def test_the_document_itself_is_not_touched(tree: dict[str, Any]) -> None:
    before = repr(tree)

    sorted_out(tree, Session)

    assert repr(tree) == before


def test_every_field_of_an_extraction_is_known() -> None:
    assert sorted_out(extraction(), Extraction)[1] == []
