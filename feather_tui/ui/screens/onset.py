"""Since when sessions fail, and with which error."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from feather_tui.command import Overlay
from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.onset import OpeningBlock, onset_page
from feather_tui.rendering.page.blocks import Block
from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case
from feather_tui.triage.onset import Onsets
from feather_tui.ui.bindings import binding
from feather_tui.ui.screens.answer import AnswerScreen
from feather_tui.ui.surroundings import Surroundings


class OnsetScreen(AnswerScreen[SessionId]):
    """Shows each error over time; left for a session to open, or for none.

    `among`: the sessions whose errors are meant, None for all; what is healthy is looked for in all `cases`.
    """

    overlay = Overlay.ONSET
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("show_onset", "leave"),
        binding("toggle_fold", "choose", first=True),
    ]

    def __init__(
        self,
        surroundings: Surroundings,
        cases: Sequence[Case],
        *,
        among: Sequence[Case] | None = None,
        lacking: int = 0,
    ) -> None:
        super().__init__(self._blocks, surroundings, lacking=lacking)
        self._cases = tuple(cases)
        self._among = None if among is None else tuple(among)
        self._found: Onsets | None = None

    def begin(self) -> None:
        """Begin to look."""
        super().begin()
        self.run_worker(self._look_back())

    async def _look_back(self) -> None:
        self._found = await asyncio.to_thread(Onsets.of, self._cases, self._among)
        self.say(self._what_is_shown(self._found))
        self.page.show(self.make, self.look)

    def _what_is_shown(self, found: Onsets) -> str:
        parts = [f"{count(found.timed)} sessions"]
        if self._among is not None:
            parts.append(f"the errors of {count(len(self._among))}")
        if found.timed < found.sessions:
            parts.append(f"{count(found.sessions - found.timed)} without a start left out")
        return ", ".join(parts)

    def _blocks(self, look: Look) -> Sequence[Block]:
        return onset_page(self._found, look) if self._found is not None else []

    def action_choose(self) -> None:
        """Leave for the session that the line under the cursor tells of."""
        if isinstance(self.block, OpeningBlock) and self.block.opens is not None:
            self.dismiss(self.block.opens)
        else:
            self.say("this line leads to no session")
