"""Names for the entries of a timeline by which they are found again in a later copy of the session.

A position does not serve: an entry that comes in between moves those behind it. What an entry says may be
corrected later, so a name is made of who, when and which ids; people can read it if the entry is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from feather_tui.session.moments import in_utc
from feather_tui.session.timeline import (
    CallEntry,
    EndEntry,
    Entry,
    ExposureEntry,
    HandoffEntry,
    MessageEntry,
    RetrievalEntry,
    SilenceEntry,
    UnlinkedEntry,
)


def anchors(timeline: Iterable[Entry]) -> list[str]:
    """Return a name for each entry, no two the same; entries alike are numbered in their order."""
    names: dict[str, int] = {}
    return [_unique(_name(entry), names) for entry in timeline]


def _unique(name: str, names: dict[str, int]) -> str:
    """Return `name`, or `name (2)`; `names` has how often each was given so far."""
    number = names.get(name, 0) + 1
    unique = name if number == 1 else f"{name} ({number})"
    while number > 1 and unique in names:
        number += 1
        unique = f"{name} ({number})"
    names[name] = number
    names.setdefault(unique, 1)
    return unique


def _name(entry: Entry) -> str:
    match entry:
        case MessageEntry(message=message):
            return f"message of {message.role}{_at(message.timestamp)}{_of_turn(message.turn_id)}"
        case CallEntry(call=call):
            return f"call of {call.name} with id {call.id}"
        case RetrievalEntry(trace=trace):
            return f"retrieval with id {trace.rag_query_id}{_of_turn(trace.assistant_turn_id)}"
        case ExposureEntry(citations=citations):
            return f"chunks shown{_of_turn(citations[0][1].assistant_turn_id)}"
        case HandoffEntry(handoff=handoff):
            return f"handoff{_at(handoff.timestamp)}"
        case _:
            return _name_of_a_sign(entry)


def _name_of_a_sign(entry: SilenceEntry | EndEntry | UnlinkedEntry) -> str:
    """Name what has neither ids nor a time of its own."""
    match entry:
        case SilenceEntry(seconds=seconds):
            return f"silence of {seconds:g} s"
        case EndEntry():
            return "end of the session"
        case UnlinkedEntry():
            return "head of the unlinked records"


def _at(moment: datetime | None) -> str:
    if moment is None:
        return ""
    written = in_utc(moment).replace(tzinfo=None).isoformat()
    return f" at {written}Z"


def _of_turn(turn_id: str) -> str:
    return f" in turn {turn_id}" if turn_id else ""
