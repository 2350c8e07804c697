"""What failing sessions share, and since when, in rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import BLANK, Row, fit_row
from feather_tui.rendering.safe import is_only_ascii, safe_line
from feather_tui.triage.common import CHANCE, Shared
from feather_tui.triage.features import Feature
from feather_tui.triage.onset import Onset

_BARS, _BARS_IN_ASCII = " ▁▂▃▄▅▆▇█", " .:-=+*#@"
_MOST_TALLIED: Final = 12


def shared_rows(rows: Sequence[Shared], look: Look) -> Iterator[Row]:
    """Yield what is claimed; then how much was compared, and what has to be kept in mind."""
    claimed = [row for row in rows if row.claimed]
    for row in claimed:
        yield _shared_row(row, look)
    if not claimed:
        yield (("Nothing stands out: what they share may well be chance.", "text"),)
    yield BLANK
    yield from _caveats(rows, claimed)


def _shared_row(row: Shared, look: Look) -> Row:
    of = len(count(row.of_with)), len(count(row.of_without))
    shares = (
        f"{count(row.n_with):>{of[0]}}/{count(row.of_with)} of these",
        f"{count(row.n_without):>{of[1]}}/{count(row.of_without)} others",
        f"{_lift(row.lift):<10}",
        f"p {_p(row.p_corrected):<8}",
        "few " if row.small else "    ",
        f"{row.feature.value:<17}",
    )
    return fit_row((("  ".join(shares), "dim"), (" " + safe_line(row.value), "strong")), look.width)


def _caveats(rows: Sequence[Shared], claimed: Sequence[Shared]) -> Iterator[Row]:
    yield ((f"{count(len(rows))} values were compared; above p = {CHANCE:g} nothing is claimed.", "dim"),)
    yield (("p: by chance, one like it among so many (Fisher's exact test, Holm's correction).", "dim"),)
    rare = sum(row.beyond_chance and not row.claimed for row in rows)
    if rare:
        yield (
            (f"{count(rare)} more ways to fail are left out: each is that of few (--format json).", "dim"),
        )
    if any(row.small for row in claimed):
        yield (("few: it rests on few sessions, and a few more may change it.", "dim"),)


def tally_rows(tallied: Iterable[tuple[Feature, str, int]], total: int, look: Look) -> Iterator[Row]:
    """Yield what several sessions have, where there is nothing to compare them with."""
    rows = list(tallied)
    for feature, value, number in rows[:_MOST_TALLIED]:
        share = f"{number:>{len(str(total))}}/{total}  {feature.value:<17} "
        yield fit_row(((share, "dim"), (safe_line(value), "strong")), look.width)
    if len(rows) > _MOST_TALLIED:
        yield ((f"and {count(len(rows) - _MOST_TALLIED)} more that several have (--format json)", "dim"),)


def onset_rows(onset: Onset, look: Look) -> Iterator[Row]:
    """Yield how an error is spread over time, since when, and what changed."""
    clock = look.clock
    yield fit_row(((safe_line(onset.signature.text), "strong"),), look.width)
    most = max(bucket.hits for bucket in onset.buckets)
    start, end = clock.full(onset.buckets[0].start), clock.full(onset.buckets[-1].start + onset.width)
    yield (("  ", "dim"), (bars([bucket.hits for bucket in onset.buckets]), "bad"))
    yield ((f"  {start} to {end}, {_span(onset)} a sign; at most {count(most)}", "dim"),)
    since = "since" if onset.sudden else "no clear beginning; first"
    yield ((f"  {since} {clock.full(onset.first.started_at)}, session {onset.first.session_id}", "text"),)
    if onset.healthy is None:
        yield (("  no session before it went well", "dim"),)
        return
    healthy = onset.healthy
    when = clock.full(healthy.started_at)
    yield ((f"  the last before that went well: {when}, session {healthy.session_id}", "text"),)
    for change in onset.changes:
        said = f"  between the two: {change.feature.value} {change.before} → {change.after}"
        yield fit_row(((safe_line(said), "text"),), look.width)


def bars(numbers: Sequence[int]) -> str:
    """Return a sign a number, the higher the greater; only zero has none."""
    signs = _BARS_IN_ASCII if is_only_ascii() else _BARS
    top = max(numbers, default=0)
    return "".join(signs[-(-number * (len(signs) - 1) // top)] if number else signs[0] for number in numbers)


def _lift(lift: float | None) -> str:
    return "only there" if lift is None else f"{lift:.1f}×"


def _p(p: float) -> str:
    return f"{p:.2g}" if p >= 1e-6 else "<1e-6"  # noqa: PLR2004 - beyond that nobody counts


def _span(onset: Onset) -> str:
    minutes = int(onset.width.total_seconds()) // 60
    return next(
        f"{minutes // size} {name}"
        for size, name in ((1440, "d"), (60, "h"), (1, "min"))
        if minutes % size == 0
    )
