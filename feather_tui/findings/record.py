"""Rules on whether the record of the conversation holds together: its times and its links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from feather_tui.findings.facts import Facts, target_of
from feather_tui.findings.finding import Part, Severity, Target, citation_target, row_target
from feather_tui.findings.line import line
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen


def _order(facts: Facts) -> Iterator[Seen]:
    odd = dict.fromkeys([*_back_in_time(facts), *_outside(facts)])
    if odd:
        messages = facts.session.messages
        yield Seen(
            line=line("Timestamps out of order ({n})", n="1 row" if len(odd) == 1 else f"{len(odd)} rows"),
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
        if last is not None and (last - message.timestamp).total_seconds() > slack:
            yield row
        last = message.timestamp


def _outside(facts: Facts) -> Iterator[int]:
    """Yield the rows before the start or after the end."""
    slack, start, end = facts.thresholds.clock_slack_seconds, facts.session.started_at, facts.end
    for row, message in enumerate(facts.session.messages):
        at = message.timestamp
        if at is None:
            continue
        early = start is not None and (start - at).total_seconds() > slack
        if early or (end is not None and (at - end).total_seconds() > slack):
            yield row


def _dangling(facts: Facts) -> Iterator[Seen]:
    """See the records whose turn is in no row: one finding for all of them."""
    links = list(_links(facts))
    lost = [link for link in links if not link.found]
    if not lost:
        return
    turns = len({link.turn_id for link in lost})
    severity, detail = _weight_of_loss(facts, turns, any_found=len(lost) < len(links))
    yield Seen(
        line=line(
            "{n} point to {turns}",
            n="1 record" if len(lost) == 1 else f"{len(lost)} records",
            turns="a missing turn" if turns == 1 else f"{turns} missing turns",
        ),
        at=min((moment for moment in _last_seen(links) if moment is not None), default=None),
        targets=tuple(link.target for link in lost),
        severity=severity,
        phrase="part of the record was lost",
        detail=detail,
    )
