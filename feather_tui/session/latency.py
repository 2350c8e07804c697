"""Where the time went, turn by turn: tools, retrieval, the model, and what no record accounts for.

A turn runs from the customer's row, or from the assistant's own row if it called tools, to the next reply.
Four clocks tell of it: the rows' times, the reply's `latency_ms`, and those of its tool calls and retrievals.
The API's documentation does not say whether a row's latency includes its tools and retrievals. Both readings
are worked out; often the times allow only one. All times are whole milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from feather_tui.session.evidence import fed_by
from feather_tui.session.timeline import CallEntry, Entry, MessageEntry, RetrievalEntry, speaks


class Reading(StrEnum):
    """What a row's `latency_ms` may mean."""

    INCLUDES = "tools and retrieval included"
    ON_TOP = "tools and retrieval on top"


class Mark(StrEnum):
    """What is odd about a turn's times."""

    OVERLAP = "overlap"
    """Under neither reading do the parts fit into the wait."""
    PARTS_EXCEED_WAIT = "parts exceed wait"
    """Tools and retrieval alone add up to more than the wait."""
    LATENCY_EXCEEDS_WAIT = "latency exceeds wait"
    """The reply reports more time than passed between the rows."""
    UNTIMED = "untimed"
    """A tool call or retrieval has no time on record, or a negative one."""
    NEGATIVE = "negative"
    """The reply's latency is negative, and is left out."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of milliseconds that is known to lie between two bounds; never negative."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One reading of a turn. `excess_ms`: by so much it does not add up; 0 if it does.

    `unaccounted_ms` is None where the wait is not known.
    """

    reading: Reading
    model_ms: int
    unaccounted_ms: int | None
    excess_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredTurn:
    """One reply and what the time before it went to.

    `since` is the row from which the customer waited, `wait_ms` the time between the two rows (None: a time
    is missing). `tool_ms` and `retrieval_ms` are sums. `splits` are both readings of `latency_ms`, one if
    nothing but the model took time, none without a latency. `model_ms` and `unaccounted_ms` span the readings
    that add up; `unaccounted_ms` holds the model's time too where no latency is on record.
    """

    since: MessageEntry
    reply: MessageEntry
    calls: tuple[CallEntry, ...]
    retrievals: tuple[RetrievalEntry, ...]
    wait_ms: int | None
    latency_ms: int | None
    tool_ms: int
    retrieval_ms: int
    splits: tuple[Split, ...]
    model_ms: Amount | None
    unaccounted_ms: Amount | None
    marks: tuple[Mark, ...]

    @property
    def parts_ms(self) -> int:
        """What tools and retrieval took, added up."""
        return self.tool_ms + self.retrieval_ms

    @property
    def whole_ms(self) -> int:
        """The wait; where it is not known, the least that the records account for."""
        return self.wait_ms if self.wait_ms is not None else max(self.latency_ms or 0, self.parts_ms)


def answered_turns(timeline: Sequence[Entry]) -> tuple[AnsweredTurn, ...]:
    """Return the answered turns in the order of time, at a cost that is linear in the timeline.

    A reply that nobody waited for (the assistant goes on talking, without a tool call between) is no turn.
    """
    return tuple(_turns(timeline))


def _turns(timeline: Sequence[Entry]) -> Iterator[AnsweredTurn]:
    since: MessageEntry | None = None
    calls: list[CallEntry] = []
    for position, entry in enumerate(timeline):
        if isinstance(entry, CallEntry):
            calls.append(entry)
        elif isinstance(entry, MessageEntry) and (entry.message.role == "user" or speaks(entry.message)):
            if since and entry.message.role == "assistant" and (since.message.role == "user" or calls):
                fed = [other for other in fed_by(timeline, position) if isinstance(other, RetrievalEntry)]
                yield _turn(since, entry, tuple(calls), tuple(fed))
            since, calls = entry, []


def _turn(
    since: MessageEntry,
    reply: MessageEntry,
    calls: tuple[CallEntry, ...],
    retrievals: tuple[RetrievalEntry, ...],
) -> AnsweredTurn:
    wait = _between(since, reply)
    reported = reply.message.latency_ms
    latency = reported if reported is not None and reported >= 0 else None
    called = [entry.call.latency_ms for entry in calls]
    searched = [entry.trace.latency_ms for entry in retrievals]
    parts = _sum(called) + _sum(searched)
    splits = () if latency is None else tuple(_splits(wait, latency, parts))
    return AnsweredTurn(
        since=since,
        reply=reply,
        calls=calls,
        retrievals=retrievals,
        wait_ms=wait,
        latency_ms=latency,
        tool_ms=_sum(called),
        retrieval_ms=_sum(searched),
        splits=splits,
        model_ms=None if latency is None else _model(splits, latency, parts),
        unaccounted_ms=None if wait is None else _unaccounted(splits, wait, parts),
        marks=tuple(
            mark
            for mark, holds in (
                (Mark.OVERLAP, parts > 0 and bool(splits) and all(split.excess_ms for split in splits)),
                (Mark.PARTS_EXCEED_WAIT, wait is not None and parts > wait),
                (Mark.LATENCY_EXCEEDS_WAIT, wait is not None and latency is not None and latency > wait),
                (Mark.UNTIMED, any(took is None or took < 0 for took in (*called, *searched))),
                (Mark.NEGATIVE, latency != reported),
            )
            if holds
        ),
    )


def _splits(wait: int | None, latency: int, parts: int) -> Iterator[Split]:
    beyond = 0 if wait is None else latency - wait
    yield Split(
        reading=Reading.INCLUDES,
        model_ms=max(latency - parts, 0),
        unaccounted_ms=None if wait is None else max(-beyond, 0),
        excess_ms=max(parts - latency, beyond, 0),
    )
    if parts:
        yield Split(
            reading=Reading.ON_TOP,
            model_ms=latency,
            unaccounted_ms=None if wait is None else max(-beyond - parts, 0),
            excess_ms=0 if wait is None else max(beyond + parts, 0),
        )


def _model(splits: Sequence[Split], latency: int, parts: int) -> Amount:
    fitting = [split.model_ms for split in splits if not split.excess_ms]
    if fitting:
        return Amount(min(fitting), max(fitting))
    return Amount(latency - parts, latency - parts) if parts <= latency else Amount(0, latency)


def _unaccounted(splits: Sequence[Split], wait: int, parts: int) -> Amount:
    fitting = [split.unaccounted_ms or 0 for split in splits if not split.excess_ms]
    if fitting:
        return Amount(min(fitting), max(fitting))
    left = max(wait - parts, 0)
    if not splits:
        return Amount(left, left)
    return Amount(0, min(left, splits[0].unaccounted_ms or 0))


def _between(since: MessageEntry, reply: MessageEntry) -> int | None:
    before, after = since.message.timestamp, reply.message.timestamp
    if before is None or after is None:
        return None
    return max((after - before) // timedelta(milliseconds=1), 0)


def _sum(times: Iterable[int | None]) -> int:
    return sum(took for took in times if took is not None and took > 0)
