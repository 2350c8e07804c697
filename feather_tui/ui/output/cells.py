"""What a terminal shows: rows of cells, each a character or two of them, written with a pen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from rich.cells import cell_len, split_graphemes

from feather_tui.rendering.visible import visible
from feather_tui.ui.output.pens import DEFAULT, Pen, on_blank

_SETTLED_WIDE: Final = (
    range(0x2E80, 0xA4D0),  # Chinese, Japanese, Yi
    range(0xAC00, 0xD7A4),  # Hangul
    range(0xF900, 0xFB00),
    range(0xFE30, 0xFE70),
    range(0xFF00, 0xFFE7),  # full width
    range(0x20000, 0x40000),
)
_WIDE: Final = 2
_BEYOND_BMP: Final = 0x10000
_KEPT: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell. Equal cells are one object, as `Cells` makes them, so that comparing is cheap.

    `text` is what is written there: a character with its combining marks; empty in the second cell of a
    wide character. `width` is 2 in the first of these, and 0 in the second. `sure`: all terminals agree on
    the width.
    """

    text: str
    pen: Pen
    width: int = 1
    sure: bool = True


BLANK: Final = Cell(" ", DEFAULT)
"""What erasing leaves."""
UNKNOWN: Final = Cell(" ", DEFAULT)
"""What may be anything; never wanted."""


class Row(NamedTuple):
    """Cells from the left; those from column `sure` on may stand elsewhere in some terminals.

    `key` is equal in equal rows, and hardly ever in others; `written` cells are other than blank. `marks`
    combine with the cell before the first, whoever wrote that.
    """

    key: int
    cells: tuple[Cell, ...]
    sure: int
    written: int
    marks: str = ""


def row_of(cells: Iterable[Cell], marks: str = "") -> Row:
    """Return a row of cells."""
    cells = tuple(cells)
    sure = len(cells)
    if not all(map(_is_sure, cells)):
        sure = next(x for x, cell in enumerate(cells) if not cell.sure)
    return Row(hash(cells), cells, sure, len(cells) - cells.count(BLANK), marks)


@lru_cache(maxsize=8)
def blank_row(width: int) -> Row:
    """Return a row as erasing leaves it."""
    return row_of([BLANK] * width)


class Alphabet(dict[str, Cell]):
    """The cells written with one pen, by their text; made when first asked for."""

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self.pen = pen

    def __missing__(self, text: str) -> Cell:
        width = cell_len(text)
        cell = self[text] = Cell(text, self.pen, width, _sure(text, width))
        return cell


class Cells:
    """Makes cells and rows, each cell once."""

    def __init__(self) -> None:
        self._alphabets: dict[Pen, Alphabet] = {}

    def row(self, spans: Iterable[tuple[str, Pen]]) -> Row:
        """Return a row of texts and their pens."""
        cells: list[Cell] = []
        marks = ""
        for text, pen in spans:
            alphabet = self._alphabet(pen)
            if text.isascii() and text.isprintable():
                cells.extend(map(alphabet.__getitem__, text))
                continue
            for grapheme, width in _graphemes(text):
                if width:
                    cells.append(alphabet[grapheme])
                    cells.extend([alphabet[""]] * (width - 1))
                elif cells:
                    self._mark(cells, grapheme)
                else:
                    marks += grapheme
        return row_of(cells, marks)

    def patched(self, row: Row, x: int, patch: Row, width: int) -> Row:
        """Return `row` with at most `width` cells of `patch` from column `x` on; no wide one is halved."""
        new = list(patch.cells[: max(min(width, len(row.cells) - x), 0)])
        before, after = list(row.cells[:x]), list(row.cells[x + len(new) :])
        if not new:
            return row
        for cells, at, half in ((before, -1, _WIDE), (new, -1, _WIDE), (after, 0, 0)):
            if cells and cells[at].width == half:
                cells[at] = self._alphabet(cells[at].pen)[" "]
        if before and patch.marks:
            self._mark(before, patch.marks)
        return row_of([*before, *new, *after])

    def _alphabet(self, pen: Pen) -> Alphabet:
        alphabet = self._alphabets.get(pen)
        if alphabet is None or len(alphabet) > _KEPT:
            if len(self._alphabets) > _KEPT:
                self._alphabets.clear()  # equal cells made later are others: they are written once more
            alphabet = self._alphabets[pen] = Alphabet(pen)
            seen = on_blank(pen)  # a blank is one cell in all the pens in which it looks the same
            if seen == DEFAULT:
                alphabet[" "] = BLANK
            elif seen != pen:
                alphabet[" "] = self._alphabet(seen)[" "]
        return alphabet

    def _mark(self, cells: list[Cell], marks: str) -> None:
        """Add marks to the last character, once: they come alone where a strip was cut before them."""
        at = -1 if cells[-1].width else -2
        base = cells[at]
        if not base.text.endswith(marks):
            cells[at] = self._alphabet(base.pen)[base.text + marks]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a terminal shows: rows, and the cells they are made of."""

    cells: Cells
    rows: Sequence[Row]


def _graphemes(text: str) -> Iterator[tuple[str, int]]:
    """Yield characters with their marks, and their widths; a sign for each character that would act."""
    text = visible(text)
    for start, stop, width in split_graphemes(text)[0]:
        yield text[start:stop], width


def _sure(text: str, width: int) -> bool:
    """Tell whether all terminals give a character so many cells; of emoji and marks they differ."""
    if len(text) != 1:
        return not text
    if width == _WIDE:
        return any(ord(text) in block for block in _SETTLED_WIDE)
    return ord(text) < _BEYOND_BMP and unicodedata.category(text)[0] != "M"


_is_sure = attrgetter("sure")
