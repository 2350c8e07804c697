"""Rules on time: slow replies, long waits, slow searches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Part, Severity
from feather_tui.findings.line import excerpt, gap, line, ratio, seconds
from feather_tui.findings.needs import Need
from feather_tui.findings.rows import Said
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.turns import target_of

_BY_TOOLS: Final = "tool calls took at least half of it"
_MODEL_CHARACTERS: Final = 30


def _slow_reply(facts: Facts) -> Iterator[Seen]:
    limit = facts.thresholds.reply_limit(facts.session.channel)
    latencies = list(_latencies(facts))
    median = _median([took for _, took in latencies])
    if limit is None or median is None:
        return
    first = facts.assistant[0]
    for said, took in latencies:
        if took < limit.slow:
            continue
        severity = Severity.HIGH if took >= limit.bad else Severity.MEDIUM
        detail = ""
        if _spent_in_tools(facts, said) * 2 >= took:
            severity, detail = severity.lower, _BY_TOOLS
        elif said is first:
            severity, detail = severity.lower, "the first reply of a session: often a cold start"
        compared = f"{ratio(took, median)} session median" if took > median > 0 else "the usual here"
        who = excerpt(said.message.model_used or "the assistant", _MODEL_CHARACTERS)
        yield Seen(
            line=line("Reply took {took} ({compared})", took=seconds(took), compared=compared),
            at=said.at,
            targets=(said.target,),
            severity=severity,
            phrase="" if detail == _BY_TOOLS else f"{who} took {seconds(took)} to answer",
            detail=detail,
        )


def _outlier(facts: Facts) -> Iterator[Seen]:
    limit = facts.thresholds.reply_limit(facts.session.channel)
    latencies = list(_latencies(facts))
    median = _median([took for _, took in latencies])
    if limit is None or median is None or len(latencies) < facts.thresholds.outlier_least_rows:
        return
    spread = _median([abs(took - median) for _, took in latencies]) or 0
    usual = median + 5 * max(spread, median // 10)
    for said, took in latencies:
        if took > usual and took >= 2 * median > 0 and limit.slow <= 2 * took < 2 * limit.slow:
            by_tools = _spent_in_tools(facts, said) * 2 >= took
            yield Seen(
                line=line("Reply {ratio} slower than this session's median", ratio=ratio(took, median)),
                at=said.at,
                targets=(said.target,),
                severity=Severity.LOW if by_tools else Severity.MEDIUM,
                phrase="" if by_tools else f"a reply took {seconds(took)}",
                detail=_BY_TOOLS if by_tools else "",
            )


def _latencies(facts: Facts) -> Iterator[tuple[Said, int]]:
    for said in facts.assistant:
        if said.message.latency_ms is not None:
            yield said, said.message.latency_ms


def _median(values: list[int]) -> int | None:
    """Return the lower median. In whole numbers: a document may hold integers beyond any float."""
    return sorted(values)[(len(values) - 1) // 2] if values else None


def _spent_in_tools(facts: Facts, said: Said) -> int:
    """Return the milliseconds that tool calls took between the last user row and this one."""
    asked = facts.last_user_before(said.place)
    return facts.tool_ms(asked.place if asked else 0, said.place)


def _silence(facts: Facts) -> Iterator[Seen]:
    limit = facts.thresholds.wait_limit(facts.session.channel)
    if limit is None:
        return
    for before, reply, waited in facts.waits:
        if waited < limit.slow or reply.by_user or reply.place >= facts.handed_off_before:
            continue
        if not (before.by_user or facts.calls_under(before.place, reply.place)):
            continue
        severity = Severity.HIGH if waited >= limit.bad else Severity.MEDIUM
        detail = _reason_of_wait(facts, before, reply, waited)
        yield Seen(
            line=line("Customer waited {gap} for a reply", gap=gap(waited)),
            at=reply.at,
            targets=(reply.target, before.target),
            severity=severity.lower if detail == _BY_TOOLS else severity,
            phrase="" if detail else f"the customer waited {gap(waited)}",
            detail=detail,
        )


def _reason_of_wait(facts: Facts, before: Said, reply: Said, waited: float) -> str:
    half_ms = waited * 500
    if facts.tool_ms(before.place, reply.place) >= half_ms:
        return _BY_TOOLS
    return "the reply itself took most of it" if (reply.message.latency_ms or 0) >= half_ms else ""


def _pause(facts: Facts) -> Iterator[Seen]:
    limit = facts.thresholds.pause_limit(facts.session.channel)
    if limit is None:
        return
    for reply, user, paused in facts.waits:
        if paused >= limit and user.by_user and not reply.by_user:
            yield Seen(
                line=line("{gap} pause by the customer", gap=gap(paused)),
                at=user.at,
                targets=(user.target, reply.target),
            )


def _slow_retrieval(facts: Facts) -> Iterator[Seen]:
    limits = facts.thresholds
    for turn in facts.turns:
        answer = turn.answer.message.latency_ms if turn.answer else None
        for entry in turn.retrievals:
            took = entry.trace.latency_ms
            if took is None:
                continue
            weighs = answer is not None and took * 2 >= answer and took >= limits.retrieval_share_ms
            if took >= limits.retrieval_ms or weighs:
                yield Seen(
                    line=line("Retrieval took {took}", took=seconds(took)),
                    at=entry.at,
                    targets=(target_of(entry),),
                    phrase=f"a search took {seconds(took)}",
                    detail="at least half of the reply's time" if weighs else "",
                )


RULES: Final = (
    Rule(
        id="TURN_SLOW",
        family=Family.SPEED,
        title="Slow reply",
        severity=Severity.MEDIUM,
        also=(Severity.HIGH, Severity.LOW),
        reason="The reply took longer than people on this channel wait.",
        fields=("A.messages[].latency_ms", "A.channel"),
        evaluate=_slow_reply,
        needs=(Need.REPLY_LATENCY,),
        part=Part.CAUSE,
        explains=("SILENCE", "TURN_OUTLIER", "MODEL_SWITCH"),
    ),
    Rule(
        id="TURN_OUTLIER",
        family=Family.SPEED,
        title="Unusually slow reply",
        severity=Severity.MEDIUM,
        also=(Severity.LOW,),
        reason="This reply took far longer than the others of its session, though no limit was passed.",
        fields=("A.messages[].latency_ms",),
        evaluate=_outlier,
        needs=(Need.REPLY_LATENCY,),
        part=Part.CAUSE,
        explains=("SILENCE",),
    ),
    Rule(
        id="SILENCE",
        family=Family.SPEED,
        title="Customer waited",
        severity=Severity.MEDIUM,
        also=(Severity.HIGH, Severity.LOW),
        reason="Between what was asked and the reply lies more time than people on this channel wait.",
        fields=("A.messages[].timestamp", "A.channel"),
        evaluate=_silence,
        needs=(Need.TIMES,),
        part=Part.CAUSE,
    ),
    Rule(
        id="USER_GAP",
        family=Family.SPEED,
        title="Customer paused",
        severity=Severity.INFO,
        reason="The customer was away, so time in this session is not all the assistant's.",
        fields=("A.messages[].timestamp", "A.channel"),
        evaluate=_pause,
        needs=(Need.TIMES,),
    ),
    Rule(
        id="RAG_SLOW",
        family=Family.SPEED,
        title="Slow retrieval",
        severity=Severity.MEDIUM,
        reason="The search took a good part of the time the customer waited.",
        fields=("A.rag_traces[].latency_ms", "A.messages[].latency_ms"),
        evaluate=_slow_retrieval,
        needs=(Need.RETRIEVALS, Need.RETRIEVAL_LATENCY),
        part=Part.CAUSE,
        explains=("TURN_SLOW", "SILENCE"),
    ),
)
