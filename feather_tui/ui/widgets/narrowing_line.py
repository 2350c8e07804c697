"""A line that narrows the page beside it as one types, and moves in that page without leaving."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from feather_tui.ui.bindings import bindings
from feather_tui.ui.widgets.page_view import PageView
from feather_tui.ui.widgets.quiet_input import QuietInput


class LineTaken(Message):
    """What was typed is meant."""


class LineLeft(Message):
    """The line is left, and nothing is to be done."""


class NarrowedPage(PageView, can_focus=False):
    """A page under a line; its cursor shows although the line has the focus."""

    @property
    def marked(self) -> bool:
        """Whether the cursor is drawn."""
        return True


class NarrowingLine(QuietInput):
    """What it narrows is for the screen to say; it hears of changes by Textual's own `Changed`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "select_next", "select_previous", "select_page_down", "select_page_up", "take_line", "leave_line"
    )

    def __init__(self, page: PageView, *, placeholder: str) -> None:
        super().__init__(id="line", placeholder=placeholder)
        self._page = page

    def action_select_next(self) -> None:
        """One line of the page down."""
        self._page.action_move_down()

    def action_select_previous(self) -> None:
        """One line of the page up."""
        self._page.action_move_up()

    def action_select_page_down(self) -> None:
        """One page down."""
        self._page.action_page_down()

    def action_select_page_up(self) -> None:
        """One page up."""
        self._page.action_page_up()

    def action_take_line(self) -> None:
        """Say that it is meant, behind the characters that were typed ahead of the screen."""
        self.call_later(self.post_message, LineTaken())

    def action_leave_line(self) -> None:
        """Say that it is left."""
        self.post_message(LineLeft())
