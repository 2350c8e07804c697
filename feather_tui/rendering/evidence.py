"""What a reply stood on, as a page that reads from top to bottom: question, search, exposure, answer.

That a chunk was shown to the model does not prove that the reply used it, and the page never says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from feather_tui.rendering.clock import latency
from feather_tui.rendering.entries.retrieval import retrieval_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.leading import LeadingBlock
from feather_tui.rendering.row import BLANK, Row, Span
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.score_scale import number, scale_row, standing
from feather_tui.rendering.sections import (
    LONG,
    SHORT,
    entry_block,
    missing_section,
    section,
    titled,
)
from feather_tui.rendering.values import LABEL_WIDTH, fact_rows
from feather_tui.session.evidence import RAW_BASIS, AnswerChain, Exposure, Lack
from feather_tui.session.model import Answerability
from feather_tui.session.summary import is_miss
from feather_tui.session.timeline import RetrievalEntry

_MODES = {
    "shadow": "shadow: it records its verdict and holds nothing back",
    "enforce": "enforce: it acts on its verdict",
}
_LACKS = {
    Lack.QUESTION: "no row of the customer stands before this reply",
    Lack.RETRIEVAL: "no search for this reply is on record",
    Lack.QUERY: "its text is never recorded: the search may have asked something else than the customer",
    Lack.EXPOSURE: "whether any chunk was shown to the model was not captured",
    Lack.HIT: "whether the search counted as a hit was not recorded",
    Lack.CHUNK_SCORE: "some chunks have no score",
    Lack.VERSION: "versions were not recorded throughout, so they cannot be compared",
    Lack.GATE: "no verdict of the answerability gate: it was off, or this was not recorded",
    Lack.RAW_SCORE: "the gate's raw score was not recorded",
    Lack.THRESHOLDS: "the gate's thresholds were not both recorded",
    Lack.BASIS: "the gate's score is not a raw dot product, so its thresholds cannot be applied",
}
_ID_WIDTH = 24
_IN_COLUMNS = 100


def answer_blocks(chain: AnswerChain, look: Look) -> list[LeadingBlock]:
    """Return the page of one reply's evidence. Each block's `entry` is what it tells about."""
    unasked: Row = () if chain.questions else (("not in this document", "warn"),)
    lacks = [(lack.value, _LACKS[lack]) for lack in chain.lacks]
    return [
        *section("question", [entry_block(asked, look, LONG) for asked in chain.questions], look, unasked),
        *section("on the way", [entry_block(step, look, SHORT) for step in chain.steps], look),
        *_retrievals(chain, look),
        *_shown(chain, look),
        *section("answer", [entry_block(chain.answer, look, LONG)], look),
        *section("called by the same row", [entry_block(call, look, SHORT) for call in chain.called], look),
        *_left_over(chain, look),
        *missing_section(lacks, chain.gaps, look),
    ]


def _retrievals(chain: AnswerChain, look: Look) -> Iterator[LeadingBlock]:
    if not chain.retrievals:
        yield from section("retrieval", [], look, (("none on record for this reply", "warn"),))
    for entry in chain.retrievals:
        rows = [_found_row(entry, look), *_chunk_rows(chain, entry, look), *_gate_rows(entry, look)]
        yield LeadingBlock(rows, entry, partial(_in_full, entry, look))
        yield LeadingBlock([BLANK])


def _in_full(entry: RetrievalEntry, look: Look, parts: int) -> list[Row]:
    return retrieval_rows(entry, look, expanded=True, parts=parts)


def _found_row(entry: RetrievalEntry, look: Look) -> Row:
    trace = entry.trace
    found = len(trace.retrieved)
    note: list[Span] = [(_chunks(found) + " found", "text" if found else "bad")]
    if is_miss(trace) and found:
        note.append((f"   {look.glyphs.bad} recorded as a miss", "bad"))
    if trace.hit and not found:
        note.append(("   recorded as a hit", "warn"))
    if trace.top_score is not None:
        note.append((f"   top score {number(trace.top_score)}, for display only", "dim"))
    return titled("retrieval", tuple(note), look, ((latency(trace.latency_ms), "dim"),))


def _chunk_rows(chain: AnswerChain, entry: RetrievalEntry, look: Look) -> Iterator[Row]:
    shown = {exposure.citation.chunk_id for exposure in chain.exposures}
    unknown = Lack.EXPOSURE in chain.lacks
    for place, chunk in enumerate(entry.trace.retrieved, start=1):
        reached: Span = (f"{look.glyphs.none} not shown  ", "dim")
        if chunk.chunk_id in shown:
            reached = (f"{look.glyphs.good} shown      ", "good")
        elif unknown:
            reached = (f"{look.glyphs.unknown} not known  ", "dim")
        head: Span = (f"{' ' * look.indent}{place:>3}  {_score(chunk.score):>8}  ", "number")
        yield (head, reached, *_named(chunk.chunk_id, chunk.doc_id, chunk.version_id))


def _gate_rows(entry: RetrievalEntry, look: Look) -> list[Row]:
    gate = entry.trace.answerability
    facts = (
        [("gate", "no verdict: it was off, or this was not recorded")] if gate is None else _gate_facts(gate)
    )
    rows = fact_rows(facts, look.indent, look.body_width)
    if gate is None or gate.score_basis != RAW_BASIS:
        return rows
    indent = look.indent + LABEL_WIDTH + 1
    scale = scale_row(gate, look.width - indent - 2, look)
    return [*rows, ((" " * indent, "text"), *scale)] if scale else rows


def _gate_facts(gate: Answerability) -> Iterable[tuple[str, str]]:
    yield "gate", _MODES.get(gate.mode or "", gate.mode or "mode not recorded")
    yield "verdict", f"{gate.label or 'not recorded'}, reason {gate.reason_code or 'not recorded'}"
    yield "action", gate.action or "none recorded"
    if gate.score_basis == RAW_BASIS:
        yield "raw score", standing(gate)
    elif gate.raw_top_score is not None:
        basis = f"basis {gate.score_basis}" if gate.score_basis else "a basis that was not recorded"
        yield "raw score", f"{number(gate.raw_top_score)} on {basis}: the thresholds do not apply"


def _shown(chain: AnswerChain, look: Look) -> list[LeadingBlock]:
    shown = len(chain.exposures)
    if Lack.EXPOSURE in chain.lacks:
        note: Row = (("not captured", "warn"),)
    elif shown:
        note = ((f"{_chunks(shown)}, which does not prove that the reply used it", "dim"),)
    else:
        note = (("no chunk", "warn" if chain.retrieved else "dim"),)
    return section(
        "shown to the model", [_exposed(exposure, look) for exposure in chain.exposures], look, note
    )


def _exposed(exposure: Exposure, look: Look) -> LeadingBlock:
    facts = [("knowledge base", exposure.citation.kb_id), ("in the document", f"citations[{exposure.index}]")]
    row: Row = ((" " * look.indent, "text"), *_named_as_shown(exposure))
    return LeadingBlock([row], None, lambda _: [row, *fact_rows(facts, look.indent + 2, look.body_width - 2)])


def _left_over(chain: AnswerChain, look: Look) -> Iterator[LeadingBlock]:
    """Yield what does not match between the chunks that were found and those that were shown."""
    if not chain.retrieved and not chain.exposures:
        return
    unknown = Lack.EXPOSURE in chain.lacks
    found = [_named(chunk.chunk_id, chunk.doc_id, chunk.version_id) for chunk in chain.not_shown]
    strays = [_named_as_shown(exposure) for exposure in chain.strays]
    versions = [_named_versions(exposure) for exposure in chain.other_versions]
    yield from _listed("found, not known to be shown" if unknown else "found, not shown", found, look)
    yield from _listed("shown, not found", strays, look)
    yield from _listed("shown in another version", versions, look)
    yield LeadingBlock([BLANK])


def _listed(title: str, names: list[Row], look: Look) -> Iterator[LeadingBlock]:
    note: Span = (_chunks(len(names)), "warn") if names else ("none", "dim")
    yield LeadingBlock([titled(title, (note,), look)])
    for name in names:
        yield LeadingBlock([((" " * look.indent, "text"), *name)])


def _named_as_shown(exposure: Exposure) -> Row:
    citation = exposure.citation
    return _named(citation.chunk_id, citation.doc_id, citation.version_id)


def _named_versions(exposure: Exposure) -> Row:
    citation = exposure.citation
    found = " and ".join(dict.fromkeys(chunk.version_id or "not recorded" for chunk in exposure.found))
    versions = f"  found {safe_line(found)}, shown {safe_line(citation.version_id or 'not recorded')}"
    return (_chunk_name(citation.chunk_id), (versions, "warn"))


def _named(chunk_id: str, doc_id: str, version_id: str | None) -> Row:
    version = safe_line(version_id) if version_id else "version not recorded"
    return (_chunk_name(chunk_id), (f"  {safe_line(doc_id)}  {version}", "dim"))


def _chunk_name(chunk_id: str) -> Span:
    return f"{safe_line(chunk_id):<{_ID_WIDTH}}", "text"


def _score(score: float | None) -> str:
    """Return a score that can be compared down a column; very large ones do not have columns."""
    if score is None:
        return "no score"
    return f"{score:.4f}" if abs(score) < _IN_COLUMNS else number(score)


def _chunks(count: int) -> str:
    return f"{count or 'no'} chunk{'s' * (count != 1)}"
