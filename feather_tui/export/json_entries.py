"""Entries of a timeline as JSON: the parts of the analysis input that each is made of, by their paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from feather_tui.rendering.clock import iso
from feather_tui.session.filter import kind_of, time_of
from feather_tui.session.model import JsonValue
from feather_tui.session.timeline import (
    CallEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
    SilenceEntry,
)

LISTS: Final = frozenset({"messages", "tool_calls", "rag_traces", "citations", "handoff_events"})
"""The fields of the analysis input that entries are made of."""

_Path: TypeAlias = tuple[str | int, ...]


def entries_json(
    timeline: Sequence[Entry], positions: Iterable[int], document: dict[str, JsonValue]
) -> list[dict[str, JsonValue]]:
    """Return the entries at some positions of the timeline.

    Each has its `position`, its `kind` (that of the filter, or "unlinked"), `at` (its own time in UTC, or
    null), and `records`: what the `document` has at the paths that are the keys, such as
    `messages[3].tool_calls[0]`. A silence has its length in `seconds`.
    """
    return [_entry(timeline[position], position, document) for position in positions]


def _entry(entry: Entry, position: int, document: dict[str, JsonValue]) -> dict[str, JsonValue]:
    said: dict[str, JsonValue] = {
        "position": position,
        "kind": kind_of(entry) or "unlinked",
        "at": iso(time_of(entry)) or None,
        "records": {_written(path): _part(document, path) for path in _paths(entry)},
    }
    return said | ({"seconds": entry.seconds} if isinstance(entry, SilenceEntry) else {})


def _paths(entry: Entry) -> Iterator[_Path]:
    """Yield where in the document the records of an entry stand."""
    match entry:
        case MessageEntry(row=row):
            yield "messages", row
        case CallEntry():
            yield from _call_paths(entry)
        case RetrievalEntry(index=index):
            yield "rag_traces", index
            cited = (shown.citation_index for shown in entry.chunks)
            yield from (("citations", place) for place in cited if place is not None)
            yield from (("citations", place) for place, _ in entry.strays)
        case ExposureEntry(citations=citations):
            yield from (("citations", place) for place, _ in citations)
        case HandoffEntry(index=index):
            yield "handoff_events", index
        case _:
            return


def _call_paths(entry: CallEntry) -> Iterator[_Path]:
    """The up to three copies of a call; of a row that says something else, only its result."""
    call = entry.call
    if call.row is not None and call.requested_index is not None:
        yield "messages", call.row, "tool_calls", call.requested_index
    if call.recorded_index is not None:
        yield "tool_calls", call.recorded_index
    absorbed = {row.row for row in entry.result_rows}
    for brought in call.results:
        yield ("messages", brought.row) + (() if brought.row in absorbed else ("tool_results",))


def _part(document: JsonValue, path: _Path) -> JsonValue:
    for step in path:
        document = document[step]
    return document


def _written(path: _Path) -> str:
    """Return `messages[3].tool_calls[0]`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
