"""Two sessions beside each other, or one below the other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from feather_tui.api.progress import Progress
from feather_tui.command import Overlay
from feather_tui.errors import NotFound
from feather_tui.gathered import Gathered
from feather_tui.library import Library
from feather_tui.rendering.compare import (
    SIDE_BY_SIDE,
    BesideBlock,
    Letter,
    WhoBlock,
    compared_blocks,
    parting_answer,
)
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import BLANK, Row
from feather_tui.rendering.values import text_rows
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.sides import side_of
from feather_tui.triage.compare import Comparison, Side, compare
from feather_tui.ui.bindings import binding, bindings
from feather_tui.ui.screens.answer import AnswerScreen
from feather_tui.ui.surroundings import Surroundings

_AHEAD: Final = 4
"""Steps that are seen below the one that was gone to."""
Place = tuple[SessionId, int | None]
"""A session, and the position of the entry in its timeline to go to, None for none."""


class CompareScreen(AnswerScreen[Place]):
    """Loads two sessions, from the cache first, and compares them; left for a place in one, or for none.

    A session that does not come is told, and the other one shown alone.
    """

    overlay = Overlay.COMPARE
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("show_comparison", "leave"),
        binding("toggle_fold", "choose", first=True),
        *bindings("go_to_parting", "next_difference", "previous_difference"),
        binding("other_side", "other_side", first=True),
    ]

    def __init__(
        self, surroundings: Surroundings, library: Library, first: SessionId, second: SessionId
    ) -> None:
        super().__init__(self._blocks, surroundings)
        self._library = library
        self._ids = {Letter.A: first, Letter.B: second}
        self._loading = dict.fromkeys(Letter, "")
        self._sides: dict[Letter, Side] = {}
        self._failures: dict[Letter, list[str]] = {}
        self._comparison: Comparison | None = None
        self._letter = Letter.A

    def begin(self) -> None:
        """Begin to load."""
        super().begin()
        for letter in Letter:
            self.run_worker(self._load(letter), group=f"side {letter}")
        self._tell()

    def edge(self) -> Row:
        """Return which session is meant, where the line does not tell."""
        beside = self.app.size.width >= SIDE_BY_SIDE
        return ((f"Enter: {self._letter} ", "dim"),) if self._sides and beside else ()

    # ------------------------------------------------------------------ loading

    async def _load(self, letter: Letter) -> None:
        def report(progress: Progress) -> None:
            if progress.wait_seconds:
                self._loading[letter] = f"{progress.reason}, again in {progress.wait_seconds:.0f} s"
                self._tell()

        session_id, gathered = self._ids[letter], Gathered()
        async for arrival in self._library.open(session_id, report, turn=_at_once):
            gathered.take(arrival)
        self._failures[letter] = _failures(gathered)
        if gathered.session is not None and gathered.assessment is not None:
            self._sides[letter] = await asyncio.to_thread(
                side_of,
                session_id,
                gathered.session,
                gathered.extraction,
                gathered.assessment,
                extraction_absent=gathered.extraction_absent,
            )
        del self._loading[letter]
        if self._loading:
            self._tell()
        else:
            await self._compare()

    async def _compare(self) -> None:
        sides = [self._sides.get(letter) for letter in Letter]
        self._comparison = await asyncio.to_thread(compare, *sides)
        self._letter = next(iter(sorted(self._sides)), Letter.A)
        self.page.show(self.make, self.look)
        self._tell()

    def _tell(self) -> None:
        """Say how far it has come, or where they part."""
        if self._comparison is None:
            waiting = [f"{letter} {said}".rstrip() for letter, said in self._loading.items()]
            self.say(f"loading {' and '.join(waiting)} …" if waiting else "is being worked out …")
        elif len(self._sides) < len(Letter):
            self.say(f"only {self._letter} is here" if self._sides else "neither session is here")
        else:
            self.say(parting_answer(self._comparison))

    def _blocks(self, look: Look) -> Sequence[Block]:
        if self._comparison is None:
            return []
        told = [
            RowsBlock(text_rows(f"{letter}: {sentence}", 1, look.width - 3, "bad"))
            for letter, sentences in self._failures.items()
            for sentence in sentences
        ]
        cases = {letter: self._sides[letter].case for letter in Letter if letter in self._sides}
        above = [*told, RowsBlock([BLANK])] if told else []
        return [*above, *compared_blocks(self._comparison, cases, look, self._letter)]

    # ------------------------------------------------------------------ commands

    def action_go_to_parting(self) -> None:
        """To where they part."""
        steps = [place for place, block in enumerate(self._shown()) if _is_step(block)]
        if self._comparison is None or self._comparison.parting is None:
            self.say("they do not part, as far as they are compared")
        else:
            self._go_to(steps[self._comparison.parting])

    def action_next_difference(self) -> None:
        """To the next step that is not the same in both."""
        self._step(1)

    def action_previous_difference(self) -> None:
        """To the one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        blocks, page = self._shown(), self.page.page
        at = page.cursor.block if page is not None else 0
        ahead = range(at + 1, len(blocks)) if by > 0 else range(at - 1, -1, -1)
        for place in ahead:
            block = blocks[place]
            if isinstance(block, BesideBlock) and block.positions and not block.same:
                self._go_to(place)
                return
        self.say("no more steps that differ" + (" above" if by < 0 else ""))

    def _go_to(self, place: int) -> None:
        """Go to a block, and show some of what follows."""
        self.page.jump(min(place + _AHEAD, len(self._shown()) - 1))
        self.page.jump(place)

    def action_other_side(self) -> None:
        """Mean the other session: beside each other the next to open, below each other its line."""
        block, page = self.block, self.page.page
        if isinstance(block, BesideBlock) and page is not None and (rows := block.to_other(page.cursor.row)):
            page.move(rows)
        self._letter = self._letter.other
        self.page.update(self.make, self.look)
        self._tell()

    def action_choose(self) -> None:
        """Leave for the step under the cursor, in the session that is meant, or in the one that has it."""
        letter, position, block = self._letter, None, self.block
        if isinstance(block, WhoBlock):
            letter = block.letter
        elif isinstance(block, BesideBlock) and self.page.page is not None:
            letter = block.letter_at(self.page.page.cursor.row) or letter
            if block.positions and letter not in block.positions:
                letter = letter.other
            position = block.positions.get(letter)
        self.dismiss((self._ids[letter], position))

    def _shown(self) -> Sequence[Block]:
        return self.page.page.blocks if self.page.page is not None else ()


def _is_step(block: Block) -> bool:
    return isinstance(block, BesideBlock) and bool(block.positions)


async def _at_once(kind: DocumentKind) -> None:
    """Take a turn without waiting: what is cached is not asked for again."""
    del kind


def _failures(gathered: Gathered) -> list[str]:
    """Return what did not come, but for an extraction that is known not to be there."""
    return [
        str(failure.error)
        for kind, failure in gathered.failures.items()
        if kind is DocumentKind.ANALYSIS or not isinstance(failure.error, NotFound)
    ]
