"""A search under way in the open session, and the place in what it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.model import Extraction
from feather_tui.session.query import Query
from feather_tui.session.search import Searcher, extraction_matches


class InTranscript(NamedTuple):
    """An entry that matches: its position in the timeline."""

    position: int


class InExtraction(NamedTuple):
    """A field of the extraction that matches: its path, beginning with the record's field."""

    path: tuple[str, ...]


Spot = InTranscript | InExtraction


@dataclass(slots=True, kw_only=True)
class Search:
    """What is searched for, where it was found so far, and at which of these spots we are.

    The transcript is looked through first, in steps; then the extraction, if there is one.
    """

    query: Query
    searcher: Searcher
    extraction: Extraction | None = None
    spots: list[Spot] = field(default_factory=list)
    matches: int = 0
    at: int | None = None
    done: bool = False

    def step(self) -> None:
        """Look through some more."""
        for match in self.searcher.step():
            self._found(InTranscript(match.position))
        if self.searcher.done:
            for found in extraction_matches(self.extraction, self.query) if self.extraction else ():
                self._found(InExtraction(found.path))
            self.done = True

    def go(self, by: int) -> Spot | None:
        """Go to the next spot, or the one before, round and round; None if there are none."""
        if not self.spots:
            return None
        self.at = ((0 if by > 0 else -1) if self.at is None else self.at + by) % len(self.spots)
        return self.spots[self.at]

    def go_from(self, position: int) -> Spot | None:
        """Go to the first spot at or behind a position of the timeline, else to the first of all."""
        if not self.spots:
            return None
        self.at = next((place for place, spot in enumerate(self.spots) if _is_behind(spot, position)), 0)
        return self.spots[self.at]

    def has_passed(self, position: int) -> bool:
        """Return whether a spot at or behind a position is known."""
        return bool(self.spots) and _is_behind(self.spots[-1], position)

    def row(self, look: Look) -> Row:
        """Return what is found, in words: `/refund  4/17 places, 31 matches`."""
        place = "" if self.at is None else f"{count(self.at + 1)}/"
        found = f"  {place}{count(len(self.spots))} places, {count(self.matches)} matches"
        end = look.key("cancel")
        progress = "" if self.done else f"  searched {self.searcher.progress:.0%} · {end} stops"
        ways = f"  {look.key('next_match')} {look.key('previous_match')} next, previous · {end} ends"
        keys = ways if self.spots and self.done else ""
        return (
            (f" /{safe_line(str(self.query))}", "accent"),
            (found if self.spots or not self.done else "  not found", "text"),
            (progress + keys, "dim"),
        )

    def _found(self, spot: Spot) -> None:
        self.matches += 1
        if not self.spots or self.spots[-1] != spot:
            self.spots.append(spot)


def _is_behind(spot: Spot, position: int) -> bool:
    return isinstance(spot, InExtraction) or spot.position >= position
