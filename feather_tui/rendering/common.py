"""What some sessions share that others do not, what is claimed, what is near it, what was compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import RowsBlock
from feather_tui.rendering.row import BLANK, Row, Span, Tone, cells, flow
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.rendering.wrap import wrap
from feather_tui.triage.case import Case
from feather_tui.triage.common import CHANCE, Shared, can_tell, shared, tallied
from feather_tui.triage.features import Feature
from feather_tui.triage.table import exactly

_MOST_TALLIED: Final = 12
_MOST_NEAR: Final = 6
_LEAST_P: Final = 1e-6
"""Beyond that nobody counts."""
_TABLE_FROM: Final = 100
"""From this many columns on a value has one line, beside its numbers."""
_FEATURE: Final = max(len(feature.value) for feature in Feature) + 2
_TITLE: Final = len("others")
_NUMBERS: Final = ("lift", 12), ("p", 9), ("", 5)


class ValueBlock(RowsBlock):
    """Rows about a value that sessions have; `query` narrows a board to these."""

    def __init__(self, rows: Sequence[Row], feature: Feature, value: str) -> None:
        super().__init__(rows)
        self.query = exactly(feature.column, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commonality:
    """Some sessions beside the others. `chosen_as`: what is said of them: “20 of 28 sessions *failed*”."""

    chosen: int
    others: int
    chosen_as: str
    rows: Sequence[Shared]
    tally: Sequence[tuple[Feature, str, int]]

    @classmethod
    def of(
        cls,
        chosen: Sequence[Case],
        others: Sequence[Case],
        chosen_as: str,
        but: Iterable[Feature] = (),
    ) -> Commonality:
        """Compare them, but for some features. Of 10,000 sessions that takes some tenths of a second."""
        without = frozenset(but)
        return cls(
            chosen=len(chosen),
            others=len(others),
            chosen_as=chosen_as,
            rows=shared(chosen, others, but=without) if chosen and others else (),
            tally=() if others else tallied(chosen),
        )

    @property
    def claimed(self) -> list[Shared]:
        """What is hardly chance."""
        return [row for row in self.rows if row.claimed]

    @property
    def what_is_chosen(self) -> str:
        """How many sessions are compared with how many, as a sentence begins."""
        return f"{count(self.chosen)} of {count(self.chosen + self.others)} sessions {self.chosen_as}"


def common_blocks(found: Commonality, look: Look) -> list[RowsBlock]:
    """Return the page: the answer first, what it stands on below."""
    answer = RowsBlock(
        [row for line in _answer(found) for row in text_rows(line, 1, look.width - 3, "strong")]
    )
    if not (found.chosen and found.others):
        return [answer, RowsBlock([BLANK]), *tally_blocks(found, look)]
    claimed, near = found.claimed, [row for row in found.rows if row.near]
    parts: list[list[RowsBlock]] = [[answer]]
    if claimed:
        parts.append([*_heading(found, look), *(_block(row, look, "strong") for row in claimed)])
    if near:
        title = text_rows("Near it, and still chance perhaps, so not claimed:", 1, look.width - 3, "dim")
        rows = [_block(row, look, "text") for row in near[:_MOST_NEAR]]
        parts.append([RowsBlock(title), *rows, *_more(len(near) - _MOST_NEAR, "came as near")])
    parts.append([RowsBlock(text_rows(line, 1, look.width - 3, "dim")) for line in _caveats(found)])
    first, *rest = parts
    return [*first, *(block for part in rest for block in (RowsBlock([BLANK]), *part))]


def tally_blocks(found: Commonality, look: Look) -> list[RowsBlock]:
    """Return what several sessions have, where there is nothing to compare them with."""
    width = len(count(found.chosen))
    blocks: list[RowsBlock] = []
    for feature, value, number in found.tally[:_MOST_TALLIED]:
        head = f" {count(number):>{width}}/{count(found.chosen)}  {feature.value:<{_FEATURE}}"
        blocks.append(ValueBlock(_beside([(head, "dim")], value, "text", look), feature, value))
    return [*blocks, *_more(len(found.tally) - _MOST_TALLIED, "are had by several")]


def _answer(found: Commonality) -> Iterator[str]:
    """Yield what is known, and where nothing is, what to do."""
    if not found.chosen and not found.others:
        yield "No session is here yet: there is nothing to compare."
    elif not found.chosen:
        others = count(found.others)
        yield f"None of {others} sessions {found.chosen_as}: there is nothing that they could share."
    elif not found.others:
        number = count(found.chosen)
        yield f"All of {number} sessions {found.chosen_as}, so that there is nothing to compare them with."
        yield "Take other sessions of the same time too. What several have:"
    elif found.claimed:
        first = found.claimed[0]
        others = count(first.n_without) if first.n_without else "none"
        shares = f"{count(first.n_with)} of these and {others} of the others"
        yield f"{found.what_is_chosen}; {shares} have this {first.feature.value}: {first.value}"
    elif can_tell(found.chosen, found.others):
        yield f"{found.what_is_chosen}. Nothing stands out: what they share may well be chance."
    else:
        yield f"{found.what_is_chosen}. So few cannot tell: whatever they share may well be chance."
        yield "Take more sessions of the same time, good and bad ones."


def _caveats(found: Commonality) -> Iterator[str]:
    if not found.rows:
        yield "No value is had by so many that it could be told from chance, so none was compared."
        return
    compared = "1 value was" if len(found.rows) == 1 else f"{count(len(found.rows))} values were"
    yield f"{compared} compared; above p = {CHANCE:g} nothing is claimed."
    yield "p: by chance, one like it among so many (Fisher's exact test, Holm's correction)."
    rare = sum(row.beyond_chance and not row.claimed for row in found.rows)
    if rare:
        yield f"{count(rare)} more ways to fail are left out: each is that of few of these sessions."
    if any(row.small for row in found.rows if row.claimed or row.near):
        yield "few: it rests on few sessions, and a few more may change it."


def _heading(found: Commonality, look: Look) -> list[RowsBlock]:
    if look.width < _TABLE_FROM:
        return []
    names = "".join(f"{name:<{width}}" for name, width in _NUMBERS)
    shares = _shares("these", "others", found.chosen, found.others)
    return [RowsBlock([((f"{shares}{names}{'what':<{_FEATURE}}value", "dim"),)])]


def _block(row: Shared, look: Look, tone: Tone) -> ValueBlock:
    rows = _table_rows(row, look, tone) if look.width >= _TABLE_FROM else _narrow_rows(row, look, tone)
    return ValueBlock(rows, row.feature, row.value)


def _table_rows(row: Shared, look: Look, tone: Tone) -> list[Row]:
    these, others = _share(row.n_with, row.of_with), _share(row.n_without, row.of_without)
    told = zip((_lift(row.lift), _p(row.p_corrected)), _NUMBERS, strict=False)
    head: list[Span] = [
        (_shares(these, others, row.of_with, row.of_without), "text"),
        ("".join(f"{text:<{width}}" for text, (_, width) in told), "dim"),
        _few(row),
        (f"  {row.feature.value:<{_FEATURE}}", "dim"),
    ]
    return _beside(head, row.value, tone, look)


def _narrow_rows(row: Shared, look: Look, tone: Tone) -> list[Row]:
    """Return the value, and its numbers below."""
    said = (
        f"{count(row.n_with)}/{count(row.of_with)} of these",
        f"{count(row.n_without)}/{count(row.of_without)} others",
        _lift(row.lift),
        f"p {_p(row.p_corrected)}",
    )
    parts: list[Row] = [*(((text, "dim"),) for text in said), (_few(row),)]
    below: list[Row] = [((" " * 2, "text"), *line) for line in flow(parts, look.width - 2)]
    return [*_beside([(f" {row.feature.value:<{_FEATURE}}", "dim")], row.value, tone, look), *below]


def _few(row: Shared) -> Span:
    return ("few" if row.small else "   ", "warn")


def _shares(these: str, others: str, chosen: int, rest: int) -> str:
    """Return two columns that have room for all of both groups."""
    widths = (max(len(_share(number, number)), _TITLE) + 2 for number in (chosen, rest))
    return " " + "".join(f"{text:<{width}}" for text, width in zip((these, others), widths, strict=True))


def _beside(head: Sequence[Span], value: str, tone: Tone, look: Look) -> list[Row]:
    """Return a value beside what is said of it; one that is too long goes on below."""
    indent = sum(cells(text) for text, _ in head)
    lines = wrap(safe_line(value), max(look.width - indent - 2, 12))
    rows: list[Row] = []
    for line, start in zip_longest(lines, [tuple(head)], fillvalue=None):
        rows.append((*(start or ((" " * indent, "text"),)), (line or "", tone)))
    return rows


def _more(number: int, said: str) -> list[RowsBlock]:
    return [RowsBlock([((f" {count(number)} more {said}", "dim"),)])] if number > 0 else []


def _share(part: int, whole: int) -> str:
    return f"{count(part):>{len(count(whole))}}/{count(whole)}"


def _lift(lift: float | None) -> str:
    return "only there" if lift is None else f"{lift:.1f}×"


def _p(p: float) -> str:
    return f"{p:.2g}" if p >= _LEAST_P else "<1e-6"
