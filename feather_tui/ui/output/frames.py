"""A frame at a time: what Textual displays goes in, what is written instead of it comes out."""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from rich.console import Console, RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Offset

from feather_tui.ui.output.cells import Cells, Row, Sight, blank_row
from feather_tui.ui.output.screen import difference, repaint
from feather_tui.ui.output.updates import DifferenceUpdate, StripRows, size

Frame: TypeAlias = RenderableType | DifferenceUpdate


class Frames:
    """Remembers what the terminal shows, from one frame to the next; `sight` is what it shows already."""

    def __init__(self, console: Console, sight: Sight | None = None) -> None:
        self._strips = StripRows(console, sight.cells if sight else Cells())
        self._shown: list[Row] | None = None
        self._size = (0, 0)
        self._cursor: Offset | None = None
        if sight is not None:
            self._shown = [*sight.rows]
            self._size = len(sight.rows[0].cells), len(sight.rows)

    def forget(self) -> None:
        """Take the terminal to show anything: it is cleared, and painted anew with the next whole frame."""
        self._shown = None

    def instead_of(self, frame: Frame, cursor: Offset) -> Frame | None:
        """Return what is to be displayed instead of a frame; None if nothing changes.

        What changes a part of an unknown screen is returned as it is, and so is what is not a part of the
        screen. `cursor` is where Textual is going to put the terminal's cursor.
        """
        if not isinstance(frame, LayoutUpdate | ChopsUpdate):
            self._shown = None
            return frame
        if size(frame) != self._size:
            self._shown, self._size = None, size(frame)
        if self._shown is not None:
            rows = self._strips.wanted(frame, self._shown)
            text = difference(self._shown, rows)
            if not text and cursor == self._cursor:
                return None
        elif isinstance(frame, LayoutUpdate):
            width, height = self._size
            rows = self._strips.wanted(frame, [blank_row(width)] * height)
            text = repaint(rows)
        else:
            return frame
        return DifferenceUpdate(text, partial(self._show, rows, cursor))

    def _show(self, rows: list[Row], cursor: Offset) -> None:
        self._shown, self._cursor = rows, cursor
