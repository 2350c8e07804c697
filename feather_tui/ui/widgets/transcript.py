"""The transcript pane: a page of timeline entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from feather_tui.library import SessionCopy
from feather_tui.rendering.look import Look
from feather_tui.rendering.transcript import EntryBlock
from feather_tui.session.timeline import MessageEntry
from feather_tui.ui.bindings import bindings
from feather_tui.ui.widgets.page_view import MakeBlocks, PageView


class TranscriptView(PageView):
    """A page that also knows where turns begin. `shown`: the copy whose timeline it shows, if any."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("next_turn", "previous_turn")

    def __init__(self) -> None:
        super().__init__(id="transcript")
        self.shown: SessionCopy | None = None
        self._entries: Sequence[EntryBlock] = ()

    def show(self, make: MakeBlocks, look: Look) -> None:
        """Show something else than a timeline."""
        self.shown, self._entries = None, ()
        super().show(make, look)

    def show_timeline(
        self, blocks: Sequence[EntryBlock], look: Look, *, shown: SessionCopy, keep_place: bool
    ) -> None:
        """Show the entries of a session."""
        keep_place = keep_place and self.shown is not None
        self.shown, self._entries = shown, blocks
        (self.update if keep_place else super().show)(lambda _: blocks, look)

    def action_next_turn(self) -> None:
        """To the next message of user or assistant."""
        self._to_turn(1)

    def action_previous_turn(self) -> None:
        """To the beginning of this turn, or of the one before."""
        self._to_turn(-1)

    def _to_turn(self, step: int) -> None:
        if self.page is None:
            return
        block, row = self.page.cursor
        place = block if step < 0 and row else block + step
        while 0 <= place < len(self._entries):
            entry = self._entries[place].entry
            if isinstance(entry, MessageEntry) and entry.turn:
                self.jump(place)
                return
            place += step
