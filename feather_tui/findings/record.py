"""Rules on whether the record of the conversation holds together: its times and its links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Part, Severity, Target, citation_target, row_target
from feather_tui.findings.line import counted, line
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.turns import target_of

_HOLES: Final = 2
"""So many missing turns are holes in the record; one may be an oddity."""


def _order(facts: Facts) -> Iterator[Seen]:
    odd = dict.fromkeys([*_back_in_time(facts), *_outside(facts)])
    if odd:
        messages = facts.session.messages
        yield Seen(
            line=line("Timestamps out of order ({n})", n=counted(len(odd), "row")),
            at=messages[next(iter(odd))].timestamp,
            targets=tuple(map(row_target, odd)),
        )


def _back_in_time(facts: Facts) -> Iterator[int]:
    """Yield the rows that are earlier than the one before them in the array."""
    slack = facts.thresholds.clock_jitter_seconds
    last: datetime | None = None
    for row, message in enumerate(facts.session.messages):
        if message.timestamp is None:
            continue
        if last is not None and last > message.timestamp and _seconds(message.timestamp, last) > slack:
            yield row
        last = message.timestamp


def _outside(facts: Facts) -> Iterator[int]:
    """Yield the rows before the start or after the end."""
    slack, start, end = facts.thresholds.clock_slack_seconds, facts.session.started_at, facts.end
    for row, message in enumerate(facts.session.messages):
        at = message.timestamp
        if at is None:
            continue
        early = start is not None and at < start and _seconds(at, start) > slack
        if early or (end is not None and end < at and _seconds(end, at) > slack):
            yield row


def _seconds(earlier: datetime, later: datetime) -> float:
    return (later - earlier).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A record that points at a turn, in the order of its array; `found`: a row has that turn."""

    turn_id: str
    found: bool
    at: datetime | None
    target: Target


def _dangling(facts: Facts) -> Iterator[Seen]:
    """See the records whose turn is in no row: one finding for all of them."""
    if _all_found(facts):
        return
    arrays = [list(_call_links(facts)), list(_retrieval_links(facts)), list(_citation_links(facts))]
    lost = [link for links in arrays for link in links if not link.found]
    if not lost:
        return
    turns = len({link.turn_id for link in lost})
    severity, detail = _weight_of_loss(facts, turns, none_found=len(lost) == sum(map(len, arrays)))
    moments = [moment for moment in map(_last_before_loss, arrays) if moment is not None]
    yield Seen(
        line=line(
            "{n} point to {turns}",
            n=counted(len(lost), "record"),
            turns=counted(turns, "missing turn"),
        ),
        at=max(moments, default=None),
        targets=tuple(link.target for link in lost),
        severity=severity,
        phrase="part of the record was lost",
        detail=detail,
    )


def _all_found(facts: Facts) -> bool:
    turns = facts.places_of_turn
    return all(turn.id in turns for turn in facts.turns) and all(call.linked for call in facts.calls)


def _weight_of_loss(facts: Facts, turns: int, *, none_found: bool) -> tuple[Severity, str]:
    if "legacy_session" in facts.missing:
        return Severity.LOW, "carried over from an older system"
    if none_found:
        return Severity.LOW, "not one record finds its turn: their ids are of another kind"
    if turns < _HOLES:
        return Severity.LOW, ""
    return Severity.HIGH, "other records find theirs: rows were lost; the time is that of the last before it"


def _call_links(facts: Facts) -> Iterator[_Link]:
    recorded = [(call.call.recorded_index or 0, call) for call in facts.calls if call.call.recorded]
    for _, call in sorted(recorded, key=itemgetter(0)):
        turn_id = call.call.recorded.assistant_turn_id if call.call.recorded else ""
        yield _Link(turn_id=turn_id, found=call.linked, at=call.at, target=call.target)


def _retrieval_links(facts: Facts) -> Iterator[_Link]:
    entries = [(entry.index, entry) for turn in facts.turns for entry in turn.retrievals]
    for _, entry in sorted(entries, key=itemgetter(0)):
        yield _Link(
            turn_id=entry.trace.assistant_turn_id, found=entry.linked, at=entry.at, target=target_of(entry)
        )


def _citation_links(facts: Facts) -> Iterator[_Link]:
    for index, citation in enumerate(facts.session.citations):
        turn_id = citation.assistant_turn_id
        yield _Link(
            turn_id=turn_id,
            found=turn_id in facts.places_of_turn,
            at=None,
            target=citation_target(index, citation.chunk_id),
        )


def _last_before_loss(links: Iterable[_Link]) -> datetime | None:
    """Return the time of the last record before the first whose turn is missing."""
    last: datetime | None = None
    for link in links:
        if not link.found:
            return last
        last = link.at or last
    return None


RULES: Final = (
    Rule(
        id="ORDER",
        family=Family.CONVERSATION,
        title="Times out of order",
        severity=Severity.LOW,
        reason="Clocks differed or rows were joined from two places: waits and order are to be doubted.",
        fields=("A.messages[].timestamp", "A.started_at", "A.ended_at"),
        evaluate=_order,
        needs=(Need.TIMES,),
    ),
    Rule(
        id="DANGLING",
        family=Family.CONVERSATION,
        title="Missing turns",
        severity=Severity.LOW,
        also=(Severity.HIGH,),
        reason="Tool calls, retrievals or citations belong to rows that are not in the document.",
        fields=(
            "A.tool_calls[].assistant_turn_id",
            "A.rag_traces[].assistant_turn_id",
            "A.citations[].assistant_turn_id",
        ),
        evaluate=_dangling,
        part=Part.CAUSE,
        explains=("TOOL_UNLINKED", "RAG_MISS", "RAG_HIT_CONFLICT", "CITE_ALIEN"),
    ),
)
