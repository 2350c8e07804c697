"""Rules on handoffs: to a person or to another assistant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import WHOLE_SESSION, Severity, Target, handoff_target
from feather_tui.findings.line import line
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.vocabulary import HANDED_OFF


def _escalated(facts: Facts) -> Iterator[Seen]:
    for takeover in facts.takeovers:
        handoff = takeover.handoff
        yield Seen(
            line=line(
                "Handed off to {target}: {reason}",
                target=handoff.transferred_to_agent_id or "a target not on record",
                reason=handoff.reason or "no reason given",
            ),
            at=handoff.timestamp,
            targets=(handoff_target(takeover.index),),
            phrase="transferred",
        )
    outcome = facts.session.knowledge_gap_analysis_outcome
    if not facts.takeovers and outcome in HANDED_OFF:
        yield Seen(
            line=line("Handed off according to the outcome: {outcome}", outcome=outcome),
            at=facts.end,
            targets=(WHOLE_SESSION,),
            phrase=str(outcome),
        )


def _handoff_without_reason(facts: Facts) -> Iterator[Seen]:
    for takeover in facts.takeovers:
        if not (takeover.handoff.reason or "").strip():
            yield Seen(
                line=line("Handoff gives no reason"),
                at=takeover.handoff.timestamp,
                targets=(handoff_target(takeover.index),),
            )


def _handoff_unrecorded(facts: Facts) -> Iterator[Seen]:
    if facts.takeovers:
        return
    calls = facts.handoff_calls
    if calls:
        targets: tuple[Target, ...] = tuple(call.target for call in calls)
        yield Seen(line=line("Escalation without a handoff record"), at=calls[0].at, targets=targets)
    elif facts.session.knowledge_gap_analysis_outcome in HANDED_OFF:
        yield Seen(line=line("Escalation without a handoff record"), at=facts.end, targets=(WHOLE_SESSION,))


RULES: Final = (
    Rule(
        id="ESCALATED",
        family=Family.ENDING,
        title="Handed off",
        severity=Severity.MEDIUM,
        reason="Somebody else had to take over.",
        fields=("A.handoff_events[]", "A.knowledge_gap_analysis_outcome"),
        evaluate=_escalated,
        follows=True,
    ),
    Rule(
        id="HANDOFF_NO_REASON",
        family=Family.ENDING,
        title="Handoff without a reason",
        severity=Severity.MEDIUM,
        reason="Whoever took over was not told why.",
        fields=("A.handoff_events[].reason",),
        evaluate=_handoff_without_reason,
    ),
    Rule(
        id="HANDOFF_UNRECORDED",
        family=Family.ENDING,
        title="Handoff not on record",
        severity=Severity.MEDIUM,
        reason="The outcome or a tool says that it was handed off, and no handoff is on record.",
        fields=("A.handoff_events[]", "A.knowledge_gap_analysis_outcome", "A.tool_calls[].name"),
        evaluate=_handoff_unrecorded,
    ),
)
