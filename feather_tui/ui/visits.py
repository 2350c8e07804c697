"""The sessions that were read, in their order, and the reader's place in each."""

from __future__ import annotations

from dataclasses import dataclass

from feather_tui.commands import Pane
from feather_tui.rendering.page.page import Bookmark
from feather_tui.session.model import SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a reader left a session: the pane, and the places in transcript and extraction, if any."""

    pane: Pane
    transcript: Bookmark | None
    extraction: Bookmark | None


class Visits:
    """Goes back and forward as a browser does: opening another session forgets what lay ahead."""

    def __init__(self) -> None:
        self._order: list[SessionId] = []
        self._at = -1
        self._stands: dict[SessionId, Stand] = {}

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

    def leave(self, session_id: SessionId, stand: Stand) -> None:
        """Remember where the reader was."""
        self._stands[session_id] = stand

    def resume(self, session_id: SessionId) -> Stand | None:
        """Return where the reader left a session, once; None if it was not left, or is resumed already."""
        return self._stands.pop(session_id, None)
