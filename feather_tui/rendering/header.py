"""The head of the screen: whose data this is, and how the session went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from feather_tui.address import BaseUrl
from feather_tui.rendering.clock import age, duration
from feather_tui.rendering.entries.marks import outcome_tone
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, flow, joined, spread
from feather_tui.rendering.safe import safe_line
from feather_tui.session.reference import short
from feather_tui.session.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose data is on the screen.

    `foreign`: the host is neither the sandbox nor this machine. `base_url` and `url_template` are for what
    can be copied: a curl line, a permalink.
    """

    profile: str
    host: str
    foreign: bool = False
    offline: bool = False
    base_url: BaseUrl | None = None
    url_template: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old a document is. `checked_at`: when the API last said the same; `loading`: being asked now."""

    cached: bool
    fetched_at: datetime
    checked_at: datetime
    loading: bool = False


def place_row(place: Place, session_id: str | None, freshness: Freshness | None, look: Look) -> Row:
    """Return the first line: program, profile, host; session, age, time mode."""
    left: list[Span] = [(" feather", "strong"), ("  ", "text"), (safe_line(place.profile), "accent")]
    if look.wide or place.foreign:
        left += [("  ", "text"), (safe_line(place.host), "dim")]
    if place.foreign:
        left.append((f"  {look.glyphs.warning} not sandbox", "warn"))
    if place.offline:
        left.append(("  offline", "warn"))
    right: list[Row] = []
    if session_id:
        right.append(((short(session_id), "strong"),))
    if freshness:
        right.append(((freshness_text(freshness, look), "dim"),))
    right.append(((look.clock.label, "dim"),))
    return spread(left, (*joined(right, gap="  "), (" ", "text")), look.width)


def freshness_text(freshness: Freshness, look: Look) -> str:
    """Return how old a document is, such as `cached 4 min ago, checked just now`."""
    elapsed = age(look.clock.now - freshness.fetched_at)
    text = f"cached {elapsed}" if freshness.cached else f"fetched {elapsed}"
    if freshness.checked_at > freshness.fetched_at:
        text += f", checked {age(look.clock.now - freshness.checked_at)}"
    return f"{text}, asking now" if freshness.loading else text


def verdict_rows(summary: Summary, look: Look) -> list[Row]:
    """Return how the session went, in as many rows as it needs; nothing is left out."""
    return flow(_verdict(summary, look), look.width, gap="   " if look.wide else "  ")


def _verdict(summary: Summary, look: Look) -> Iterator[Row]:
    outcome = summary.outcome
    tone = outcome_tone(outcome)
    sign = {"good": look.glyphs.good, "bad": look.glyphs.bad}.get(tone, look.glyphs.none)
    yield ((f"{sign} {safe_line(outcome or 'outcome not recorded')}", tone),)
    yield ((safe_line(summary.reason or "no reason recorded"), "text"),)
    yield ((safe_line(summary.channel or "channel not given"), "text"),)
    yield ((look.clock.full(summary.started_at), "dim"),)
    length = duration(summary.duration_seconds)
    yield ((length if summary.ended_at else f"{length}, end not recorded", "text"),)
    yield ((f"{summary.turns} turn{'s' * (summary.turns != 1)}", "text"),)
    yield _tools(summary)
    yield _retrievals(summary)
    if summary.unlinked:
        yield ((f"unlinked {summary.unlinked}", "warn"),)
    if summary.gaps:
        yield ((f"evidence gaps: {', '.join(map(_gap, summary.gaps))}", "warn"),)


def _tools(summary: Summary) -> Row:
    if summary.tools is None:
        return (("tools not captured", "warn"),)
    spans: list[Span] = [(f"tools {summary.tools}", "text")]
    if summary.tools_failed:
        spans += [(" ", "text"), (f"({summary.tools_failed} failed)", "bad")]
    if summary.tools_unanswered:
        spans += [(" ", "text"), (f"({summary.tools_unanswered} without result)", "warn")]
    return tuple(spans)


def _retrievals(summary: Summary) -> Row:
    if summary.retrievals is None:
        return (("retrievals not captured", "warn"),)
    spans: list[Span] = [(f"retrieval {summary.retrievals}", "text")]
    if summary.retrievals_missed:
        missed = f"({summary.retrievals_missed} miss{'es' * (summary.retrievals_missed != 1)})"
        spans += [(" ", "text"), (missed, "bad")]
    return tuple(spans)


def _gap(reason: str) -> str:
    return safe_line(reason).removeprefix("no_").replace("_", " ")
