"""A text in pieces that are small enough to lay out one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

PIECE_CHARACTERS: Final = 4_000
"""A line longer than this is several pieces."""


class Piece(NamedTuple):
    """A line, or a part of one: the characters from `start` to `stop`, without the line's end.

    `line` is the number of its line, from 1, and `column` the place of its first character in it, from 0.
    """

    line: int
    column: int
    start: int
    stop: int


def as_text(body: bytes) -> str:
    r"""Return bytes as text, those that are not UTF-8 as their numbers, such as `\xff`."""
    return body.decode("utf-8", "backslashreplace")


def pieces(text: str, limit: int) -> Iterator[Piece]:
    """Yield the pieces of the first `limit` characters of a text."""
    start, line = 0, 1
    limit = min(limit, len(text))
    while True:
        end = text.find("\n", start, limit)
        stop = limit if end < 0 else end
        for first in range(start, max(stop, start + 1), PIECE_CHARACTERS):
            yield Piece(line, first - start, first, min(first + PIECE_CHARACTERS, stop))
        if end < 0:
            return
        start, line = end + 1, line + 1
