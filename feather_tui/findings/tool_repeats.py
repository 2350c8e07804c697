"""Rules on tools that are called again and again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Part, Severity, Target
from feather_tui.findings.line import line, often
from feather_tui.findings.made import Made
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen

Chain = list[Made]
"""Calls with the same name and arguments, each made though nothing new was said, or because one failed."""


def _chains(facts: Facts) -> list[Chain]:
    """Return the chains of identical calls.

    A call that worked and is made again after the customer spoke begins a new chain: it reads anew.
    """
    chains: list[Chain] = []
    open_chains: dict[tuple[str, str], Chain] = {}
    for call in facts.calls:
        chain = open_chains.get(call.key)
        if chain is not None and (not chain[-1].clean or _same_round(facts, chain[-1], call)):
            chain.append(call)
        else:
            open_chains[call.key] = chain = [call]
            chains.append(chain)
    return chains


def _same_round(facts: Facts, one: Made, other: Made) -> bool:
    if one.place is None or other.place is None:
        return False
    return facts.round_of(one.place) == facts.round_of(other.place)


def _rounds(facts: Facts) -> list[Chain]:
    """Return the calls of one name between two user rows, where they are too many."""
    rounds: dict[tuple[str, int], Chain] = defaultdict(list)
    for call in facts.calls:
        if call.place is not None:
            rounds[call.call.name, facts.round_of(call.place)].append(call)
    return [calls for calls in rounds.values() if len(calls) >= facts.thresholds.tool_loop_named]


def _loops(facts: Facts) -> Iterator[tuple[Chain, Made]]:
    """Yield each loop, and the call with which it was one."""
    limits = facts.thresholds
    rounds = _rounds(facts)
    told = {id(call) for calls in rounds for call in calls}
    for calls in rounds:
        yield calls, calls[limits.tool_loop_named - 1]
    for chain in _chains(facts):
        if len(chain) >= limits.tool_loop_identical and not all(id(call) in told for call in chain):
            yield chain, chain[limits.tool_loop_identical - 1]


def _loop(facts: Facts) -> Iterator[Seen]:
    for calls, evident in _loops(facts):
        identical = max(Counter(call.key for call in calls).values())
        fan_out = identical == 1 and all(call.clean for call in calls)
        name = evident.name
        yield Seen(
            line=line("{name} called {n} ({k} identical)", name=name, n=often(len(calls)), k=identical),
            at=evident.at,
            targets=_targets([evident, *calls]),
            severity=Severity.MEDIUM if fan_out else Severity.HIGH,
            phrase=f"{name} called {often(len(calls))}",
            detail="every call was another one, and all worked" if fan_out else "",
        )


def _repeat(facts: Facts) -> Iterator[Seen]:
    looped = {id(call) for calls, _ in _loops(facts) for call in calls}
    for chain in _chains(facts):
        if any(id(call) in looped for call in chain):
            continue
        for first, second in pairwise(chain):
            if first.clean and _same_round(facts, first, second):
                yield Seen(
                    line=line("{name} repeated with identical arguments", name=second.name),
                    at=second.at,
                    targets=_targets([second, first]),
                    phrase=f"{second.name} called again",
                )


def _targets(calls: Iterable[Made]) -> tuple[Target, ...]:
    return tuple(dict.fromkeys(call.target for call in calls))


RULES: Final = (
    Rule(
        id="TOOL_REPEAT",
        family=Family.TOOLS,
        title="Same call again",
        severity=Severity.MEDIUM,
        reason="The same call was made again though it had worked: an action may have been done twice.",
        fields=("A.tool_calls[].name", "A.tool_calls[].arguments"),
        evaluate=_repeat,
        needs=(Need.TOOLS,),
        part=Part.CAUSE,
    ),
    Rule(
        id="TOOL_LOOP",
        family=Family.TOOLS,
        title="Loop of calls",
        severity=Severity.HIGH,
        also=(Severity.MEDIUM,),
        reason="The assistant calls the same tool over and over without getting further.",
        fields=("A.tool_calls[].name", "A.tool_calls[].arguments"),
        evaluate=_loop,
        needs=(Need.TOOLS,),
        part=Part.CAUSE,
        explains=("TOOL_IGNORED", "REPLY_REPEAT", "SILENCE"),
    ),
)
