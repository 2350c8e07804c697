"""What happened in two sessions, step by step, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final, Self

from feather_tui.session.summary import is_miss
from feather_tui.session.timeline import CallEntry, Entry, HandoffEntry, MessageEntry, RetrievalEntry
from feather_tui.triage.signature import normalised

MOST_STEPS: Final = 1000
"""Steps of each session that are aligned; the comparison says how many there are."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happened in one place: of which `kind` it is (a role, a tool), how it `ended`, and the rest of it.

    Two sessions go the same way as long as both are the same. `turn`: 0 for what nobody said. `exact`: the
    text is made of ids that matter, so that another id is another text. `position`: the place of its entry in
    the timeline.
    """

    kind: str
    text: str
    at: datetime | None = None
    turn: int = 0
    exact: bool = False
    ended: str = ""
    position: int = field(default=0, compare=False)

    @property
    def what(self) -> str:
        """What it is and how it ended."""
        return f"{self.kind} {self.ended}".rstrip()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two steps side by side; None where one session has no such step.

    `same`: both are the same but for ids, numbers, times and hosts.
    """

    left: Step | None
    right: Step | None
    same: bool = False

    @classmethod
    def of(cls, left: Step | None, right: Step | None) -> Self:
        """Put two steps side by side."""
        return cls(left, right, left is not None and right is not None and _same(left, right))

    @property
    def done(self) -> bool:
        """Whether it is about something that was done, not said."""
        return any(step is not None and not step.turn for step in (self.left, self.right))

    @property
    def parts(self) -> bool:
        """Whether the sessions go different ways here."""
        return self.left is None or self.right is None or self.left.what != self.right.what


def parting_of(pairs: Sequence[Pair]) -> int | None:
    """Return the first place where something else was done, or it ended otherwise.

    Without one, the first where only one session says something.
    """
    parts = [place for place, pair in enumerate(pairs) if pair.parts]
    done = (place for place in parts if pairs[place].done)
    return next(done, parts[0] if parts else None)


def steps_of(timeline: Iterable[Entry]) -> Iterator[Step]:
    """Yield what happened: what was said, called, looked up and handed off."""
    for position, entry in enumerate(timeline):
        step = _step(entry)
        if step is not None:
            yield replace(step, position=position)


def _step(entry: Entry) -> Step | None:
    match entry:
        case MessageEntry(message=message, turn=turn) if turn:
            return Step(message.role, message.content, message.timestamp, turn)
        case CallEntry(call=call, at=at):
            said = f"{_readable(call.arguments)} → {call.error or call.output or ''}"
            return Step(call.name, said, at, ended=call.state.value)
        case RetrievalEntry(trace=trace, at=at):
            found = "found nothing" if is_miss(trace) else "found"
            return Step("retrieval", _chunks(entry), at, exact=True, ended=found)
        case HandoffEntry(handoff=handoff):
            return Step("handoff", handoff.reason or "", handoff.timestamp)
        case _:
            return None


def _readable(arguments: str) -> str:
    """Return arguments with their keys in order, so that another order is no difference."""
    try:
        return json.dumps(json.loads(arguments), sort_keys=True, ensure_ascii=False)
    except (ValueError, RecursionError):
        return arguments


def _chunks(entry: RetrievalEntry) -> str:
    documents = dict.fromkeys(
        f"{shown.chunk.doc_id} {shown.chunk.version_id or ''}" for shown in entry.chunks
    )
    return ", ".join(name.strip() for name in documents)


def aligned(left: Sequence[Step], right: Sequence[Step]) -> Iterator[Pair]:
    """Yield the steps side by side; those of one kind are put together. It takes a square of their number."""
    ways = [step.kind for step in left], [step.kind for step in right]
    for tag, first, last, begin, end in SequenceMatcher(None, *ways, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from map(Pair.of, left[first:last], right[begin:end])
        else:
            yield from (Pair.of(*both) for both in zip_longest(left[first:last], right[begin:end]))


def _same(left: Step, right: Step) -> bool:
    if left.what != right.what:
        return False
    return left.text == right.text or (not left.exact and alike(left.text, right.text))


def alike(left: str, right: str) -> bool:
    """Return whether texts are the same but for ids, numbers, times and hosts."""
    return normalised(left) == normalised(right)
