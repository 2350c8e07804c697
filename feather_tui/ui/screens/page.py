"""A screen that is one page: details, help, evidence, latencies."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from feather_tui.rendering.look import Look
from feather_tui.rendering.page.leading import LeadingBlock
from feather_tui.rendering.row import Row, Span
from feather_tui.session.timeline import Entry
from feather_tui.ui.widgets.page_view import MakeBlocks, PageView
from feather_tui.ui.widgets.rows_bar import RowsBar


class PageScreen(Screen[Entry | None]):
    """Shows a page over everything else until it is left: with the entry that Enter was pressed on, or none.

    `other` is the same page in another order, for a page that has one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,i,x,question_mark", "leave", "back", show=False),
        Binding("enter", "choose", "go there", show=False, priority=True),
        Binding("L", "swap", "other order", show=False),
    ]

    def __init__(self, title: str, make: MakeBlocks, look: Look, other: MakeBlocks | None = None) -> None:
        super().__init__()
        self._title = title
        self._pages = [make] if other is None else [make, other]
        self._look = look

    def compose(self) -> ComposeResult:
        """Title, page, keys."""
        yield RowsBar(id="title")
        yield PageView(id="page")
        yield RowsBar(id="keys")

    def on_mount(self) -> None:
        """Show the page."""
        title: Row = ((f" {self._title}", "strong"),)
        self.query_one("#title", RowsBar).show([title])
        self.query_one("#keys", RowsBar).show([self._keys()])
        self._page.show(self._pages[0], self._look)
        self._page.focus()

    @property
    def _page(self) -> PageView:
        return self.query_one(PageView)

    def _keys(self) -> Row:
        keys: list[tuple[str, str]] = [("j k", "move"), ("Space", "page"), ("e", "unfold all")]
        if self._leads:
            keys.append(("Enter", "go there"))
        if len(self._pages) > 1:
            keys.append(("L", "other order"))
        keys.append(("q Esc", "back"))
        spans: list[Span] = []
        for key, word in keys:
            spans += [(f" {key}", "accent"), (f" {word}  ", "dim")]
        return tuple(spans)

    @property
    def _leads(self) -> bool:
        return any(
            isinstance(block, LeadingBlock) and block.entry is not None
            for block in self._pages[0](self._look)
        )

    def action_choose(self) -> None:
        """Leave for the entry that the block under the cursor tells about; else unfold the block."""
        page = self._page.page
        block = page.blocks[page.cursor.block] if page is not None and page.blocks else None
        if isinstance(block, LeadingBlock) and block.entry is not None:
            self.dismiss(block.entry)
        else:
            self._page.action_toggle_fold()

    def action_swap(self) -> None:
        """Show the other order."""
        self._pages.reverse()
        self._page.show(self._pages[0], self._look)

    def action_leave(self) -> None:
        """Back to where the reader was."""
        self.dismiss(None)
