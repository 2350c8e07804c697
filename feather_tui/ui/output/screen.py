"""What the terminal shows, as far as it is known, and what has to be written to change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from feather_tui.ui.output.cells import Row, blank_row
from feather_tui.ui.output.scrolling import find_scroll
from feather_tui.ui.output.writing import Writer

AFRESH: Final = "\x18\x1b[m\x1b[r\x1b[4l\x1b[?6;7;25l\x1b(B\x0f\x1b[H\x1b[J"
"""Makes a terminal in any state an empty one: the sequence that was cut off is given up; default pen, no
scroll region, no inserting, addresses from the corner, lines that do not wrap, no cursor, plain letters."""


def repaint(new: Sequence[Row]) -> str:
    """Return what makes a terminal in any state show `new`."""
    return AFRESH + difference([blank_row(len(row.cells)) for row in new], new)


def difference(old: Sequence[Row], new: Sequence[Row]) -> str:
    """Return what makes a terminal that shows `old` show `new`; rows are as many and as wide in both.

    The pen is the default one before and after; the cursor is anywhere.
    """
    writer = Writer()
    if scroll := find_scroll(old, new):
        writer.control(scroll.sequence)
        old = scroll.applied(old)
    for y, (before, after) in enumerate(zip(old, new, strict=True)):
        if before.cells != after.cells:
            writer.row(y, before, after)
    writer.finish()
    return writer.text
