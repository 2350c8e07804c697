"""A line that asks for one text: a remark, the name of a file."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from feather_tui.ui.bindings import bindings
from feather_tui.ui.widgets.quiet_input import QuietInput


class Answered(Message):
    """What was typed into a line; None if it was left."""

    def __init__(self, line: PromptLine, text: str | None) -> None:
        super().__init__()
        self.line = line
        self.text = text

    @property
    def control(self) -> PromptLine:
        """The line, for handlers that are for one of several."""
        return self.line


class PromptLine(QuietInput):
    """Hidden until it asks."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("take_line", "leave_line")

    def __init__(self, *, id: str, longest: int) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, max_length=longest, select_on_focus=False)
        self.display = False

    def ask(self, placeholder: str, text: str) -> None:
        """Show the line with a text to change."""
        self.placeholder = placeholder
        self.value = text
        self.cursor_position = len(text)
        self.display = True

    def action_take_line(self) -> None:
        """Answer with what was typed."""
        self.post_message(Answered(self, self.value.strip()))

    def action_leave_line(self) -> None:
        """Answer nothing."""
        self.post_message(Answered(self, None))
