"""Rules on exposure: whether what was found reached the model, and whether the model was shown anything else.

A citation says that a chunk was put in front of the model, not that the reply used it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.finding import Part, Severity, citation_target
from feather_tui.findings.gate import acted
from feather_tui.findings.line import counted, line
from feather_tui.findings.needs import Need
from feather_tui.findings.rule import Family, Rule, Seen
from feather_tui.findings.turns import target_of


def _not_exposed(facts: Facts) -> Iterator[Seen]:
    for turn in facts.turns:
        chunks = turn.chunks
        if not chunks or turn.citations or turn.answer is None:
            continue
        held_back = any(acted(entry.trace.answerability) for entry in turn.retrievals)
        yield Seen(
            line=line(
                "{n} found, none reached the model; it answered without sources",
                n=counted(len(chunks), "chunk"),
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
        found, searched = turn.chunks, turn.targets[:1]
        for index, citation in turn.citations:
            if citation.chunk_id in found:
                continue
            elsewhere = citation.chunk_id in anywhere
            yield Seen(
                line=line("Chunk {id} cited but not retrieved this turn", id=citation.chunk_id),
                at=turn.at,
                targets=(citation_target(index, citation.chunk_id), *searched),
                severity=Severity.LOW if elsewhere else Severity.HIGH,
                phrase="the model was shown a chunk that was not retrieved",
                detail="retrieved in another turn" if elsewhere else "retrieved in no turn of this session",
            )


def _version(facts: Facts) -> Iterator[Seen]:
    for turn in facts.turns:
        found, searched = turn.chunks, turn.targets[:1]
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
                    targets=(citation_target(index, citation.chunk_id), *searched),
                    phrase="the model was shown another version than was found",
                )


def _other_base(facts: Facts) -> Iterator[Seen]:
    snapshot = facts.session.kb_snapshot
    in_snapshot = set(snapshot.kb_versions) if snapshot else set()
    for turn in facts.turns:
        bases = {kb_id for entry in turn.retrievals for kb_id in entry.trace.kb_ids}
        known = bases or in_snapshot
        searched = tuple(map(target_of, turn.retrievals[:1]))
        for index, citation in turn.citations:
            if known and citation.kb_id and citation.kb_id not in known:
                yield Seen(
                    line=line("Citation from a base that was not searched: {id}", id=citation.kb_id),
                    at=turn.at,
                    targets=(citation_target(index, citation.chunk_id), *searched),
                    detail="" if bases else "compared with the snapshot: this turn names no bases",
                )


_RETRIEVED: Final = "A.rag_traces[].retrieved[]"

RULES: Final = (
    Rule(
        id="NOT_EXPOSED",
        family=Family.RETRIEVAL,
        title="Found, not shown",
        severity=Severity.HIGH,
        also=(Severity.MEDIUM,),
        reason="Chunks were found and the model got none of them.",
        fields=(_RETRIEVED, "A.citations[]"),
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
        fields=("A.citations[].chunk_id", _RETRIEVED),
        evaluate=_alien,
        needs=(Need.RETRIEVALS, Need.CITATIONS),
        from_absence=True,
        part=Part.CAUSE,
        explains=("CITE_KB",),
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
