"""Wrap safe text into lines of at most so many cells: at blanks where there are any, else anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rich.cells import chop_cells

from feather_tui.rendering.row import cells

_BEGUN_ESCAPE: Final = re.compile(r"(?!\A)\\(?:x[0-9a-f]?|u[0-9a-f]{0,3}|U[0-9a-f]{0,7})?\Z")
"""The beginning of an escape such as those of `safe.only_ascii`, at the end of a piece."""


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of `text`, none wider than `width` cells; only the blank at a break is lost."""
    width = max(width, 2)  # a wide character needs two
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if cells(paragraph) <= width:
            lines.append(paragraph)
        elif paragraph.isascii():
            lines.extend(_wrap_ascii(paragraph, width))
        else:
            lines.extend(_wrap_cells(paragraph, width))
    return lines


def _wrap_ascii(paragraph: str, width: int) -> Iterator[str]:
    start, end = 0, len(paragraph)
    while end - start > width:
        cut = paragraph.rfind(" ", start + 1, start + width + 1)
        if cut <= start or paragraph[start:cut].isspace():  # blanks before a long word stay with it
            piece = _BEGUN_ESCAPE.sub("", paragraph[start : start + width])
            yield piece
            start += len(piece)
        else:
            yield paragraph[start:cut]
            start = cut + 1
    yield paragraph[start:]


def _wrap_cells(paragraph: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for position, word in enumerate(paragraph.split(" ")):
        gap = 1 if position else 0
        size = cells(word)
        if used + gap + size <= width:
            line += " " * gap + word
            used += gap + size
            continue
        if line and not line.isspace():
            yield line
        else:
            word, size = line + " " * gap + word, used + gap + size  # noqa: PLW2901 - blanks before a long word stay with it
        if size > width:
            *full, word = chop_cells(word, width)  # noqa: PLW2901 - the rest of the word begins the next line
            yield from full
            size = cells(word)
        line, used = word, size
    yield line
