"""Rules on how the session ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import WHOLE_SESSION, Part, Severity, Target, handoff_target
from feather_tui.findings.line import line
from feather_tui.findings.rows import Said
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.tools import ignored_failures
from feather_tui.findings.vocabulary import (
    UNKNOWN_REASONS,
    ReasonGroup,
    fault_in_words,
    group_of,
    names_a_component,
)

_FAULT_OUTCOMES: Final = frozenset({"error", "call_failed"})
_BAD_OUTCOMES: Final = {"unresolved": "left unresolved", "abandoned": "abandoned", "expired": "expired"}
_QUESTION_MARKS: Final = ("?", "\uff1f", "\u061f")
_CLOSING: Final = "\"'”’»)] "


def _fault(facts: Facts) -> Iterator[Seen]:
    if not _ended_in_fault(facts):
        return
    reason, outcome = facts.session.completion_reason, facts.session.knowledge_gap_analysis_outcome
    named = names_a_component(reason)
    yield Seen(
        line=line(
            "Ended in a platform fault: {reason} (outcome {outcome})",
            reason=reason or "no reason given",
            outcome=outcome or "not recorded",
        ),
        at=facts.end,
        targets=(WHOLE_SESSION,),
        part=Part.CAUSE if named else Part.LAST_RESORT,
        phrase=fault_in_words(reason),
        detail="the reason names what broke" if named else "the reason does not say what broke",
    )


def _ended_in_fault(facts: Facts) -> bool:
    if facts.session.knowledge_gap_analysis_outcome in _FAULT_OUTCOMES:
        return True
    return group_of(facts.session.completion_reason) is ReasonGroup.FAULT


def _capacity(facts: Facts) -> Iterator[Seen]:
    reason = facts.session.completion_reason
    if group_of(reason) is ReasonGroup.CAPACITY:
        yield Seen(
            line=line("Stopped by capacity or queue limits: {reason}", reason=reason),
            at=facts.end,
            targets=(WHOLE_SESSION,),
            phrase=f"stopped by capacity or queue limits ({reason})",
        )


def _closed_badly(facts: Facts) -> Iterator[Seen]:
    outcome, reason = facts.session.knowledge_gap_analysis_outcome, facts.session.completion_reason
    if outcome not in _BAD_OUTCOMES:
        return
    if _ended_in_fault(facts) or group_of(reason) is ReasonGroup.CAPACITY:
        return
    yield Seen(
        line=line(
            "Closed without resolution: {outcome} / {reason}",
            outcome=outcome,
            reason=reason or "no reason given",
        ),
        at=facts.end,
        targets=(WHOLE_SESSION,),
        phrase=_BAD_OUTCOMES[outcome],
    )


def _outcome_conflict(facts: Facts) -> Iterator[Seen]:
    if facts.session.knowledge_gap_analysis_outcome != "resolved":
        return
    why: list[str] = []
    targets: list[Target] = []
    for seen in _unanswered(facts):
        if (seen.severity or Severity.HIGH) >= Severity.MEDIUM:
            why.append("the last user message got no reply")
            targets += seen.targets
    for ignored in ignored_failures(facts):
        if not ignored.admission:
            why.append(f"the assistant replied after {ignored.call.name} failed")
            targets += (ignored.reply.target, ignored.call.target)
    if facts.takeovers and facts.session.completion_reason != "handoff_resolved":
        why.append("it was handed off")
        targets += [handoff_target(takeover.index) for takeover in facts.takeovers]
    if why:
        yield Seen(
            line=line("Marked resolved, but {why}", why=" and ".join(dict.fromkeys(why))),
            at=facts.end,
            targets=tuple(targets),
            phrase="marked resolved",
        )


def _unanswered(facts: Facts) -> Iterator[Seen]:
    if not facts.replies or not facts.said[-1].by_user:
        return
    last = facts.said[-1]
    if any(takeover.before > last.place for takeover in facts.takeovers):
        return
    if any(call.terminal and call.done and (call.place or 0) > last.place for call in facts.calls):
        return
    severity, detail = _weight_of_silence(facts, last)
    yield Seen(
        line=line("Last user message got no reply: “{text}”", text=last.message.content),
        at=last.at,
        targets=(last.target,),
        severity=severity,
        heuristic=severity is Severity.INFO,
        phrase="" if severity is Severity.INFO else "last message unanswered",
        detail=detail,
    )


def _weight_of_silence(facts: Facts, last: Said) -> tuple[Severity, str]:
    if facts.is_courtesy(last):
        return Severity.INFO, "it only says thanks or goodbye"
    if last.place >= facts.handed_off_before:
        return Severity.LOW, "after a handoff: what a person answered may not be on record"
    if group_of(facts.session.completion_reason) is ReasonGroup.CUSTOMER:
        return Severity.MEDIUM, "the session ended on the customer's side"
    return Severity.HIGH, ""


def _silent(facts: Facts) -> Iterator[Seen]:
    session = facts.session
    if not facts.users or facts.replies or facts.takeovers:
        return
    if session.channel == "voice" and session.knowledge_gap_analysis_outcome == "voicemail":
        return
    yield Seen(
        line=line("The assistant never replied"),
        at=facts.users[0].at,
        targets=tuple(said.target for said in facts.users),
        phrase="the assistant never replied",
    )


def _abrupt(facts: Facts) -> Iterator[Seen]:
    reason = facts.session.completion_reason
    if group_of(reason) in {ReasonGroup.NORMAL, ReasonGroup.OTHER} or facts.takeovers:
        return
    if any(call.call.name == "end_session" and call.done for call in facts.calls):
        return
    target = _asked_and_cut_off(facts) or _call_under_way(facts)
    if target is not None:
        yield Seen(
            line=line("Cut off mid-exchange ({reason})", reason=reason),
            at=facts.end,
            targets=(target,),
            phrase="cut off mid-exchange",
        )


def _asked_and_cut_off(facts: Facts) -> Target | None:
    """Return the last row if it is a reply that asks something, and the end left no time to answer."""
    last = facts.rows[-1] if facts.rows else None
    if last is None or not facts.replies or facts.replies[-1] is not last:
        return None
    if not last.message.content.rstrip(_CLOSING + "\n\t").endswith(_QUESTION_MARKS):
        return None
    if facts.end is None or last.at is None:
        return None
    left = (facts.end - last.at).total_seconds()
    return last.target if left < facts.thresholds.cut_off_seconds else None


def _call_under_way(facts: Facts) -> Target | None:
    """Return a call of the assistant's last row that neither failed nor brought a result."""
    place = facts.assistant[-1].place if facts.assistant else None
    if place is None:
        return None
    for call in facts.calls:
        if call.place == place and not (call.terminal or call.failed or call.done):
            return call.target
    return None


def _end_unknown(facts: Facts) -> Iterator[Seen]:
    session = facts.session
    unknown = []
    if session.knowledge_gap_analysis_outcome is None:
        unknown.append("outcome")
    if not session.completion_reason or session.completion_reason in UNKNOWN_REASONS:
        unknown.append("reason")
    if session.ended_at is None:
        unknown.append("time")
    if unknown:
        yield Seen(
            line=line("End not recorded ({fields})", fields=", ".join(unknown)),
            at=facts.end,
            targets=(WHOLE_SESSION,),
        )


_OUTCOME: Final = ("A.knowledge_gap_analysis_outcome", "A.completion_reason")

RULES: Final = (
    Rule(
        id="END_FAULT",
        family=Family.ENDING,
        title="Platform fault",
        severity=Severity.CRITICAL,
        reason="The platform itself broke: whatever the assistant did, the customer was cut off.",
        fields=_OUTCOME,
        evaluate=_fault,
        part=Part.CAUSE,
        follows=True,
        explains=("SILENT_AGENT", "UNANSWERED", "ABRUPT_END", "TOOL_NO_RESULT"),
    ),
    Rule(
        id="END_CAPACITY",
        family=Family.ENDING,
        title="Capacity or queue",
        severity=Severity.HIGH,
        reason="A limit or a queue stopped the session: look at the load, not at the assistant.",
        fields=("A.completion_reason",),
        evaluate=_capacity,
        part=Part.CAUSE,
        follows=True,
        explains=("SILENT_AGENT", "UNANSWERED", "ABRUPT_END", "TOOL_NO_RESULT"),
    ),
    Rule(
        id="END_BAD",
        family=Family.ENDING,
        title="Closed without resolution",
        severity=Severity.MEDIUM,
        reason="It was closed as unresolved, abandoned or expired.",
        fields=_OUTCOME,
        evaluate=_closed_badly,
        follows=True,
    ),
    Rule(
        id="OUTCOME_CONFLICT",
        family=Family.ENDING,
        title="Resolved in name only",
        severity=Severity.MEDIUM,
        reason="“Resolved” only says how the session was closed; something in it says otherwise.",
        fields=(*_OUTCOME, "A.handoff_events[]"),
        evaluate=_outcome_conflict,
        follows=True,
    ),
    Rule(
        id="UNANSWERED",
        family=Family.ENDING,
        title="Last message unanswered",
        severity=Severity.HIGH,
        also=(Severity.MEDIUM, Severity.LOW, Severity.INFO),
        reason="The customer spoke last and nobody answered or took over.",
        fields=("A.messages[]", "A.handoff_events[]"),
        evaluate=_unanswered,
        part=Part.LAST_RESORT,
        follows=True,
    ),
    Rule(
        id="SILENT_AGENT",
        family=Family.ENDING,
        title="No reply at all",
        severity=Severity.CRITICAL,
        reason="A customer spoke and the assistant never did.",
        fields=("A.messages[]", "A.handoff_events[]"),
        evaluate=_silent,
        part=Part.LAST_RESORT,
        follows=True,
    ),
    Rule(
        id="ABRUPT_END",
        family=Family.ENDING,
        title="Cut off",
        severity=Severity.MEDIUM,
        reason="The session ended right after a question, or while a tool call was under way.",
        fields=("A.ended_at", "A.completion_reason", "A.messages[]", "A.tool_calls[]"),
        evaluate=_abrupt,
        part=Part.LAST_RESORT,
        follows=True,
    ),
    Rule(
        id="END_UNKNOWN",
        family=Family.ENDING,
        title="End not recorded",
        severity=Severity.LOW,
        reason="How or when it ended is not on record, so times up to the end are guesses.",
        fields=(*_OUTCOME, "A.ended_at"),
        evaluate=_end_unknown,
    ),
)
