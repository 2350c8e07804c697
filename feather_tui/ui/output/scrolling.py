"""Finds rows that moved up or down together, and has the terminal move them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, is_not

from feather_tui.ui.output.cells import Row, blank_row

_LEAST_ROWS = 3
_WORTH_SCROLLING = 24
"""Cells saved, net; the sequences of `Scroll` take about 16 bytes."""
_SOURCES = 4
"""A row that is there more often says little about where it came from."""


@dataclass(frozen=True, slots=True)
class Scroll:
    """Rows `top` to `bottom`, both included, move up by `lines`, or down if that is negative."""

    top: int
    bottom: int
    lines: int

    @property
    def sequence(self) -> str:
        """What makes a terminal do so; the pen must be the default one, and the cursor ends anywhere.

        A scroll region (DECSTBM) with line feeds at its bottom, or lines deleted (DL) or inserted (IL) at
        its top: the Linux console does not know SU and SD.
        """
        begin, end = f"\x1b[{self.top + 1};{self.bottom + 1}r", "\x1b[r"
        if self.lines < 0:
            return f"{begin}\x1b[{self.top + 1}H\x1b[{_count(-self.lines)}L{end}"
        if self.lines == 1:
            return f"{begin}\x1b[{self.bottom + 1}H\n{end}"
        return f"{begin}\x1b[{self.top + 1}H\x1b[{self.lines}M{end}"

    def applied(self, rows: Sequence[Row]) -> list[Row]:
        """Return what becomes of rows."""
        moved = list(rows[self.top : self.bottom + 1])
        blanks = [blank_row(len(rows[0].cells))] * abs(self.lines)
        moved = moved[self.lines :] + blanks if self.lines > 0 else blanks + moved[: self.lines]
        return [*rows[: self.top], *moved, *rows[self.bottom + 1 :]]


def find_scroll(old: Sequence[Row], new: Sequence[Row]) -> Scroll | None:
    """Return the scroll that saves most of the writing, or None if none is worth it.

    Terminals scroll whole rows. Beside what moved, as in one of two panes, all is written again.
    """
    changed = [y for y, (before, after) in enumerate(zip(old, new, strict=True)) if before.key != after.key]
    if len(changed) < _LEAST_ROWS:
        return None
    whole = _lines(old, new, changed, attrgetter("key"))
    if (scroll := _scroll(old, new, whole, _saved_by_whole_rows)) is not None:
        return scroll
    columns = _changed_columns(old, new, changed)
    return _scroll(old, new, _lines(old, new, changed, lambda row: hash(row.cells[columns])), _saved)


def _lines(old: Sequence[Row], new: Sequence[Row], changed: Sequence[int], key: Callable[[Row], int]) -> int:
    """Return by how many rows most of what is written moved up, or 0; rows of one key are the same."""
    sources = defaultdict(list)
    for y in range(changed[0], changed[-1] + 1):
        sources[key(old[y])].append(y)
    votes: Counter[int] = Counter()
    for y in changed:
        came_from, written = sources.get(key(new[y]), ()), new[y].written
        if written and len(came_from) <= _SOURCES:
            votes.update({source - y: written for source in came_from})
    return max(votes, key=votes.__getitem__, default=0)


def _scroll(
    old: Sequence[Row], new: Sequence[Row], lines: int, saved: Callable[[Row, Row, Row], int]
) -> Scroll | None:
    """Return the scroll by so many lines that saves most, if it is worth it."""
    targets = range(max(-lines, 0), len(new) - max(lines, 0))
    gains = {y: saved(old[y], old[y + lines], new[y]) for y in targets}
    if not lines or max(gains.values(), default=0) <= 0:
        return None
    start, stop = _best(gains)
    while start - 1 in targets and _worth_taking_in(old, new, start - 1, start - 1 + lines):
        start -= 1
    while stop + 1 in targets and _worth_taking_in(old, new, stop + 1, stop + 1 + lines):
        stop += 1
    scroll = Scroll(min(start, start + lines), max(stop, stop + lines), lines)
    emptied = range(stop + 1, scroll.bottom + 1) if lines > 0 else range(scroll.top, start)
    lost = sum(_lost(old[y], new[y]) for y in emptied)
    return scroll if sum(gains[y] for y in range(start, stop + 1)) - lost > _WORTH_SCROLLING else None


def _worth_taking_in(old: Sequence[Row], new: Sequence[Row], y: int, source: int) -> bool:
    """Tell whether a row beside those that moved gains by it: it may have been marked, or marked no more."""
    return _saved(old[y], old[source], new[y]) > _lost(old[source], new[source])


def _lost(before: Row, after: Row) -> int:
    """Return how many cells more there are to write if a row is emptied."""
    return after.written - _differing(before, after)


def _changed_columns(old: Sequence[Row], new: Sequence[Row], changed: Sequence[int]) -> slice:
    """Return the columns among which all changes are."""
    differs = [[*map(is_not, old[y].cells, new[y].cells)] for y in changed]
    start = min(row.index(True) for row in differs)
    return slice(start, max(len(row) - row[::-1].index(True) for row in differs))


def _saved_by_whole_rows(before: Row, source: Row, after: Row) -> int:
    """Return how many cells need not be written if a row comes from `source` as it is."""
    return ((source.key == after.key) - (before.key == after.key)) * after.written


def _saved(before: Row, source: Row, after: Row) -> int:
    """Return how many cells fewer there are to write if a row comes from `source`."""
    return _differing(before, after) - _differing(source, after)


def _differing(one: Row, other: Row) -> int:
    return sum(map(is_not, one.cells, other.cells))


def _best(gains: Mapping[int, int]) -> tuple[int, int]:
    """Return the first and the last of the neighbouring rows whose gains together are most."""
    best = total = begin = start = stop = 0
    for y, gain in gains.items():
        if total <= 0:
            total, begin = 0, y
        total += gain
        if total > best:
            best, start, stop = total, begin, y
    return start, stop


def _count(number: int) -> str:
    return "" if number == 1 else str(number)
