"""The help: a page that narrows as one types."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from feather_tui.command import Overlay, Pane
from feather_tui.rendering.help import count, help_blocks, help_sections, narrowed
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.query import Query
from feather_tui.ui.bindings import binding
from feather_tui.ui.screens.page import PageScreen
from feather_tui.ui.widgets.narrowing_line import LineLeft, LineTaken, NarrowingLine
from feather_tui.ui.widgets.rows_bar import RowsBar


class HelpScreen(PageScreen[None]):
    """Every key and every sign; `place`, where the reader comes from, is told about first."""

    overlay = Overlay.HELP
    BINDINGS: ClassVar[list[BindingType]] = [binding("show_help", "leave"), binding("search", "narrow")]

    def __init__(self, place: Pane | Overlay, look: Look) -> None:
        super().__init__(self._blocks, look)
        self._all = help_sections(place, look)
        self._shown = self._all
        self._line = NarrowingLine(self.page, placeholder="words of what is sought")
        self._line.display = False

    def compose(self) -> ComposeResult:
        """Title, page, line, keys."""
        *above, keys = super().compose()
        yield from (*above, self._line, keys)

    def heading(self) -> Row:
        """Say how much of the help is shown."""
        typed, found = safe_line(self._line.value.strip()), count(self._shown)
        title: Row = ((f" {self.overlay}", "strong"),)
        if not typed:
            return title
        if not found:
            return (*title, (f"   nothing says “{typed}”", "warn"))
        return (*title, (f"   {found} of {count(self._all)} lines say “{typed}”", "dim"))

    def _blocks(self, look: Look) -> list[Block]:
        return help_blocks(self._shown, look)

    def action_narrow(self) -> None:
        """Ask for words."""
        self._line.display = True
        self.set_focus(self._line)
        self.show_keys(Overlay.HELP_LINE)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        words = event.value.lower().split()
        self._shown = narrowed(self._all, event.value)
        self.page.search_for(Query.parse("|".join(map(re.escape, words)), regex=True) if words else None)
        self.page.show(self.make, self.look)
        self.query_one("#title", RowsBar).show([self.heading()])

    @on(LineLeft)
    def _show_all(self) -> None:
        self._line.value = ""
        self._read_on()

    @on(LineTaken)
    def _read_on(self) -> None:
        self.set_focus(self.page)
        self._line.display = False
        self.show_keys(Overlay.HELP)
