"""The line that a search is typed into."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from feather_tui.ui.bindings import bindings
from feather_tui.ui.widgets.quiet_input import QuietInput


class SearchTyped(Message):
    """A search was typed; an empty one leaves the line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class SearchLine(QuietInput):
    """Hidden until it is asked for. Up brings back `last`, what was searched for last in this run."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("take_line", "leave_line", "recall_line")

    def __init__(self) -> None:
        super().__init__(id="search", placeholder="search; a capital regards case, \\v a regex")
        self.display = False
        self.last = ""

    def action_take_line(self) -> None:
        """Search for what was typed, also for the characters that were typed ahead of the screen."""
        self.call_later(self._take)

    def _take(self) -> None:
        text, self.value = self.value, ""
        self.last = text or self.last
        self.post_message(SearchTyped(text))

    def action_leave_line(self) -> None:
        """Leave without a search."""
        self.value = ""
        self.post_message(SearchTyped(""))

    def action_recall_line(self) -> None:
        """Write the last search again."""
        self.value = self.last
        self.cursor_position = len(self.value)
