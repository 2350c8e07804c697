"""What a filter keeps of one timeline, and how much it hides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Self

from feather_tui.session.filter import EntryFilter, apply
from feather_tui.session.timeline import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The `positions` that a filter keeps, in order, of the timeline's `entries` entries."""

    by: EntryFilter
    positions: tuple[int, ...]
    entries: int

    @classmethod
    def of(cls, timeline: Sequence[Entry], by: EntryFilter, found_positions: Container[int]) -> Self:
        """Apply a filter; `found_positions` are those of the entries that findings point at."""
        return cls(by=by, positions=apply(timeline, by, found_positions), entries=len(timeline))

    @property
    def hidden(self) -> int:
        """How many entries are not kept."""
        return self.entries - len(self.positions)

    def holds(self, position: int) -> bool:
        """Return whether the entry at a position is kept."""
        place = bisect_left(self.positions, position)
        return place < len(self.positions) and self.positions[place] == position
