"""Two sessions beside each other, or one below the other where there is no room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest
from typing import Final

from feather_tui.rendering.clock import count, offset
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import BLANK, Row, Span, Tone, cells, fit, fit_row, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.rendering.wrap import wrap
from feather_tui.triage.alignment import MOST_STEPS, Pair, Step
from feather_tui.triage.case import Case
from feather_tui.triage.compare import Comparison, Difference

SIDE_BY_SIDE: Final = 120
"""From this many columns on."""
_TIMES_FROM: Final = 160
_BETWEEN: Final = " │ "
_SIGN: Final = 4
_GROUPS: Final = ("argument of", "extracted")
"""What differences of one kind begin with: said once, above them."""
_OFFSET: Final = 9
_READ: Final = 1_000
"""Characters of a step that are looked at for its one line."""


class Letter(StrEnum):
    """What the two sessions are called."""

    A = "A"
    B = "B"

    @property
    def other(self) -> Letter:
        """The other one."""
        return Letter.B if self is Letter.A else Letter.A


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """What a row tells of one session: `stamp` before it, `text` of `tone`."""

    text: str
    tone: Tone = "text"
    stamp: str = ""

    def rows(self, width: int, *, expanded: bool, parts: int) -> list[Row]:
        """Return it on one line, what is cut marked; or whole."""
        room = max(width - len(self.stamp), 8)
        if not expanded:
            brief = safe_line(" ".join(self.text[:_READ].split()) + "…" * (len(self.text) > _READ))
            return [((self.stamp, "dim"), (fit(brief, room), self.tone))]
        rows = text_rows(self.text, 0, room, self.tone, parts=parts)
        indent = " " * len(self.stamp)
        return [((indent if place else self.stamp, "dim"), *row) for place, row in enumerate(rows)]


class WhoBlock(RowsBlock):
    """Which session one of the two is."""

    def __init__(self, rows: Sequence[Row], letter: Letter) -> None:
        super().__init__(rows)
        self.letter = letter


class BesideBlock:
    """One thing of both sessions: beside each other, or below each other on narrow screens.

    `positions`: of the timeline entries that are told, by the letter of the session; empty for none. `same`:
    there is nothing to look at twice.
    """

    def __init__(
        self,
        head: Span,
        cells_of: dict[Letter, _Cell],
        *,
        sign: Span = ("", "text"),
        positions: dict[Letter, int] | None = None,
        same: bool = False,
    ) -> None:
        self._head, self._sign, self._cells = head, sign, cells_of
        self.positions = positions or {}
        self.same = same
        self._upper = 0  # rows of the one above, where the other is below it

    @property
    def foldable(self) -> bool:
        """Whether unfolding may show more."""
        return True

    def estimate(self, look: Look) -> int:
        """Return the number of rows while folded."""
        return 1 if look.width >= SIDE_BY_SIDE else len(self._below())

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the rows of both."""
        head = head_width(look)
        if look.width < SIDE_BY_SIDE:
            told: list[Row] = []
            for letter in reversed(self._below()):
                lead = f"{'=' if self.same else letter} "
                rows = self._cell_rows(letter, look.width - head - 4, expanded, parts)
                self._upper = len(rows)
                told[:0] = [((lead if place == 0 else "  ", "dim"), *row) for place, row in enumerate(rows)]
        else:
            self._upper = 0
            room = (look.width - head - len(_BETWEEN) - 2) // 2
            both = [self._cell_rows(letter, room, expanded, parts) for letter in Letter]
            told = [
                (*_padded(left, room), (_BETWEEN, "dim"), *right)
                for left, right in zip_longest(*both, fillvalue=BLANK)
            ]
        begun = self._head_rows(head, expanded=expanded)
        indent: Row = ((" " * head, "text"),)
        both_rows = zip_longest(begun, told, fillvalue=None)
        return [fit_row((*(start or indent), *(row or ())), look.width) for start, row in both_rows]

    def letter_at(self, row: int) -> Letter | None:
        """Return the session that a row is about, as it was laid out last; None: about both."""
        if not self._upper:
            return None
        letters = self._below()
        return letters[0] if row < self._upper else letters[-1]

    def to_other(self, row: int) -> int:
        """Return how many rows it is from a row to the other session's first; 0 where it has none."""
        if not self._upper or len(self._below()) == 1:
            return 0
        return (self._upper if row < self._upper else 0) - row

    def _below(self) -> Sequence[Letter]:
        """The sessions that have a row of their own where one is below the other."""
        return tuple(self._cells)[:1] if self.same else tuple(self._cells)

    def _cell_rows(self, letter: Letter, width: int, expanded: bool, parts: int) -> list[Row]:  # noqa: FBT001 - handed on
        cell = self._cells.get(letter, _Cell(text="-", tone="dim"))
        return cell.rows(width, expanded=expanded, parts=parts)

    def _head_rows(self, width: int, *, expanded: bool) -> list[Row]:
        (sign, sign_tone), (name, tone) = self._sign, self._head
        room = width - _SIGN - 2
        names = wrap(name, room) if expanded else [fit(name, room)]
        signs = [sign, *[""] * (len(names) - 1)]
        return [
            ((f" {shown:<{_SIGN - 1}}", sign_tone), (line + " " * (room - cells(line) + 2), tone))
            for shown, line in zip(signs, names, strict=True)
        ]


def head_width(look: Look) -> int:
    """Return the cells before what is told of the sessions."""
    return 24 if look.width < SIDE_BY_SIDE else 32 if look.width < _TIMES_FROM else 36


def compared_blocks(
    comparison: Comparison, cases: dict[Letter, Case], look: Look, chosen: Letter | None = None
) -> list[Block]:
    """Return the page: which sessions they are, what is different, and their steps from the beginning.

    `cases` has those that are there; `chosen` is the one that is marked.
    """
    starts = {letter: case.started_at for letter, case in cases.items()}
    blocks: list[Block] = [*_who(cases, look, chosen), RowsBlock([BLANK])]
    if len(cases) > 1:
        blocks += _difference_blocks(comparison.differences)
        blocks.append(RowsBlock([BLANK]))
    blocks.append(RowsBlock([((f" {parting_text(comparison)}", "strong"), ("   " + _legend(look), "dim"))]))
    for place, pair in enumerate(comparison.pairs):
        blocks.append(_step_block(pair, starts, look, parting=place == comparison.parting))
    for letter, steps in zip(Letter, comparison.steps, strict=True):
        if steps > MOST_STEPS:
            said = f" {letter}: {count(steps - MOST_STEPS)} more steps are not compared"
            blocks.append(RowsBlock([((said, "warn"),)]))
    return blocks


def compared_rows(comparison: Comparison, left: Case, right: Case, look: Look) -> Iterator[Row]:
    """Yield the rows of the page, each thing in brief."""
    for block in compared_blocks(comparison, {Letter.A: left, Letter.B: right}, look):
        yield from block.rows(look, expanded=False, parts=1)


def parting_text(comparison: Comparison) -> str:
    """Return where the sessions part."""
    if not all(comparison.steps):
        return "steps"
    if comparison.parting is None and max(comparison.steps) > MOST_STEPS:
        return f"both went the same way for {count(MOST_STEPS)} steps, and no more are compared"
    if comparison.parting is None:
        return "both went the same way"
    return f"they part at step {count(comparison.parting + 1)} of {count(len(comparison.pairs))}"


def parting_answer(comparison: Comparison) -> str:
    """Return where the sessions part, and what each of them did there: raw, as tools have any name."""
    told = parting_text(comparison)
    if comparison.parting is None:
        return told
    pair = comparison.pairs[comparison.parting]
    both = [step for step in (pair.left, pair.right) if step]
    head = f"{both[0].kind} " if len({step.kind for step in both}) == 1 and len(both) > 1 else ""
    whats = (step.what.removeprefix(head) if step else "nothing" for step in (pair.left, pair.right))
    return f"{told}: {head}{' / '.join(whats)}"


def _legend(look: Look) -> str:
    return f"≠ other words, arguments or results{'' if look.width < SIDE_BY_SIDE else '   A, B only there'}"


def _who(cases: dict[Letter, Case], look: Look, chosen: Letter | None) -> Iterator[Block]:
    clock = look.clock
    names = {letter: f"{letter} {case.session_id}" for letter, case in cases.items()}
    ends = {
        letter: f"{clock.full(case.started_at)}, {case.outcome or 'no outcome'}"
        for letter, case in cases.items()
    }
    tones: dict[Letter, Tone] = {letter: "strong" if chosen in {letter, None} else "text" for letter in cases}
    if look.width < SIDE_BY_SIDE:
        for letter in cases:
            told = f" {names[letter]}  {safe_line(ends[letter])}"
            yield WhoBlock([((told, tones[letter]),)], letter)
        return
    yield BesideBlock(
        ("", "text"), {letter: _Cell(text=names[letter], tone=tones[letter]) for letter in cases}
    )
    yield BesideBlock(("", "text"), {letter: _Cell(text=f"  {ends[letter]}", tone="dim") for letter in cases})


def _difference_blocks(differences: Sequence[Difference]) -> Iterator[Block]:
    if not differences:
        yield RowsBlock([((" nothing that is compared is different", "text"),)])
        return
    group = ""
    for difference in differences:
        above = next((name for name in _GROUPS if difference.name.startswith(f"{name} ")), "")
        if above != group:
            group = above
            yield RowsBlock([((f"{'':{_SIGN}}{group}", "strong"),)])
        sides = zip(Letter, (difference.left, difference.right), strict=True)
        told = {letter: _Cell(text=text or "-", tone="text" if text else "dim") for letter, text in sides}
        yield BesideBlock((safe_line(difference.name.removeprefix(group).strip()), "dim"), told)


def _step_block(
    pair: Pair, starts: dict[Letter, datetime | None], look: Look, *, parting: bool
) -> BesideBlock:
    steps = {letter: step for letter, step in zip(Letter, (pair.left, pair.right), strict=True) if step}
    head = _common_head([step.what for step in steps.values()], [step.kind for step in steps.values()])
    told = {
        letter: _Cell(
            text=": ".join(filter(None, [step.what.removeprefix(head).strip(), step.text])),
            tone="dim" if pair.same else "text",
            stamp=_stamp(step, starts.get(letter), look),
        )
        for letter, step in steps.items()
    }
    alone = next(iter(steps)) if len(steps) == 1 else ""
    sign = ">>" if parting else alone or ("" if pair.same else "≠")
    return BesideBlock(
        (safe_line(head), "bad" if parting else "dim" if pair.same else "text"),
        told,
        sign=(sign, "bad" if parting else "dim"),
        positions={letter: step.position for letter, step in steps.items()},
        same=pair.same,
    )


def _common_head(*names: Sequence[str]) -> str:
    """Return the first of several names that is the same in all steps; empty if none is."""
    return next((each[0] for each in names if len(set(each)) == 1), "")


def _stamp(step: Step, start: datetime | None, look: Look) -> str:
    if look.width < _TIMES_FROM or step.at is None or start is None:
        return " " * (_OFFSET if look.width >= _TIMES_FROM else 0)
    return f"{offset((step.at - start).total_seconds()):>{_OFFSET - 2}}  "


def _padded(row: Row, width: int) -> Row:
    return (*row, (" " * max(width - width_of(row), 0), "text"))
