"""The screen from which things are taken elsewhere: to the clipboard."""

from __future__ import annotations

import asyncio

from feather_tui.export.copyables import Copyable, copyables
from feather_tui.library import Library
from feather_tui.ui.screens.copy import CopyScreen
from feather_tui.ui.screens.searching import SearchingScreen
from feather_tui.ui.surroundings import Surroundings


class TakingScreen(SearchingScreen):
    """Copies what the cursor is on.

    `said` is what is told about the last copy, until Escape.
    """

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__(library, surroundings)
        self.said = ""

    def action_copy(self) -> None:
        """Ask what to copy."""
        copy, page = self.opened.copy if self.opened else None, self.panes.transcript.page
        if self.opened is None or copy is None or page is None:
            return
        place = self.surroundings.place
        choices = copyables(
            copy, page.cursor.block, self.opened.session_id, place.base_url, place.url_template
        )
        self.app.push_screen(CopyScreen(choices, self.look()), self._copy)

    def _copy(self, chosen: Copyable | None) -> None:
        if chosen is not None:
            self.run_worker(self._copy_text(chosen.text), group="copy", exclusive=True)

    async def _copy_text(self, text: str) -> None:
        """Copy in a thread, because a clipboard's program may hang; say how it went."""
        if (clipboard := self.surroundings.clipboard) is None:
            return
        report = await asyncio.to_thread(clipboard.copy, text)
        self.said = report.sentence
        self.show_status()
