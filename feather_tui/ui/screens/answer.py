"""Screens that answer something about many sessions: a page that is worked out beside the screen."""

from __future__ import annotations

from feather_tui.rendering.clock import Clock, TimeMode, count
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.row import Row, spread
from feather_tui.rendering.safe import safe_line
from feather_tui.ui.screens.page import PageScreen, Result
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.widgets.page_view import MakeBlocks
from feather_tui.ui.widgets.rows_bar import RowsBar


class AnswerScreen(PageScreen[Result]):
    """Shows a page, and in its title what is going on, or was said.

    `lacking`: how many of the sessions that were asked about are not here.
    """

    def __init__(self, make: MakeBlocks, surroundings: Surroundings, *, lacking: int = 0) -> None:
        super().__init__(make, _look(surroundings))
        self._lacking = lacking
        self.said = "is being worked out …"

    def heading(self) -> Row:
        """Return the name of the screen, what is said, and at the edge what is to be known beside it."""
        title: Row = ((f" {self.overlay}", "strong"), (f"   {safe_line(self.said)}", "text"))
        return spread(title, self.edge(), self.app.size.width)

    def edge(self) -> Row:
        """Return what stands at the edge of the title."""
        return ((f"{count(self._lacking)} more are not here ", "warn"),) if self._lacking else ()

    def on_resize(self) -> None:
        """Keep the edge where it is."""
        self.say(self.said)

    def say(self, sentence: str) -> None:
        """Tell something in the title."""
        self.said = sentence
        self.query_one("#title", RowsBar).show([self.heading()])

    @property
    def block(self) -> Block | None:
        """The block that the cursor is on."""
        page = self.page.page
        return page.blocks[page.cursor.block] if page is not None and page.blocks else None


def _look(surroundings: Surroundings) -> Look:
    """How things are written here: many sessions have no one start to count from."""
    mode = surroundings.time_mode
    clock = Clock(now=surroundings.now(), mode=TimeMode.UTC if mode is TimeMode.OFFSET else mode)
    return Look(width=1, clock=clock, commands=surroundings.commands)
