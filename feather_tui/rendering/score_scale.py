"""A gate's raw score against its thresholds: in words, and as a scale that can be read without colours."""

from __future__ import annotations

import math
from itertools import pairwise

from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, cells
from feather_tui.session.model import Answerability

_ENDS = (0.0, 1.0)
"""Where most scores are; a scale goes beyond them only for scores that do."""


def standing(gate: Answerability) -> str:
    """Return where the raw score stands, such as `0.31, below the low threshold 0.45`."""
    raw, low, high = gate.raw_top_score, gate.threshold_low, gate.threshold_high
    if raw is None:
        return "not recorded"
    score = number(raw)
    if low is not None and raw < low:
        return f"{score}, below the low threshold {number(low)}"
    if high is not None and raw < high:
        between = "between the thresholds" if low is not None else "below the high threshold"
        return f"{score}, {between} {f'{number(low)} and ' if low is not None else ''}{number(high)}"
    if high is not None:
        return f"{score}, not below the high threshold {number(high)}"
    return score if low is None else f"{score}, not below the low threshold {number(low)}"


def scale_row(gate: Answerability, width: int, look: Look) -> Row:
    """Return raw score and thresholds in their order, with gaps that are true to scale; empty without both.

    Such as `0 ─────● raw 0.31 ─── low 0.45 ──── high 0.62 ───────── 1`.
    """
    thresholds = [("low", gate.threshold_low), ("high", gate.threshold_high)]
    marks = [(value, f"{name} {number(value)}") for name, value in thresholds if value is not None]
    raw = gate.raw_top_score
    if raw is None or not marks or not all(map(math.isfinite, (raw, *(value for value, _ in marks)))):
        return ()
    said = f"{look.glyphs.mark} raw {number(raw)}"
    values = [raw, *(value for value, _ in marks)]
    first, last = min(_ENDS[0], *values), max(_ENDS[1], *values)
    points = sorted([(raw, said), *marks], key=lambda point: point[0])
    ends = [(first, number(first)), *points, (last, number(last))]
    room = width - sum(cells(text) + 2 for _, text in ends) + 2
    spans: list[Span] = [(ends[0][1], "dim")]
    for (value, _), (following, text) in pairwise(ends):
        share = (following / 2 - value / 2) / (last / 2 - first / 2)  # halves: the difference cannot overflow
        dashes = look.glyphs.rule * max(round(room * share), 1)
        spans += [(f" {dashes} ", "dim"), (text, "strong" if text == said else "dim")]
    return tuple(spans)


def number(value: float) -> str:
    """Return a score in four significant digits: `0.31`, `0.4499`, `1e+300`."""
    return f"{value:.4g}"
