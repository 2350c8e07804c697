"""The sessions of the lookup list: those in the cache, and those that were given."""

from __future__ import annotations

from collections.abc import Iterable

from feather_tui.rendering.lookup import ListedSession
from feather_tui.session.identity import SessionId
from feather_tui.store.records import Known


class Listing:
    """Given sessions stand first until they are loaded; then all stand by their start, newest first."""

    def __init__(self) -> None:
        self._known: dict[SessionId, Known] = {}
        self._given: dict[SessionId, str] = {}

    def know(self, known: Iterable[Known]) -> None:
        """Take the sessions that are in the cache now."""
        self._known = {row.session_id: row for row in known}

    def give(self, session_ids: Iterable[SessionId]) -> None:
        """Add sessions by id; they may not exist."""
        for session_id in session_ids:
            self._given.setdefault(session_id, "")

    def note(self, session_id: SessionId, sentence: str) -> None:
        """Say about a given session why it is not loaded."""
        if session_id in self._given:
            self._given[session_id] = sentence

    def not_loaded(self) -> list[SessionId]:
        """Return the given sessions of which nothing is known yet."""
        return [session_id for session_id in self._given if session_id not in self._known]

    def sessions(self) -> list[ListedSession]:
        """Return the rows of the list."""
        waiting = [
            ListedSession(session_id=session_id, loaded=False, note=self._given[session_id])
            for session_id in self.not_loaded()
        ]
        return waiting + [_listed(known) for known in self._known.values()]


def _listed(known: Known) -> ListedSession:
    return ListedSession(
        session_id=known.session_id,
        started_at=known.started_at,
        outcome=known.outcome,
        reason=known.reason,
        channel=known.channel,
        turns=known.turns,
        tools=known.tools,
        tools_failed=known.tools_failed,
        retrievals=known.retrievals,
        retrievals_missed=known.retrievals_missed,
        findings=known.findings,
        extraction=known.extraction,
        seen_at=known.seen_at,
    )
