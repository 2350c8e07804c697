"""The reader's place in a page: what is in sight, where the cursor is, what is unfolded.

The top of the view is held as (block, row within it), never as a row number: blocks above may turn out
taller than estimated, and nothing in sight moves. Only blocks in sight are laid out.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.page.heights import Heights
from feather_tui.rendering.row import BLANK, Row

_KEPT_LAYOUTS = 512
"""Laid-out blocks that are kept; a view shows far fewer."""


class Place(NamedTuple):
    """A row of the page: a block, and a row within it."""

    block: int
    row: int


@dataclass(frozen=True, slots=True)
class Thumb:
    """The part of the scroll bar that stands for what is in sight, in rows of the view: [start, stop)."""

    start: int
    stop: int


class Page:
    """Blocks, and a reader's place in them."""

    def __init__(self, blocks: Sequence[Block], look: Look, height: int) -> None:
        self.blocks = blocks
        self.look = look
        self.height = max(height, 1)
        self.top = Place(0, 0)
        self.cursor = Place(0, 0)
        self._all_expanded = False
        self._turned: set[int] = set()
        self._parts: dict[int, int] = {}
        self._layouts: OrderedDict[int, list[Row]] = OrderedDict()
        self._heights = self._estimated()

    # ------------------------------------------------------------------ what is in sight

    def view(self) -> Iterator[tuple[Row, bool]]:
        """Yield `height` rows, each with whether the cursor is on it; beyond the end they are blank."""
        place: Place | None = self.top if self.blocks else None
        for _ in range(self.height):
            if place is None:
                yield BLANK, False
            else:
                yield self._rows(place.block)[place.row], place == self.cursor
                place = self._after(place)

    def thumb(self) -> Thumb | None:
        """Return where the scroll bar's thumb is, or None if everything is in sight."""
        total = self._heights.total
        if total <= self.height:
            return None
        above = self._heights.before(self.top.block) + self.top.row
        length = max(self.height * self.height // total, 1)
        room, beyond = self.height - length, max(total - self.height, 1)
        start = min(round(above * room / beyond), room)
        return Thumb(start, start + length)

    # ------------------------------------------------------------------ changes around the reader

    def lay_out(self, blocks: Sequence[Block], look: Look, height: int) -> None:
        """Show newer blocks, or the same ones for another look or height; the reader's place stays."""
        if blocks is not self.blocks or look != self.look:
            self.blocks = blocks
            self.look = look
            self._layouts.clear()
            self._heights = self._estimated()
        self.height = max(height, 1)
        self._settle()

    # ------------------------------------------------------------------ moving

    def move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor = self._moved(self.cursor, rows)
        self._follow_cursor()

    def scroll(self, rows: int) -> None:
        """Move the view, and the cursor with it; at an end only the cursor goes on."""
        if not self.blocks:
            return
        top = self._moved(self.top, rows)
        if rows > 0:
            top = min(top, self._last_top())
        if top == self.top:
            self.move(rows)
            return
        self.top = top
        self.cursor = self._moved(self.cursor, rows)
        self._follow_cursor()

    def home(self) -> None:
        """Go to the first row."""
        self.cursor = self.top = Place(0, 0)

    def end(self) -> None:
        """Go to the last row."""
        if self.blocks:
            self.cursor = self._last()
            self.top = self._last_top()

    def jump(self, block: int, row: int = 0) -> None:
        """Put the cursor on a row of a block, and show as much of what follows in it as there is room for."""
        self.cursor = self._existing(Place(block, row))
        self._follow_cursor()
        below = self._moved(self.cursor, len(self._rows(block)) - 1)
        if self._distance(self.top, below) >= self.height:
            self.top = max(self.top, min(self._moved(below, 1 - self.height), self.cursor))
            if self._distance(self.cursor, below) >= self.height:
                self.top = self.cursor

    def rows_of(self, block: int) -> Sequence[Row]:
        """Return the rows of a block as it is laid out now."""
        return self._rows(block)

    # ------------------------------------------------------------------ folding

    def expanded(self, block: int) -> bool:
        """Return whether a block is unfolded."""
        return self._all_expanded != (block in self._turned)

    def toggle(self) -> bool:
        """Fold or unfold the block under the cursor; False if there is nothing to unfold."""
        if not self.blocks or not self.blocks[self.cursor.block].foldable:
            return False
        self._turn(self.cursor.block)
        self.jump(self.cursor.block)
        self.top = min(self.top, self._last_top())
        return True

    def unfold(self, block: int) -> None:
        """Unfold a block, wherever the cursor is."""
        if self.blocks[block].foldable and not self.expanded(block):
            self._turn(block)
            self._settle()

    def toggle_all(self) -> bool:
        """Unfold everything, or fold everything if it was unfolded so; return whether it is unfolded now."""
        self._all_expanded = not self._all_expanded
        self._turned.clear()
        self._layouts.clear()
        self._heights = self._estimated()
        self.cursor = Place(self.cursor.block, 0)
        self._settle()
        return self._all_expanded

    def show_more(self) -> None:
        """Show one more part of the very long values of the block under the cursor."""
        block = self.cursor.block
        self._parts[block] = self._parts.get(block, 1) + 1
        self._layouts.pop(block, None)
        self._settle()

    # ------------------------------------------------------------------ places

    def _turn(self, block: int) -> None:
        self._turned ^= {block}
        self._layouts.pop(block, None)

    def _rows(self, block: int) -> list[Row]:
        rows = self._layouts.get(block)
        if rows is None:
            expanded, parts = self.expanded(block), self._parts.get(block, 1)
            rows = self.blocks[block].rows(self.look, expanded=expanded, parts=parts)
            self._layouts[block] = rows
            self._heights.set(block, len(rows))
            if len(self._layouts) > _KEPT_LAYOUTS:
                self._layouts.popitem(last=False)
        return rows

    def _estimated(self) -> Heights:
        return Heights(block.estimate(self.look) for block in self.blocks)

    def _after(self, place: Place) -> Place | None:
        block, row = place
        if row + 1 < len(self._rows(block)):
            return Place(block, row + 1)
        return Place(block + 1, 0) if block + 1 < len(self.blocks) else None

    def _last(self) -> Place:
        last = len(self.blocks) - 1
        return Place(last, len(self._rows(last)) - 1)

    def _last_top(self) -> Place:
        """The top of the view that shows the end of the page at its bottom."""
        return self._moved(self._last(), 1 - self.height)

    def _moved(self, place: Place, rows: int) -> Place:
        """Return the place so many rows away, or the first or last one if the page ends before."""
        if not self.blocks:
            return place
        block, row = place.block, place.row + rows
        while row < 0 and block > 0:
            block -= 1
            row += len(self._rows(block))
        while row >= len(self._rows(block)) and block + 1 < len(self.blocks):
            row -= len(self._rows(block))
            block += 1
        return Place(block, min(max(row, 0), len(self._rows(block)) - 1))

    def _distance(self, start: Place, stop: Place) -> int:
        """Return the rows from `start` down to `stop`, counted no further than a view's height."""
        rows, block = -start.row, start.block
        while block < stop.block:
            rows += len(self._rows(block))
            block += 1
            if rows > self.height:
                return rows
        return rows + stop.row

    def _follow_cursor(self) -> None:
        if self.cursor < self.top:
            self.top = self.cursor
        elif self._distance(self.top, self.cursor) >= self.height:
            self.top = self._moved(self.cursor, 1 - self.height)

    def _settle(self) -> None:
        """Make top and cursor places that exist, with the cursor in sight and no room wasted at the end."""
        if not self.blocks:
            self.top = self.cursor = Place(0, 0)
            return
        self.cursor = self._existing(self.cursor)
        self.top = min(self._existing(self.top), self._last_top())
        self._follow_cursor()

    def _existing(self, place: Place) -> Place:
        block = min(place.block, len(self.blocks) - 1)
        return Place(block, min(place.row, len(self._rows(block)) - 1))
