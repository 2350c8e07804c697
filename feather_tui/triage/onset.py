"""Since when a tool fails as it does, and what changed between the last good session and the first bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Final

from feather_tui.session.moments import in_utc
from feather_tui.triage.case import Case
from feather_tui.triage.common import CHANCE
from feather_tui.triage.exact import chance_of_so_many
from feather_tui.triage.features import Feature
from feather_tui.triage.signature import Signature

_WIDTHS: Final = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 60, 6 * 60, 24 * 60, 7 * 24 * 60, 30 * 24 * 60, 365 * 24 * 60)
)
_MOST_BUCKETS: Final = 48
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of time: its start, how many sessions began in it, and how many of them have the error."""

    start: datetime
    hits: int
    total: int


@dataclass(frozen=True, slots=True)
class Change:
    """What is not the same in two sessions."""

    feature: Feature
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """How an error is spread over time.

    `first`: the session from which on it is more frequent (`sudden`), or the first that has it where there is
    no such change beyond chance. `healthy`: the last session before that went well, of the same agent if
    there is one. `changes`: what differs between the two. `width` is that of the buckets.
    """

    signature: Signature
    buckets: tuple[Bucket, ...]
    width: timedelta
    first: Case
    sudden: bool
    healthy: Case | None
    changes: tuple[Change, ...]


def onset(cases: Sequence[Case], signature: Signature) -> Onset | None:
    """Return since when sessions have this error; None if no session with a start has it."""
    in_time = sorted((case for case in cases if case.started_at), key=_start)
    has = [signature in case.errors for case in in_time]
    if not any(has):
        return None
    place, chance = _change(has)
    first = in_time[place]
    healthy = _healthy_before(in_time[:place], first, signature)
    width, buckets = _buckets(in_time, has)
    return Onset(
        signature=signature,
        buckets=buckets,
        width=width,
        first=first,
        sudden=chance <= CHANCE,
        healthy=healthy,
        changes=tuple(_changes(healthy, first)) if healthy else (),
    )


def _start(case: Case) -> datetime:
    assert case.started_at is not None  # noqa: S101 - those without a start were left out
    return in_utc(case.started_at)


def _change(has: Sequence[bool]) -> tuple[int, float]:
    """Return the place from which on the error is most clearly more frequent, and the chance of that.

    Every place at which it could begin is tried, and the chance corrected for it.
    """
    total, marked = len(has), sum(has)
    places = [place for place, hit in enumerate(has) if hit]
    before = [0, *accumulate(has)]

    def chance(place: int) -> float:
        return chance_of_so_many(marked - before[place], drawn=total - place, marked=marked, total=total)

    best = min(places, key=chance)
    corrected = min(1.0, chance(best) * len(places))
    return (best, corrected) if corrected <= CHANCE else (places[0], corrected)


def _healthy_before(earlier: Sequence[Case], first: Case, signature: Signature) -> Case | None:
    healthy = [case for case in earlier if not case.failed and signature not in case.errors]
    of_agent = [case for case in healthy if case.agent == first.agent]
    return next(reversed(of_agent or healthy), None)


def _buckets(in_time: Sequence[Case], has: Sequence[bool]) -> tuple[timedelta, tuple[Bucket, ...]]:
    """Count in stretches of equal width; those without a session are among them."""
    start, end = _start(in_time[0]), _start(in_time[-1])
    width = next((width for width in _WIDTHS if (end - start) / width < _MOST_BUCKETS - 1), _WIDTHS[-1])
    numbers = [(_start(case) - _EPOCH) // width for case in in_time]
    totals = Counter(numbers)
    hits = Counter(number for number, hit in zip(numbers, has, strict=True) if hit)
    spanned = range(numbers[0], numbers[-1] + 1)
    return width, tuple(Bucket(_EPOCH + number * width, hits[number], totals[number]) for number in spanned)


def _changes(before: Case, after: Case) -> Iterator[Change]:
    versions, later = dict(before.documents), dict(after.documents)
    for name in versions.keys() & later.keys():
        if versions[name] != later[name]:
            yield Change(Feature.DOCUMENT, f"{name} {versions[name]}", f"{name} {later[name]}")
    pairs = {
        Feature.KB: (before.kb, after.kb),
        Feature.MODEL: (", ".join(before.models), ", ".join(after.models)),
        Feature.AGENT: (before.agent, after.agent),
        Feature.CHANNEL: (before.channel, after.channel),
    }
    for feature, (one, other) in pairs.items():
        if one and other and one != other:
            yield Change(feature, one, other)
