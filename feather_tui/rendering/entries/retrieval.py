"""A retrieval: what was found, what of it reached the model, and what the answerability gate said."""

from __future__ import annotations

from collections.abc import Iterator

from feather_tui.rendering.clock import count, latency
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, Tone, joined, spread, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import fact_rows, label_row, text_rows
from feather_tui.session.model import Answerability, Citation
from feather_tui.session.summary import is_miss
from feather_tui.session.timeline import ExposureEntry, RetrievalEntry, ShownChunk


def retrieval_rows(entry: RetrievalEntry, look: Look, *, expanded: bool, parts: int) -> list[Row]:
    """Return a retrieval's rows. `parts` has no meaning here: chunks are ids and scores, never long."""
    del parts
    head = _head(entry, look, expanded=expanded)
    if not expanded:
        return [head]
    indent, width = look.indent + 2, look.body_width - 2
    rows = [head, *_chunk_rows(entry, look), *_stray_rows(entry.strays, look)]
    rows += fact_rows(_facts(entry), indent, width)
    if entry.trace.answerability is not None:
        rows.append(label_row("answerability gate", indent))
        rows += fact_rows(_gate_facts(entry.trace.answerability), indent + 2, width - 2)
    else:
        note = "no answerability verdict: the gate was off, or this was not recorded"
        rows += text_rows(note, indent, width, "dim")
    return rows


def exposure_rows(entry: ExposureEntry, look: Look, *, expanded: bool, parts: int) -> list[Row]:
    """Return the rows of chunks that reached the model in a turn without a retrieval on record."""
    del parts
    sign = look.glyphs.unfolded if expanded else look.glyphs.folded
    number = len(entry.citations)
    left: Row = (
        (" " * look.indent, "text"),
        (f"{sign} ", "dim"),
        ("shown to the model", "strong"),
        (f"   {number} chunk{'s' * (number != 1)}, no retrieval on record for this turn", "warn"),
    )
    right: Row = () if entry.linked else (("turn not here", "warn"),)
    head = spread(left, right, look.head_width)
    return [head, *_stray_rows(entry.citations, look)] if expanded else [head]


def _head(entry: RetrievalEntry, look: Look, *, expanded: bool) -> Row:
    trace, glyphs = entry.trace, look.glyphs
    exposed = sum(chunk.citation is not None for chunk in entry.chunks)
    found = len(entry.chunks)
    parts: list[Row] = []
    if found:
        tone: Tone = "text" if exposed else "warn"
        to_the_model = " to the model" if look.wide else ""
        parts.append(((f"{found} chunk{'s' * (found != 1)}, {exposed} shown{to_the_model}", tone),))
    if is_miss(trace):
        parts.append(
            ((f"{glyphs.bad} nothing found" if not found else f"{glyphs.bad} recorded as a miss", "bad"),)
        )
    if entry.strays:
        parts.append(((f"{len(entry.strays)} shown but not retrieved here", "warn"),))
    if trace.answerability is not None:
        parts += _gate_brief(trace.answerability)
    sign = glyphs.unfolded if expanded else glyphs.folded
    left: list[Span] = [
        (" " * look.indent, "text"),
        (f"{sign} ", "dim"),
        ("retrieval", "strong"),
        ("   ", "text"),
    ]
    left += joined(parts, gap="   " if look.wide else "  ")
    linked: Row = () if entry.linked else (("turn not here", "warn"),)
    took: Row = ((f"{latency(trace.latency_ms):>7}", "dim"),) if trace.latency_ms is not None else ()
    return spread(left, joined((linked, took), gap="  "), look.head_width)


def _gate_brief(gate: Answerability) -> Iterator[Row]:
    """Yield the raw score against its threshold, and the verdict with the gate's mode."""
    if gate.raw_top_score is not None:
        score = f"raw {gate.raw_top_score:.2f}"
        if gate.threshold_low is not None and gate.raw_top_score < gate.threshold_low:
            yield ((f"{score} < {gate.threshold_low:.2f}", "warn"),)
        elif gate.threshold_high is not None and gate.raw_top_score < gate.threshold_high:
            yield ((f"{score} < {gate.threshold_high:.2f}", "text"),)
        else:
            yield ((score, "dim"),)
    label = safe_line(gate.label or "no label").replace("_", " ")
    mode = safe_line(gate.mode or "gate")
    tone: Tone = "dim" if gate.label == "answerable" else "warn"
    action = f", {safe_line(gate.action)}" if gate.action and gate.action != "pass" else ""
    yield ((f"{mode}: {label}{action}", tone),)


def _chunk_rows(entry: RetrievalEntry, look: Look) -> list[Row]:
    if not entry.chunks:
        return [label_row("no chunks", look.indent + 2)]
    rows = [label_row("chunks as retrieved", look.indent + 2)]
    for number, shown in enumerate(entry.chunks, start=1):
        rows += _chunk(number, shown, look)
    return rows


def _chunk(number: int, shown: ShownChunk, look: Look) -> list[Row]:
    chunk = shown.chunk
    score = "  no score" if chunk.score is None else f"{chunk.score:>10.4f}"
    reached = f"{look.glyphs.good} shown" if shown.citation else f"{look.glyphs.none} not shown"
    spans: Row = (
        (" " * (look.indent + 2), "text"),
        (f"{number:>3} {score}  ", "number"),
        (f"{reached:<12}", "good" if shown.citation else "dim"),
        (safe_line(chunk.chunk_id), "text"),
    )
    facts = [("document", chunk.doc_id), ("version", chunk.version_id or "not recorded")]
    if width_of(spans) > look.width:
        facts.insert(0, ("chunk", chunk.chunk_id))
    if shown.citation is not None:
        facts += _citation_differences(shown)
    return [spans, *fact_rows(facts, look.indent + 16, look.body_width - 16)]


def _citation_differences(shown: ShownChunk) -> Iterator[tuple[str, str]]:
    citation = shown.citation
    if citation is None:
        return
    yield "knowledge base", citation.kb_id
    if citation.doc_id != shown.chunk.doc_id:
        yield "shown document", citation.doc_id
    if citation.version_id != shown.chunk.version_id:
        yield "shown version", citation.version_id or "not recorded"


def _stray_rows(citations: tuple[tuple[int, Citation], ...], look: Look) -> list[Row]:
    if not citations:
        return []
    rows = [label_row("shown to the model, but in no retrieval of this turn", look.indent + 2, "warn")]
    for index, citation in citations:
        facts = [
            ("chunk", citation.chunk_id),
            ("document", citation.doc_id),
            ("version", citation.version_id or "not recorded"),
            ("knowledge base", citation.kb_id),
            ("turn id", citation.assistant_turn_id),
            ("in the document", f"citations[{index}]"),
        ]
        rows += fact_rows(facts, look.indent + 4, look.body_width - 4)
    return rows


def _facts(entry: RetrievalEntry) -> Iterator[tuple[str, str]]:
    trace = entry.trace
    yield "hit", "not recorded" if trace.hit is None else "yes" if trace.hit else "no"
    yield "top score", _number(trace.top_score) + " (display score, not the raw one)"
    if trace.latency_ms is not None:
        yield "latency", f"{count(trace.latency_ms)} ms"
    for kb_id in trace.kb_ids:
        yield "searched base", kb_id
    yield "query id", trace.rag_query_id
    yield "query hash", trace.query_hash or "not recorded"
    yield "turn id", trace.assistant_turn_id
    yield "in the document", f"rag_traces[{entry.index}]"


def _gate_facts(gate: Answerability) -> Iterator[tuple[str, str]]:
    yield "label", gate.label or "not recorded"
    yield "reason", gate.reason_code or "not recorded"
    yield "mode", gate.mode or "not recorded"
    yield "action", gate.action or "not recorded"
    yield "raw top score", _number(gate.raw_top_score)
    yield "score basis", gate.score_basis or "not recorded"
    yield "threshold low", _number(gate.threshold_low)
    yield "threshold high", _number(gate.threshold_high)


def _number(value: float | None) -> str:
    return "not recorded" if value is None else f"{value:g}"
