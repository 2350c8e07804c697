"""The screen from which things are taken elsewhere: to the clipboard, to the raw view, to a pager."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from feather_tui.command import Pane
from feather_tui.rendering.record_blocks import RecordBlock
from feather_tui.rendering.transcript import EntryBlock
from feather_tui.session.identity import DocumentKind
from feather_tui.session.received.records import Path, path_of
from feather_tui.ui.received import Received, received
from feather_tui.ui.screens.list_asking import ListAskingScreen

if TYPE_CHECKING:
    from feather_tui.export.copyables import Copyable


class TakingScreen(ListAskingScreen):
    """Copies what the cursor is on; shows the documents as they were received."""

    def action_copy(self) -> None:
        """Ask what to copy."""
        copy, page = self.opened.copy if self.opened else None, self.panes.transcript.page
        if self.opened is None or copy is None or page is None:
            return
        from feather_tui.export.copyables import copyables  # start-up time: many sessions are only read
        from feather_tui.ui.screens.copy import CopyScreen

        place = self.surroundings.place
        choices = copyables(
            copy, page.cursor.block, self.opened.session_id, place.base_url, place.url_template
        )
        self.app.push_screen(CopyScreen(choices, self.look()), self._copy)

    def _copy(self, chosen: Copyable | None) -> None:
        if chosen is not None:
            self.run_worker(self._copy_text(chosen.text), group="copy", exclusive=True)

    async def _copy_text(self, text: str) -> None:
        self.say(await self._copied(text))

    async def _copied(self, text: str) -> str:
        """Copy in a thread, because a clipboard's program may hang; return how it went."""
        if (clipboard := self.surroundings.clipboard) is None:
            return ""
        return (await asyncio.to_thread(clipboard.copy, text)).sentence

    def action_show_raw(self) -> None:
        """Show the document of this pane as it was received, at what the cursor is on."""
        from feather_tui.ui.screens.raw import RawScreen  # start-up time: not every session is looked at so

        if documents := self.documents():
            screen = RawScreen(
                documents,
                self._path(),
                self.look(),
                copy=self._copied,
                page=self._paged,
            )
            self.app.push_screen(screen)

    def action_open_in_pager(self) -> None:
        """Show the document of this pane in the user's pager."""
        if documents := self.documents():
            self.say("preparing the document …")
            self.run_worker(self._page(documents[0]), group="pager", exclusive=True)

    async def _page(self, document: Received) -> None:
        self.say(await self._paged(document))

    async def _paged(self, document: Received) -> str:
        """Show a document in the pager; return what is to be told of it.

        What was being loaded meanwhile is asked for again: no answer was heard, and its time may be over.
        """
        if (pager := self.surroundings.pager) is None:
            return ""
        from feather_tui.ui.paging import show_in_pager  # start-up time, as above

        told = await show_in_pager(self.app, pager, document)
        if self.opened is not None and self.opened.loading:
            self.open_session(self.opened.session_id, refresh=True)
        return told

    def documents(self) -> list[Received]:
        """Return the documents of the open session, that of this pane first."""
        if self.opened is None:
            return []
        in_extraction = self.panes.current is Pane.EXTRACTION
        return received(self.opened, DocumentKind.EXTRACTION if in_extraction else DocumentKind.ANALYSIS)

    def _path(self) -> Path:
        """Return where in its document the record stands that the cursor is on."""
        view = self.panes.extraction if self.panes.current is Pane.EXTRACTION else self.panes.transcript
        if self.opened is None or view.page is None or not view.page.blocks:
            return ()
        position = view.page.cursor.block
        block = view.page.blocks[position]
        if isinstance(block, RecordBlock) and block.tells:
            return block.tells[0]
        if isinstance(block, EntryBlock) and self.opened.copy is not None:
            return path_of(self.opened.copy.timeline, position)
        return ()
