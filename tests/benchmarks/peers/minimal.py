"""The least a Textual app can be: what the framework itself costs. A space changes one cell."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Static


class Minimal(App[None]):
    """One line of text."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("q", "quit"), Binding("space", "change", priority=True)]  # noqa: RUF012 - Textual's own way

    def compose(self) -> ComposeResult:
        """The line, and the cell that changes."""
        yield Static("minimal ready")
        yield Static("a", id="cell")

    def action_change(self) -> None:
        """Change one cell."""
        cell = self.query_one("#cell", Static)
        cell.update("b" if str(cell.render()) == "a" else "a")


Minimal(ansi_color=True).run(mouse=False)
