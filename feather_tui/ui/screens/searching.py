"""The screen that searches the open session."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final

from textual import on

from feather_tui.command import Pane
from feather_tui.errors import UsageError
from feather_tui.library import Library
from feather_tui.session.query import Query
from feather_tui.session.search import Searcher
from feather_tui.ui.screens.visiting import VisitingScreen
from feather_tui.ui.search import InTranscript, Search, Spot
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.widgets.search_line import SearchLine, SearchTyped

_TELL_SECONDS: Final = 0.1
"""How far a long search is, is told so often: each time is a frame."""


class SearchingScreen(VisitingScreen):
    """Searches everything of the session, folded or not: the transcript, then the extraction."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self.search_line = SearchLine()
        self.search: Search | None = None

    def action_search(self) -> None:
        """Ask what to search for."""
        if self.opened is not None and (self.opened.copy or self.opened.extraction):
            self.search_line.display = True
            self.set_focus(self.search_line)

    @on(SearchTyped)
    def _search(self, event: SearchTyped) -> None:
        self.show_pane(self.panes.current)
        self.search_line.display = False  # after the focus left it, or the focus goes astray
        if event.text:
            self.search_for(event.text)

    def search_for(self, text: str) -> None:
        """Search everything of the open session, from where the reader is."""
        if self.opened is None:
            return
        try:
            query = Query.parse(text)
        except UsageError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        copy, extraction = self.opened.copy, self.opened.extraction
        self.search = Search(
            query=query,
            searcher=Searcher(copy.timeline if copy else (), query),
            extraction=extraction.extraction if extraction else None,
        )
        self._mark(query)
        self.show_status()  # in the place of the line, so that no page is laid out between the two
        self.run_worker(self._run_search(self.search), group="search", exclusive=True)

    async def _run_search(self, search: Search) -> None:
        """Look through the timeline slice by slice, so that keys are answered all the while."""
        start, clock = self._position(), asyncio.get_running_loop().time
        told_at = clock()
        while not search.done:
            search.step()
            if search.at is None and search.has_passed(start):
                self._go_to_match(search.go_from(start))
            if clock() - told_at > _TELL_SECONDS:
                told_at = clock()
                self.show_status()
            await asyncio.sleep(0)
        if search.at is None:
            self._go_to_match(search.go_from(start))
        self.show_status()

    def action_next_match(self) -> None:
        """To the next entry that matches."""
        self._step_match(1)

    def action_previous_match(self) -> None:
        """To the previous entry that matches."""
        self._step_match(-1)

    def _step_match(self, by: int) -> None:
        if self.search is not None:
            self._go_to_match(self.search.go(by))
        elif self.search_line.last:
            self.search_for(self.search_line.last)

    def _position(self) -> int:
        """Return the reader's place in the timeline; in the extraction that is behind its end."""
        page = self.panes.transcript.page
        if page is None:
            return 0
        return len(page.blocks) if self.panes.current is Pane.EXTRACTION else page.cursor.block

    def _go_to_match(self, spot: Spot | None) -> None:
        if spot is None or self.search is None:
            return
        if isinstance(spot, InTranscript):
            self.show_pane(Pane.TRANSCRIPT)
            self.panes.transcript.go_to_match(spot.position, self.search.query)
        else:
            self.show_pane(Pane.EXTRACTION)
            view = self.panes.extraction
            view.once_laid_out(partial(view.go_to_telling, spot.path, self.search.query))
        self.show_status()

    def _mark(self, query: Query | None) -> None:
        self.panes.transcript.search_for(query)
        self.panes.extraction.search_for(query)

    def _end_search(self) -> None:
        self.search = None
        self.workers.cancel_group(self, "search")
        self._mark(None)
        self.show_status()
