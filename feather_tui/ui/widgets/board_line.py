"""The line that the board is narrowed by."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from textual.message import Message

from feather_tui.rendering.look import Look
from feather_tui.triage.case import Case
from feather_tui.triage.suggesting import suggest, values_of
from feather_tui.triage.table import Narrowing
from feather_tui.ui.widgets.completed_line import CompletedLine


class BoardQuery(Message):
    """A query was typed; None leaves things as they are."""

    def __init__(self, query: str | None) -> None:
        super().__init__()
        self.query = query


class BoardLine(CompletedLine):
    """Suggests columns, and what the sessions have of them."""

    def __init__(self) -> None:
        super().__init__(id="filter", placeholder="words, column:value, !not; empty shows all sessions")
        self._values = cache(lambda column: values_of((), column))

    def ask(self, query: str, cases: Collection[Case], look: Look) -> None:
        """Show the line, with the query there is."""
        self._values = cache(lambda column: values_of(cases, column))
        self.open(query, look)

    def take(self, text: str) -> None:
        """Say that this query is meant. Raises QueryUnreadable."""
        Narrowing.parse(text)
        self.post_message(BoardQuery(text))

    def left(self) -> None:
        """Say that the query is to stay as it is."""
        self.post_message(BoardQuery(None))

    def suggest(self, text: str) -> list[str]:
        """Return what the query could go on with."""
        return suggest(text, self._values)
