"""A row of the screen: spans of safe text, each with the tone it is shown in.

A tone says what a text is, not how it looks: the user interface gives each a colour, `show` gives none.
Rows are plain tuples because a long session has hundreds of thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from rich.cells import cell_len, set_cell_size

Tone = Literal[
    "text",  # what somebody said
    "dim",  # times, ids, labels: there when looked for
    "strong",  # names and titles
    "user",
    "assistant",
    "other",  # any other role
    "good",
    "warn",
    "bad",
    "accent",  # where the cursor is, what to press
    "key",  # the four tones of JSON
    "string",
    "number",
    "constant",
    "match",  # what a search found
]
Span = tuple[str, Tone]
Row = tuple[Span, ...]
Line = tuple[Row, str, str]
"""A row, the cursor's mark or nothing, and the cell of the scroll bar or nothing."""

BLANK: Row = ()
ELLIPSIS = "…"


def width_of(row: Iterable[Span]) -> int:
    """Return the width of a row in cells."""
    width = 0
    for text, _ in row:  # a loop, because every row of an entry that is unfolded passes here
        width += len(text) if text.isascii() else cell_len(text)
    return width


def cells(text: str) -> int:
    """Return the width of a text in cells."""
    return len(text) if text.isascii() else cell_len(text)


def text_of(row: Row) -> str:
    """Return the text of a row without trailing blanks."""
    return "".join(text for text, _ in row).rstrip()


def fit(text: str, width: int) -> str:
    """Return `text` in at most `width` cells; what is cut is marked by an ellipsis."""
    if cells(text) <= width:
        return text
    if width <= 0:
        return ""
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def fit_row(row: Iterable[Span], width: int) -> Row:
    """Return a row in at most `width` cells; what is cut is marked by an ellipsis."""
    spans = tuple(row)
    if width_of(spans) <= width:
        return spans
    kept: list[Span] = []
    left = width
    for text, tone in spans:
        size = cells(text)
        if size >= left:
            kept.append((fit(text + ELLIPSIS, left), tone))
            break
        kept.append((text, tone))
        left -= size
    return tuple(kept)


def drawn_line(line: Line, width: int) -> Row:
    """Return a line as it stands on the screen, in exactly `width` cells.

    The cursor's mark replaces the blank that begins every row; the scroll bar ends it.
    """
    row, first, last = line
    room = width - (1 if last else 0)
    spans = [span for span in fit_row(row, room) if span[0]]
    used = width_of(spans)
    if first and spans:
        text, tone = spans[0]
        spans[:1] = [(first, "accent"), (text[1:], tone)]
    elif first:
        spans.append((first, "accent"))
        used = cells(first)
    if used < room:
        spans.append((" " * (room - used), "text"))
    if last:
        spans.append((last, "dim"))
    return tuple(spans)


def spread(left: Iterable[Span], right: Iterable[Span], width: int) -> Row:
    """Return a row with `right` at its right edge; where both do not fit, `left` gives way to a third."""
    beginning = tuple(left)
    ending = fit_row(right, max(width - width_of(beginning) - 1, width * 2 // 3))
    if not ending:
        return fit_row(beginning, width)
    beginning = fit_row(beginning, width - width_of(ending) - 1)
    gap = width - width_of(beginning) - width_of(ending)
    return (*beginning, (" " * gap, "text"), *ending)


def joined(parts: Iterable[Row], gap: str = "   ") -> Row:
    """Return the non-empty parts as one row, with `gap` between them."""
    spans: list[Span] = []
    for part in parts:
        if part and spans:
            spans.append((gap, "text"))
        spans.extend(part)
    return tuple(spans)


def flow(parts: Iterable[Row], width: int, gap: str = "   ") -> list[Row]:
    """Return the parts side by side in as many rows as they need, each row after a margin of one cell."""
    lines: list[list[Row]] = [[]]
    for part in parts:
        if lines[-1] and width_of(joined([*lines[-1], part], gap)) >= width:
            lines.append([])
        lines[-1].append(part)
    margin: Span = (" ", "text")
    return [fit_row((margin, *joined(line, gap)), width) for line in lines]
