"""The title of a document as received: what it is, and the path of the line that the reader is on."""

from __future__ import annotations

from feather_tui.rendering.row import ELLIPSIS, Row, cells, spread, width_of
from feather_tui.rendering.safe import safe_line


def title_row(label: str, path: str, length: str, width: int) -> Row:
    """Return the title; of a path that is too long, the end is seen. `length` goes where room is left."""
    head: Row = ((" raw  ", "strong"), (f"{label}   ", "dim"))
    room = width - width_of(head) - 1
    shown = safe_line(path) or "the whole document"
    end: Row = ((f"{length} ", "dim"),) if cells(shown) + len(length) + 2 <= room else ()
    return spread((*head, (_ending(shown, room), "key" if path else "dim")), end, width)


def _ending(text: str, width: int) -> str:
    """Return the end of a text, in at most so many cells."""
    if cells(text) <= width:
        return text
    end = text[-width:]
    while cells(end) >= width:
        end = end[1:]
    return ELLIPSIS + end
