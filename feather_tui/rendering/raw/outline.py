"""A document as received, as lines: which of them are unfolded, and where in them a place is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from feather_tui.errors import DocumentUnreadable
from feather_tui.rendering.look import Look
from feather_tui.rendering.raw.lines import Line, TextLine, WholeText
from feather_tui.rendering.raw.nodes import NodeLine
from feather_tui.rendering.row import text_of
from feather_tui.session.query import Query
from feather_tui.session.received.json_text import JsonText, Kind
from feather_tui.session.received.paths import closest
from feather_tui.session.received.plain_text import as_text
from feather_tui.session.received.records import Path
from feather_tui.session.received.searching import JsonSearcher, Searcher, TextSearcher, first_match

MOST_UNFOLDED: Final = 20_000
"""From so many lines on, unfolding everything unfolds no more."""
_SHORT: Final = 30
"""What stands at the top of a document is unfolded at first if it has no more members than this."""


class Outline:
    """Lines, some of them unfolded. `lines`, those that are seen, is another list after each change.

    `remark` says what is wrong with the document as a whole, empty if nothing is.
    """

    def __init__(self, root: Line, remark: str = "") -> None:
        self.remark = remark
        self.lines: Sequence[Line] = ()
        self._root = root
        self.fold_all()

    # ------------------------------------------------------------------ folding

    def turn(self, line: Line, look: Look) -> None:
        """Unfold or fold a line; one with nothing to unfold stays as it is."""
        if line.opened or line.unfolds(look):
            line.opened = not line.opened
            self._arrange()

    def unfold_all(self, look: Look) -> bool:
        """Unfold everything, level by level; return False if some stayed folded for being too many lines."""
        level: Sequence[Line] = self._top
        lines = len(level)
        while level and lines < MOST_UNFOLDED:
            for line in level:
                line.opened = line.opened or (lines < MOST_UNFOLDED and line.unfolds(look))
                lines += len(line.inner) if line.opened else 0
            level = [inner for line in level if line.opened for inner in line.inner]
        self._arrange()
        return lines < MOST_UNFOLDED

    def fold_all(self) -> None:
        """Fold everything but the top."""
        made = [*self._top]
        while made:
            line = made.pop()
            line.opened = False
            made += line.made
        for line in self._top:
            self._open_at_first(line)
        self._arrange()

    def show_more(self, line: Line) -> None:
        """Show one more part of the long text that a line is, or is a piece of."""
        holder = line if line.opened or line.parent is None else line.parent
        holder.show_more()
        self._arrange()

    # ------------------------------------------------------------------ places

    def position(self, line: Line) -> int:
        """Return where in `lines` a line is, or what it is folded into."""
        seen, above = line, line.parent
        while above is not None:
            seen = seen if above.opened else above
            above = above.parent
        return next((number for number, other in enumerate(self.lines) if other is seen), 0)

    def line_at(self, path: Path) -> Line | None:
        """Return the line of the value at a path, unfolded; None where there are no paths."""
        del path
        return None

    def searcher(self, query: Query) -> Searcher:
        """Return a search through all of the document."""
        raise NotImplementedError

    def place(self, line: Line) -> int:
        """Return where in the document a line stands, as a searcher counts."""
        raise NotImplementedError

    def match(self, place: int, query: Query, look: Look) -> Line:
        """Return the line that shows what a searcher found, with what it was folded into unfolded."""
        raise NotImplementedError

    # ------------------------------------------------------------------ within

    @property
    def _top(self) -> Sequence[Line]:
        return [self._root]

    def _open_at_first(self, line: Line) -> None:
        """Unfold of a line at the top what is to be seen at first."""

    def _arrange(self) -> None:
        self.lines = list(self._seen())

    def _seen(self) -> Iterator[Line]:
        waiting = [iter(self._top)]
        while waiting:
            line = next(waiting[-1], None)
            if line is None:
                waiting.pop()
                continue
            yield line
            if line.opened:
                waiting.append(iter(line.inner))


class JsonOutline(Outline):
    """The values of a JSON document."""

    def __init__(self, text: JsonText) -> None:
        self._text = text
        super().__init__(NodeLine(None, text, text.root))

    def line_at(self, path: Path) -> Line:
        """Return the line of the value at a path, or of the last one on it; unfolded."""
        line = _reveal(self._top, closest(self._text, path).start)
        line.opened = line.node.members > 0
        self._arrange()
        return line

    def searcher(self, query: Query) -> Searcher:
        """Return a search through all values."""
        return JsonSearcher(self._text, query)

    def place(self, line: Line) -> int:
        """Return the byte at which the value begins that a line is, or is a part of."""
        while not (isinstance(line, NodeLine) and line.text is self._text) and line.parent is not None:
            line = line.parent
        return line.node.start if isinstance(line, NodeLine) else 0

    def match(self, place: int, query: Query, look: Look) -> Line:
        """Return the line that shows the match in the value at a place, within its text if need be."""
        line: Line = _reveal(self._top, place)
        while (inner := _match_inside(line, query, look)) is not None:
            line = inner
        self._arrange()
        return line

    def _open_at_first(self, line: Line) -> None:
        line.opened = bool(line.inner)
        for inner in line.inner if len(line.inner) <= _SHORT else ():
            if isinstance(inner, NodeLine) and 0 < inner.node.members <= _SHORT:
                inner.opened = True


class TextOutline(Outline):
    """The lines of a document that is no JSON."""

    def __init__(self, text: str, remark: str) -> None:
        self._whole = WholeText(text)
        super().__init__(self._whole, remark)

    @property
    def _top(self) -> Sequence[Line]:
        return self._whole.inner

    def searcher(self, query: Query) -> Searcher:
        """Return a search through all lines."""
        return TextSearcher(self._whole.text, query)

    def place(self, line: Line) -> int:
        """Return the first character of a line."""
        return line.piece.start if isinstance(line, TextLine) else 0

    def match(self, place: int, query: Query, look: Look) -> Line:
        """Return the line that has a character."""
        del query, look
        line = _piece_with(self._whole, place)
        self._arrange()
        return line


def outline_of(body: bytes) -> Outline:
    """Return the outline of a document, whatever it is. Takes seconds for very long ones."""
    try:
        return JsonOutline(JsonText.parse(body))
    except DocumentUnreadable as error:
        return TextOutline(as_text(body), f"{error.sentence} It is shown as lines of text.")


def _reveal(lines: Sequence[Line], place: int) -> NodeLine:
    """Return the line of the value that begins at a byte, with what holds it unfolded."""
    nodes = (line for line in lines if isinstance(line, NodeLine))
    line = next(line for line in nodes if line.node.start <= place < line.node.stop)
    while line.node.start != place or line.node.kind is Kind.GROUP:
        line.opened = True
        nodes = (inner for inner in line.inner if isinstance(inner, NodeLine))
        line = next(line for line in nodes if line.node.start <= place < line.node.stop)
    return line


def _match_inside(line: Line, query: Query, look: Look) -> Line | None:
    """Return the line with the match that a string unfolds into; None if the string's own shows it."""
    shown = any(query.spans(text_of(row)) for row in line.rows(look, expanded=False, parts=1))
    if shown or not isinstance(line, NodeLine) or line.node.kind is not Kind.STRING:
        return None
    if line.held is not None:
        place = first_match(line.held, query)
        line.opened = line.opened or place is not None
        return None if place is None else _reveal(line.inner, place)
    found = query.spans(line.said)
    line.opened = line.opened or bool(found)
    return _piece_with(line, found[0][0]) if found else None


def _piece_with(holder: Line, character: int) -> Line:
    """Return the line of a text that has a character, with as many parts shown as that takes."""
    holder.show_until(character)
    texts = (line for line in holder.inner if isinstance(line, TextLine))
    return next(line for line in texts if line.piece.start <= character <= line.piece.stop)
