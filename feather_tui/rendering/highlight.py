"""Mark in a row what was searched for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.rendering.row import Row, Span, Tone
from feather_tui.session.query import Query

MATCH: Final[Tone] = "match"


def highlighted(row: Row, query: Query) -> Row:
    """Return a row with what matches the query in the tone MATCH, across the borders of spans.

    The text stays the same. It is the row's safe text that is looked through: a match that wrapping parted,
    or that has stand-ins in it, is not marked.
    """
    found = query.spans("".join(text for text, _ in row))
    return tuple(_marked(row, found)) if found else row


def _marked(row: Row, found: list[tuple[int, int]]) -> Iterator[Span]:
    begin = 0
    text = "".join(text for text, _ in row)
    for start, end in found:
        yield from _cut(row, begin, start)
        yield text[start:end], MATCH
        begin = end
    yield from _cut(row, begin, len(text))


def _cut(row: Row, start: int, end: int) -> Iterator[Span]:
    """Yield the part of a row from one character to another."""
    place = 0
    for text, tone in row:
        piece = text[max(start - place, 0) : max(end - place, 0)]
        if piece:
            yield piece, tone
        place += len(text)
