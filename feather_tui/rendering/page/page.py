"""The reader's place in a page: what is in sight, where the cursor is, what is unfolded.

The top of the view is held as (block, row within it), never as a row number: blocks above may turn out
taller than estimated, and nothing in sight moves. Only blocks in sight are laid out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence

from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.page.heights import Heights
from feather_tui.rendering.page.place import Bookmark, Place
from feather_tui.rendering.page.thumb import Thumb, thumb_of
from feather_tui.rendering.row import BLANK, Line, Row

_KEPT_LAYOUTS = 512
"""Laid-out blocks that are kept; a view shows far fewer."""
_FEW = 512
"""Of so many blocks the heights are estimated anew for another width. Of more the old ones serve as well to
say where in the page the view is; their number must not make a change of the window's size slow."""


class Page:
    """Blocks, and a reader's place in them.

    `shown`: the numbers of the blocks that are shown, in order; None for all. The others take no room, but
    keep their numbers and whether they are unfolded.
    """

    def __init__(
        self, blocks: Sequence[Block], look: Look, height: int, shown: Sequence[int] | None = None
    ) -> None:
        self.blocks = blocks
        self.shown = range(len(blocks)) if shown is None else shown
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
        place: Place | None = self.top if self.shown else None
        for _ in range(self.height):
            if place is None:
                yield BLANK, False
            else:
                yield self._rows(place.block)[place.row], place == self.cursor
                place = self._after(place)

    def lines(self, *, marked: bool) -> list[Line]:
        """Return what is in sight as lines of the screen; the row under the cursor is marked if `marked`."""
        thumb, glyphs = self.thumb(), self.look.glyphs
        lines: list[Line] = []
        for y, (row, at_cursor) in enumerate(self.view()):
            mark = glyphs.cursor if at_cursor and marked else ""
            in_thumb = thumb is not None and thumb.start <= y < thumb.stop
            lines.append((row, mark, glyphs.thumb if in_thumb else " "))
        return lines

    def thumb(self) -> Thumb | None:
        """Return where the scroll bar's thumb is, or None if everything is in sight."""
        above = self._heights.before(self.top.block) + self.top.row
        return thumb_of(above=above, height=self.height, total=self._heights.total)

    # ------------------------------------------------------------------ changes around the reader

    def lay_out(
        self, blocks: Sequence[Block], look: Look, height: int, shown: Sequence[int] | None = None
    ) -> None:
        """Show newer blocks, or the same ones for another look or height; the reader's place stays.

        Where other blocks are shown than before, the cursor stays on its line of the view; if its own block
        is not among them, it goes to the next that is.
        """
        numbers = range(len(blocks)) if shown is None else shown
        line = self._cursor_line() if numbers != self.shown else None
        same = blocks is self.blocks and line is None
        if not same or look != self.look:
            self.blocks, self.look, self.shown = blocks, look, numbers
            self._layouts.clear()
            if not same or len(numbers) <= _FEW:
                self._heights = self._estimated()
        self.height = max(height, 1)
        self._settle()
        if line is not None and self.shown:
            self.top = self._filling(self._moved(self.cursor, -line))
            self._follow_cursor()

    def renew(self, block: int) -> None:
        """Lay out a block anew: what it shows has changed."""
        self._layouts.pop(block, None)
        self._settle()

    @property
    def bookmark(self) -> Bookmark:
        """The reader's place, to come back to."""
        return Bookmark(self.top, self.cursor, self._all_expanded, frozenset(self._turned))

    def resume(self, bookmark: Bookmark) -> None:
        """Come back to a place; blocks that are no longer there are passed over."""
        self._all_expanded = bookmark.all_expanded
        self._turned = {block for block in bookmark.turned if block < len(self.blocks)}
        self._layouts.clear()
        self._heights = self._estimated()
        self.top, self.cursor = bookmark.top, bookmark.cursor
        self._settle()

    # ------------------------------------------------------------------ moving

    def move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor = self._moved(self.cursor, rows)
        self._follow_cursor()

    def scroll(self, rows: int) -> None:
        """Move the view, and the cursor with it; at an end only the cursor goes on."""
        if not self.shown:
            return
        top = self._moved(self.top, rows)
        if rows > 0:
            top = self._filling(top)
        if top == self.top:
            self.move(rows)
            return
        self.top = top
        self.cursor = self._moved(self.cursor, rows)
        self._follow_cursor()

    def home(self) -> None:
        """Go to the first row."""
        if self.shown:
            self.cursor = self.top = Place(self.shown[0], 0)

    def end(self) -> None:
        """Go to the last row."""
        if self.shown:
            self.cursor = self._last()
            self.top = self._last_top()

    def jump(self, block: int, row: int = 0) -> None:
        """Put the cursor on a row of a shown block, and show as much of what follows in it as has room."""
        if not self.shown:
            return
        self.cursor = self._existing(Place(block, row))
        self._follow_cursor()
        below = self._moved(self.cursor, len(self._rows(self.cursor.block)) - 1)
        if self._distance(self.top, below) >= self.height:
            self.top = max(self.top, min(self._moved(below, 1 - self.height), self.cursor))
            if self._distance(self.cursor, below) >= self.height:
                self.top = self.cursor

    def rows_of(self, block: int) -> Sequence[Row]:
        """Return the rows of a shown block as it is laid out now."""
        return self._rows(block)

    # ------------------------------------------------------------------ folding

    def expanded(self, block: int) -> bool:
        """Return whether a block is unfolded."""
        return self._all_expanded != (block in self._turned)

    def toggle(self) -> bool:
        """Fold or unfold the block under the cursor; False if there is nothing to unfold."""
        if not self.shown or not self.blocks[self.cursor.block].foldable:
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

    def show_more(self) -> bool:
        """Show one more part of the very long values of the block under the cursor; False if none is cut."""
        if not self.shown:
            return False
        block = self.cursor.block
        parts, before = self._parts.get(block, 1), self._rows(block)
        self._parts[block] = parts + 1
        self._layouts.pop(block, None)
        if self._rows(block) == before:
            self._parts[block] = parts
            return False
        self._settle()
        return True

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
        look, blocks = self.look, self.blocks
        if len(self.shown) == len(blocks):
            return Heights([block.estimate(look) for block in blocks])
        heights = [0] * len(blocks)
        for block in self.shown:
            heights[block] = blocks[block].estimate(look)
        return Heights(heights)

    def _beside(self, block: int, step: int) -> int | None:
        """Return the shown block so many further than a shown one, None beyond the ends."""
        place = bisect_left(self.shown, block) + step
        return self.shown[place] if 0 <= place < len(self.shown) else None

    def _after(self, place: Place) -> Place | None:
        block, row = place
        if row + 1 < len(self._rows(block)):
            return Place(block, row + 1)
        below = self._beside(block, 1)
        return None if below is None else Place(below, 0)

    def _last(self) -> Place:
        last = self.shown[-1]
        return Place(last, len(self._rows(last)) - 1)

    def _last_top(self) -> Place:
        """The top of the view that shows the end of the page at its bottom."""
        return self._moved(self._last(), 1 - self.height)

    def _moved(self, place: Place, rows: int) -> Place:
        """Return the place so many rows away, or the first or last one if the page ends before."""
        if not self.shown:
            return place
        block, row = place.block, place.row + rows
        while row < 0 and (above := self._beside(block, -1)) is not None:
            block = above
            row += len(self._rows(block))
        while row >= len(self._rows(block)) and (below := self._beside(block, 1)) is not None:
            row -= len(self._rows(block))
            block = below
        return Place(block, min(max(row, 0), len(self._rows(block)) - 1))

    def _distance(self, start: Place, stop: Place) -> int:
        """Return the rows from `start` down to `stop`, counted no further than a view's height."""
        rows, block = -start.row, start.block
        while block < stop.block and (below := self._beside(block, 1)) is not None:
            rows += len(self._rows(block))
            block = below
            if rows > self.height:
                return rows
        return rows + stop.row

    def _cursor_line(self) -> int:
        """Return the line of the view that the cursor is on."""
        return self._distance(self.top, self.cursor) if self.shown else 0

    def _follow_cursor(self) -> None:
        if self.cursor < self.top:
            self.top = self.cursor
        elif self._distance(self.top, self.cursor) >= self.height:
            self.top = self._moved(self.cursor, 1 - self.height)

    def _settle(self) -> None:
        """Make top and cursor places that exist, with the cursor in sight and no room wasted at the end."""
        if not self.shown:
            return
        self.cursor = self._existing(self.cursor)
        self.top = self._filling(self._existing(self.top))
        self._follow_cursor()

    def _filling(self, top: Place) -> Place:
        """Return a place for the top of the view at which no room is wasted at the end of the page."""
        return top if self._distance(top, self._last()) + 1 >= self.height else self._last_top()

    def _existing(self, place: Place) -> Place:
        block = self.shown[min(bisect_left(self.shown, place.block), len(self.shown) - 1)]
        row = place.row if block == place.block else 0
        return Place(block, min(row, len(self._rows(block)) - 1))
