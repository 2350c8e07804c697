"""What led to a tool call, and what came of it: the reply that followed and the later calls of the tool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feather_tui.session.argument_changes import ArgumentChange, argument_changes
from feather_tui.session.evidence import evidence_gaps, led_to
from feather_tui.session.model import Session
from feather_tui.session.timeline import CallEntry, Entry, MessageEntry, speaks


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterCall:
    """A later call of the same tool, and how its arguments differ from those of the call in question."""

    entry: CallEntry
    changes: tuple[ArgumentChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallChain:
    """What led to one tool call, and what followed.

    `asked_in` is the row that made the call, `reply` what the assistant said next (None: nothing before the
    customer's next row), `unordered` the calls of the same tool of which it is not known whether they came
    earlier or later, because this call or they point at a turn that is not in the document.
    """

    call: CallEntry
    questions: tuple[MessageEntry, ...]
    asked_in: MessageEntry | None
    reply: MessageEntry | None
    later: tuple[LaterCall, ...]
    unordered: tuple[LaterCall, ...]
    gaps: tuple[str, ...]


def call_chain(session: Session, timeline: Sequence[Entry], entry: CallEntry) -> CallChain:
    """Return the chain of a tool call. Raises LookupError if the timeline does not hold it."""
    place = _place_of(entry)
    position = next(
        (
            at
            for at, other in enumerate(timeline)
            if isinstance(other, CallEntry) and _place_of(other) == place
        ),
        None,
    )
    if position is None:
        raise LookupError("the call is not in this timeline")
    known = entry.linked
    others = [other for other in _same_tool(timeline, entry) if _place_of(other) != place]
    after = [other for other in _same_tool(timeline[position + 1 :], entry) if known and other.linked]
    return CallChain(
        call=entry,
        questions=led_to(timeline, position)[0] if known else (),
        asked_in=_asked_in(timeline[:position], entry),
        reply=_next_reply(timeline[position + 1 :]) if known else None,
        later=tuple(_later(entry, other) for other in after),
        unordered=tuple(_later(entry, other) for other in others if not (known and other.linked)),
        gaps=evidence_gaps(session),
    )


def _place_of(entry: CallEntry) -> tuple[int | None, int | None, int | None]:
    """Return where a call stands in the document: its ids may repeat, its places do not."""
    call = entry.call
    return call.recorded_index, call.row, call.requested_index


def _same_tool(entries: Sequence[Entry], entry: CallEntry) -> Iterator[CallEntry]:
    """Yield the calls of the entry's tool; a call without a name has no tool to share."""
    for other in entries:
        if isinstance(other, CallEntry) and other.call.name == entry.call.name != "":
            yield other


def _later(entry: CallEntry, other: CallEntry) -> LaterCall:
    return LaterCall(entry=other, changes=argument_changes(entry.call.arguments, other.call.arguments))


def _asked_in(before: Sequence[Entry], entry: CallEntry) -> MessageEntry | None:
    for other in reversed(before):
        if isinstance(other, MessageEntry) and other.row == entry.call.row:
            return other
    return None


def _next_reply(after: Sequence[Entry]) -> MessageEntry | None:
    for entry in after:
        if isinstance(entry, MessageEntry):
            if entry.message.role == "user":
                return None
            if speaks(entry.message):
                return entry
    return None
