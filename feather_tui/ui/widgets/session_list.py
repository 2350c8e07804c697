"""The list of the lookup pane: the sessions known here, those in which something was found, or the API's."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual.message import Message

from feather_tui.rendering.hits import HitBlock
from feather_tui.rendering.look import Look
from feather_tui.rendering.lookup import ListedSession, SessionBlock
from feather_tui.rendering.page.blocks import Block
from feather_tui.session.sought import Found
from feather_tui.ui.widgets.page_view import PageView

_NEAR_ROWS = 5


class EndInSight(Message):
    """The end of the API's list has come near."""


class SessionList(PageView, can_focus=False):
    """Stands under the line; its cursor shows although the line has the focus."""

    click_enters = True

    def __init__(self) -> None:
        super().__init__(id="sessions")
        self._subject: Hashable = None
        self._goes_on = False

    @property
    def marked(self) -> bool:
        """Whether the cursor is drawn."""
        return True

    @property
    def chosen(self) -> int:
        """The number of the session that the cursor is on."""
        return self.page.cursor.block if self.page is not None else 0

    def step(self, by: int) -> None:
        """Choose another session, however many rows each has."""
        self.jump(max(self.chosen + by, 0))

    def list_sessions(self, sessions: Sequence[SessionBlock], look: Look) -> None:
        """List these sessions."""
        self._list(sessions, look)

    def list_found(self, found: Found, known: Sequence[ListedSession], look: Look) -> None:
        """List the sessions in which something was found, with what is known of them."""
        by_id = {session.session_id: session for session in known}
        blocks = [
            HitBlock(hit, by_id.get(hit.session_id, ListedSession(session_id=hit.session_id)))
            for hit in found.hits
        ]
        self._list(blocks, look, found.sought)

    def list_answer(
        self, blocks: Sequence[Block], look: Look, subject: Hashable, *, chosen: int | None, goes_on: bool
    ) -> None:
        """List what the API's list has for a query, `subject`.

        `chosen`: where the session that was chosen stands now, None for where it did. `goes_on`: EndInSight
        is told when the end comes near.
        """
        same = subject == self._subject
        self._list(blocks, look, subject, goes_on=goes_on)
        if same and chosen is not None:
            self.jump(chosen)

    def _list(
        self, blocks: Sequence[Block], look: Look, subject: Hashable = None, *, goes_on: bool = False
    ) -> None:
        """List more of the same at the same place, or something else from its beginning."""
        begin_anew, self._subject = subject != self._subject, subject
        self._goes_on = goes_on
        (self.show if begin_anew else self.update)(lambda _: blocks, look)

    def _repaint(self) -> None:
        super()._repaint()
        page = self.page
        if self._goes_on and page is not None:
            below = len(page.blocks) - page.top.block - page.height
            if min(below, len(page.blocks) - page.cursor.block) <= _NEAR_ROWS:
                self.post_message(EndInSight())
