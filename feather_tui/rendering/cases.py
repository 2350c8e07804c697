"""Many sessions as a table: a row each, in columns that give way on narrow screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from feather_tui.rendering.clock import TIME_WIDTH, count
from feather_tui.rendering.columns import Column, share, spans_of, titles
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Tone, fit_row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.reference import short
from feather_tui.triage.case import Case

_GAP: Final = "  "
_NOT_SAID: Final = "-"


def cases_heading(look: Look) -> Row:
    """Return the names of the columns."""
    return ((f"{titles(_COLUMNS, look)}first cause", "dim"),)


def case_row(case: Case, look: Look) -> Row:
    """Return a session's row; one too wide is cut visibly."""
    cause = safe_line(case.first_cause or _NOT_SAID)
    return fit_row((*spans_of(case, _COLUMNS, look), (cause, "text")), look.width)


def group_rows(groups: Iterable[tuple[str, Sequence[Case]]], look: Look) -> Iterator[Row]:
    """Yield how many sessions are in each group, how many of them failed, and what they have in common."""
    yield ((f"{'sessions':>8}{_GAP}{'failed':>6}{_GAP}", "dim"), ("value", "dim"))
    for value, cases in groups:
        failed = sum(case.failed for case in cases)
        counts = f"{count(len(cases)):>8}{_GAP}{count(failed):>6}{_GAP}"
        yield fit_row(
            ((counts, "bad" if failed else "dim"), (safe_line(value or _NOT_SAID), "text")), look.width
        )


def _start(case: Case, look: Look) -> str:
    return f"{look.clock.day(case.started_at)} {look.clock.time(case.started_at):<{TIME_WIDTH}}"


def _tone_of_end(case: Case, look: Look) -> Tone:
    del look
    return "bad" if case.failed else "text"


_COLUMNS: Final[tuple[Column[Case], ...]] = (
    Column(title="session", width=36, text=lambda case, _: case.session_id),
    Column(title="start", width=19, room_from=96, text=_start, tone=lambda *_: "dim"),
    Column(title="outcome", width=10, text=lambda case, _: case.outcome or "", tone=_tone_of_end),
    Column(title="worst", width=8, room_from=72, text=lambda case, _: case.worst or "", tone=_tone_of_end),
    Column(title="reason", width=16, room_from=172, text=lambda case, _: case.reason or ""),
    Column(title="channel", width=7, room_from=120, text=lambda case, _: case.channel),
    Column(title="agent", width=8, room_from=130, text=lambda case, _: short(case.agent or "")),
    Column(title="turns", width=5, room_from=172, text=lambda case, _: count(case.turns), right=True),
    Column(
        title="tool errors",
        width=11,
        room_from=144,
        text=lambda case, _: share(case.tools_failed, case.tools),
        right=True,
    ),
    Column(
        title="misses",
        width=6,
        room_from=154,
        text=lambda case, _: share(case.retrievals_missed, case.retrievals),
        right=True,
    ),
    Column(title="extraction", width=10, room_from=188, text=lambda case, _: case.extraction or "?"),
)
