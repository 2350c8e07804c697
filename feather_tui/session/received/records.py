"""Where in a document the record of a timeline's entry stands."""

from __future__ import annotations

from collections.abc import Sequence

from feather_tui.session.timeline import (
    CallEntry,
    EndEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
)

Path = tuple[str | int, ...]
"""The keys, and the numbers of items, that lead to a value."""


def path_of(timeline: Sequence[Entry], position: int) -> Path:
    """Return where in an analysis input the record of an entry stands.

    An entry that is no record of its own, such as a silence, has the path of the one before it.
    """
    for entry in reversed(timeline[: position + 1]):
        if path := _record_of(entry):
            return path
    return ()


def _record_of(entry: Entry) -> Path:
    path: Path = ()
    match entry:
        case MessageEntry(row=row):
            path = ("messages", row)
        case CallEntry(call=call) if call.recorded_index is not None:
            path = ("tool_calls", call.recorded_index)
        case CallEntry(call=call) if call.row is not None and call.requested_index is not None:
            path = ("messages", call.row, "tool_calls", call.requested_index)
        case RetrievalEntry(index=index):
            path = ("rag_traces", index)
        case ExposureEntry(citations=((index, _), *_)):
            path = ("citations", index)
        case HandoffEntry(index=index):
            path = ("handoff_events", index)
        case EndEntry():
            path = ("ended_at",)
        case _:
            pass
    return path
