"""The screen that goes back and forward between sessions, to where the reader was in each."""

from __future__ import annotations

from feather_tui.command import Pane
from feather_tui.library import Library
from feather_tui.session.identity import SessionId
from feather_tui.ui.screens.reading import ReadingScreen
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.visits import Visits


class VisitingScreen(ReadingScreen):
    """Remembers, while the program runs, which sessions were read, and the places in them."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self.visits = Visits()

    def open_session(self, session_id: SessionId, *, refresh: bool = False) -> None:
        """Open a session where it was left, or ask again for the open one."""
        if not self.is_open(session_id):
            self._leave()
            self.visits.open(session_id)
        super().open_session(session_id, refresh=refresh)

    def resume_places(self) -> None:
        """Go to the places that were left, in each document once it is there."""
        if self.opened is None:
            return
        arrived = {
            Pane.TRANSCRIPT: (self.opened.copy, self.panes.transcript),
            Pane.EXTRACTION: (self.opened.extraction, self.panes.extraction),
        }
        for pane, (copy, view) in arrived.items():
            if copy is not None and (bookmark := self.visits.resume(self.opened.session_id, pane)):
                view.resume(bookmark)

    def action_go_back(self) -> None:
        """To the session before; from the lookup, to the open one."""
        if self.opened is not None and self.panes.current is Pane.LOOKUP:
            self.show_pane(self.panes.last_read)
        else:
            self._step_session(-1, "This is the first session that was opened in this run.")

    def action_go_forward(self) -> None:
        """To the session that was gone back from."""
        self._step_session(1, "This is the last session that was opened in this run.")

    def _step_session(self, by: int, at_the_end: str) -> None:
        session_id = self.visits.step(by)
        if session_id is None:
            self.say(at_the_end)
        else:
            self.open_session(session_id)
            self.show_pane(self.visits.pane_of(session_id) or Pane.TRANSCRIPT)

    def _leave(self) -> None:
        """Remember where the reader is."""
        if self.opened is None:
            return
        views = {Pane.TRANSCRIPT: self.panes.transcript, Pane.EXTRACTION: self.panes.extraction}
        bookmarks = {pane: view.page.bookmark for pane, view in views.items() if view.page is not None}
        self.visits.leave(self.opened.session_id, self.panes.last_read, bookmarks)
