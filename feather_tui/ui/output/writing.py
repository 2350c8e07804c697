"""Writes rows over rows: what differs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, groupby, pairwise
from operator import attrgetter, is_not, itemgetter
from typing import Final

from feather_tui.ui.output.cells import BLANK, UNKNOWN, Cell, Row
from feather_tui.ui.output.motion import NOWHERE, Place, motion
from feather_tui.ui.output.pens import DEFAULT, Pen, change, on_blank

_ERASE_TO_END: Final = "\x1b[K"
_WORTH_ERASING: Final = 8
"""Cells saved; erasing takes 3 bytes, and about 5 more to jump over what it made blank."""
_JOINED: Final = 4
"""Cells; to jump over so many takes 4 bytes, over one 3."""


class Writer:
    """A terminal's cursor and pen, and what is written with them.

    It begins with the default pen and the cursor anywhere.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._place = NOWHERE
        self._pen = DEFAULT

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def control(self, sequence: str) -> None:
        """Write a sequence that may leave the cursor anywhere; the pen is the default one before."""
        self._parts.append(sequence)
        self._place = NOWHERE

    def row(self, y: int, old: Row, new: Row) -> None:
        """Write what makes `new` of `old`, in row `y`."""
        before, after = _comparable(old, new), new.cells
        columns = _changed(before, after)
        erased = _worth_erasing(before, after, columns)
        if erased is not None:
            blank = (BLANK,) * (len(after) - erased)
            self._cells(y, new, [x for x in columns if x < erased])
            self._erase(erased, y)
            columns = [x + erased for x in _changed(blank, after[erased:])]
        self._cells(y, new, columns)

    def finish(self) -> None:
        """Put the pen down as it was taken."""
        self._take(DEFAULT)

    def _cells(self, y: int, row: Row, columns: Sequence[int]) -> None:
        """Write these columns of a row."""
        for start, stop in _runs(columns, row.cells):
            self._go(start, y)
            self._put(row.cells[start:stop])
            known = stop <= row.sure and stop < len(row.cells)
            self._place = Place(stop if known else None, y)

    def _go(self, x: int, y: int) -> None:
        self._parts.append(motion(self._place, x, y))
        self._place = Place(x, y)

    def _put(self, cells: Sequence[Cell]) -> None:
        for pen, group in groupby(cells, _pen_of):
            text = "".join(map(_text_of, group))
            if pen is not self._pen and (on_blank(self._pen) != pen or text.strip(" ")):
                self._take(pen)
            self._parts.append(text)

    def _take(self, pen: Pen) -> None:
        self._parts.append(change(self._pen, pen))
        self._pen = pen

    def _erase(self, x: int, y: int) -> None:
        self._go(x, y)
        if on_blank(self._pen) != DEFAULT:
            self._take(DEFAULT)
        self._parts.append(_ERASE_TO_END)


_pen_of = attrgetter("pen")
_text_of = attrgetter("text")


def _comparable(old: Row, new: Row) -> Sequence[Cell]:
    """Return the old cells, unknown where a terminal may have them elsewhere and something changes.

    Behind a character on whose width terminals disagree all is written anew, as it stands in one go.
    """
    sure = min(old.sure, new.sure)
    if old.cells[sure:] == new.cells[sure:]:
        return old.cells
    return old.cells[:sure] + (UNKNOWN,) * (len(new.cells) - sure)


def _changed(old: Sequence[Cell], new: Sequence[Cell]) -> list[int]:
    return [*compress(range(len(new)), map(is_not, old, new))]


def _runs(columns: Sequence[int], cells: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end of what is written in one go; no wide character is cut.

    Short gaps are written too: to jump over them would take more bytes.
    """
    if not columns:
        return
    start = _lead(columns[0], cells)
    for last, x in [(a, b) for a, b in pairwise(columns) if b - a > 1]:
        stop = last + (cells[last].width or 1)
        if x - stop > _JOINED or not _go_on(cells[stop - 1], cells[stop:x]):
            yield start, stop
            start = _lead(x, cells)
    yield start, columns[-1] + (cells[columns[-1]].width or 1)


def _lead(x: int, cells: Sequence[Cell]) -> int:
    """Return the column in which the character begins."""
    return x if cells[x].width else x - 1


def _go_on(last: Cell, gap: Iterable[Cell]) -> bool:
    """Tell whether cells are a byte each and can be written with the pen of the last one."""
    pen = last.pen
    for cell in gap:
        if cell.pen is not pen and (cell.text != " " or cell.pen != on_blank(pen)):
            return False
        if not cell.text.isascii():
            return False
    return True


def _worth_erasing(old: Sequence[Cell], new: Sequence[Cell], columns: Sequence[int]) -> int | None:
    """Return the column from which erasing to the end of the row saves most, or None.

    It saves writing blanks, where there are too many to be written between others, and costs writing
    again what was there already.
    """
    if len(columns) <= _WORTH_ERASING or itemgetter(*columns)(new).count(BLANK) <= _WORTH_ERASING:
        return None
    best, most, saved = None, _WORTH_ERASING, 0
    end = len(new)
    for x in range(end - 1, columns[0] - 2, -1):
        if x >= columns[0] and new[x] is BLANK:
            continue
        if end - x - 1 > _JOINED:
            saved += sum(map(is_not, old[x + 1 : end], new[x + 1 : end]))
            if saved > most:
                best, most = x + 1, saved
        saved -= x >= 0 and old[x] is new[x]
        end = x
    return best
