"""What the tones look like: the terminal's own sixteen colours, so that light and dark both read well."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from feather_tui.rendering.row import Row, Tone, cells, fit_row, width_of

STYLES: dict[Tone, Style] = {
    "text": Style(),
    "dim": Style(color="bright_black"),
    "strong": Style(bold=True),
    "user": Style(color="cyan", bold=True),
    "assistant": Style(color="green", bold=True),
    "other": Style(color="magenta", bold=True),
    "good": Style(color="green"),
    "warn": Style(color="yellow"),
    "bad": Style(color="red", bold=True),
    "accent": Style(color="blue", bold=True),
    "key": Style(color="cyan"),
    "string": Style(color="green"),
    "number": Style(color="yellow"),
    "constant": Style(color="magenta"),
    "match": Style(reverse=True, bold=True),
}


@lru_cache(maxsize=4096)
def strip_of(row: Row, width: int, first: str = "", last: str = "") -> Strip:
    """Return a row as a strip of exactly `width` cells.

    `first`, the cursor's mark, replaces the blank that begins every row; `last`, the scroll bar, ends it.
    """
    room = width - (1 if last else 0)
    spans = fit_row(row, room)
    segments = [Segment(text, STYLES[tone]) for text, tone in spans if text]
    used = width_of(spans)
    if first and segments:
        text, style, _ = segments[0]
        segments[:1] = [Segment(first, STYLES["accent"]), Segment(text[1:], style)]
    elif first:
        segments.append(Segment(first, STYLES["accent"]))
        used = cells(first)
    if used < room:
        segments.append(Segment(" " * (room - used), STYLES["text"]))
    if last:
        segments.append(Segment(last, STYLES["dim"]))
    return Strip(segments, width)
