"""The screen that opens the board of many sessions, and single ones from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on

from feather_tui.command import Pane
from feather_tui.library import Library
from feather_tui.session.identity import SessionId
from feather_tui.ui.messages import SessionsChosen
from feather_tui.ui.screens.guiding import GuidingScreen
from feather_tui.ui.screens.loading import in_brief
from feather_tui.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from feather_tui.listed_sessions import ListedSessions
    from feather_tui.ui.screens.board import BoardScreen
    from feather_tui.ui.screens.filling import Left

_NAME: Final = "board"


class TriagingScreen(GuidingScreen):
    """One board at a time. It stays while a session of it is read, and goes on loading."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self._board: BoardScreen | None = None
        self._triaged: tuple[SessionId, ...] = ()
        self._from_board = False
        self._awaited_entry: tuple[SessionId, int] | None = None

    def open_asked(
        self, session_ids: Sequence[SessionId], listed: ListedSessions | None = None, *, refresh: bool = False
    ) -> None:
        """Open what was asked for: one session, or the board of several; nothing if there are none."""
        if len(session_ids) == 1 and listed is None:
            self.open_session(session_ids[0], refresh=refresh)
            self.listing.give(session_ids)
            self.show_list()
        elif session_ids or listed is not None:
            self.triage(session_ids, listed, refresh=refresh)

    @on(SessionsChosen)
    def _open_chosen(self, event: SessionsChosen) -> None:
        self.open_asked(event.session_ids)

    def triage(
        self,
        session_ids: Sequence[SessionId],
        listed: ListedSessions | None = None,
        *,
        refresh: bool = False,
    ) -> None:
        """Open a board of these sessions, and of those that the list has; an earlier board is given up."""
        from feather_tui.budget import Budget  # start-up time: mostly one session is read
        from feather_tui.many import Many
        from feather_tui.ui.many_loading import ManyLoading
        from feather_tui.ui.screens.board import BoardScreen

        budget = Budget(self.surroundings.requests_per_second)
        many = Many(
            self.library,
            session_ids,
            more=listed,
            revisions=listed.revisions if listed else None,
            budget=budget,
            refresh=refresh,
            now=self.now,
        )
        self._triaged = tuple(session_ids)
        if self._board is not None:
            self.app.uninstall_screen(_NAME)
            self._board.remove()
        self._board = BoardScreen(self.library, self.surroundings, ManyLoading(many, listed), self._loaded)
        self.app.install_screen(self._board, _NAME)
        self._show_board()

    def open_session(self, session_id: SessionId, *, refresh: bool = False) -> None:
        """Open a session, or ask again for the open one."""
        self._from_board = self._from_board and self.is_open(session_id)
        super().open_session(session_id, refresh=refresh)

    def action_show_board(self) -> None:
        """To the board; to one of what the lookup's line lists, or of all sessions if there is none yet."""
        narrowed = self.panes.lookup.narrowed_ids() if self.panes.current is Pane.LOOKUP else ()
        if narrowed and narrowed != self._triaged:
            self.triage(narrowed)
        elif self._board is not None:
            self._show_board()
        elif listed := [SessionId(session.session_id) for session in self.listing.sessions()]:
            self.triage(listed)
        else:
            self.say("No session is known here yet, so there is nothing for a board.")

    def back_to_board(self) -> bool:
        """Go back to the board, if the session was opened from there; return whether that is so."""
        if self._from_board:
            self._show_board()
        return self._from_board

    def _show_board(self) -> None:
        if self._board is not None and self._board not in self.app.screen_stack:  # a key held down asks again
            self.app.push_screen(self._board, self._leave_board)

    def _leave_board(self, left: Left) -> None:
        if left is Pane.LOOKUP:
            self._from_board = False
            self.show_pane(Pane.LOOKUP)
        elif isinstance(left, tuple):
            session_id, entry = left
            self._awaited_entry = None if entry is None else (session_id, entry)
            self.open_session(session_id)
            self.show_pane(Pane.TRANSCRIPT)
            self._from_board = True

    def go_to_awaited(self) -> None:
        """Go to what the session was opened for, once it is there."""
        super().go_to_awaited()
        opened, awaited = self.opened, self._awaited_entry
        if opened is None or awaited is None:
            return
        session_id, entry = awaited
        if opened.session_id != session_id:
            self._awaited_entry = None
        elif opened.copy is not None:
            self._awaited_entry = None
            self.panes.transcript.once_laid_out(partial(self._go_to, entry))

    def _loaded(self) -> None:
        """List what came, and why the rest did not; go on with the index of what was said."""
        if self._board is not None:
            missing = self._board.filling.many.missing
            self.listing.give(missing)
            for session_id, error in missing.items():
                self.listing.note(session_id, in_brief(error))
        self.run_worker(self._read_known(), group="known")
        self._index()
