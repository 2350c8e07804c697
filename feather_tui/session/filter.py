"""Which entries of a timeline are kept in sight, and how that is said in words."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from feather_tui.session.calls import CallState
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

_DAY: Final = timedelta(days=1)
_ANY_DAY: Final = date(2000, 1, 1)
_UNITS: Final = ((3600, "h", "h"), (60, "m", "min"), (1, "s", "s"))
"""Seconds of a unit of time, its letter in a filter's text, and its name in a sentence."""


class Kind(StrEnum):
    """A kind of entry, in the word for it. Chunks shown without a retrieval on record count as retrievals."""

    MESSAGE = "message"
    CALL = "call"
    RETRIEVAL = "retrieval"
    HANDOFF = "handoff"
    SILENCE = "silence"
    END = "end"


_KINDS: Final[dict[type[Entry], Kind]] = {
    MessageEntry: Kind.MESSAGE,
    CallEntry: Kind.CALL,
    RetrievalEntry: Kind.RETRIEVAL,
    ExposureEntry: Kind.RETRIEVAL,
    HandoffEntry: Kind.HANDOFF,
    SilenceEntry: Kind.SILENCE,
    EndEntry: Kind.END,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A span of time: `moment` and up to `within` (whole seconds) before and after it.

    A moment is an aware datetime, or a time of day in UTC (also aware) that stands for each day's.
    """

    moment: datetime | time
    within: timedelta = timedelta(minutes=2)

    def holds(self, at: datetime | None) -> bool:
        """Return whether a time lies in the span; what has no time lies in none."""
        if at is None:
            return False
        if isinstance(self.moment, datetime):
            return abs(at - self.moment) <= self.within
        later = (at - datetime.combine(_ANY_DAY, self.moment)) % _DAY
        return min(later, _DAY - later) <= self.within

    def __str__(self) -> str:
        number, letter, _ = self._margin
        return f"{self._written('T')}±{number}{letter}"

    @property
    def description(self) -> str:
        """The span in words: `around 14:03Z ± 2 min`."""
        number, _, unit = self._margin
        return f"around {self._written(' ')} ± {number} {unit}"

    @property
    def _margin(self) -> tuple[int, str, str]:
        seconds = int(self.within.total_seconds())
        size, letter, unit = next(unit for unit in _UNITS if seconds % unit[0] == 0)
        return seconds // size, letter, unit

    def _written(self, between: str) -> str:
        """Return the moment in UTC, to the minute if it is a whole one."""
        if isinstance(self.moment, time):
            return self._time_of_day(self.moment)
        moment = in_utc(self.moment)
        return f"{moment.date().isoformat()}{between}{self._time_of_day(moment.time())}"

    @staticmethod
    def _time_of_day(moment: time) -> str:
        whole = not (moment.second or moment.microsecond)
        return moment.replace(tzinfo=None).isoformat("minutes" if whole else "auto") + "Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which entries to keep; without any condition, all.

    `kinds` are kept, and the messages of `roles`, and the calls of `tools`: naming a role or a tool asks for
    its kind and narrows it. `errors`, `findings` and `around` each narrow what is kept. `str` of a filter is
    the text that `filter_text.parse` reads.
    """

    kinds: frozenset[Kind] = frozenset()
    roles: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset()
    errors: bool = False
    findings: bool = False
    around: Around | None = None

    def __str__(self) -> str:
        return " ".join(self._words())

    @property
    def description(self) -> str:
        """The filter in words, such as `only errors, around 14:03Z ± 2 min`; `everything` for none.

        The names in it are the session's own, and made safe where they are shown.
        """
        return ", ".join(self._phrases()) or "everything"

    def _words(self) -> Iterator[str]:
        yield from (f"kind:{kind}" for kind in Kind if kind in self.kinds)
        yield from (written_word("role", role) for role in sorted(self.roles))
        yield from (written_word("tool", tool) for tool in sorted(self.tools))
        if self.errors:
            yield "errors"
        if self.findings:
            yield "findings"
        if self.around is not None:
            yield f"around:{self.around}"

    def _phrases(self) -> Iterator[str]:
        sorts = [_sort_name(kind, self) for kind in Kind if self._asks_for(kind)]
        if sorts:
            yield f"only {_listed(sorts, 'and')}"
        if self.errors:
            yield "only errors"
        if self.findings:
            yield "only findings"
        if self.around is not None:
            yield self.around.description

    def _asks_for(self, kind: Kind) -> bool:
        named = (kind is Kind.MESSAGE and self.roles) or (kind is Kind.CALL and self.tools)
        return bool(kind in self.kinds or named)


def apply(
    timeline: Sequence[Entry], kept: EntryFilter, found_positions: Container[int] = ()
) -> tuple[int, ...]:
    """Return the positions of the entries that a filter keeps, in order; cost is linear.

    `found_positions` are those of the entries that findings point at. An entry without a time of its own
    has that of the entry before it. The head of the unlinked bucket is kept if anything under it is.
    """
    positions: list[int] = []
    head: int | None = None
    at: datetime | None = None
    for position, entry in enumerate(timeline):
        if isinstance(entry, UnlinkedEntry):
            head, at = position, None
            continue
        at = time_of(entry) or at
        if not _keeps(kept, entry, at) or (kept.findings and position not in found_positions):
            continue
        if head is not None:
            positions.append(head)
            head = None
        positions.append(position)
    return tuple(positions)


def kind_of(entry: Entry) -> Kind | None:
    """Return an entry's kind; None for the head of the unlinked bucket, which is none of its own."""
    return _KINDS.get(type(entry))


def time_of(entry: Entry) -> datetime | None:
    """Return an entry's own time, None for one without, such as a silence."""
    match entry:
        case MessageEntry():
            return entry.message.timestamp
        case HandoffEntry():
            return entry.handoff.timestamp
        case CallEntry() | RetrievalEntry() | ExposureEntry() | EndEntry():
            return entry.at
        case _:
            return None


def time_of_day(moment: datetime) -> time:
    """Return the minute of the day in UTC that a moment lies in."""
    return in_utc(moment).timetz().replace(second=0, microsecond=0)


def written_word(key: str, name: str) -> str:
    """Return `key:name` as a filter's text has it: in quotes where the name has blanks or quotes."""
    if not any(character.isspace() or character in '"\\' for character in name):
        return f"{key}:{name}"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{key}:"{escaped}"'


def _keeps(kept: EntryFilter, entry: Entry, at: datetime | None) -> bool:
    return (
        _is_of_a_sort(kept, entry)
        and (not kept.errors or _is_error(entry))
        and (kept.around is None or kept.around.holds(at))
    )


def _is_of_a_sort(kept: EntryFilter, entry: Entry) -> bool:
    if not (kept.kinds or kept.roles or kept.tools):
        return True
    if isinstance(entry, MessageEntry) and kept.roles:
        return entry.message.role in kept.roles
    if isinstance(entry, CallEntry):
        if any(row.message.role in kept.roles for row in entry.result_rows):
            return True
        if kept.tools:
            return entry.call.name in kept.tools
    return kind_of(entry) in kept.kinds


def _is_error(entry: Entry) -> bool:
    """Return whether a tool call failed, or a result without a call brings an error."""
    match entry:
        case CallEntry():
            return entry.call.state is CallState.FAILED
        case MessageEntry():
            result = entry.message.tool_results
            return result is not None and bool(result.error and result.error.strip())
        case _:
            return False


def _sort_name(kind: Kind, kept: EntryFilter) -> str:
    match kind:
        case Kind.MESSAGE:
            return f"messages of {_listed(sorted(kept.roles), 'or')}" if kept.roles else "messages"
        case Kind.CALL:
            return f"calls of {_listed(sorted(kept.tools), 'or')}" if kept.tools else "tool calls"
        case Kind.END:
            return "the end"
        case _:
            return f"{kind}s"


def _listed(words: Iterable[str], last: str) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end
