"""A search through a document as received: what it found so far, and which of it the reader is at."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.query import Query
from feather_tui.session.received.searching import Searcher


@dataclass(slots=True, kw_only=True)
class Hits:
    """`places`: where in the document the query was found, in order; `at`: the number of the one gone to."""

    query: Query
    searcher: Searcher
    places: list[int] = field(default_factory=list)
    at: int | None = None

    def step(self) -> None:
        """Look at some more of the document."""
        self.places += self.searcher.step()

    def go(self, by: int) -> int | None:
        """Go to the next place, or the one before, round and round; None if there are none."""
        if not self.places:
            return None
        self.at = ((0 if by > 0 else -1) if self.at is None else self.at + by) % len(self.places)
        return self.places[self.at]

    def go_from(self, place: int) -> int | None:
        """Go to the first place at or behind another; to the first of all if nothing more can come."""
        at = bisect_left(self.places, place)
        if at == len(self.places) and not self.searcher.done:
            return None
        return self.go_to(at % len(self.places)) if self.places else None

    def go_to(self, number: int) -> int:
        """Go to a place by its number."""
        self.at = number
        return self.places[number]

    def row(self, look: Look) -> Row:
        """Return what is found, in words: `/refund  3/17`."""
        done = self.searcher.done
        place = "" if self.at is None else f"{count(self.at + 1)}/"
        found = f"  {place}{count(len(self.places))}" if self.places or not done else "  not found"
        progress = "" if done else f"  searched {self.searcher.progress:.0%}"
        ways = f"  {look.key('next_match')} {look.key('previous_match')} next, previous"
        keys = ways if self.places and done else ""
        return (
            (f" /{safe_line(str(self.query))}", "accent"),
            (found, "text"),
            (progress + keys, "dim"),
        )
