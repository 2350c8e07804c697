"""The screen that many sessions arrive on: it loads them, and shows them as rows."""

from __future__ import annotations

import time
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from feather_tui.command import Overlay, Pane
from feather_tui.many import Loaded
from feather_tui.rendering.board import board_heading, detail_rows
from feather_tui.rendering.board_news import narrowing_rows, news_rows, title_row
from feather_tui.rendering.clock import Clock, TimeMode
from feather_tui.rendering.footer import footer_row
from feather_tui.rendering.look import Look
from feather_tui.rendering.masthead import place_row, rule_row
from feather_tui.rendering.values import text_rows
from feather_tui.session.identity import SessionId
from feather_tui.ui.board import Board
from feather_tui.ui.output.display import DifferenceApp
from feather_tui.ui.screens.passing import PassingScreen
from feather_tui.ui.widgets.board_line import BoardLine
from feather_tui.ui.widgets.board_list import BoardList, BoardMoved
from feather_tui.ui.widgets.rows_bar import RowsBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from feather_tui.triage.case import Case
    from feather_tui.ui.many_loading import ManyLoading
    from feather_tui.ui.surroundings import Surroundings

_REDRAW_SECONDS: Final = 0.25
"""Between two frames while sessions come: each is bytes on what may be a slow line."""
_ROOMY_HEIGHT: Final = 16

Left = tuple[SessionId, int | None] | Pane | None
"""What the board is left for: a session and an entry of it, the lookup, or what was there before."""


class FillingEnded(Message):
    """Nothing more comes without being asked for."""


class FillingScreen(PassingScreen[Left]):
    """Shows a `Board`, and loads what is to be on it. It goes on loading while it is not looked at.

    What else can be done with it is left to the subclass.
    """

    AUTO_FOCUS = ""

    def __init__(self, surroundings: Surroundings, filling: ManyLoading, ended: Callable[[], None]) -> None:
        super().__init__()
        self.surroundings = surroundings
        self.board = Board()
        self.filling = filling
        self._ended = ended
        self.said = ""
        self._arrived: list[Case] = []
        self._drawn_at = 0.0
        self.list = BoardList()
        self.line = BoardLine()

    def compose(self) -> ComposeResult:
        """Head, rows, what is known of one of them, how far it has come, the line of the filter, keys."""
        yield RowsBar(id="head")
        yield self.list
        yield RowsBar(id="details")
        yield RowsBar(id="status")
        yield from (self.line, self.line.below)
        yield RowsBar(id="keys")

    def on_mount(self) -> None:
        """Begin to load."""
        self._redraws = self.set_interval(_REDRAW_SECONDS, self._show_arrived, pause=True)
        self.set_focus(self.list)
        self._show_keys()
        self.begin()
        self.call_after_refresh(self._show_frames)

    def _show_frames(self) -> None:
        """What was painted before there was anything is not waited for any longer."""
        if isinstance(self.app, DifferenceApp):
            self.app.show_frames()

    # ------------------------------------------------------------------ loading

    def begin(self) -> None:
        """Load what is missing."""
        self.filling.begin()
        self._redraws.resume()
        self.show()
        self.run_worker(self._load(), group="load", exclusive=True)

    async def _load(self) -> None:
        finished = False
        try:
            async with aclosing(self.filling.many.load()) as outcomes:
                async for outcome in outcomes:
                    if isinstance(outcome, Loaded):
                        if not self._arrived and not self.board.cases:
                            self.call_later(self._show_arrived)  # the first of them, when all of a batch came
                        self._arrived.append(outcome.case)
                    if time.monotonic() - self._drawn_at >= _REDRAW_SECONDS:
                        self._show_arrived()
            finished = True
        finally:
            self.filling.end(stopped=not finished)
            self.post_message(FillingEnded())

    @on(FillingEnded)
    def _end(self) -> None:
        self._redraws.pause()
        self._show_arrived()
        self._ended()

    def _show_arrived(self) -> None:
        """Show what came since the last time; the whole of it when the board is looked at again."""
        self._drawn_at = time.monotonic()
        if self._arrived:
            self.board.take(self._arrived)
            self._arrived = []
        self.show()

    # ------------------------------------------------------------------ showing

    def look(self) -> Look:
        """How things are written now."""
        mode = self.surroundings.time_mode
        mode = TimeMode.UTC if mode is TimeMode.OFFSET else mode  # there is no one start to count from
        clock = Clock(now=self.surroundings.now(), mode=mode)
        return Look(width=self.size.width, clock=clock, commands=self.surroundings.commands)

    def on_screen_resume(self) -> None:
        """Show what happened meanwhile."""
        self._show_arrived()

    def on_resize(self) -> None:
        """Show as many columns and keys as there is room for now."""
        self.show()
        self._show_keys()

    def show(self) -> None:
        """Show everything as it is now."""
        if not self.is_current:
            return
        look, shown = self.look(), self.board.shown
        head = [place_row(self.surroundings.place, None, None, look), title_row(shown, look)]
        head += [*narrowing_rows(shown, look), rule_row(look), board_heading(shown.group, look)]
        self.query_one("#head", RowsBar).show(head)
        self.list.show_rows(self.board.rows(self.filling.unloaded), look)
        status = news_rows(self.filling.news, look)
        status += text_rows(self.said, 1, look.width - 2, "good") if self.said else []
        self.query_one("#status", RowsBar).show(status)
        self._show_details()

    @on(BoardMoved)
    def _follow(self) -> None:
        if self.said:
            self.show_change()
        self._show_details()

    def show_change(self) -> None:
        """Show what a command has changed; what was said of the one before is over."""
        self.said = ""
        self.show()

    def _show_details(self) -> None:
        look = self.look()
        roomy = self.size.height >= _ROOMY_HEIGHT
        rows = [rule_row(look), *detail_rows(self.list.row, look)] if roomy else []
        self.query_one("#details", RowsBar).show(rows)

    def _show_keys(self) -> None:
        place = Overlay.BOARD_LINE if self.focused is self.line else Overlay.BOARD
        self.query_one("#keys", RowsBar).show([footer_row(place, self.look())])

    def on_descendant_focus(self) -> None:
        """Say which keys work where the focus is now."""
        self._show_keys()

    def say(self, sentence: str) -> None:
        """Say something, until it is taken away or something else is said."""
        self.said = sentence
        self.show()
