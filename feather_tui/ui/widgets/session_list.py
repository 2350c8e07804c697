"""The list of the lookup pane: the sessions known here, or those in which something was found."""

from __future__ import annotations

from collections.abc import Sequence

from feather_tui.rendering.hits import HitBlock
from feather_tui.rendering.look import Look
from feather_tui.rendering.lookup import ListedSession, SessionBlock
from feather_tui.session.sought import Found, Sought
from feather_tui.ui.widgets.page_view import MakeBlocks, PageView


class SessionList(PageView, can_focus=False):
    """Stands under the line; its cursor shows although the line has the focus."""

    click_enters = True

    def __init__(self) -> None:
        super().__init__(id="sessions")
        self._sought: Sought | None = None

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
        self._list(lambda _: sessions, look)

    def list_found(self, found: Found, known: Sequence[ListedSession], look: Look) -> None:
        """List the sessions in which something was found, with what is known of them."""
        by_id = {session.session_id: session for session in known}
        blocks = [
            HitBlock(hit, by_id.get(hit.session_id, ListedSession(session_id=hit.session_id)))
            for hit in found.hits
        ]
        self._list(lambda _: blocks, look, found.sought)

    def _list(self, make: MakeBlocks, look: Look, sought: Sought | None = None) -> None:
        """List more of the same at the same place, or something else from its beginning."""
        begin_anew, self._sought = sought != self._sought, sought
        (self.show if begin_anew else self.update)(make, look)
