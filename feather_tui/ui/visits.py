"""The sessions that were read, in their order, and the reader's places in each."""

from __future__ import annotations

from collections.abc import Mapping

from feather_tui.command import Pane
from feather_tui.rendering.page.place import Bookmark
from feather_tui.session.identity import SessionId


class Visits:
    """Goes back and forward as a browser does: opening another session forgets what lay ahead."""

    def __init__(self) -> None:
        self._order: list[SessionId] = []
        self._at = -1
        self._panes: dict[SessionId, Pane] = {}
        self._bookmarks: dict[tuple[SessionId, Pane], Bookmark] = {}

    def open(self, session_id: SessionId) -> None:
        """A session is opened; the one that is open already stays where it is in the order."""
        if self._at >= 0 and self._order[self._at] == session_id:
            return
        self._order[self._at + 1 :] = [session_id]
        self._at += 1

    def step(self, by: int) -> SessionId | None:
        """Go back (-1) or forward (1), and return the session there; None at an end, and nothing changes."""
        if not 0 <= self._at + by < len(self._order):
            return None
        self._at += by
        return self._order[self._at]

    def leave(self, session_id: SessionId, pane: Pane, bookmarks: Mapping[Pane, Bookmark]) -> None:
        """Remember the pane that was read, and the places in those that show a document."""
        self._panes[session_id] = pane
        for place, bookmark in bookmarks.items():
            self._bookmarks[session_id, place] = bookmark

    def pane_of(self, session_id: SessionId) -> Pane | None:
        """Return the pane that was read when a session was left; None if it never was."""
        return self._panes.get(session_id)

    def resume(self, session_id: SessionId, pane: Pane) -> Bookmark | None:
        """Return the place in a pane, once; None if there is none, or it was returned already."""
        return self._bookmarks.pop((session_id, pane), None)
