"""Rules on retrieval: whether the search found something, and how well it fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Part, Severity
from feather_tui.findings.gate import raw_score
from feather_tui.findings.line import counted, line
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.turns import Turn, target_of
from feather_tui.session.summary import is_miss

_SMALL_TALK: Final = "the customer had only greeted, thanked, or said yes or no"


def _miss(facts: Facts) -> Iterator[Seen]:
    for turn in facts.turns:
        missed = [entry for entry in turn.retrievals if is_miss(entry.trace)]
        if not missed:
            continue
        severity, detail = _weight_of_miss(turn, len(missed))
        bases = {kb_id for entry in missed for kb_id in entry.trace.kb_ids}
        yield Seen(
            line=line("Nothing retrieved for this turn ({n})", n=counted(len(bases), "base")),
            at=turn.at,
            targets=tuple(map(target_of, missed)),
            severity=severity,
            heuristic=detail == _SMALL_TALK,
            phrase="" if turn.answer is None or detail == _SMALL_TALK else "the search found nothing",
            detail=detail,
        )


def _weight_of_miss(turn: Turn, missed: int) -> tuple[Severity, str]:
    if missed < len(turn.retrievals):
        return Severity.LOW, "another search of the same turn found something"
    if turn.answer is None:
        return Severity.MEDIUM, "no reply stands on it"
    if turn.prompted_by_courtesy:
        return Severity.INFO, _SMALL_TALK
    return Severity.HIGH, ""


def _hit_conflict(facts: Facts) -> Iterator[Seen]:
    for turn in facts.turns:
        for entry in turn.retrievals:
            hit, chunks = entry.trace.hit, len(entry.trace.retrieved)
            if hit is not None and hit is not bool(chunks):
                yield Seen(
                    line=line("hit={hit} but {n} listed", hit=str(hit).lower(), n=counted(chunks, "chunk")),
                    at=entry.at,
                    targets=(target_of(entry),),
                )


def _low_score(facts: Facts) -> Iterator[Seen]:
    for turn in facts.turns:
        for entry in turn.retrievals:
            gate = entry.trace.answerability
            raw = raw_score(gate)
            if gate is None or raw is None:
                continue
            low, high = gate.threshold_low, gate.threshold_high
            if low is not None and raw < low:
                severity, limit = Severity.MEDIUM, f"the lower threshold {low:.3g}"
            elif high is not None and raw < high:
                severity, limit = Severity.LOW, f"the upper threshold {high:.3g}"
            else:
                continue
            yield Seen(
                line=line("Top score {raw} under {limit}", raw=f"{raw:.3g}", limit=limit),
                at=entry.at,
                targets=(target_of(entry),),
                severity=severity,
                phrase=f"only weak matches ({raw:.3g} under {limit.rsplit(' ', 1)[-1]})",
            )


_TRACES: Final = "A.rag_traces[].retrieved[]"

RULES: Final = (
    Rule(
        id="RAG_MISS",
        family=Family.RETRIEVAL,
        title="Nothing retrieved",
        severity=Severity.HIGH,
        also=(Severity.MEDIUM, Severity.LOW, Severity.INFO),
        reason="The search found nothing, so the reply stands on what the model happens to know.",
        fields=("A.rag_traces[].hit", _TRACES, "A.messages[]"),
        evaluate=_miss,
        needs=(Need.RETRIEVALS,),
        part=Part.CAUSE,
        explains=("GATE_SHADOW", "GATE_ACTED", "GATE_BLIND", "RAG_LOW", "RAG_HIT_CONFLICT"),
    ),
    Rule(
        id="RAG_HIT_CONFLICT",
        family=Family.RETRIEVAL,
        title="Hit and list disagree",
        severity=Severity.LOW,
        reason="Whether something was found is recorded twice, in two ways.",
        fields=("A.rag_traces[].hit", _TRACES),
        evaluate=_hit_conflict,
        needs=(Need.RETRIEVALS,),
    ),
    Rule(
        id="RAG_LOW",
        family=Family.RETRIEVAL,
        title="Weak matches",
        severity=Severity.MEDIUM,
        also=(Severity.LOW,),
        reason="What was found hardly fits the question.",
        fields=("A.rag_traces[].answerability",),
        evaluate=_low_score,
        needs=(Need.RETRIEVALS, Need.GATE),
        part=Part.CAUSE,
        explains=("GATE_SHADOW", "GATE_ACTED", "GATE_LEAK", "NOT_EXPOSED"),
    ),
)
