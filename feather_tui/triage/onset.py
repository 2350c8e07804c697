"""Since when sessions fail, and with which error; what changed between the last good and the first bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from math import exp, log
from typing import Final, Self

from feather_tui.session.moments import in_utc
from feather_tui.triage.case import Case
from feather_tui.triage.common import CHANCE
from feather_tui.triage.exact import log_chance_of_so_many
from feather_tui.triage.features import Feature, document_text
from feather_tui.triage.signature import Signature

_WIDTHS: Final = tuple(
    timedelta(minutes=minutes)
    for minutes in (
        *(1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720),
        *(days * 24 * 60 for days in (1, 2, 7, 30, 90, 365)),
    )
)
_FEWEST_BUCKETS, _MOST_BUCKETS = 12, 48
"""As many as half of the sessions, within these: in narrower ones a few sessions are no picture."""
_MOST_ERRORS: Final = 24
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
    """How an error is spread over time; `signature` None: that a session failed, however it did.

    `first`: the session from which on it is more frequent (`sudden`), or the first that has it where there is
    no such change beyond chance. `healthy`: the last session before that went well, of the same agent if
    there is one. `changes`: what differs between the two. `width` is that of the buckets.
    """

    signature: Signature | None
    buckets: tuple[Bucket, ...]
    width: timedelta
    first: Case
    sudden: bool
    healthy: Case | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Onsets:
    """What begins in some sessions: failing at all, and errors of several, those with a beginning first.

    `left`: how many more errors there are. `sessions`: how many were looked at, `timed` those with a start.
    """

    overall: Onset | None
    errors: tuple[Onset, ...]
    left: int
    sessions: int
    timed: int

    @classmethod
    def of(cls, cases: Sequence[Case], among: Iterable[Case] | None = None) -> Self:
        """Look at the most frequent errors, of all or those `among` some. A second for 10,000 sessions."""
        timed = [case for case in cases if case.started_at]
        errors = frequent(timed if among is None else (case for case in among if case.started_at))
        several = [signature for signature, number in errors if number > 1][:_MOST_ERRORS]
        found = [each for each in (onset(timed, signature) for signature in several) if each is not None]
        return cls(
            overall=onset(timed),
            errors=tuple(sorted(found, key=lambda each: not each.sudden)),
            left=len(errors) - len(found),
            sessions=len(cases),
            timed=len(timed),
        )


def frequent(cases: Iterable[Case]) -> list[tuple[Signature, int]]:
    """Return the errors and how many sessions have each, most first."""
    return Counter(signature for case in cases for signature in dict.fromkeys(case.errors)).most_common()


def onset(cases: Sequence[Case], signature: Signature | None = None) -> Onset | None:
    """Return since when sessions have this error, or fail at all; None if none with a start does."""
    in_time = sorted((case for case in cases if case.started_at), key=_start)
    has = [signature in case.errors if signature else case.failed for case in in_time]
    if not any(has):
        return None
    place, chance = _change(has)
    first = in_time[place]
    healthy = _healthy_before(zip(in_time[:place], has, strict=False), first)
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
        return log_chance_of_so_many(marked - before[place], drawn=total - place, marked=marked, total=total)

    chances = [chance(place) for place in places]
    least = min(chances)
    best = places[chances.index(least)]
    corrected = exp(min(0.0, least + log(len(places))))
    return (best, corrected) if corrected <= CHANCE else (places[0], corrected)


def _healthy_before(earlier: Iterable[tuple[Case, bool]], first: Case) -> Case | None:
    healthy = [case for case, has in earlier if not case.failed and not has]
    of_agent = [case for case in healthy if case.agent == first.agent]
    return next(reversed(of_agent or healthy), None)


def _buckets(in_time: Sequence[Case], has: Sequence[bool]) -> tuple[timedelta, tuple[Bucket, ...]]:
    """Count in stretches of equal width; those without a session are among them."""
    start, end = _start(in_time[0]), _start(in_time[-1])
    most = min(max(len(in_time) // 2, _FEWEST_BUCKETS), _MOST_BUCKETS)
    width = next((width for width in _WIDTHS if (end - start) / width < most - 1), _WIDTHS[-1])
    numbers = [(_start(case) - _EPOCH) // width for case in in_time]
    totals = Counter(numbers)
    hits = Counter(number for number, hit in zip(numbers, has, strict=True) if hit)
    spanned = range(numbers[0], numbers[-1] + 1)
    return width, tuple(Bucket(_EPOCH + number * width, hits[number], totals[number]) for number in spanned)


def _changes(before: Case, after: Case) -> Iterator[Change]:
    versions, later = dict(before.documents), dict(after.documents)
    for name in sorted(versions.keys() & later.keys()):
        if versions[name] != later[name]:
            texts = (document_text(name, each[name]) for each in (versions, later))
            yield Change(Feature.DOCUMENT, *texts)
    pairs = {
        Feature.KB: (before.kb, after.kb),
        Feature.MODEL: (", ".join(before.models), ", ".join(after.models)),
        Feature.AGENT: (before.agent, after.agent),
        Feature.REVISION: (before.revision, after.revision),
        Feature.CHANNEL: (before.channel, after.channel),
    }
    for feature, (one, other) in pairs.items():
        if one and other and one != other:
            yield Change(feature, one, other)
