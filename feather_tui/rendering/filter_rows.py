"""The filter in words: what it shows and hides, and what a filter's line could go on with."""

from __future__ import annotations

from collections.abc import Sequence

from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, cells, flow
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.wrap import wrap
from feather_tui.session.kept import Kept

_LABEL = "filter  "


def filter_rows(kept: Kept, look: Look, *, revealed: bool, keys: str) -> list[Row]:
    """Return what the filter shows and hides, whole, in as many rows as it needs.

    `revealed`: one entry is shown although the filter hides it. `keys`: what can be pressed.
    """
    description = wrap(safe_line(kept.by.description), look.width - cells(_LABEL) - 2)
    parts: list[Row] = [((_LABEL, "dim"), (description[0], "accent"))]
    parts += [((" " * cells(_LABEL), "text"), (line, "accent")) for line in description[1:]]
    parts.append(((_counts(kept, revealed=revealed), "text"),))
    return flow([*parts, ((keys, "dim"),)], look.width)


def filtered_words(kept: Kept, *, revealed: bool = False) -> str:
    """Return filter and counts in words, such as `only errors: 12 of 240 entries shown, 228 hidden`."""
    return f"{kept.by.description}: {_counts(kept, revealed=revealed)}"


def suggestions_row(words: Sequence[str], chosen: int, look: Look) -> Row:
    """Return the words that a line could go on with, from the chosen one on, as many as there is room for."""
    spans: list[Span] = [(" go on with  ", "dim")]
    used = cells(spans[0][0])
    for number, word in enumerate(words[chosen:]):
        left = len(words) - chosen - number
        more = f"  … {left} more" if number else ""
        if number and used + cells(word) + 2 + cells(f"  … {left} more") > look.width - 1:
            return (*spans, (more, "dim"))
        spans.append((f"{word}  ", "text" if number else "accent"))
        used += cells(word) + 2
    return tuple(spans)


def _counts(kept: Kept, *, revealed: bool) -> str:
    shown = f"{count(len(kept.positions) + revealed)} of {count(kept.entries)} entries shown"
    if revealed:
        shown += " (1 although filtered out)"
    return f"{shown}, {count(kept.hidden - revealed)} hidden"
