"""The first line of the screen: whose data this is, and how old."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feather_tui.rendering.clock import age
from feather_tui.rendering.row import Row, Span, joined, spread
from feather_tui.rendering.safe import safe_line
from feather_tui.session.reference import short

if TYPE_CHECKING:
    from datetime import datetime

    from feather_tui.address import BaseUrl
    from feather_tui.rendering.look import Look


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


def rule_row(look: Look) -> Row:
    """Return the line between the head of a screen and what is below it."""
    return ((look.glyphs.rule * look.width, "dim"),)


def freshness_text(freshness: Freshness, look: Look) -> str:
    """Return how old a document is, such as `cached 4 min ago, checked just now`."""
    elapsed = age(look.clock.now - freshness.fetched_at)
    text = f"cached {elapsed}" if freshness.cached else f"fetched {elapsed}"
    if freshness.checked_at > freshness.fetched_at:
        text += f", checked {age(look.clock.now - freshness.checked_at)}"
    return f"{text}, asking now" if freshness.loading else text
