"""What a terminal shows, cell by cell, for tests that compare two of them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeAlias

import pyte


class ShownCell(NamedTuple):
    """One cell as it is seen: on a blank, neither bold nor italic nor the colour of text are."""

    text: str
    background: str
    attributes: frozenset[str] = frozenset()
    foreground: str = ""


Shown: TypeAlias = list[list[ShownCell]]


def shown(screen: pyte.Screen) -> Shown:
    """Return the rows of a screen."""
    return [[_shown(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def text_shown(rows: Shown) -> str:
    """Return rows as lines of text, to be read when a test fails."""
    return "\n".join("".join(cell.text for cell in row) for row in rows)


class Drawing:
    """A terminal that shows what is written to it."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.Stream(self.screen)
        self.write("\x1b[?7l")  # as Textual has it

    def write(self, text: str) -> None:
        """Write to it; a line feed is what a terminal's line discipline makes of it."""
        self._stream.feed(text.replace("\n", "\r\n"))

    @property
    def cells(self) -> Shown:
        """What it shows."""
        return shown(self.screen)


@lru_cache(maxsize=4096)
def _shown(cell: pyte.screens.Char) -> ShownCell:
    flags = {
        "bold": cell.bold,
        "italics": cell.italics,
        "underscore": cell.underscore,
        "strikethrough": cell.strikethrough,
        "reverse": cell.reverse,
        "blink": cell.blink,
    }
    attributes = frozenset(name for name, on in flags.items() if on)
    if cell.data == " " and not attributes & {"underscore", "strikethrough", "reverse"}:
        return ShownCell(" ", cell.bg)
    return ShownCell(cell.data, cell.bg, attributes, cell.fg)
