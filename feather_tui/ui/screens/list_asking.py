"""The screen that asks the API which sessions there are, page by page, as the lookup wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from feather_tui.errors import FeatherError
from feather_tui.library import Library
from feather_tui.ui.messages import ListAsked, ListBrought, ListPageWanted, ListStopped, ListTurn
from feather_tui.ui.screens.cache_searching import CacheSearchingScreen
from feather_tui.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from feather_tui.api.conversations import Pages
    from feather_tui.session.list_query.answer import ListAnswer

_GROUP = "list"


class ListAskingScreen(CacheSearchingScreen):
    """One list at a time: asking for another gives up the one before. No page is asked for unwanted."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self._pages: Pages | None = None

    @on(ListAsked)
    def _ask_list(self, event: ListAsked) -> None:
        self._pages = None
        self.run_worker(self._turn_page(event.answer), group=_GROUP, exclusive=True)

    @on(ListPageWanted)
    def _go_on_with_list(self, event: ListPageWanted) -> None:
        self.run_worker(self._turn_page(event.answer), group=_GROUP, exclusive=True)

    async def _turn_page(self, answer: ListAnswer) -> None:
        try:
            conversations = await self.library.conversations()
            if self._pages is None:
                self._pages = conversations.pages(answer.query, size=answer.page_size)
            again = 0.0 if answer.pages else conversations.refresh_wait(answer.query, size=answer.page_size)
            self.post_message(ListTurn(answer, max(again, conversations.page_wait())))
            batch = await anext(self._pages)
        except FeatherError as error:
            self.post_message(ListStopped(answer, error))
        else:
            self.post_message(ListBrought(answer, batch))

    @on(ListTurn)
    def _say_when(self, event: ListTurn) -> None:
        self.panes.lookup.wait_for_turn(event.answer, event.seconds)

    @on(ListBrought)
    def _list_more(self, event: ListBrought) -> None:
        self.panes.lookup.take_page(event.answer, event.batch)

    @on(ListStopped)
    def _say_why_it_stopped(self, event: ListStopped) -> None:
        self.panes.lookup.stop_asking(event.answer, event.error)
