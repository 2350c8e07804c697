"""Find a query in everything that a session tells, whether it is in sight or folded away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from feather_tui.session.entry_texts import extraction_texts, texts_of, unnamed_texts
from feather_tui.session.model import Extraction
from feather_tui.session.query import Query
from feather_tui.session.timeline import Entry

STEP_COST: Final = 1_000_000
"""A step ends early once it cost so much, so that none holds up the keys; a character passed over costs 1."""
_COST_OF_LOOKING: Final = 4
_COST_OF_REGEX: Final = 40
_COST_OF_A_MATCH: Final = 100
_MOST_TOGETHER: Final = 50_000
"""Characters that are looked through as one text, to pass over all of them where nothing is in any."""


class Match(NamedTuple):
    """A place where a query matches; they sort as they stand in the timeline.

    `position` is the entry's index in the timeline, `field` one of `texts_of`; `start` and `end` are
    characters of that field's text. A plain tuple, because a letter may have millions of them.
    """

    position: int
    field: str
    start: int
    end: int


class ExtractionMatch(NamedTuple):
    """A place where a query matches in an extraction: characters of an `ExtractionText`."""

    path: tuple[str, ...]
    is_name: bool
    start: int
    end: int


class Searcher:
    """Looks through a timeline in steps, so that a long search can show how far it is, and be stopped."""

    def __init__(self, timeline: Sequence[Entry], query: Query) -> None:
        self._timeline = timeline
        self._query = query
        self._position = 0
        self._cost_of_a_character = _COST_OF_LOOKING if query.pattern is None else _COST_OF_REGEX

    @property
    def done(self) -> bool:
        """Whether every entry was looked through."""
        return self._position >= len(self._timeline)

    @property
    def progress(self) -> float:
        """The share of the entries that were looked through, from 0 to 1."""
        return self._position / len(self._timeline) if self._timeline else 1.0

    def step(self, budget_entries: int = 1_000) -> list[Match]:
        """Look through the next entries, one at least, and return their matches in order."""
        matches: list[Match] = []
        stop = min(self._position + max(budget_entries, 1), len(self._timeline))
        cost = 0
        while self._position < stop and cost < STEP_COST:
            first, (entries, together) = self._position, self._go_on(stop)
            cost += len(together)
            if self._query.may_be_in(together):
                for position, entry in enumerate(entries, first):
                    cost += self._look_at(position, entry, matches)
        return matches

    def _go_on(self, stop: int) -> tuple[list[Entry], str]:
        """Go on by an entry or more; return them, and their texts as one."""
        entries: list[Entry] = []
        together: list[str] = []
        characters = 0
        while self._position < stop and characters < _MOST_TOGETHER:
            entries.append(self._timeline[self._position])
            texts = unnamed_texts(entries[-1])
            together += texts
            characters += sum(map(len, texts))
            self._position += 1
        return entries, "\0".join(together)

    def _look_at(self, position: int, entry: Entry, matches: list[Match]) -> int:
        """Add the matches in an entry; return what that cost."""
        cost = 0
        for field, text in texts_of(entry):
            found = self._query.spans(text)
            cost += len(text) * self._cost_of_a_character + len(found) * _COST_OF_A_MATCH
            matches += [Match(position, field, start, end) for start, end in found]
        return cost


def extraction_matches(extraction: Extraction, query: Query) -> Iterator[ExtractionMatch]:
    """Yield where a query matches in an extraction, in the order of its page."""
    for path, is_name, text in extraction_texts(extraction):
        for span in query.spans(text):
            yield ExtractionMatch(path, is_name, *span)
