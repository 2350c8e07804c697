"""A search under way in the open session, and the place in what it found."""

from __future__ import annotations

from dataclasses import dataclass, field

from feather_tui.rendering.clock import count
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.query import Query
from feather_tui.session.search import Searcher


@dataclass(slots=True, kw_only=True)
class Search:
    """What is searched for, the entries that hold it so far (positions in the timeline), and where we are."""

    query: Query
    searcher: Searcher
    entries: list[int] = field(default_factory=list)
    matches: int = 0
    at: int | None = None

    def step(self) -> None:
        """Look through some more entries."""
        for match in self.searcher.step():
            self.matches += 1
            if not self.entries or self.entries[-1] != match.position:
                self.entries.append(match.position)

    def go(self, by: int) -> int | None:
        """Go to the next entry found, or the one before, round and round; None if there are none."""
        if not self.entries:
            return None
        self.at = ((0 if by > 0 else -1) if self.at is None else self.at + by) % len(self.entries)
        return self.entries[self.at]

    def go_from(self, position: int) -> int | None:
        """Go to the first entry found at or behind a position, else to the first of all."""
        if not self.entries:
            return None
        self.at = next((place for place, found in enumerate(self.entries) if found >= position), 0)
        return self.entries[self.at]

    def row(self) -> Row:
        """Return what is found, in words: `/refund  4/17 entries, 31 matches`."""
        place = "" if self.at is None else f"{count(self.at + 1)}/"
        found = f"  {place}{count(len(self.entries))} entries, {count(self.matches)} matches"
        progress = "" if self.searcher.done else f"  searched {self.searcher.progress:.0%} · Esc stops"
        keys = "  n N next, previous · Esc ends" if self.entries and self.searcher.done else ""
        return (
            (f" /{safe_line(str(self.query))}", "accent"),
            (found if self.entries or not self.searcher.done else "  not found", "text"),
            (progress + keys, "dim"),
        )
