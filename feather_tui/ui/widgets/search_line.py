"""The line that a search is typed into."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class SearchTyped(Message):
    """A search was typed; an empty one leaves the line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class SearchLine(Input):
    """Hidden until it is asked for. Up brings back `last`, what was searched for last in this run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "type", "search", show=False),
        Binding("escape", "leave", "leave", show=False),
        Binding("up", "again", "last search", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="search", compact=True, placeholder="search; a capital regards case, \\v a regex")
        self.cursor_blink = False  # a blinking cursor writes to the terminal for ever
        self.display = False
        self.last = ""

    def action_type(self) -> None:
        """Search for what was typed."""
        text, self.value = self.value, ""
        self.last = text or self.last
        self.post_message(SearchTyped(text))

    def action_leave(self) -> None:
        """Leave without a search."""
        self.value = ""
        self.post_message(SearchTyped(""))

    def action_again(self) -> None:
        """Write the last search again."""
        self.value = self.last
        self.cursor_position = len(self.value)
