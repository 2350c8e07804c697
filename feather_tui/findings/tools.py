"""Rules on tool calls: what failed, what never came back, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Part, Severity, row_target
from feather_tui.findings.line import excerpt, line, seconds
from feather_tui.findings.made import Made, argument_fault
from feather_tui.findings.needs import Need
from feather_tui.findings.rows import Said
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.vocabulary import ReasonGroup, group_of
from feather_tui.findings.wording import lexicon

_CAUSE_CHARACTERS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A failed call, hard or soft, and the reply that followed without a retry that worked.

    `admission`: the words in which the reply says that something did not work; empty if it does not.
    """

    call: Made
    reply: Said
    admission: str


def ignored_failures(facts: Facts) -> Iterator[Ignored]:
    """Yield the failures after which the assistant went on to reply.

    A call that is tried again before the customer speaks passes the question on to the retry.
    """
    worked_later: set[str] = set()
    tried_again: dict[tuple[str, int], Made] = {}
    ignored: list[Ignored] = []
    for call in reversed(facts.calls):
        if call.place is None:
            continue
        key = (call.name, facts.round_of(call.place))
        bad = call.failed or bool(call.fault)
        if bad and call.name not in worked_later and key not in tried_again:
            reply = facts.reply_after(call.place)
            if reply is not None and reply.place < facts.handed_off_before:
                ignored.append(Ignored(call=call, reply=reply, admission=_admission(facts, reply)))
        if call.clean:
            worked_later.add(call.name)
        tried_again[key] = call
    yield from reversed(ignored)


def _admission(facts: Facts, reply: Said) -> str:
    wording = facts.thresholds.wording
    if not wording.admissions:
        return ""
    return lexicon(wording.admission_words).find(reply.message.content)


def _error(facts: Facts) -> Iterator[Seen]:
    for call in facts.calls:
        if call.failed:
            took = call.call.latency_ms
            yield Seen(
                line=line(
                    "{name} {failed}: {error} · args {args}",
                    name=call.name,
                    failed="failed" if took is None else f"failed after {seconds(took)}",
                    error=call.call.error,
                    args=call.call.arguments or "none",
                ),
                at=call.at,
                targets=(call.target,),
                phrase=_failure_phrase(call),
            )


def _failure_phrase(call: Made) -> str:
    """Return the failure in few words; nothing where the arguments already say why."""
    if argument_fault(call.call):
        return ""
    took = call.call.latency_ms
    if call.timed_out:
        return f"{call.name} timed out" + ("" if took is None else f" {seconds(took)}")
    return f"{call.name} failed ({excerpt(call.call.error or '', _CAUSE_CHARACTERS)})"


def _soft_failure(facts: Facts) -> Iterator[Seen]:
    ignored = {id(case.call) for case in ignored_failures(facts) if not case.admission}
    for call in facts.calls:
        if call.fault and not call.failed:
            heeded = id(call) not in ignored
            yield Seen(
                line=line("{name} returned an error body: {detail}", name=call.name, detail=call.fault),
                at=call.at,
                targets=(call.target,),
                severity=Severity.MEDIUM if heeded else Severity.HIGH,
                phrase=f"{call.name} refused ({excerpt(call.fault, _CAUSE_CHARACTERS)})",
                detail="" if heeded else "the assistant replied as if it had worked",
            )


def _no_result(facts: Facts) -> Iterator[Seen]:
    last_done = max((call.place or 0 for call in facts.calls if call.done), default=-1)
    for call in facts.calls:
        if call.failed or call.done:
            continue
        severity, detail = Severity.HIGH, ""
        if call.terminal:
            severity, detail = Severity.INFO, "the platform's own tools often bring none"
        elif _broken_off(facts, call, last_done):
            severity, detail = Severity.MEDIUM, "it was under way when the session broke off"
        yield Seen(
            line=line("{name} has no result (never returned, or not captured)", name=call.name),
            at=call.at,
            targets=(call.target,),
            severity=severity,
            phrase="" if argument_fault(call.call) else f"{call.name} never returned",
            detail=detail,
        )


def _broken_off(facts: Facts, call: Made, last_done: int) -> bool:
    """Return whether the platform stopped the session while this call could still have come back."""
    group = group_of(facts.session.completion_reason)
    if group not in {ReasonGroup.FAULT, ReasonGroup.CAPACITY} or call.place is None or call.at is None:
        return False
    if call.place <= last_done or facts.end is None:
        return False
    return (facts.end - call.at).total_seconds() <= facts.thresholds.under_way_seconds


def _bad_arguments(facts: Facts) -> Iterator[Seen]:
    for call in facts.calls:
        fault = argument_fault(call.call)
        if fault:
            yield Seen(
                line=line("{name}: {fault}", name=call.name, fault=fault),
                at=call.at,
                targets=(call.target,),
                phrase=f"{call.name}: {fault}",
            )


def _slow(facts: Facts) -> Iterator[Seen]:
    limit = facts.thresholds.tool_ms
    for call in facts.calls:
        took = call.call.latency_ms
        if took is not None and took >= limit.slow and not call.failed:
            yield Seen(
                line=line("{name} took {took}", name=call.name, took=seconds(took)),
                at=call.at,
                targets=(call.target,),
                severity=Severity.HIGH if took >= limit.bad else Severity.MEDIUM,
                phrase=f"{call.name} took {seconds(took)}",
            )


def _ignored(facts: Facts) -> Iterator[Seen]:
    for ignored in ignored_failures(facts):
        admitted = bool(ignored.admission)
        yield Seen(
            line=line("Replied after {name} failed, with no retry that worked", name=ignored.call.name),
            at=ignored.reply.at,
            targets=(ignored.reply.target, ignored.call.target),
            severity=Severity.LOW if admitted else Severity.HIGH,
            heuristic=facts.thresholds.wording.admissions,
            phrase="said so" if admitted else "answered anyway",
            detail=f"the reply seems to admit it: “{ignored.admission}”" if admitted else "",
        )


def _unlinked(facts: Facts) -> Iterator[Seen]:
    for call in facts.calls:
        if not call.linked:
            yield Seen(
                line=line("Unlinked tool record {id}", id=call.call.id or call.name),
                at=None,
                targets=(call.target,),
                detail="no row asked for it",
            )
    for row in facts.orphan_rows:
        message = facts.session.messages[row]
        result = message.tool_results
        yield Seen(
            line=line("Unlinked tool record {id}", id=result.tool_call_id if result else ""),
            at=message.timestamp,
            targets=(row_target(row),),
            detail="a result without a call",
        )


RULES: Final = (
    Rule(
        id="TOOL_ERROR",
        family=Family.TOOLS,
        title="Tool failed",
        severity=Severity.HIGH,
        reason="A tool call ended in an error, in either copy of it.",
        fields=("A.tool_calls[].error", "A.messages[].tool_results.error"),
        evaluate=_error,
        needs=(Need.TOOLS,),
        part=Part.CAUSE,
        explains=("TOOL_IGNORED", "TOOL_REPEAT", "TOOL_LOOP"),
    ),
    Rule(
        id="TOOL_SOFT_FAIL",
        family=Family.TOOLS,
        title="Failure inside a result",
        severity=Severity.MEDIUM,
        also=(Severity.HIGH,),
        reason="The result counts as a success and reports a failure, which is easily overlooked.",
        fields=("A.tool_calls[].result", "A.messages[].tool_results.output"),
        evaluate=_soft_failure,
        needs=(Need.TOOLS,),
        part=Part.CAUSE,
        explains=("TOOL_IGNORED", "TOOL_REPEAT", "TOOL_LOOP"),
    ),
    Rule(
        id="TOOL_NO_RESULT",
        family=Family.TOOLS,
        title="No result",
        severity=Severity.HIGH,
        also=(Severity.MEDIUM, Severity.INFO),
        reason="What the tool did is not known: it never returned, or its result was not captured.",
        fields=("A.tool_calls[].result", "A.tool_calls[].error", "A.messages[].tool_results"),
        evaluate=_no_result,
        needs=(Need.TOOLS,),
        from_absence=True,
        part=Part.CAUSE,
    ),
    Rule(
        id="TOOL_BAD_ARGS",
        family=Family.TOOLS,
        title="Broken arguments",
        severity=Severity.HIGH,
        reason="The model wrote arguments that no tool can read.",
        fields=("A.tool_calls[].arguments",),
        evaluate=_bad_arguments,
        needs=(Need.TOOLS,),
        part=Part.CAUSE,
        explains=("TOOL_ERROR", "TOOL_SOFT_FAIL", "TOOL_NO_RESULT", "TOOL_IGNORED", "TOOL_LOOP"),
    ),
    Rule(
        id="TOOL_IGNORED",
        family=Family.TOOLS,
        title="Failure ignored",
        severity=Severity.HIGH,
        also=(Severity.LOW,),
        reason="The assistant answered after a failure, so the answer may promise what did not happen.",
        fields=("A.tool_calls[]", "A.messages[]"),
        evaluate=_ignored,
        needs=(Need.TOOLS,),
        from_absence=True,
        heuristic=True,
    ),
    Rule(
        id="TOOL_SLOW",
        family=Family.TOOLS,
        title="Slow tool",
        severity=Severity.MEDIUM,
        also=(Severity.HIGH,),
        reason="The customer waited for a tool that worked, but slowly.",
        fields=("A.tool_calls[].latency_ms",),
        evaluate=_slow,
        needs=(Need.TOOLS, Need.TOOL_LATENCY),
        part=Part.CAUSE,
    ),
    Rule(
        id="TOOL_UNLINKED",
        family=Family.TOOLS,
        title="Unlinked tool record",
        severity=Severity.LOW,
        reason="A result without a call, or a call without a row: part of the record is missing.",
        fields=("A.tool_calls[].assistant_turn_id", "A.messages[].tool_results.tool_call_id"),
        evaluate=_unlinked,
        needs=(Need.TOOLS,),
        from_absence=True,
    ),
)
