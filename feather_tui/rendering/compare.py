"""Two sessions beside each other, or one below the other where there is no room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import BLANK, Row, Tone, cells, fit, fit_row
from feather_tui.rendering.safe import safe_line
from feather_tui.triage.case import Case
from feather_tui.triage.compare import MOST_STEPS, Comparison, Pair, Step

_SIDE_BY_SIDE: Final = 100
"""From this many columns on."""
_MARK: Final = 6
_BETWEEN: Final = " │ "
_NAME: Final = 28


def compared_rows(comparison: Comparison, left: Case, right: Case, look: Look) -> Iterator[Row]:
    """Yield which sessions they are, what is different, and their steps from the beginning."""
    for letter, case in (("A", left), ("B", right)):
        started = look.clock.full(case.started_at)
        told = f" {letter} {case.session_id}  {started}  {safe_line(case.outcome or 'no outcome')}"
        yield fit_row(((told, "strong"),), look.width)
    yield BLANK
    yield from _difference_rows(comparison, look)
    yield BLANK
    yield fit_row(((_parting(comparison), "strong"),), look.width)
    for place, pair in enumerate(comparison.pairs):
        yield from _pair_rows(pair, look, parting=place == comparison.parting)
    for letter, steps in zip("AB", comparison.steps, strict=True):
        if steps > MOST_STEPS:
            yield ((f" {letter}: {count(steps - MOST_STEPS)} more steps are not compared", "warn"),)


def _parting(comparison: Comparison) -> str:
    if comparison.parting is None:
        return " both went the same way; ≠ marks other words, arguments or results"
    return f" they part at step {count(comparison.parting + 1)} of {count(len(comparison.pairs))}"


def _difference_rows(comparison: Comparison, look: Look) -> Iterator[Row]:
    if not comparison.differences:
        yield ((" nothing that is compared is different", "text"),)
    for difference in comparison.differences:
        name = f" {fit(safe_line(difference.name), _NAME):<{_NAME}}  "
        said = [safe_line(side) or "-" for side in (difference.left, difference.right)]
        yield from _beside(name, said[0], said[1], "text", look)


def _pair_rows(pair: Pair, look: Look, *, parting: bool) -> Iterator[Row]:
    sign = ">>" if parting else "≠" if not pair.same else ""
    tone: Tone = "bad" if parting else "warn" if pair.parts else "dim" if pair.same else "text"
    yield from _beside(f" {sign:<{_MARK - 1}}", _told(pair.left), _told(pair.right), tone, look)


def _beside(head: str, left: str, right: str, tone: Tone, look: Look) -> Iterator[Row]:
    """Yield one row, or two where there is no room for both."""
    if look.width < _SIDE_BY_SIDE:
        yield fit_row(((head, "dim"), ("A ", "dim"), (left, tone)), look.width)
        yield fit_row(((" " * cells(head), "dim"), ("B ", "dim"), (right, tone)), look.width)
        return
    room = (look.width - cells(head) - len(_BETWEEN)) // 2
    shown = fit(left, room)
    padding = " " * (room - cells(shown))
    yield ((head, "dim"), (shown + padding, tone), (_BETWEEN, "dim"), (fit(right, room), tone))


def _told(step: Step | None) -> str:
    return "-" if step is None else safe_line(f"{step.what}: {' '.join(step.text.split())}".rstrip(": "))
