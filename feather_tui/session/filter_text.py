"""A filter as a line of text, such as `role:user tool:shop_refund_order errors around:14:03±2m`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from feather_tui.errors import UsageError
from feather_tui.session.filter import Around, EntryFilter, Kind, time_of_day, written_word
from feather_tui.session.line_words import WORD, quoted, unquoted
from feather_tui.session.timeline import CallEntry, Entry, MessageEntry

_WORDS: Final = ("errors", "findings")
_KEYS: Final = ("kind:", "role:", "tool:", "around:")
_EXAMPLE: Final = "around:14:03±2m"
_AROUND: Final = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d)T)?(?P<time>\d\d:\d\d(?::\d\d(?:\.\d{6})?)?)Z?"
    r"(?:(?:±|\+-|\+/-)(?P<number>\d{1,9})(?P<unit>[smh])?)?",
    re.ASCII | re.IGNORECASE,
)
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What of a session can be asked for by name. `start`: its first time."""

    roles: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    start: datetime | None = None


def choices_of(timeline: Iterable[Entry]) -> Choices:
    """Return the roles and tools of a timeline in the order of their first appearance."""
    roles: dict[str, None] = {}
    tools: dict[str, None] = {}
    start: datetime | None = None
    for entry in timeline:
        if isinstance(entry, CallEntry):
            tools.setdefault(entry.call.name)
        rows = (entry,) if isinstance(entry, MessageEntry) else getattr(entry, "result_rows", ())
        for row in rows:
            roles.setdefault(row.message.role)
            start = start or row.message.timestamp
    return Choices(roles=tuple(filter(None, roles)), tools=tuple(filter(None, tools)), start=start)


def parse(text: str) -> EntryFilter:
    """Return the filter that a line says; an empty line keeps everything.

    Raises UsageError for a word that is not understood; its advice names what is.
    """
    kept = EntryFilter()
    for word in WORD.finditer(text):
        kept = _with_word(kept, unquoted(word[0]))
    return kept


def last_word(text: str) -> str:
    """Return the word that a line ends with, quotes and all; empty behind a blank."""
    words = list(WORD.finditer(text))
    return words[-1][0] if words and words[-1].end() == len(text) else ""


def suggest(text: str, choices: Choices) -> list[str]:
    """Return what the line could become by going on with its last word, without what it says already."""
    last = last_word(text)
    before = text[: len(text) - len(last)]
    said = {unquoted(word[0]) for word in WORD.finditer(before)}
    begun = unquoted(last)
    return [
        before + candidate
        for candidate in _candidates(choices)
        if (plain := unquoted(candidate)).startswith(begun) and plain != begun and plain not in said
    ]


def _candidates(choices: Choices) -> Iterator[str]:
    yield from _WORDS
    yield from (written_word("role", role) for role in choices.roles)
    yield from (written_word("tool", tool) for tool in choices.tools)
    yield from (f"kind:{kind}" for kind in Kind)
    yield f"around:{Around(moment=time_of_day(choices.start))}" if choices.start else _EXAMPLE


def _with_word(kept: EntryFilter, word: str) -> EntryFilter:
    key, colon, name = word.partition(":")
    match f"{key}{colon}":
        case "errors":
            return replace(kept, errors=True)
        case "findings":
            return replace(kept, findings=True)
        case "role:" if name:
            return replace(kept, roles=kept.roles | {name})
        case "tool:" if name:
            return replace(kept, tools=kept.tools | {name})
        case "kind:":
            return replace(kept, kinds=kept.kinds | {_kind(name)})
        case "around:":
            return replace(kept, around=_around(name))
        case "role:" | "tool:":
            raise UsageError(f"“{key}:” needs a name behind it.", f"Write it without a blank: {key}:NAME.")
        case _:
            raise _not_understood(word)


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        raise UsageError(
            f"{quoted(name)} is no kind of entry.", f"There are {', '.join(f'kind:{kind}' for kind in Kind)}."
        ) from None


def _around(text: str) -> Around:
    advice = f"Write a time in UTC, such as {_EXAMPLE} or around:2026-11-20T14:03:27Z+-30s."
    found = _AROUND.fullmatch(text)
    if found is None:
        raise UsageError(f"{quoted(text)} is not a time to look around.", advice)
    try:
        moment = time.fromisoformat(found["time"]).replace(tzinfo=UTC)
        day = date.fromisoformat(found["day"]) if found["day"] else None
    except ValueError:
        raise UsageError(f"There is no time {quoted(text)}.", advice) from None
    around = Around(moment=datetime.combine(day, moment) if day else moment)
    if found["number"] is None:
        return around
    seconds = int(found["number"]) * _SECONDS[(found["unit"] or "m").lower()]
    return replace(around, within=timedelta(seconds=seconds))


def _not_understood(word: str) -> UsageError:
    from difflib import get_close_matches  # start-up time: needed only for the sentence of an error

    key, colon, _ = word.partition(":")
    known = [*_WORDS, *_KEYS]
    near = get_close_matches(key + colon, known, n=1)
    advice = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
    return UsageError(f"{quoted(word)} is not part of a filter.", advice)
