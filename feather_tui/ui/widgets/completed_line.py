"""A line of words, with what it could go on with under it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from feather_tui.errors import UsageError
from feather_tui.rendering.filter_rows import suggestions_row
from feather_tui.rendering.look import Look
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.filter_text import last_word
from feather_tui.ui.bindings import bindings
from feather_tui.ui.widgets.quiet_input import QuietInput
from feather_tui.ui.widgets.rows_bar import RowsBar


class CompletedLine(QuietInput):
    """Hidden until it is asked for. `below` has what it could go on with, or what is not understood.

    What it takes, and what it suggests, is left to the subclass: `take`, `left`, `suggest`.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "take_line", "leave_line", "recall_line", "select_next", "take_suggestion"
    )

    def __init__(self, *, id: str, placeholder: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, placeholder=placeholder, select_on_focus=False)
        self.display = False
        self.below = RowsBar(id="suggestions")
        self._look = Look(width=1)
        self._chosen = 0
        self._last = ""

    def take(self, text: str) -> None:
        """Take what was typed. Raises UsageError where it is not understood."""
        raise NotImplementedError

    def left(self) -> None:
        """Leave things as they are."""
        raise NotImplementedError

    def suggest(self, text: str) -> list[str]:
        """Return what the line could become."""
        raise NotImplementedError

    def open(self, text: str, look: Look) -> None:
        """Show the line with a text to change."""
        self._look = look
        self._write(text)
        self._show_suggestions()
        self.display = True

    def close(self) -> None:
        """Hide the line, when the focus has left it."""
        self.display = False
        self.below.show([])

    def on_resize(self) -> None:
        """Lay the suggestions out anew."""
        if self.display:
            self._look = replace(self._look, width=self.app.size.width)
            self._show_suggestions()

    @on(Input.Changed)
    def _go_on(self, event: Input.Changed) -> None:
        event.stop()
        self._chosen = 0
        self._show_suggestions()

    def action_take_line(self) -> None:
        """Apply what was typed, or say what of it is not understood."""
        try:
            self.take(self.value)
        except UsageError as error:
            self.below.show(text_rows(str(error), 1, self._look.width - 2, "warn"))
            return
        self._last = self.value.strip() or self._last

    def action_leave_line(self) -> None:
        """Leave things as they are."""
        self.left()

    def action_recall_line(self) -> None:
        """Choose the suggestion before; from the first, write the last line again."""
        if self._chosen:
            self._chosen -= 1
            self._show_suggestions()
        else:
            self._write(self._last)

    def action_select_next(self) -> None:
        """Choose the next suggestion."""
        self._chosen = min(self._chosen + 1, max(len(self._suggestions()) - 1, 0))
        self._show_suggestions()

    def action_take_suggestion(self) -> None:
        """Go on with the chosen suggestion, and a blank for the next word behind a whole one."""
        if suggestions := self._suggestions():
            chosen = suggestions[self._chosen]
            self._write(chosen if chosen.endswith(":") else f"{chosen} ")

    def _suggestions(self) -> list[str]:
        """What the line could become; names that a line must not hold are left to be typed."""
        return [line for line in self.suggest(self.value) if safe_line(line) == line]

    def _show_suggestions(self) -> None:
        words = [last_word(line) for line in self._suggestions()]
        self.below.show([suggestions_row(words, self._chosen, self._look)] if words else [])

    def _write(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)
