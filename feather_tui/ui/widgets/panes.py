"""The three panes: which one has the keys, and whether another stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from feather_tui.command import Command, Pane
from feather_tui.rendering.look import WIDE
from feather_tui.ui.widgets.extraction import ExtractionView
from feather_tui.ui.widgets.lookup import LookupPane
from feather_tui.ui.widgets.reference_line import ReferenceInput
from feather_tui.ui.widgets.transcript import TranscriptView


class Panes(Horizontal):
    """Shows the pane with the keys; beside it the other document, where it is shared and there is room.

    The transcript is read at full width unless told otherwise; the extraction stands beside it. `last_read`
    is the pane of the session that had the keys last.
    """

    def __init__(self, commands: Sequence[Command], now: Callable[[], datetime]) -> None:
        super().__init__(id="panes")
        self.current = Pane.LOOKUP
        self.last_read = Pane.TRANSCRIPT
        self.lookup = LookupPane(commands, now)
        self.transcript = TranscriptView()
        self.extraction = ExtractionView()
        self._shared = {Pane.LOOKUP: False, Pane.TRANSCRIPT: False, Pane.EXTRACTION: True}

    def compose(self) -> ComposeResult:
        """All three; which are seen is decided by `fit`."""
        yield from (self.lookup, self.transcript, self.extraction)

    def show(self, pane: Pane) -> None:
        """Show a pane, and give it the keys."""
        self._take(pane)
        self.fit()
        self.screen.set_focus(self._focusable(pane))

    def follow(self, focused: Widget | None) -> None:
        """Take the pane that has the focus, if one has, as the current one; what is beside it stays."""
        for pane, widget in self._widgets.items():
            if widget is focused and pane is not self.current:
                self._shared[pane] = self._shared[self.current]
                self._take(pane)

    def toggle_shared(self) -> None:
        """Give the current pane the whole width, or share it."""
        self._shared[self.current] = not self._shared[self.current]
        self.fit()

    def appear(self, *, room: bool) -> None:
        """Be there if there is room for any pane; with the panes the keys come back."""
        back = room and not self.display
        self.display = room
        self.fit()
        if back and self.screen.focused is None:
            self.show(self.current)

    def fit(self) -> None:
        """Show and hide panes for the width there is."""
        shared = self._shared[self.current] and self.app.size.width >= WIDE
        for pane, widget in self._widgets.items():
            widget.display = pane is self.current or (shared and pane is not Pane.LOOKUP)

    def _take(self, pane: Pane) -> None:
        self.current = pane
        if pane is not Pane.LOOKUP:
            self.last_read = pane

    @property
    def _widgets(self) -> dict[Pane, Widget]:
        return {
            Pane.LOOKUP: self.lookup,
            Pane.TRANSCRIPT: self.transcript,
            Pane.EXTRACTION: self.extraction,
        }

    def _focusable(self, pane: Pane) -> Widget:
        return self.query_one(ReferenceInput) if pane is Pane.LOOKUP else self._widgets[pane]
