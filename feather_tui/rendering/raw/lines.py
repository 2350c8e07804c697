"""The lines of a document as received. Each is a block of the page, and knows what it unfolds into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from feather_tui.rendering.clock import count, size
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, fit_row
from feather_tui.rendering.safe import safe
from feather_tui.rendering.values import PART_CHARACTERS
from feather_tui.rendering.wrap import wrap
from feather_tui.session.received.plain_text import Piece, pieces

_LEAST_ROOM: Final = 12


class Line:
    """A line, and what it unfolds into. Whether it is unfolded is its own affair, not the page's."""

    PART: ClassVar[int] = PART_CHARACTERS
    """Characters of a long text that are shown at a time."""

    def __init__(self, parent: Line | None) -> None:
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.opened = False
        self.parts = 1
        self._inner: Sequence[Line] | None = None

    @property
    def inner(self) -> Sequence[Line]:
        """The lines that it unfolds into."""
        if self._inner is None:
            self._inner = list(self._unfolded())
        return self._inner

    @property
    def made(self) -> Sequence[Line]:
        """Those of the inner lines that were made, because they were asked for: all or none."""
        return self._inner or ()

    @property
    def path(self) -> str:
        """Where the line stands; empty for the whole document."""
        return "" if self.parent is None else self.parent.path

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield what can be copied here, each with what it is."""
        return iter(()) if self.parent is None else self.parent.texts()

    def unfolds(self, look: Look) -> bool:
        """Return whether unfolding shows more than the line itself does."""
        del look
        return False

    def show_more(self) -> None:
        """Unfold into one more part of a very long text."""
        self.show_until(self.parts * self.PART)

    def show_until(self, character: int) -> None:
        """Unfold into as many parts of a very long text as it takes to show a character."""
        parts = character // self.PART + 1
        if parts > self.parts:
            self.parts = parts
            self._inner = None

    # ------------------------------------------------------------------ as a block of the page

    @property
    def foldable(self) -> bool:
        """What a page would ask to fold by itself: never."""
        return False

    def estimate(self, look: Look) -> int:
        """Return about how many rows the line has."""
        del look
        return 1

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        """Return the rows of the line."""
        del expanded, parts
        return [fit_row(row, look.width) for row in self._rows(look)]

    def _rows(self, look: Look) -> Iterator[Row]:
        raise NotImplementedError

    def _unfolded(self) -> Iterator[Line]:
        return iter(())

    def _margin(self, look: Look) -> str:
        return " " * (1 + min(2 * self.depth, look.width // 3))

    def _text_margin(self, look: Look) -> str:
        """Return what stands before a text: it begins behind the sign of what it was folded into."""
        return self._margin(look) + ("  " if self.depth else "")


class TextLine(Line):
    """A piece of a text, wrapped. `parent` is the line of the whole text."""

    def __init__(self, parent: Line, text: str, piece: Piece) -> None:
        super().__init__(parent)
        self.text = text
        self.piece = piece

    @property
    def path(self) -> str:
        """The path of the text, and the number of the line in it."""
        column = f", character {count(self.piece.column + 1)}" if self.piece.column else ""
        return f"{super().path} line {count(self.piece.line)}{column}".lstrip()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the piece, then what its text offers."""
        yield "this line", self._said
        yield from super().texts()

    def estimate(self, look: Look) -> int:
        """Return about how many rows the piece has."""
        return (self.piece.stop - self.piece.start) // self._room(look) + 1

    def _rows(self, look: Look) -> Iterator[Row]:
        margin = self._text_margin(look)
        for line in wrap(safe(self._said), self._room(look)):
            yield (margin, "text"), (line, "text")

    def _room(self, look: Look) -> int:
        return max(look.width - len(self._text_margin(look)) - 2, _LEAST_ROOM)

    @property
    def _said(self) -> str:
        return self.text[self.piece.start : self.piece.stop]


class MoreLine(Line):
    """Says how much of a text is not shown."""

    def __init__(self, parent: Line, left: int, length: int) -> None:
        super().__init__(parent)
        self._words = f"… {size(left)} of {size(length)} characters more: + shows the next part"

    def _rows(self, look: Look) -> Iterator[Row]:
        yield (self._text_margin(look), "text"), (self._words, "warn")


class WholeText(Line):
    """A document that is no JSON. It has no row of its own: its lines are the document."""

    PART: ClassVar[int] = 200_000

    def __init__(self, text: str) -> None:
        super().__init__(None)
        self.depth = -1
        self.opened = True
        self.text = text

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the whole text."""
        yield "the whole text", self.text

    def _unfolded(self) -> Iterator[Line]:
        return text_lines(self, self.text)


def text_lines(parent: Line, text: str) -> Iterator[Line]:
    """Yield the lines of the parts of a text that its line shows, and one that says what is left out."""
    limit = parent.parts * parent.PART
    for piece in pieces(text, limit):
        yield TextLine(parent, text, piece)
    if len(text) > limit:
        yield MoreLine(parent, len(text) - limit, len(text))
