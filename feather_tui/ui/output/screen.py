"""What the terminal shows, as far as it is known, and what has to be written to change it."""

from __future__ import annotations

from collections.abc import Sequence

from feather_tui.ui.output.afresh import AFRESH
from feather_tui.ui.output.cells import Row, blank_row
from feather_tui.ui.output.scrolling import find_scroll
from feather_tui.ui.output.writing import Writer


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
