"""What Textual's compositor hands over for a frame, read as rows; and what goes back to Textual instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from feather_tui.ui.output.cells import Cells, Row
from feather_tui.ui.output.pens import DEFAULT, Pen, pen_of

Update: TypeAlias = LayoutUpdate | ChopsUpdate

_KEPT_STRIPS = 2048


class DifferenceUpdate(CompositorUpdate):
    """An update that is written already; `shown` is told once Textual takes it for the terminal."""

    def __init__(self, text: str, shown: Callable[[], None]) -> None:
        self._text = text
        self._shown = shown

    def render_segments(self, console: Console) -> str:  # noqa: ARG002 - Textual's signature
        """Return what is to be written (called by Textual, unless it drops the frame)."""
        self._shown()
        return self._text


class StripRows:
    """Rows of cells from updates; a strip is read once, as Textual keeps strips that did not change."""

    def __init__(self, console: Console, cells: Cells) -> None:
        self._colours = COLOR_SYSTEMS[console.color_system or "truecolor"]
        self._cells = cells
        self._known: dict[int, tuple[Strip, Row]] = {}

    def wanted(self, update: Update, shown: Sequence[Row]) -> list[Row]:
        """Return the rows of the screen after an update of what is shown."""
        rows = list(shown)
        for x, y, strip, width in _patches(update):
            row = self._row(strip)
            whole = x == 0 and width >= len(row.cells) == len(rows[y].cells) and not row.marks
            rows[y] = row if whole else self._cells.patched(rows[y], x, row, width)
        return rows

    def _row(self, strip: Strip) -> Row:
        known = self._known.get(id(strip))
        if known is not None:  # it holds the strip, so that no other one has its id
            return known[1]
        if len(self._known) >= _KEPT_STRIPS:
            self._known.clear()
        row = self._cells.row((text, _pen(style, self._colours)) for text, style, _ in strip)
        self._known[id(strip)] = strip, row
        return row


def size(update: Update) -> tuple[int, int]:
    """Return the width and height of the screen that is updated."""
    if isinstance(update, LayoutUpdate):
        return update.region.right, update.region.bottom
    return update.chop_ends[0][-1], len(update.chops)


def _patches(update: Update) -> Iterator[tuple[int, int, Strip, int]]:
    """Yield column and row, the strip that is wanted from there on, and how many cells of it."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield x, y, strip, strip.cell_length
                x += strip.cell_length
        return
    for y, start, stop in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and x <= stop and end > start:
                yield x, y, chop, min(end, stop) - x


@lru_cache(maxsize=4096)
def _pen(style: Style | None, colours: ColorSystem) -> Pen:
    return DEFAULT if style is None else pen_of(Strip.render_ansi(style, colours))
