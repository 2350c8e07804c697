"""A terminal in this process: what the application writes to it is kept, shown, and judged."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from terminal_cells import Drawing
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

_OWN: Final = re.compile(
    r"""
    \x1b\[ (?:
        (?P<row>\d*) (?:;(?P<column>\d+))? H      # to a place
      | (?P<along>\d*) [ABCDGd]                   # along a row or a column
      | [0-9;]* m                                 # the pen
      | [JK] | r | \d+;\d+ r | \d* [LMST]         # erasing, scrolling
      | 4l | \?6;7;25l                            # what a repaint begins with
      | \?2026[hl]                                # the marks of a frame
    )
    | \x1b\(B | \x18 | \x0f                       # of a repaint, too
    | \x1b\]22;default\x07                       # the shape of the mouse pointer, which Textual sets
    | \r | \n | \x08                              # short ways of the cursor
    """,
    re.VERBOSE,
)
"""Everything that an application of ours writes besides text, once it has the terminal."""


class Tape(HeadlessDriver):
    """A driver that Textual takes for a terminal."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        assert self._size is not None
        self.drawing = Drawing(*self._size)
        self.written = ""

    @property
    def is_headless(self) -> bool:
        """It is to be written to."""
        return False

    def write(self, data: str) -> None:
        """Show it, and keep it."""
        self.written += data
        self.drawing.write(data)

    @property
    def lines(self) -> list[str]:
        """What is to be seen, line by line, without trailing blanks."""
        return ["".join(cell.text for cell in row).rstrip() for row in self.drawing.cells]


def complaints(written: str, size: tuple[int, int]) -> list[str]:
    """Return what of this a terminal of `size` (columns, lines) should not have been sent."""
    columns, lines = size
    wrong = []
    for match in _OWN.finditer(written):
        row, column, along = match["row"], match["column"], match["along"]
        if int(row or 1) > lines or int(column or 1) > columns or int(along or 1) > max(size):
            wrong.append(f"beyond the screen: {match[0]!r}")
    text = _OWN.sub("", written)
    wrong += [
        f"{character!r} in {_around(text, at)!r}" for at, character in enumerate(text) if acts(character)
    ]
    return wrong


def acts(character: str) -> bool:
    """Tell whether a character does something to a terminal or its text, or is not seen there."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _around(text: str, at: int) -> str:
    return text[max(at - 10, 0) : at + 10]
