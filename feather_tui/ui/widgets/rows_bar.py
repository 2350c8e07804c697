"""A few fixed rows: the header, the loading lines, the footer."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from feather_tui.rendering.row import Line, Row
from feather_tui.ui.drawing import drawn


class RowsBar(Widget):
    """Shows rows as they are, one line each. It is as high as it has rows, and hidden without any."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._rows: list[Row] = []
        self.display = False

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown."""
        return self._rows

    @property
    def lines(self) -> Sequence[Line]:
        """The rows as lines of the screen."""
        return [(row, "", "") for row in self._rows]

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows; the same rows again cost nothing."""
        if list(rows) == self._rows:
            return
        self._rows = list(rows)
        self.display = bool(rows)
        self.styles.height = max(len(rows), 1)
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rows in sight (Textual's Line API)."""
        return drawn(self, self.lines, crop)
