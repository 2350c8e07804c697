"""The transcript pane: a page of timeline entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from feather_tui.arrivals import Assessment, SessionCopy
from feather_tui.rendering.look import Look
from feather_tui.rendering.transcript import EntryBlock
from feather_tui.session.timeline import MessageEntry
from feather_tui.ui.bindings import bindings
from feather_tui.ui.widgets.page_view import MakeBlocks, PageView


class TranscriptView(PageView):
    """A page that also knows where turns begin."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("next_turn", "previous_turn")

    def __init__(self) -> None:
        super().__init__(id="transcript")
        self._shown: SessionCopy | None = None
        self._assessed: Assessment | None = None
        self._entries: Sequence[EntryBlock] = ()

    def show(self, make: MakeBlocks, look: Look) -> None:
        """Show something else than a timeline."""
        self._shown, self._assessed, self._entries = None, None, ()
        super().show(make, look)

    def shows(self, copy: SessionCopy, assessed: Assessment | None) -> bool:
        """Return whether the timeline of this very copy, marked by this assessment, is shown already."""
        return self._shown is copy and self._assessed is assessed

    def show_timeline(
        self,
        blocks: Sequence[EntryBlock],
        look: Look,
        *,
        of: SessionCopy,
        assessed: Assessment | None,
        keep_place: bool,
    ) -> None:
        """Show the entries of a session, marked by what was found in it."""
        keep_place = keep_place and self._shown is not None
        self._shown, self._assessed, self._entries = of, assessed, blocks
        (self.update if keep_place else super().show)(lambda _: blocks, look)

    def go_to(self, position: int) -> None:
        """Go to an entry, and unfold it; what a message says is there without unfolding."""
        if self.page is not None and position < len(self._entries):
            if not isinstance(self._entries[position].entry, MessageEntry):
                self.page.unfold(position)
            self.jump(position)

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
