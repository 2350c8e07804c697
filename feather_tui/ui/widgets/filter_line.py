"""The line that a filter of a transcript is typed into."""

from __future__ import annotations

from textual.message import Message

from feather_tui.rendering.look import Look
from feather_tui.session.filter import EntryFilter
from feather_tui.session.filter_text import Choices, parse, suggest
from feather_tui.ui.widgets.completed_line import CompletedLine


class FilterChosen(Message):
    """A filter was typed; None leaves things as they are."""

    def __init__(self, chosen: EntryFilter | None) -> None:
        super().__init__()
        self.chosen = chosen


class FilterLine(CompletedLine):
    """Suggests what is in the transcript."""

    def __init__(self) -> None:
        super().__init__(id="filter", placeholder="filter; empty shows all entries")
        self._choices = Choices()

    def ask(self, kept: EntryFilter, choices: Choices, look: Look) -> None:
        """Show the line, with the filter there is."""
        self._choices = choices
        self.open(str(kept), look)

    def take(self, text: str) -> None:
        """Say that this filter is meant. Raises UsageError."""
        self.post_message(FilterChosen(parse(text)))

    def left(self) -> None:
        """Say that the filter is to stay as it is."""
        self.post_message(FilterChosen(None))

    def suggest(self, text: str) -> list[str]:
        """Return what the filter could go on with."""
        return suggest(text, self._choices)
