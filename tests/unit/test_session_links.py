"""What hangs under the rows: calls, retrievals and citations, and the bucket of what hangs nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from documents import (
    call,
    citation,
    handoff,
    request,
    result,
    row,
    timeline_of,
    trace,
)

from feather_tui.session.timeline import (
    CallEntry,
    Entry,
    ExposureEntry,
    MessageEntry,
    RetrievalEntry,
    UnlinkedEntry,
)


def told(entries: tuple[Entry, ...]) -> list[str]:
    """Entries in brief: a row by its text, a call by its id, a retrieval by its chunks."""
    lines = []
    for entry in entries:
        match entry:
            case MessageEntry():
                lines.append(entry.message.content)
            case CallEntry():
                lines.append(f"call {entry.call.id}")
            case RetrievalEntry():
                lines.append("retrieved " + " ".join(shown.chunk.chunk_id for shown in entry.chunks))
            case ExposureEntry():
                lines.append("shown " + " ".join(cited.chunk_id for _, cited in entry.citations))
            case UnlinkedEntry():
                lines.append(f"unlinked {entry.count}")
            case _:
                lines.append(type(entry).__name__)
    return [line for line in lines if line != "EndEntry"]


def retrievals(*messages: Any, **fields: Any) -> list[RetrievalEntry]:
    return [entry for entry in timeline_of(*messages, **fields) if isinstance(entry, RetrievalEntry)]


def calls(*messages: Any, **fields: Any) -> list[CallEntry]:
    return [entry for entry in timeline_of(*messages, **fields) if isinstance(entry, CallEntry)]


# ---------------------------------------------------------------------- calls


def test_a_call_stands_under_the_row_that_asked() -> None:
    entries = timeline_of(
        row("user", "where?", turn="t0"),
        row("assistant", "let me see", turn="t1", second=2, tool_calls=[request("call_1")]),
        row("assistant", "found it", turn="t1", second=4),
        tool_calls=[call("call_1", turn="t1", result="ok")],
    )

    assert told(entries) == ["where?", "let me see", "call call_1", "found it"]


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (("user", "assistant", "assistant"), ["user", "assistant", "call x", "assistant"]),
        (("user", "tool"), ["user", "call x", "tool"]),
    ],
)
def test_a_call_that_no_row_asked_for_stands_under_its_turn(
    roles: tuple[str, ...], expected: list[str]
) -> None:
    entries = timeline_of(*(row(role, role) for role in roles), tool_calls=[call("x")])

    assert told(entries) == expected


def test_the_asking_row_beats_the_turn_on_record() -> None:
    entries = timeline_of(
        row("assistant", "one", turn="t1"),
        row("assistant", "two", turn="t2", second=1, tool_calls=[request("x")]),
        tool_calls=[call("x", turn="t1")],
    )

    assert told(entries) == ["one", "two", "call x"]


def test_a_row_that_only_brings_a_result_is_shown_inside_the_call() -> None:
    entries = timeline_of(
        row("assistant", "one moment", tool_calls=[request("x"), request("y")]),
        row("tool", "", second=1, tool_results=result("x", "shipped")),
        row("tool", '{"a": 1}', second=2, tool_results=result("y", '{ "a":1 }')),
    )

    assert told(entries) == ["one moment", "call x", "call y"]
    rows = [entry.result_rows for entry in entries if isinstance(entry, CallEntry)]
    assert [[absorbed.row for absorbed in one] for one in rows] == [[1], [2]]


@pytest.mark.parametrize(
    "more",
    [{"content": "it is on its way"}, {"content": "", "tool_calls": [request("y")]}],
    ids=["says something else", "asks for another call"],
)
def test_a_row_that_says_more_than_its_result_stands_on_its_own(more: dict[str, Any]) -> None:
    bringing = row("tool", second=1, tool_results=result("x", "shipped")) | more
    entries = timeline_of(row("assistant", "one moment", tool_calls=[request("x")]), bringing)

    assert [entry.row for entry in entries if isinstance(entry, MessageEntry)] == [0, 1]
    assert calls(row("assistant", tool_calls=[request("x")]), bringing)[0].result_rows == ()


def test_a_result_row_of_the_users_role_is_no_turn() -> None:
    entries = timeline_of(
        row("assistant", "one moment", tool_calls=[request("x")]),
        row("user", "shipped", second=500, tool_results=result("x", "shipped")),
        row("assistant", "it is shipped", second=501),
    )

    assert told(entries) == ["one moment", "call x", "SilenceEntry", "it is shipped"]
    assert [entry.turn for entry in entries if isinstance(entry, MessageEntry)] == [1, 2]


def test_a_result_without_a_call_is_marked() -> None:
    entries = timeline_of(row("tool", "", tool_results=result("lost", "x")), row("tool", "", second=1))

    assert [entry.orphan for entry in entries if isinstance(entry, MessageEntry)] == [True, False]


# ---------------------------------------------------------------------- retrievals


def test_a_retrieval_stands_under_the_answer_of_its_turn() -> None:
    entries = timeline_of(
        row("user", "may I?", turn="t0"),
        row("assistant", "", turn="t1", second=1, tool_calls=[request("x")]),
        row("assistant", "you may", turn="t1", second=2),
        rag_traces=[trace("c1", turn="t1")],
    )

    assert told(entries) == ["may I?", "", "call x", "you may", "retrieved c1"]


def test_a_retrieval_of_the_users_turn_stands_under_the_next_answer() -> None:
    entries = timeline_of(
        row("user", "may I?", turn="t0"),
        row("assistant", "", turn="t1", second=1),
        row("assistant", "you may", turn="t2", second=2),
        rag_traces=[trace("c1", turn="t0")],
    )

    assert told(entries) == ["may I?", "", "you may", "retrieved c1"]


def test_a_retrieval_without_an_answer_stands_under_its_own_row() -> None:
    entries = timeline_of(
        row("user", "may I?", turn="t0"),
        row("user", "hello?", turn="t1", second=1),
        row("assistant", "yes", turn="t2", second=2),
        rag_traces=[trace("c1", turn="t0")],
    )

    assert told(entries) == ["may I?", "retrieved c1", "hello?", "yes"]


def test_retrievals_of_one_turn_keep_their_order() -> None:
    found = retrievals(row("assistant", "x"), rag_traces=[trace("c2"), trace(), trace("c1")])

    assert [entry.index for entry in found] == [0, 1, 2]


# ---------------------------------------------------------------------- citations


def test_a_citation_shows_which_chunk_reached_the_model() -> None:
    (entry,) = retrievals(
        row("assistant", "x"),
        rag_traces=[trace("c1", "c2")],
        citations=[citation("c9", turn="t9"), citation("c2")],
    )

    assert [shown.citation_index for shown in entry.chunks] == [None, 1]
    assert entry.strays == ()


def test_a_citation_of_a_chunk_that_was_not_retrieved_is_a_stray() -> None:
    first, second = retrievals(
        row("assistant", "x"),
        rag_traces=[trace("c1"), trace("c2")],
        citations=[citation("c7"), citation("c2"), citation("c8")],
    )

    assert [index for index, _ in first.strays] == [0, 2]
    assert second.strays == ()
    assert [shown.citation_index for shown in second.chunks] == [1]


def test_a_chunk_retrieved_twice_is_shown_once_for_each_citation() -> None:
    first, second = retrievals(
        row("assistant", "x"),
        rag_traces=[trace("c1"), trace("c1", "c1")],
        citations=[citation("c1"), citation("c1")],
    )

    assert [shown.citation_index for shown in (*first.chunks, *second.chunks)] == [0, 1, None]


def test_citations_of_a_turn_without_a_retrieval_are_an_entry_of_their_own() -> None:
    entries = timeline_of(
        row("assistant", "a", turn="t1"),
        row("assistant", "b", turn="t2", second=1),
        rag_traces=[trace("c1", turn="t2")],
        citations=[citation("c1", turn="t1"), citation("c5", turn="t1")],
    )

    assert told(entries) == ["a", "shown c1 c5", "b", "retrieved c1"]


# ---------------------------------------------------------------------- the bucket


def test_what_points_at_rows_that_are_not_there_comes_last() -> None:
    entries = timeline_of(
        row("assistant", "a", turn="t1"),
        tool_calls=[call("x", turn="gone"), call("y", turn="t1")],
        rag_traces=[trace("c1", turn="gone")],
        citations=[citation("c2", turn="gone too")],
        handoff_events=[handoff(5)],
    )

    assert told(entries) == [
        "a",
        "call y",
        "HandoffEntry",
        "unlinked 3",
        "call x",
        "retrieved c1",
        "shown c2",
    ]
    assert [getattr(entry, "linked", True) for entry in entries[-4:]] == [True, False, False, False]


def test_without_anything_unlinked_there_is_no_bucket() -> None:
    assert not any(isinstance(entry, UnlinkedEntry) for entry in timeline_of(row("user", "x")))
