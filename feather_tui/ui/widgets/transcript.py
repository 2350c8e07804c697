"""The transcript pane: a page of timeline entries, all of them or those that a filter keeps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from feather_tui.arrivals import Assessment, SessionCopy
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.page import Page
from feather_tui.rendering.page.place import FIRST
from feather_tui.rendering.row import Line, Row
from feather_tui.rendering.transcript import EntryBlock
from feather_tui.session.filter import EntryFilter
from feather_tui.session.kept import Kept
from feather_tui.session.query import Query
from feather_tui.session.timeline import MessageEntry
from feather_tui.ui.bindings import bindings
from feather_tui.ui.widgets.page_view import MakeBlocks, PageView

_NOTHING_KEPT: Row = ((" No entry is kept by the filter.", "dim"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTimeline:
    """A session's timeline as it is shown: a block an entry, and what a filter keeps of them, if one is on.

    `assessed`: the assessment whose findings are marked.
    """

    copy: SessionCopy
    assessed: Assessment | None
    blocks: Sequence[EntryBlock]
    kept: Kept | None = None

    def is_of(self, copy: SessionCopy, assessed: Assessment | None, by: EntryFilter) -> bool:
        """Return whether this very copy is shown, marked by this assessment and filtered so."""
        same_filter = by == (self.kept.by if self.kept else EntryFilter())
        return self.copy is copy and self.assessed is assessed and same_filter

    def shown(self, revealed: int | None) -> Sequence[int] | None:
        """Return the positions of the entries that are shown, with the one revealed; None for all."""
        if self.kept is None:
            return None
        positions = self.kept.positions
        return positions if revealed is None else sorted({*positions, revealed})

    def hides(self, position: int) -> bool:
        """Return whether the filter hides an entry."""
        return self.kept is not None and position < self.kept.entries and not self.kept.holds(position)


class TranscriptView(PageView):
    """A page that also knows where turns begin, and whose blocks stand at their entries' positions.

    An entry that is gone to although the filter hides it is revealed, until another is gone to.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("next_turn", "previous_turn")

    def __init__(self) -> None:
        super().__init__(id="transcript")
        self._timeline: ShownTimeline | None = None
        self._remarks: Mapping[int, str] = {}
        self._revealed: int | None = None

    @property
    def position(self) -> int | None:
        """The position in the timeline of the entry under the cursor; None if no entry is shown."""
        if self._timeline is None or self.page is None or not self.page.shown:
            return None
        return self.page.cursor.block

    @property
    def untouched(self) -> bool:
        """Whether a session is shown as it is at first, and the keys go there."""
        if self.page is None or self._timeline is None or self._timeline.kept or self._remarks:
            return False
        return self.marked and self.query_shown is None and self.page.bookmark == FIRST

    @property
    def kept(self) -> Kept | None:
        """What the filter keeps; None without one."""
        return self._timeline.kept if self._timeline else None

    @property
    def reveals(self) -> bool:
        """Whether an entry is shown although the filter hides it."""
        return self._revealed is not None

    def show(self, make: MakeBlocks, look: Look, shown: Sequence[int] | None = None) -> None:
        """Show something else than a timeline."""
        self._timeline, self._remarks, self._revealed = None, {}, None
        super().show(make, look, shown)

    def shows(self, copy: SessionCopy, assessed: Assessment | None, by: EntryFilter) -> bool:
        """Return whether the timeline of this copy, so marked and so filtered, is shown already."""
        return self._timeline is not None and self._timeline.is_of(copy, assessed, by)

    def show_timeline(self, timeline: ShownTimeline, look: Look, *, keep_place: bool) -> None:
        """Show the entries of a session."""
        before, self._timeline, self._remarks = self._timeline, timeline, {}
        if before is None or not keep_place:
            self._revealed = None
            super().show(lambda _: timeline.blocks, look, timeline.shown(None))
            return
        same_filter = before.kept and timeline.kept and before.kept.by == timeline.kept.by
        revealed, self._revealed = self._revealed, None
        if revealed is not None and same_filter and timeline.hides(revealed):
            self._revealed, timeline.blocks[revealed].revealed = revealed, True
        self.update(lambda _: timeline.blocks, look, timeline.shown(self._revealed))

    def show_marks(self, remarks: Mapping[int, str]) -> None:
        """Show which entries the reader has marked: their remarks by position."""
        if self._timeline is None:
            return
        before, self._remarks = self._remarks, dict(remarks)
        for position in before.keys() | remarks.keys():
            block = self._timeline.blocks[position]
            if block.remark != remarks.get(position):
                block.remark = remarks.get(position)
                if self.page is not None:
                    self.page.renew(position)
        self._repaint()

    def go_to(self, position: int) -> None:
        """Go to an entry, and unfold it; what a message says is there without unfolding."""
        if self.page is None or self._timeline is None or position >= len(self._timeline.blocks):
            return
        self._reveal(position)
        if not isinstance(self._timeline.blocks[position].entry, MessageEntry):
            self.page.unfold(position)
        self.jump(position)

    def go_to_match(self, block: int, query: Query) -> None:
        """Go to the first line of an entry that matches, unfolding the entry if it has to be."""
        self._reveal(block)
        super().go_to_match(block, query)

    def _reveal(self, position: int) -> None:
        """Show an entry although the filter hides it; the one revealed before is hidden again."""
        timeline, before = self._timeline, self._revealed
        if timeline is None or self._make is None:
            return
        self._revealed = position if timeline.hides(position) else None
        if self._revealed == before:
            return
        for place in (before, self._revealed):
            if place is not None:
                timeline.blocks[place].revealed = place == self._revealed
        self.update(self._make, self._look, timeline.shown(self._revealed))

    def _drawn(self, page: Page) -> list[Line]:
        lines = super()._drawn(page)
        if not page.shown and page.blocks:
            lines[0] = (_NOTHING_KEPT, "", " ")
        return lines

    def action_next_turn(self) -> None:
        """To the next message of user or assistant."""
        self._to_turn(1)

    def action_previous_turn(self) -> None:
        """To the beginning of this turn, or of the one before."""
        self._to_turn(-1)

    def _to_turn(self, step: int) -> None:
        if self.page is None or self._timeline is None:
            return
        block, row = self.page.cursor
        place = bisect_left(self.page.shown, block)
        if step > 0 or not row:
            place += step
        while 0 <= place < len(self.page.shown):
            entry = self._timeline.blocks[self.page.shown[place]].entry
            if isinstance(entry, MessageEntry) and entry.turn:
                self.jump(self.page.shown[place])
                return
            place += step
