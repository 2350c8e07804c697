"""How far the loading of many sessions has come, and what the board shows of them, in rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from feather_tui.findings.line import counted
from feather_tui.rendering.board import hidden_columns
from feather_tui.rendering.clock import count, duration
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, flow, spread, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows

_LONGEST_BAR: Final = 24


class State(Enum):
    """What the loading is doing."""

    LOADING = auto()
    PAUSED = auto()
    STOPPED = auto()
    ENDED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How far the loading has come.

    `total_known` False: more sessions are still being named. `rate`: requests a second, `seconds_left` about
    how long it goes on at that; None where nothing is asked for. `missing`: why sessions did not come, in a
    few words, and how often. `notes`: what is to be said besides, in sentences.
    """

    state: State
    came: int
    total: int
    total_known: bool = True
    cached: int = 0
    incomplete: int = 0
    rate: float | None = None
    seconds_left: float | None = None
    missing: Mapping[str, int] = field(default_factory=dict)
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of the sessions is shown. `order` in words; `query` is the filter's, empty for none."""

    sessions: int
    failed: int
    marked: int
    order: str
    query: str = ""
    kept: int = 0
    group: str | None = None
    groups: int = 0


def title_row(shown: Shown, look: Look) -> Row:
    """Return how many sessions there are, in which order, and how many columns have no room."""
    hidden = 0 if shown.group else hidden_columns(look)
    left: list[Span] = [
        (" triage", "strong"),
        (f"   {counted(shown.sessions, 'session')}", "text"),
    ]
    if shown.failed:
        left.append((f"   {count(shown.failed)} failed", "bad"))
    if shown.marked:
        left.append((f"   {count(shown.marked)} marked", "accent"))
    left.append((f"   {shown.order}", "dim"))
    right = f"+{counted(hidden, 'column')} in a wider terminal " if hidden else ""
    if width_of(left) + len(right) >= look.width:
        right = f"+{hidden} if wider " if hidden else ""
    return spread(left, ((right, "dim"),) if right else (), look.width)


def narrowing_rows(shown: Shown, look: Look) -> list[Row]:
    """Return what the board is filtered and grouped by, if it is; with counts and the key that ends it."""
    parts: list[Row] = []
    if shown.query:
        hidden = shown.sessions - shown.kept
        counts = f"{count(shown.kept)} of {count(shown.sessions)} shown, {count(hidden)} hidden"
        parts += [(("filter  ", "dim"), (safe_line(shown.query), "accent")), ((counts, "text"),)]
    if shown.group:
        parts.append(
            (("by  ", "dim"), (shown.group, "accent"), (f"  {counted(shown.groups, 'group')}", "text"))
        )
    if parts:
        parts.append(((f"{look.key('cancel')} shows all", "dim"),))
    return flow(parts, look.width) if parts else []


def news_rows(news: News, look: Look) -> list[Row]:
    """Return how far it has come, what is missing and why, and what else is to be said."""
    figures = list(_figures(news, look))
    rows = flow(figures, look.width) if figures else []
    if news.missing:
        rows += text_rows(_missing(news, look), 1, look.width - 2, "warn")
    if news.incomplete:
        few = (
            f"Of {counted(news.incomplete, 'session')} the extraction is not known: it could not be fetched."
        )
        rows += text_rows(few, 1, look.width - 2, "warn")
    for note in news.notes:
        rows += text_rows(note, 1, look.width - 2, "warn")
    return rows


def _figures(news: News, look: Look) -> Iterator[Row]:
    came = f"{count(news.came)} of {count(news.total)}"
    if news.state is State.ENDED and not news.total:
        return
    if news.state is State.ENDED:
        everything = news.came == news.total
        yield (
            (
                f"{look.glyphs.good} all {count(news.total)} are here" if everything else f"{came} are here",
                "dim",
            ),
        )
    else:
        yield ((_bar(news, look), "accent"), (f"  {came}", "text"))
        if news.state is State.PAUSED:
            yield ((f"paused: {look.key('pause_loading')} goes on", "warn"),)
        if news.state is State.STOPPED:
            yield ((f"stopped: {look.key('refresh')} goes on", "warn"),)
    if not news.total_known and news.state is not State.ENDED:
        yield (("more are being listed", "dim"),)
    if news.cached:
        yield ((f"{count(news.cached)} from the cache", "dim"),)
    if news.state is State.LOADING:
        if news.rate is not None:
            yield ((f"{news.rate:.1f} requests/s", "dim"),)
        if news.seconds_left is not None:
            yield ((f"about {duration(news.seconds_left)} left", "dim"),)


def _missing(news: News, look: Look) -> str:
    reasons = ", ".join(f"{count(number)} {brief}" for brief, number in news.missing.items())
    again = f"; {look.key('refresh')} asks again" if news.state is State.ENDED else ""
    return f"missing: {reasons}{again}"


def _bar(news: News, look: Look) -> str:
    width = min(_LONGEST_BAR, look.width // 5)
    done = width * news.came // max(news.total, 1)
    return "█" * done + "░" * (width - done)
