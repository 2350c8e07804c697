"""A gate's raw score against its thresholds: in words, and as a scale that can be read without colours."""

from __future__ import annotations

import math
from itertools import pairwise

from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, cells
from feather_tui.session.model import Answerability

_ENDS = (0.0, 1.0)
"""Where most scores are; a scale goes beyond them only for scores that do."""
_GAP = 3
"""Cells between two marks that are equal: a rule with a blank on each side."""


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
    """Return raw score and thresholds in their order, with gaps that are true to scale.

    Such as `0 ─────● raw 0.31 ─── low 0.45 ──── high 0.62 ───────── 1`. Empty if the score or every threshold
    is missing, or if the width does not hold it.
    """
    thresholds = (("low", gate.threshold_low), ("high", gate.threshold_high))
    marks = [(value, f"{name} {number(value)}") for name, value in thresholds if value is not None]
    raw = gate.raw_top_score
    if raw is None or not marks or not all(map(math.isfinite, (raw, *(value for value, _ in marks)))):
        return ()
    said = f"{look.glyphs.mark} raw {number(raw)}"
    points = sorted([*marks, (raw, said)], key=lambda point: point[0])
    first, last = min(_ENDS[0], points[0][0]), max(_ENDS[1], points[-1][0])
    ends = [(first, number(first)), *points, (last, number(last))]
    room = width - sum(cells(text) for _, text in ends) - _GAP * (len(ends) - 1)
    if room < 0:
        return ()
    spans: list[Span] = [(ends[0][1], "dim")]
    for (value, _), (following, text) in pairwise(ends):
        share = (following / 2 - value / 2) / (last / 2 - first / 2)  # halves: the difference cannot overflow
        spans.append((f" {look.glyphs.rule * (1 + int(room * share))} ", "dim"))
        spans.append((text, "strong" if text == said else "dim"))
    return tuple(spans)


def number(value: float) -> str:
    """Return a score in four significant digits: `0.31`, `0.4499`, `1e+300`."""
    return f"{value:.4g}"
