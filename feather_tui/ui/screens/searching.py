"""The screen that searches the open session."""

from __future__ import annotations

import asyncio

from textual import on

from feather_tui.commands import Pane
from feather_tui.errors import UsageError
from feather_tui.library import Library
from feather_tui.session.query import Query
from feather_tui.session.search import Searcher
from feather_tui.ui.screens.reading import ReadingScreen
from feather_tui.ui.search import Search
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.widgets.search_line import SearchLine, SearchTyped


class SearchingScreen(ReadingScreen):
    """Searches everything of the session, folded or not."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self.search_line = SearchLine()
        self.search: Search | None = None

    def action_search(self) -> None:
        """Ask what to search for."""
        if self.opened is not None and self.opened.copy is not None:
            self.search_line.display = True
            self.set_focus(self.search_line)

    @on(SearchTyped)
    def _search(self, event: SearchTyped) -> None:
        self.show_pane(Pane.TRANSCRIPT if event.text else self.panes.current)
        self.search_line.display = False  # after the focus left it, or the focus goes astray
        if not event.text or self.opened is None or self.opened.copy is None:
            return
        try:
            query = Query.parse(event.text)
        except UsageError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self.search = Search(query=query, searcher=Searcher(self.opened.copy.timeline, query))
        self.panes.transcript.search_for(query)
        self.run_worker(self._run_search(self.search), group="search", exclusive=True)

    async def _run_search(self, search: Search) -> None:
        """Look through the timeline slice by slice, so that keys are answered all the while."""
        page = self.panes.transcript.page
        start = page.cursor.block if page is not None else 0
        while not search.searcher.done:
            search.step()
            if search.at is None and search.entries and search.entries[-1] >= start:
                self._go_to_match(search.go_from(start))
            self.show_status()
            await asyncio.sleep(0)
        if search.at is None:
            self._go_to_match(search.go_from(start))
        self.show_status()

    def action_next_match(self) -> None:
        """To the next entry that matches."""
        if self.search is not None:
            self._go_to_match(self.search.go(1))

    def action_previous_match(self) -> None:
        """To the previous entry that matches."""
        if self.search is not None:
            self._go_to_match(self.search.go(-1))

    def _go_to_match(self, position: int | None) -> None:
        if position is not None and self.search is not None:
            self.show_pane(Pane.TRANSCRIPT)
            self.panes.transcript.go_to_match(position, self.search.query)
            self.show_status()

    def _end_search(self) -> None:
        self.search = None
        self.workers.cancel_group(self, "search")
        self.panes.transcript.search_for(None)
        self.show_status()
