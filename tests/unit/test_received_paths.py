"""Paths into a document as received: of entries, of keys that are no names, of what is not there."""

from __future__ import annotations

import json

import pytest
from documents import analysis, body, call, citation, handoff, read, request, result, row, trace

from feather_tui.session import timeline
from feather_tui.session.received.json_index import Index
from feather_tui.session.received.json_text import JsonText
from feather_tui.session.received.paths import closest, key_step
from feather_tui.session.received.records import Path, path_of
from feather_tui.session.timeline import Entry

DOCUMENT = analysis(
    row("user", "Where is it?"),
    row("assistant", "Let me see.", second=1, tool_calls=[request("c-1"), request("c-2")]),
    row("tool", second=2, tool_results=result("c-1", "lost")),
    row("user", "And?", turn="turn-2", second=740),
    row("assistant", "I do not know.", turn="turn-2", second=742),
    tool_calls=[call("c-1")],
    rag_traces=[trace("chunk-1", turn="turn-2")],
    citations=[citation("chunk-9", turn="turn-3")],
    handoff_events=[handoff(750, "asked")],
)
ENTRIES = timeline.build(read(DOCUMENT))


def path_of_first(kind: type[Entry]) -> Path:
    return path_of(ENTRIES, next(at for at, entry in enumerate(ENTRIES) if isinstance(entry, kind)))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (timeline.MessageEntry, ("messages", 0)),
        (timeline.CallEntry, ("tool_calls", 0)),
        (timeline.RetrievalEntry, ("rag_traces", 0)),
        (timeline.ExposureEntry, ("citations", 0)),
        (timeline.HandoffEntry, ("handoff_events", 0)),
        (timeline.EndEntry, ("ended_at",)),
    ],
)
def test_an_entry_is_its_record(kind: type[Entry], path: Path) -> None:
    assert path_of_first(kind) == path


def test_a_call_without_a_record_is_its_request() -> None:
    paths = [
        path_of(ENTRIES, at) for at, entry in enumerate(ENTRIES) if isinstance(entry, timeline.CallEntry)
    ]
    assert paths == [("tool_calls", 0), ("messages", 1, "tool_calls", 1)]


def test_what_is_no_record_is_the_record_before_it() -> None:
    silence = next(at for at, entry in enumerate(ENTRIES) if isinstance(entry, timeline.SilenceEntry))
    assert path_of(ENTRIES, silence) == path_of(ENTRIES, silence - 1) != ()


def test_every_entry_leads_to_a_value_that_is_there() -> None:
    text = JsonText.parse(body(DOCUMENT))
    for position in range(len(ENTRIES)):
        value = DOCUMENT
        for step in path_of(ENTRIES, position):
            value = value[step]  # type: ignore[index]  # the document's shape is known here
        node = closest(text, path_of(ENTRIES, position))
        assert json.loads(text.received(node)) == value


def test_a_path_that_leads_nowhere_ends_at_the_last_value_on_it() -> None:
    text = JsonText.parse(b'{"a": {"b": [1, 2]}}')
    assert text.received(closest(text, ("a", "b", 7))) == "[1, 2]"
    assert text.received(closest(text, ("a", "c", "d"))) == '{"b": [1, 2]}'
    assert text.received(closest(text, ("a", "b", "1"))) == "2"
    assert closest(text, ("x",)) == text.root


def test_a_path_leads_through_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Index, "GROUP_SIZE", 2)
    text = JsonText.parse(b'{"a": 0, "b": [0, 1, 2, [3]], "c": 0}')
    assert text.received(closest(text, ("b", 3, 0))) == "3"


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ('"reason"', ".reason"),
        ('"_x1"', "._x1"),
        ('"order id"', '["order id"]'),
        ('""', '[""]'),
        ('"1st"', '["1st"]'),
        (r'"\u0061bc"', ".abc"),
        ('"é"', '["é"]'),
    ],
)
def test_a_key_as_a_step(key: str, step: str) -> None:
    assert key_step(key) == step
