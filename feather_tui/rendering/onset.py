"""Since when sessions fail, in rows: how each error is spread over time, and what changed before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final

from feather_tui.rendering.clock import Clock, TimeMode, count
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import RowsBlock
from feather_tui.rendering.row import BLANK, Row, Span, Tone
from feather_tui.rendering.values import text_rows
from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case
from feather_tui.triage.onset import Bucket, Onset, Onsets

_BARS: Final = "▁▂▃▄▅▆▇█"
_MARGIN: Final = 3
_NAME: Final = len("last healthy") + 2
_STRETCH: Final = 4
"""Cells at most for a stretch of time."""
_LABEL: Final = 8
"""Cells from one label of the hours to the next, at least."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_MONTH: Final = 30 * _DAY
_STEPS: Final = (
    *(timedelta(minutes=minutes) for minutes in (5, 10, 15, 30, 60, 120, 180, 360, 720)),
    *(timedelta(days=days) for days in (1, 2, 7, 30, 365)),
)


class OpeningBlock(RowsBlock):
    """Rows that lead to a session; None: to none."""

    def __init__(self, rows: Sequence[Row], opens: SessionId | None = None) -> None:
        super().__init__(rows)
        self.opens = opens


def onset_page(found: Onsets, look: Look) -> list[OpeningBlock]:
    """Return the page: the answer first; then all that failed, then each error, over the same hours."""
    blocks = [_told(_answer(found, look.clock), look, "strong")]
    shown = _shown(found)
    if shown:
        blocks += [_told(_span_of(shown[0], look.clock), look, "dim"), OpeningBlock([_legend(look)])]
    for onset in shown:
        blocks += [OpeningBlock([BLANK]), *onset_blocks(onset, look)]
    if found.left:
        errors = "error" if found.left == 1 else "errors"
        rarer = "rarer than these" if found.errors else "each that of one session"
        said = f"not shown: {count(found.left)} {errors}, {rarer}"
        blocks += [OpeningBlock([BLANK]), _told(said, look, "dim")]
    return blocks


def onset_blocks(onset: Onset, look: Look) -> Iterator[OpeningBlock]:
    """Yield how one error is spread over time, since when, and what changed before it."""
    head = text_rows(_name(onset), 1, look.width - 3, "strong")
    yield OpeningBlock([*head, *_time_rows(onset, look)], onset.first.session_id)
    yield _session_block("since" if onset.sudden else "first seen", onset.first, look)
    if onset.healthy is None:
        yield _fact_block("last healthy", "no session before it went well", look)
        return
    yield _session_block("last healthy", onset.healthy, look)
    for change in onset.changes:
        said = f"{change.feature.value} {change.before} {look.glyphs.arrow} {change.after}"
        yield _fact_block("changed", said, look)
    if not onset.changes:
        yield _fact_block("changed", "nothing that is recorded of both", look)


def bars(numbers: Sequence[int]) -> str:
    """Return a sign a number, the higher the greater; a blank for zero."""
    top = max(numbers, default=0)
    return "".join(_BARS[-(-number * len(_BARS) // top) - 1] if number else " " for number in numbers)


def _span_of(onset: Onset, clock: Clock) -> str:
    end = onset.buckets[-1].start + onset.width
    return f"{clock.full(onset.buckets[0].start)} to {clock.full(end)}, {_span(onset)} a sign"


def _legend(look: Look) -> Row:
    return (
        (f" {_BARS[0]}", "bad"),
        (" few to ", "dim"),
        (_BARS[-1], "bad"),
        (f" many sessions with it   {look.glyphs.none} only sessions without it", "dim"),
    )


def _shown(found: Onsets) -> list[Onset]:
    return [*filter(None, [found.overall]), *found.errors]


def _answer(found: Onsets, clock: Clock) -> str:
    overall = found.overall
    if overall is None and not found.errors:
        return f"None of {count(found.timed)} sessions with a start failed: nothing could begin."
    sudden = [onset for onset in found.errors if onset.sudden]
    if sudden:
        more = f", and {count(len(sudden) - 1)} more have a beginning" if len(sudden) > 1 else ""
        return f"Since {clock.full(sudden[0].first.started_at)}: {_name(sudden[0])}{more}."
    if overall is not None and overall.sudden:
        since = clock.full(overall.first.started_at)
        return f"Since {since} more sessions fail; no single error has a beginning."
    return "Nothing has a clear beginning: how it is spread over time may well be chance."


def _name(onset: Onset) -> str:
    return "sessions that failed" if onset.signature is None else onset.signature.text


def _session_block(name: str, case: Case, look: Look) -> OpeningBlock:
    return _fact_block(name, f"{look.clock.full(case.started_at)}  {case.session_id}", look, case.session_id)


def _fact_block(name: str, text: str, look: Look, opens: SessionId | None = None) -> OpeningBlock:
    lines = text_rows(text, 0, look.width - _MARGIN - _NAME - 2)
    names = [name, *[""] * (len(lines) - 1)]
    rows = [((f"{'':{_MARGIN}}{said:<{_NAME}}", "dim"), *row) for said, row in zip(names, lines, strict=True)]
    return OpeningBlock(rows, opens)


def _told(text: str, look: Look, tone: Tone) -> OpeningBlock:
    return OpeningBlock(text_rows(text, 1, look.width - 3, tone))


# ---------------------------------------------------------------------- over time


def _time_rows(onset: Onset, look: Look) -> list[Row]:
    """Return the bars with the hours below them, and what they come to, beside or below."""
    hits, total = (sum(getattr(bucket, part) for bucket in onset.buckets) for part in ("hits", "total"))
    most = max(bucket.hits for bucket in onset.buckets)
    said = f"{count(hits)} of {count(total)} sessions, at most {count(most)} in {_span(onset)}"
    if not onset.sudden:
        said += ", no clear beginning"
    room = look.width - _MARGIN - 2
    beside = (room - _MARGIN - len(said)) // len(onset.buckets)
    stretch = max(1, min(_STRETCH, beside if beside > 1 else room // len(onset.buckets)))
    margin: Span = (" " * _MARGIN, "text")
    over_time = (margin, *_bar_spans(onset.buckets, stretch, look))
    hours: Row = (margin, (hours_under(onset, stretch, look.clock), "dim"))
    if stretch <= beside:
        return [(*over_time, (f"{' ' * _MARGIN}{said}", "dim")), hours]
    return [over_time, hours, (margin, (said, "dim"))]


def _bar_spans(buckets: Sequence[Bucket], stretch: int, look: Look) -> Iterator[Span]:
    signs: list[Span] = []
    for bucket, sign in zip(buckets, bars([bucket.hits for bucket in buckets]), strict=True):
        without = look.glyphs.none if bucket.total else " "
        signs.append((sign * stretch, "bad") if bucket.hits else (f"{without:<{stretch}}", "dim"))
    for tone, run in groupby(signs, key=lambda sign: sign[1]):
        yield "".join(text for text, _ in run), tone


def hours_under(onset: Onset, stretch: int, clock: Clock) -> str:
    """Return the hours, or days, at their places under the bars, as many as there is room for."""
    step = next((step for step in _STEPS if step / onset.width * stretch >= _LABEL), _STEPS[-1])
    line = ""
    for place, bucket in enumerate(onset.buckets):
        on_step = (bucket.start - _EPOCH) % step < onset.width
        if (on_step or not place) and (not line or place * stretch >= len(line) + 2):
            line = f"{line:<{place * stretch}}{_label(bucket.start, step, clock)}"
    return line


def _label(moment: datetime, step: timedelta, clock: Clock) -> str:
    """Return an hour; at midnight, and where there is no room for hours, the day."""
    day = clock.day(moment)
    if step >= _MONTH:
        return day[: len("2026-11")]
    hour = clock.time(moment)[: len("14:00")] if clock.mode is TimeMode.LOCAL else f"{moment:%H:%M}"
    return day[len("2026-") :] if step >= _DAY or hour == "00:00" else hour


def _span(onset: Onset) -> str:
    minutes = int(onset.width.total_seconds()) // 60
    return next(
        f"{minutes // size} {name}"
        for size, name in ((1440, "d"), (60, "h"), (1, "min"))
        if minutes % size == 0
    )
