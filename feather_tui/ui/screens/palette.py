"""The palette: a line, and the commands that what is typed there may mean."""

from __future__ import annotations

import re
from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from feather_tui.command import Overlay
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.palette import found, palette_blocks
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.query import Query
from feather_tui.ui.screens.page import PageScreen
from feather_tui.ui.widgets.narrowing_line import LineLeft, LineTaken, NarrowedPage, NarrowingLine
from feather_tui.ui.widgets.rows_bar import RowsBar


class PaletteScreen(PageScreen[str]):
    """Left with the id of the command that was chosen, or none.

    `obstacles`: by command id, why it cannot work where the reader comes from.
    """

    overlay = Overlay.PALETTE

    def __init__(self, obstacles: Mapping[str, str], look: Look) -> None:
        super().__init__(self._blocks, look)
        self.page = NarrowedPage(id="page")
        self._offered = [command for command in look.commands if command.panes]
        self._obstacles = obstacles
        self._found = found(self._offered, obstacles, "")
        self._line = NarrowingLine(self.page, placeholder="some letters of a command, or its key")

    def compose(self) -> ComposeResult:
        """Title, line, page, keys."""
        title, *below = super().compose()
        yield from (title, self._line, *below)

    def begin(self) -> None:
        """Show every command."""
        super().begin()
        self.set_focus(self._line)

    def heading(self) -> Row:
        """Say how many commands are shown."""
        typed = safe_line(self._line.value.strip())
        title: Row = ((f" {self.overlay}", "strong"),)
        if not self._found:
            return (*title, (f"   none is like “{typed}”", "warn"))
        return (*title, (f"   {len(self._found)} of {len(self._offered)}", "dim")) if typed else title

    def _blocks(self, look: Look) -> list[Block]:
        return palette_blocks(self._found, look)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        words = event.value.lower().split()
        self._found = found(self._offered, self._obstacles, event.value)
        self.page.search_for(Query.parse("|".join(map(re.escape, words)), regex=True) if words else None)
        self.page.show(self.make, self.look)
        self.query_one("#title", RowsBar).show([self.heading()])

    @on(LineTaken)
    def _choose(self) -> None:
        page = self.page.page
        if page is None or not self._found:
            return
        choice = self._found[page.cursor.block]
        if choice.obstacle:
            self._say(choice.obstacle)
        else:
            self.dismiss(choice.command.id)

    def _say(self, obstacle: str) -> None:
        self.query_one("#title", RowsBar).show([(*self.heading(), (f"   {obstacle}", "warn"))])

    @on(LineLeft)
    def _close(self) -> None:
        self.dismiss(None)
