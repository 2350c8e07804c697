"""Whether to ask again, and when: pure decisions.

A try that brought nothing becomes a `Setback`; `pause` weighs it against the tries and the time left.
Only GET requests are made, so asking again never does harm, except to a rate limit that is shared
with the organization's production traffic. Hence few tries, and waits that spread out at random.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from feather_tui.api.progress import ATTEMPTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feather_tui.errors import FeatherError

TRANSIENT_STATUSES: Final = frozenset({429, 502, 503, 504})
"""The statuses that may be gone a moment later. 500 is not one: it comes back as it was."""

LONGEST_ASKED: Final = 20.0
"""Seconds: a server that asks for a longer wait is not waited for."""

_CEILINGS: Final = (0.25, 1.0, 5.0)  # seconds: the longest pause after each try but the last
_SECONDS: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setback:
    """Why one try brought no document.

    `error` is what to raise if it was the last try, `reason` a few words for the loading line,
    `transient` whether asking again can help, `asked_wait` the seconds the server asked for (0 if none).
    """

    error: FeatherError
    reason: str
    transient: bool
    asked_wait: float = 0.0


def pause(setback: Setback, *, attempt: int, remaining: float, luck: float) -> float | None:
    """Give the seconds to wait after try number `attempt`, or None to give up.

    `remaining` is what is left of the deadline, in seconds; `luck` is a random number in [0, 1), the
    share of a ceiling that grows from try to try (full jitter). A server that asks for a longer wait
    gets it; one that asks for more than there is gets no further try at all.
    """
    if not setback.transient or attempt >= ATTEMPTS:
        return None
    wait = max(setback.asked_wait, luck * _CEILINGS[attempt - 1])
    return wait if setback.asked_wait <= LONGEST_ASKED and wait < remaining else None


def asked_wait(headers: Mapping[str, str], in_body: float, now: datetime) -> float:
    """Give the seconds the server wants to be left alone for, or 0 if it does not say.

    `headers` may hold `Retry-After` as seconds or as a date, which is read against the server's own
    `Date` if there is one, else against `now`. `in_body` is the body's `retry_after`. The longer wins.
    """
    in_header = _header_wait(headers.get("retry-after", "").strip(), _date(headers.get("date", "")) or now)
    return max(0.0, in_header, in_body)


def _header_wait(text: str, now: datetime) -> float:
    if _SECONDS.fullmatch(text):
        return float(text)
    until = _date(text)
    return (until - now).total_seconds() if until else 0.0  # a date in the past: less than 0


def _date(text: str) -> datetime | None:
    """Read any of the three forms of an HTTP date; all of them are UTC."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
