"""Many sessions as a table: a row each, in columns that give way on narrow screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from feather_tui.rendering.clock import TIME_WIDTH, count
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Tone, cells, fit, fit_row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.reference import short
from feather_tui.triage.case import Case

_GAP: Final = "  "
_NOT_SAID: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column: from which width of the screen on there is room for it, and what it shows of a row."""

    title: str
    width: int
    room_from: int
    text: Callable[[Case, Look], str]
    tone: Callable[[Case], Tone] = lambda _: "text"
    right: bool = False


def cases_heading(look: Look) -> Row:
    """Return the names of the columns."""
    titles = [_placed(_title(column, look), column) for column in _shown(look)]
    return ((_GAP.join([*titles, "first cause"]), "dim"),)


def case_row(case: Case, look: Look) -> Row:
    """Return a session's row; one too wide is cut visibly."""
    spans = [
        (_placed(safe_line(column.text(case, look)) or _NOT_SAID, column) + _GAP, column.tone(case))
        for column in _shown(look)
    ]
    return fit_row((*spans, (safe_line(case.first_cause or _NOT_SAID), "text")), look.width)


def group_rows(groups: Iterable[tuple[str, Sequence[Case]]], look: Look) -> Iterator[Row]:
    """Yield how many sessions are in each group, how many of them failed, and what they have in common."""
    yield ((f"{'sessions':>8}{_GAP}{'failed':>6}{_GAP}", "dim"), ("value", "dim"))
    for value, cases in groups:
        failed = sum(case.failed for case in cases)
        counts = f"{count(len(cases)):>8}{_GAP}{count(failed):>6}{_GAP}"
        yield fit_row(
            ((counts, "bad" if failed else "dim"), (safe_line(value or _NOT_SAID), "text")), look.width
        )


def _shown(look: Look) -> list[_Column]:
    return [column for column in _COLUMNS if look.width >= column.room_from]


def _title(column: _Column, look: Look) -> str:
    return f"{column.title} ({look.clock.label})" if column.title == "start" else column.title


def _placed(text: str, column: _Column) -> str:
    shown = fit(text, column.width)
    room = " " * (column.width - cells(shown))
    return room + shown if column.right else shown + room


def _start(case: Case, look: Look) -> str:
    return f"{look.clock.day(case.started_at)} {look.clock.time(case.started_at):<{TIME_WIDTH}}"


def _share(part: int, whole: int | None) -> str:
    """Write how many of how many, "?" where they were not captured."""
    return f"{count(part)}/{'?' if whole is None else count(whole)}"


def _tone_of_end(case: Case) -> Tone:
    return "bad" if case.failed else "text"


_COLUMNS: Final = (
    _Column(title="session", width=36, room_from=0, text=lambda case, _: case.session_id),
    _Column(title="start", width=19, room_from=96, text=_start, tone=lambda _: "dim"),
    _Column(
        title="outcome", width=10, room_from=0, text=lambda case, _: case.outcome or "", tone=_tone_of_end
    ),
    _Column(title="worst", width=8, room_from=72, text=lambda case, _: case.worst or "", tone=_tone_of_end),
    _Column(title="reason", width=16, room_from=172, text=lambda case, _: case.reason or ""),
    _Column(title="channel", width=7, room_from=120, text=lambda case, _: case.channel),
    _Column(title="agent", width=8, room_from=130, text=lambda case, _: short(case.agent or "")),
    _Column(title="turns", width=5, room_from=172, text=lambda case, _: count(case.turns), right=True),
    _Column(
        title="tool errors",
        width=11,
        room_from=144,
        text=lambda case, _: _share(case.tools_failed, case.tools),
        right=True,
    ),
    _Column(
        title="misses",
        width=6,
        room_from=154,
        text=lambda case, _: _share(case.retrievals_missed, case.retrievals),
        right=True,
    ),
    _Column(title="extraction", width=10, room_from=188, text=lambda case, _: case.extraction or "?"),
)
