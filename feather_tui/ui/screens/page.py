"""A screen that is one page: details, help."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row
from feather_tui.ui.widgets.page_view import MakeBlocks, PageView
from feather_tui.ui.widgets.rows_bar import RowsBar


class PageScreen(Screen[None]):
    """Shows a page over everything else until it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape,i,question_mark", "leave", "back", show=False)]

    def __init__(self, title: str, make: MakeBlocks, look: Look) -> None:
        super().__init__()
        self._title = title
        self._make = make
        self._look = look

    def compose(self) -> ComposeResult:
        """Title, page, keys."""
        yield RowsBar(id="title")
        yield PageView(id="page")
        yield RowsBar(id="keys")

    def on_mount(self) -> None:
        """Show the page."""
        title: Row = ((f" {self._title}", "strong"),)
        keys: Row = ((" j k", "accent"), (" move   ", "dim"), ("Space", "accent"), (" page   ", "dim"))
        self.query_one("#title", RowsBar).show([title])
        self.query_one("#keys", RowsBar).show([(*keys, ("q Esc", "accent"), (" back", "dim"))])
        page = self.query_one(PageView)
        page.show(self._make, self._look)
        page.focus()

    def action_leave(self) -> None:
        """Back to where the reader was."""
        self.dismiss()
