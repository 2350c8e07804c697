"""The screen that searches all cached sessions, and opens one of them at what was found in it."""

from __future__ import annotations

from functools import partial

from textual import on, work

from feather_tui.command import Pane
from feather_tui.library import Library
from feather_tui.session.sought import Hit, Sought
from feather_tui.ui.messages import CacheSearched, CacheSought, HitChosen, IndexBuilt
from feather_tui.ui.screens.searching import SearchingScreen
from feather_tui.ui.surroundings import Surroundings

_GROUP = "cache search"


class CacheSearchingScreen(SearchingScreen):
    """One search of the cache at a time: the next one stops it."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self._awaited: Hit | None = None

    @on(CacheSought)
    def _search_cache(self, event: CacheSought) -> None:
        self.workers.cancel_group(self, _GROUP)
        if event.sought is not None:
            self._run_cache_search(event.sought)

    @on(IndexBuilt)
    def _search_again(self) -> None:
        """Look again where the index was not whole; what is shown stays until all of it is there."""
        if (sought := self.panes.lookup.searched_in_part) is not None:
            self._run_cache_search(sought, at_once=True)

    @work(group=_GROUP, exclusive=True, description=_GROUP)  # its own would quote what is searched for
    async def _run_cache_search(self, sought: Sought, *, at_once: bool = False) -> None:
        async for found in self.library.cache_search.search(sought):
            if not (at_once and found.left):
                self.post_message(CacheSearched(found))

    @on(CacheSearched)
    def _show_found(self, event: CacheSearched) -> None:
        self.panes.lookup.show_found(event.found)

    @on(HitChosen)
    def _open_hit(self, event: HitChosen) -> None:
        self.open_session(event.hit.session_id)
        self._awaited = event.hit
        self.go_to_awaited()

    def go_to_awaited(self) -> None:
        """Search the session that was opened for a hit, once all is there that the cache has of it."""
        opened, hit = self.opened, self._awaited
        if opened is None or hit is None:
            return
        if opened.session_id != hit.session_id:
            self._awaited = None
        elif (opened.copy and opened.extraction) or opened.assessment or not opened.loading:
            self._awaited = None
            self.panes.transcript.once_laid_out(partial(self._search_from_the_top, hit))

    def _search_from_the_top(self, hit: Hit) -> None:
        """Search as `/` does: the first match is the one that was shown, and n goes on from there."""
        self.show_pane(Pane.TRANSCRIPT)
        self.panes.transcript.action_go_home()
        self.search_for(str(hit.query))
