"""What a page is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from feather_tui.rendering.look import Look
from feather_tui.rendering.row import BLANK, Row, fit_row


class Block(Protocol):
    """A piece of a page that is laid out as a whole, and may be folded."""

    @property
    def foldable(self) -> bool:
        """Whether unfolding shows more."""

    def estimate(self, look: Look) -> int:
        """Return about how many rows the block has while folded, cheaply."""

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the block's rows, at least one. `parts`: how much of a very long value to show."""


class RowsBlock:
    """Rows that are ready, and those that unfolding adds."""

    def __init__(self, rows: Sequence[Row], hidden: Sequence[Row] = ()) -> None:
        self._rows = list(rows) or [BLANK]
        self._hidden = list(hidden)

    @property
    def foldable(self) -> bool:
        """Whether there are hidden rows."""
        return bool(self._hidden)

    def estimate(self, look: Look) -> int:
        """Return the number of rows."""
        del look
        return len(self._rows)

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the rows, with the hidden ones if expanded; one too wide is cut visibly."""
        del parts
        rows = self._rows + self._hidden if expanded else self._rows
        return [fit_row(row, look.width) for row in rows]
