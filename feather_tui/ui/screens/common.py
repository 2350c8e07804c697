"""What some sessions share that the others do not."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.binding import BindingType

from feather_tui.command import Overlay
from feather_tui.rendering.clock import count
from feather_tui.rendering.common import Commonality, ValueBlock, common_blocks
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.triage.case import Case
from feather_tui.triage.features import features_asked
from feather_tui.ui.bindings import binding
from feather_tui.ui.screens.answer import AnswerScreen
from feather_tui.ui.surroundings import Surroundings


class CommonScreen(AnswerScreen[str]):
    """Compares `chosen` with `others`; left for the query that narrows a board to a value, or for none.

    `chosen_as`: what is said of the chosen, as in “20 of 28 sessions failed”, “… are marked”. `asked`: the
    columns they were chosen by; what was asked for is not told as something in common.
    """

    overlay = Overlay.COMMON
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("show_common", "leave"),
        binding("toggle_fold", "choose", first=True),
    ]

    def __init__(
        self,
        surroundings: Surroundings,
        chosen: Sequence[Case],
        others: Sequence[Case],
        chosen_as: str,
        *,
        asked: Collection[str] = (),
        lacking: int = 0,
    ) -> None:
        super().__init__(self._blocks, surroundings, lacking=lacking)
        self._sessions = tuple(chosen), tuple(others)
        self._chosen_as, self._asked = chosen_as, asked
        self._found: Commonality | None = None

    def begin(self) -> None:
        """Begin to compare."""
        super().begin()
        self.run_worker(self._compare())

    async def _compare(self) -> None:
        but = features_asked(self._asked)
        self._found = await asyncio.to_thread(Commonality.of, *self._sessions, self._chosen_as, but)
        self.say(f"{count(self._found.chosen)} beside {count(self._found.others)} others")
        self.page.show(self.make, self.look)
        self.page.once_laid_out(self._go_to_first)

    def _blocks(self, look: Look) -> Sequence[Block]:
        return common_blocks(self._found, look) if self._found is not None else []

    def _go_to_first(self) -> None:
        blocks = self.page.page.blocks if self.page.page is not None else ()
        first = next((place for place, block in enumerate(blocks) if isinstance(block, ValueBlock)), 0)
        self.page.jump(first)

    def action_choose(self) -> None:
        """Leave for the sessions that have the value under the cursor."""
        if isinstance(self.block, ValueBlock):
            self.dismiss(self.block.query)
        else:
            self.say("no value on this line to narrow to")
