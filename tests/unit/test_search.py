"""Search finds everything that a session tells, in the order of its timeline and in small steps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from documents import SESSION_ID, body, call, request, result, row, timeline_of
from hypothesis import assume, given
from hypothesis import strategies as st
from marked_document import MarkedDocument
from text_leaves import put, text_leaves
from wild_documents import quick, sessions

from feather_tui.session import timeline
from feather_tui.session.entry_texts import texts_of, unnamed_texts
from feather_tui.session.model import Session
from feather_tui.session.query import Query
from feather_tui.session.reading import read_session
from feather_tui.session.search import STEP_COST, Match, Searcher
from feather_tui.session.timeline import Entry

NEEDLE = "Nadel\N{LATIN SMALL LETTER U WITH DIAERESIS}7"
SEARCHED_LISTS = ("messages", "tool_calls", "rag_traces", "citations", "handoff_events")
ENDING = ("completion_reason", "knowledge_gap_analysis_outcome")


class CountingTimeline(Sequence[Entry]):
    """A timeline that counts how often an entry is asked for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.asked = 0

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, position: Any) -> Any:
        self.asked += 1
        return self.entries[position]


def found(entries: Sequence[Entry], query: str) -> list[Match]:
    searcher = Searcher(entries, Query.parse(query))
    matches: list[Match] = []
    while not searcher.done:
        matches += searcher.step(2)
    return matches


def fields_found(entries: Sequence[Entry], query: str) -> list[str]:
    return [match.field for match in found(entries, query)]


# ---------------------------------------------------------------------- everything is found


@given(sessions, st.data())
@quick
def test_a_needle_in_any_text_of_a_session_is_found(document: Any, data: st.DataObject) -> None:
    searched = {name: document[name] for name in (*SEARCHED_LISTS, *ENDING) if document.get(name)}
    leaves = [path for path in text_leaves(searched) if "timestamp" not in path]
    assume(leaves)
    put(document, data.draw(st.sampled_from(leaves)), NEEDLE)
    document["ended_at"] = None
    document["completion_reason"] = document.get("completion_reason") or "x"

    entries = timeline.build(read_session(body(document)).document)

    assert found(entries, NEEDLE)


@pytest.mark.parametrize("joined", [False, True], ids=["loose", "joined"])
def test_every_text_of_the_schema_is_found(*, joined: bool) -> None:
    marked = MarkedDocument(Session, SESSION_ID)
    if joined:
        turn = marked.tree["messages"][0]["turn_id"]
        for name in ("tool_calls", "rag_traces", "citations"):
            marked.tree[name][0]["assistant_turn_id"] = turn
            marked.markers[f"{name}[].assistant_turn_id"] = turn
    entries = timeline.build(read_session(body(marked.tree)).document)
    searched = {
        path: marker
        for path, marker in marked.markers.items()
        if marker.startswith("mark") and path.startswith((*SEARCHED_LISTS, *ENDING))
    }

    assert len(searched) == 39
    assert not {path for path, marker in searched.items() if not found(entries, marker)}


# ---------------------------------------------------------------------- where it is found


@given(sessions, st.sampled_from(("a", "order", "C1", "\\v\\w{3}", "漢")))
@quick
def test_every_match_is_in_its_text_and_in_order(document: Any, query: str) -> None:
    entries = timeline.build(read_session(body(document)).document)
    matches = found(entries, query)

    assert [match.position for match in matches] == sorted(match.position for match in matches)
    for match in matches:
        text = dict(texts_of(entries[match.position]))[match.field]
        assert (match.start, match.end) in Query.parse(query).spans(text)


@given(sessions)
@quick
def test_the_fields_of_an_entry_have_names_of_their_own(document: Any) -> None:
    for entry in timeline.build(read_session(body(document)).document):
        names = [field for field, _ in texts_of(entry)]
        assert len(names) == len(set(names))


@given(sessions)
@quick
def test_without_names_the_texts_are_the_same(document: Any) -> None:
    for entry in timeline.build(read_session(body(document)).document):
        assert unnamed_texts(entry) == [text for _, text in texts_of(entry)]


def test_what_the_copies_of_a_call_agree_on_is_found_once() -> None:
    entries = timeline_of(
        row("assistant", tool_calls=[request("c1", "refund", '{"id": "needle"}')]),
        row("tool", '{"was": "needle"}', tool_results=result("c1", '{"was": "needle"}')),
        tool_calls=[call("c1", "refund", '{"id":"needle"}', result='{"was":"needle"}')],
    )

    assert fields_found(entries, "needle") == ["arguments", "result"]
    assert fields_found(entries, "refund") == ["name"]


def test_what_the_copies_of_a_call_say_differently_is_found_in_each() -> None:
    entries = timeline_of(
        row("assistant", tool_calls=[request("c1", "needle one", '{"id": "needle two"}')]),
        row("tool", tool_results=result("c1", "needle three", "needle four")),
        row("tool", tool_results=result("c1", "needle five", "needle six")),
        tool_calls=[
            call("c1", arguments_parsed={"id": "needle seven"}, result="needle eight", error="needle nine")
        ],
    )

    assert sorted(fields_found(entries, "needle")) == sorted(
        [
            "arguments_parsed",
            "error",
            "result",
            "messages[0].tool_calls[0].function.name",
            "messages[0].tool_calls[0].function.arguments",
            "messages[1].tool_results.output",
            "messages[1].tool_results.error",
            "messages[2].tool_results.output",
            "messages[2].tool_results.error",
        ]
    )


def test_a_second_result_of_a_call_without_a_record_is_found() -> None:
    entries = timeline_of(
        row("assistant", tool_calls=[request("c1")]),
        row("tool", tool_results=result("c1", "first")),
        row("tool", tool_results=result("c1", "second")),
    )

    assert fields_found(entries, "second") == ["messages[2].tool_results.output"]


@pytest.mark.parametrize("value", [{"name": "Müller 🙂"}, ["Müller 🙂"]])
def test_json_in_ascii_escapes_is_searched_as_it_is_shown(value: Any) -> None:
    escaped = json.dumps(value)
    entries = timeline_of(row("user"), tool_calls=[call("c1", arguments=escaped, result=escaped)])

    assert "Müller" not in escaped
    assert fields_found(entries, "müller 🙂") == ["arguments", "result"]


def test_escapes_in_what_is_no_json_stay_as_they_are() -> None:
    entries = timeline_of(row("user"), tool_calls=[call("c1", result=r"C:\users", arguments=r'"\u00fc"')])

    assert fields_found(entries, r"c:\users") == ["result"]
    assert fields_found(entries, r"\u00fc") == ["arguments"]


# ---------------------------------------------------------------------- in steps


@given(st.integers(1, 7), st.integers(0, 20))
@quick
def test_steps_of_any_size_find_the_same_and_read_each_entry_once(budget: int, rows: int) -> None:
    entries = timeline_of(*(row("user", f"needle {number}", second=number) for number in range(rows)))
    counting = CountingTimeline(entries)
    searcher = Searcher(counting, Query.parse("needle"))
    matches: list[Match] = []
    shares = [searcher.progress]
    while not searcher.done:
        matches += searcher.step(budget)
        shares.append(searcher.progress)

    assert matches == found(entries, "needle")
    assert len(matches) == rows
    assert counting.asked == len(entries)
    assert shares == sorted(set(shares))
    assert searcher.progress == 1
    assert searcher.step(budget) == []


def test_a_timeline_of_nothing_is_done_at_once() -> None:
    searcher = Searcher((), Query.parse("x"))

    assert searcher.done
    assert searcher.progress == 1
    assert searcher.step() == []


@pytest.mark.parametrize("query", ["absent", "w", "\\vabsent"])
def test_a_step_ends_early_where_there_is_much_to_look_at(query: str) -> None:
    entries = timeline_of(*(row("user", "word " * (STEP_COST // 10), second=number) for number in range(9)))
    counting = CountingTimeline(entries)
    searcher = Searcher(counting, Query.parse(query))

    searcher.step(1_000)

    assert not searcher.done
    assert 1 <= counting.asked <= 3


@pytest.mark.parametrize(("query", "asked"), [("absent", 10), ("w", 1)])
def test_matches_count_towards_the_end_of_a_step(query: str, asked: int) -> None:
    long = "w" * (STEP_COST // 10)  # more than are looked through together
    counting = CountingTimeline(timeline_of(*(row("user", long, second=number) for number in range(40))))

    Searcher(counting, Query.parse(query)).step(1_000)

    assert counting.asked == asked


def test_a_step_does_one_entry_at_least() -> None:
    searcher = Searcher(timeline_of(row("user", "x")), Query.parse("x"))

    assert searcher.step(0)
