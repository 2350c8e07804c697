"""Blocks that lead somewhere: each says what it tells about, so that a key can go there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from feather_tui.rendering.look import Look
from feather_tui.rendering.row import BLANK, Row, fit_row
from feather_tui.session.timeline import Entry, MessageEntry

Whole = Callable[[int], list[Row]]
"""Makes the rows of an unfolded block, given how many parts of a very long value to show."""


class LeadingBlock:
    """Rows that are ready, what unfolding shows in their place, and the entry of the timeline they are about.

    `entry` None: the block leads nowhere. `whole` None: there is nothing to unfold.
    """

    __slots__ = ("_rows", "_whole", "entry")

    def __init__(self, rows: Sequence[Row], entry: Entry | None = None, whole: Whole | None = None) -> None:
        self._rows = list(rows) or [BLANK]
        self._whole = whole
        self.entry = entry

    @property
    def row(self) -> int | None:
        """The index in `messages` of the row the block is about, None if it is not about a row."""
        return self.entry.row if isinstance(self.entry, MessageEntry) else None

    @property
    def foldable(self) -> bool:
        """Whether unfolding shows more."""
        return self._whole is not None

    def estimate(self, look: Look) -> int:
        """Return the number of rows while folded."""
        del look
        return len(self._rows)

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the rows, or what unfolding shows in their place; one too wide is cut visibly."""
        rows = self._whole(parts) if expanded and self._whole is not None else self._rows
        return [fit_row(row, look.width) for row in rows]
