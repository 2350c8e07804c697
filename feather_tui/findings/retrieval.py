"""Rules on retrieval: whether the search found something, and whether that reached the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts, Turn, target_of
from feather_tui.findings.finding import Part, Severity, citation_target
from feather_tui.findings.gate import acted, raw_score
from feather_tui.findings.line import line
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen
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
            line=line("Nothing retrieved for this turn ({n})", n=_plural(len(bases), "base")),
            at=turn.at,
            targets=tuple(map(target_of, missed)),
            severity=severity,
            heuristic=detail == _SMALL_TALK,
            phrase="" if detail == _SMALL_TALK else "the search found nothing",
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
                    line=line("hit={hit} but {n} listed", hit=str(hit).lower(), n=_plural(chunks, "chunk")),
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


def _not_exposed(facts: Facts) -> Iterator[Seen]:
    for turn in facts.turns:
        chunks = turn.chunks
        if not chunks or turn.citations or turn.answer is None:
            continue
        held_back = any(acted(entry.trace.answerability) for entry in turn.retrievals)
        yield Seen(
            line=line(
                "{n} found, none reached the model; it answered without sources",
                n=_plural(len(chunks), "chunk"),
            ),
            at=turn.at,
            targets=(*(target_of(entry) for entry in turn.retrievals), turn.answer.target),
            severity=Severity.MEDIUM if held_back else Severity.HIGH,
            phrase="answered without sources",
            detail="the gate held them back" if held_back else "",
        )


def _alien(facts: Facts) -> Iterator[Seen]:
    anywhere = {chunk.chunk_id for trace in facts.session.rag_traces for chunk in trace.retrieved}
    for turn in facts.turns:
        found = turn.chunks
        for index, citation in turn.citations:
            if citation.chunk_id in found:
                continue
            elsewhere = citation.chunk_id in anywhere
            yield Seen(
                line=line("Chunk {id} cited but not retrieved this turn", id=citation.chunk_id),
                at=turn.at,
                targets=(citation_target(index, citation.chunk_id), *turn.targets[:1]),
                severity=Severity.LOW if elsewhere else Severity.HIGH,
                phrase="the model was shown a chunk that was not retrieved",
                detail="retrieved in another turn" if elsewhere else "retrieved in no turn of this session",
            )


def _version(facts: Facts) -> Iterator[Seen]:
    for turn in facts.turns:
        found = turn.chunks
        for index, citation in turn.citations:
            versions = found.get(citation.chunk_id, set())
            if citation.version_id is None or None in versions or not versions:
                continue
            if citation.version_id not in versions:
                yield Seen(
                    line=line(
                        "Cited version {a}, retrieved {b}",
                        a=citation.version_id,
                        b=", ".join(sorted(version for version in versions if version)),
                    ),
                    at=turn.at,
                    targets=(citation_target(index, citation.chunk_id), *turn.targets[:1]),
                    phrase="the model was shown another version than was found",
                )


def _other_base(facts: Facts) -> Iterator[Seen]:
    snapshot = facts.session.kb_snapshot
    for turn in facts.turns:
        searched = {kb_id for entry in turn.retrievals for kb_id in entry.trace.kb_ids}
        known = searched or (set(snapshot.kb_versions) if snapshot else set())
        for index, citation in turn.citations:
            if known and citation.kb_id and citation.kb_id not in known:
                yield Seen(
                    line=line("Citation from a base that was not searched: {id}", id=citation.kb_id),
                    at=turn.at,
                    targets=(citation_target(index, citation.chunk_id), *turn.targets[:1]),
                    detail="" if searched else "compared with the snapshot: this turn names no bases",
                )


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
    Rule(
        id="NOT_EXPOSED",
        family=Family.RETRIEVAL,
        title="Found, not shown",
        severity=Severity.HIGH,
        also=(Severity.MEDIUM,),
        reason="Chunks were found and the model got none of them.",
        fields=(_TRACES, "A.citations[]"),
        evaluate=_not_exposed,
        needs=(Need.RETRIEVALS, Need.CITATIONS),
        from_absence=True,
        part=Part.CAUSE,
    ),
    Rule(
        id="CITE_ALIEN",
        family=Family.RETRIEVAL,
        title="Shown, not found",
        severity=Severity.HIGH,
        also=(Severity.LOW,),
        reason="The model was shown a chunk that the search of this turn did not return.",
        fields=("A.citations[].chunk_id", _TRACES),
        evaluate=_alien,
        needs=(Need.RETRIEVALS, Need.CITATIONS),
        from_absence=True,
        part=Part.CAUSE,
        explains=("CITE_KB", "CITE_VERSION", "GATE_BLIND"),
    ),
    Rule(
        id="CITE_VERSION",
        family=Family.RETRIEVAL,
        title="Another version shown",
        severity=Severity.MEDIUM,
        reason="The model was shown another version of the chunk than the search found.",
        fields=("A.citations[].version_id", "A.rag_traces[].retrieved[].version_id"),
        evaluate=_version,
        needs=(Need.RETRIEVALS, Need.CITATIONS),
        part=Part.CAUSE,
    ),
    Rule(
        id="CITE_KB",
        family=Family.RETRIEVAL,
        title="Base not searched",
        severity=Severity.LOW,
        reason="The model was shown a chunk of a knowledge base that this turn did not search.",
        fields=("A.citations[].kb_id", "A.rag_traces[].kb_ids", "A.kb_snapshot.kb_versions"),
        evaluate=_other_base,
        needs=(Need.RETRIEVALS, Need.CITATIONS),
    ),
)
