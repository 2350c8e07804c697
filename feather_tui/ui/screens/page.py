"""Screens that are one page over everything else: details, evidence, latencies."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType

from feather_tui.command import Overlay
from feather_tui.rendering.footer import footer_row
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.leading import LeadingBlock
from feather_tui.rendering.row import Row
from feather_tui.session.timeline import Entry
from feather_tui.ui.bindings import binding, bindings
from feather_tui.ui.screens.passing import PassingScreen
from feather_tui.ui.widgets.page_view import MakeBlocks, PageView
from feather_tui.ui.widgets.rows_bar import RowsBar

Result = TypeVar("Result")


class PageScreen(PassingScreen[Result | None]):
    """Shows a page until it is left: with a result, or none. `overlay` says which keys work there."""

    overlay: ClassVar[Overlay]
    BINDINGS: ClassVar[list[BindingType]] = bindings("leave")

    def __init__(self, make: MakeBlocks, look: Look) -> None:
        super().__init__()
        self.make = make
        self.look = look
        self.page = PageView(id="page")
        self._keys_of = self.overlay

    def compose(self) -> ComposeResult:
        """Title, page, keys."""
        yield RowsBar(id="title")
        yield self.page
        yield RowsBar(id="keys")

    def on_mount(self) -> None:
        """Begin; Textual calls this of every class, so subclasses add to `begin`."""
        self.begin()

    def begin(self) -> None:
        """Show the page."""
        self.query_one("#title", RowsBar).show([self.heading()])
        self.show_keys(self.overlay)
        self.page.show(self.make, self.look)
        self.set_focus(self.page)

    def show_keys(self, place: Overlay) -> None:
        """Show the keys that work in this screen, or in a line of it."""
        self._keys_of = place
        look = replace(self.look, width=self.app.size.width)
        self.query_one("#keys", RowsBar).show([footer_row(place, look)])

    def on_resize(self) -> None:
        """Show as many keys as there is room for now."""
        self.show_keys(self._keys_of)

    def heading(self) -> Row:
        """Return the first row of the screen."""
        return ((f" {self.overlay}", "strong"),)

    def action_leave(self) -> None:
        """Back to where the reader was."""
        self.dismiss(None)


class DetailsScreen(PageScreen[None]):
    """Everything else of the session."""

    overlay = Overlay.DETAILS
    BINDINGS: ClassVar[list[BindingType]] = [binding("show_details", "leave")]


class LeadingScreen(PageScreen[Entry]):
    """Blocks about entries of the timeline; left for the entry that Enter was pressed on, or for none."""

    BINDINGS: ClassVar[list[BindingType]] = [binding("toggle_fold", "choose", first=True)]

    def action_choose(self) -> None:
        """Leave for the entry that the block under the cursor tells about; else unfold the block."""
        page = self.page.page
        block = page.blocks[page.cursor.block] if page is not None and page.blocks else None
        if isinstance(block, LeadingBlock) and block.entry is not None:
            self.dismiss(block.entry)
        else:
            self.page.action_toggle_fold()


class EvidenceScreen(LeadingScreen):
    """What an answer stood on, or what came of a tool call."""

    overlay = Overlay.EVIDENCE
    BINDINGS: ClassVar[list[BindingType]] = [binding("show_evidence", "leave")]


class LatencyScreen(LeadingScreen):
    """Where the time of each turn went, in order of time, or the slowest first."""

    overlay = Overlay.LATENCY
    BINDINGS: ClassVar[list[BindingType]] = [binding("show_latency", "swap")]

    def __init__(self, in_time: MakeBlocks, slowest_first: MakeBlocks, look: Look) -> None:
        super().__init__(in_time, look)
        self._other = slowest_first

    def action_swap(self) -> None:
        """Show the other order."""
        self.make, self._other = self._other, self.make
        self.page.show(self.make, self.look)
