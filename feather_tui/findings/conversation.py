"""Rules on what was said: by the customer, and by the assistant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Part, Severity
from feather_tui.findings.line import line, often
from feather_tui.findings.needs import Need
from feather_tui.findings.rows import Said
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.vocabulary import HANDED_OFF
from feather_tui.findings.wording import beginning, lexicon, norm, shouts

_PUT_OFF_REPLIES: Final = 1
"""So many replies may stand between asking for a person and the handoff, before it was put off."""


def _customer_repeats(facts: Facts) -> Iterator[Seen]:
    for group in facts.heard.repeated:
        again = len(group) - 1
        yield Seen(
            line=line(
                "Customer repeated themselves {n}: “{text}”", n=often(again), text=group[0].message.content
            ),
            at=group[1].at,
            targets=(group[1].target, *(said.target for said in group if said is not group[1])),
            severity=Severity.HIGH if again >= facts.thresholds.repeats_high else Severity.MEDIUM,
            phrase=f"customer repeated {often(again)}",
        )


def _frustration(facts: Facts) -> Iterator[Seen]:
    wording = facts.thresholds.wording
    if not wording.frustration:
        return
    gratitude = lexicon(wording.gratitude_words)
    for said in facts.users:
        text = said.message.content
        found = facts.heard.complaints.get(said.row, "")
        loud = not found and shouts(text) and not gratitude.find(text)
        if found or loud:
            yield Seen(
                line=line("Frustration: “{text}”", text=text),
                at=said.at,
                targets=(said.target,),
                phrase="customer lost patience",
                detail=f"it says “{found}”" if found else "capitals, or doubled marks",
            )


def _asked_for_human(facts: Facts) -> Iterator[Seen]:
    asked = [
        said
        for said in facts.users
        if said.row in facts.heard.requests and said.place < facts.handed_off_before
    ]
    if not asked:
        return
    severity, came = _how_it_went(facts, asked[0])
    request = f"a human {often(len(asked))}" if len(asked) > 1 else "a human"
    yield Seen(
        line=line("Asked for {request}; {came}", request=request, came=came),
        at=asked[0].at,
        targets=tuple(said.target for said in asked),
        severity=severity,
        phrase=f"asked for {request}",
    )


def _how_it_went(facts: Facts, asked: Said) -> tuple[Severity, str]:
    """Return how bad it is, and in words whether and when somebody came after a request."""
    came = [takeover.before for takeover in facts.takeovers if takeover.before > asked.place]
    came += [place + 1 for call in facts.handoff_calls if (place := call.place or 0) > asked.place]
    if came:
        first = min(came)
        between = sum(asked.place < reply.place < first for reply in facts.replies)
        if between > _PUT_OFF_REPLIES:
            return Severity.MEDIUM, f"put off with {between} replies before the handoff"
        return Severity.INFO, "handed off at once"
    if facts.session.knowledge_gap_analysis_outcome in HANDED_OFF:
        return Severity.INFO, "handed off according to the outcome"
    return Severity.HIGH, "none came"


def _same_reply(facts: Facts) -> Iterator[Seen]:
    for numbered in _alike(facts):
        if len(numbered) < 2:  # noqa: PLR2004 - once is no repeat
            continue
        in_a_row = any(after == before + 1 for (before, _), (after, _) in pairwise(numbered))
        telling = in_a_row or len(numbered) >= facts.thresholds.reply_repeat_times
        replies = [reply for _, reply in numbered]
        yield Seen(
            line=line(
                "Assistant sent the same reply {n}: “{text}”",
                n=often(len(replies)),
                text=replies[0].message.content,
            ),
            at=replies[1].at,
            targets=(replies[1].target, *(said.target for said in replies if said is not replies[1])),
            severity=Severity.MEDIUM if telling else Severity.LOW,
            phrase=f"same reply {often(len(replies))}" if telling else "",
        )


def _alike(facts: Facts) -> list[list[tuple[int, Said]]]:
    """Return the numbered replies by what they say, those of one beginning only being read to their end."""
    begun: dict[str, list[tuple[int, Said]]] = defaultdict(list)
    for number, reply in enumerate(facts.replies):
        begun[beginning(reply.message.content)].append((number, reply))
    alike: dict[str, list[tuple[int, Said]]] = defaultdict(list)
    for numbered in begun.values():
        for number, reply in numbered if len(numbered) > 1 else ():
            normed = norm(reply.message.content)
            if len(normed) >= facts.thresholds.reply_repeat_characters:
                alike[normed].append((number, reply))
    return list(alike.values())


def _empty_reply(facts: Facts) -> Iterator[Seen]:
    asking = {call.call.recorded.assistant_turn_id for call in facts.calls if call.call.recorded is not None}
    for said in facts.assistant:
        message = said.message
        if message.content.strip() or message.tool_calls or message.tool_results is not None:
            continue
        if message.turn_id in asking:
            continue
        yield Seen(
            line=line("Empty assistant message"),
            at=said.at,
            targets=(said.target,),
            phrase="the assistant said nothing",
        )


def _cut(facts: Facts) -> Iterator[Seen]:
    last_reply = facts.replies[-1] if facts.replies else None
    for said in facts.rows:
        message = said.message
        if not message.truncated:
            continue
        original = message.original_char_count
        whole = "an unknown number" if original is None else original
        yield Seen(
            line=line("Message cut: {n} of {whole} chars shown", n=len(message.content), whole=whole),
            at=said.at,
            targets=(said.target,),
            severity=Severity.MEDIUM if said.by_user or said is last_reply else Severity.LOW,
            phrase="the customer's message was cut" if said.by_user else "a message was cut",
        )


def _model_switch(facts: Facts) -> Iterator[Seen]:
    named = [said for said in facts.assistant if (said.message.model_used or "").strip()]
    switches = [
        (before, after)
        for before, after in pairwise(named)
        if before.message.model_used != after.message.model_used
    ]
    if len(switches) > facts.thresholds.model_switches_routed:
        models = dict.fromkeys(said.message.model_used for said in named)
        yield Seen(
            line=line(
                "Models alternate, {n} switches: {models}",
                n=len(switches),
                models=", ".join(map(str, models)),
            ),
            at=switches[0][1].at,
            targets=tuple(after.target for _, after in switches),
            severity=Severity.LOW,
            detail="as a router would do on purpose",
        )
        return
    for before, after in switches:
        yield Seen(
            line=line("Model {a} → {b}", a=before.message.model_used, b=after.message.model_used),
            at=after.at,
            targets=(after.target, before.target),
            phrase=f"{after.message.model_used} stood in",
        )


RULES: Final = (
    Rule(
        id="USER_REPEAT",
        family=Family.CONVERSATION,
        title="Customer repeats",
        severity=Severity.MEDIUM,
        also=(Severity.HIGH,),
        reason="Who says the same twice was not understood, or not believed.",
        fields=("A.messages[].content",),
        evaluate=_customer_repeats,
        needs=(Need.READING_REPEATS,),
        heuristic=True,
        part=Part.LAST_RESORT,
        follows=True,
    ),
    Rule(
        id="FRUSTRATION",
        family=Family.CONVERSATION,
        title="Frustration",
        severity=Severity.MEDIUM,
        reason="The customer's words or capitals say that patience has run out.",
        fields=("A.messages[].content",),
        evaluate=_frustration,
        needs=(Need.READING_FRUSTRATION,),
        heuristic=True,
        part=Part.LAST_RESORT,
        follows=True,
    ),
    Rule(
        id="HUMAN_ASKED",
        family=Family.CONVERSATION,
        title="Asked for a human",
        severity=Severity.HIGH,
        also=(Severity.MEDIUM, Severity.INFO),
        reason="The customer asked for a person: whether and how soon one came is what counts.",
        fields=("A.messages[].content", "A.handoff_events[]", "A.knowledge_gap_analysis_outcome"),
        evaluate=_asked_for_human,
        needs=(Need.READING_REQUESTS,),
        heuristic=True,
        part=Part.LAST_RESORT,
        follows=True,
    ),
    Rule(
        id="REPLY_REPEAT",
        family=Family.CONVERSATION,
        title="Same reply again",
        severity=Severity.MEDIUM,
        also=(Severity.LOW,),
        reason="The assistant is stuck, or answers another question than was asked.",
        fields=("A.messages[].content",),
        evaluate=_same_reply,
        part=Part.CAUSE,
        follows=True,
    ),
    Rule(
        id="EMPTY_REPLY",
        family=Family.CONVERSATION,
        title="Empty reply",
        severity=Severity.HIGH,
        reason="The assistant's turn came and it neither said nor did anything.",
        fields=("A.messages[].content", "A.messages[].tool_calls", "A.tool_calls[].assistant_turn_id"),
        evaluate=_empty_reply,
        part=Part.CAUSE,
    ),
    Rule(
        id="TRUNCATED",
        family=Family.CONVERSATION,
        title="Message cut",
        severity=Severity.LOW,
        also=(Severity.MEDIUM,),
        reason="What stood in the rest of the message is not in this document.",
        fields=("A.messages[].truncated", "A.messages[].original_char_count"),
        evaluate=_cut,
        part=Part.CAUSE,
    ),
    Rule(
        id="MODEL_SWITCH",
        family=Family.CONVERSATION,
        title="Model switched",
        severity=Severity.MEDIUM,
        also=(Severity.LOW,),
        reason="Another model took over in the middle of the session.",
        fields=("A.messages[].model_used",),
        evaluate=_model_switch,
        needs=(Need.MODELS,),
        part=Part.CAUSE,
    ),
)
