"""An extraction as a page: status first, then what went wrong, then the data with the faults in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feather_tui.findings.faults import Fault, faults_of
from feather_tui.rendering.clock import count, latency
from feather_tui.rendering.extraction_tree import DataTree, SaidIn
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.record_blocks import FieldBlock, RecordBlock
from feather_tui.rendering.row import BLANK, Row, Tone, cells, flow, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.transcript import aside_rows
from feather_tui.rendering.values import fact_rows, json_rows, text_rows
from feather_tui.session.model import Extraction
from feather_tui.session.shape import Aside

_HEAD_FIELDS = (("status",), ("model_used",))
_REASON_FIELDS = (("error_message",), ("skip_reason",))
_FACT_FIELDS = (("id",), ("session_id",), ("organization_id",), ("agent_id",), ("schema_id",))
_STATUS_TONES: dict[str, Tone] = {
    "completed": "good",
    "partial": "warn",
    "validation_failed": "bad",
    "failed": "bad",
    "skipped": "other",
}


def extraction_blocks(
    extraction: Extraction,
    asides: Sequence[Aside],
    look: Look,
    freshness: str,
    *,
    said: SaidIn | None = None,
    parts: int = 1,
) -> list[Block]:
    """Return the page of one extraction.

    `freshness`: how old it is, in words. With `said` it says where each value was said, or should be.
    `parts`: how much of very long values to show.
    """
    faults = faults_of(extraction)
    head = RecordBlock(_head_rows(extraction, look, freshness), tells=_HEAD_FIELDS)
    blocks: list[Block] = [head]
    blocks += [RowsBlock([row]) for row in _summary_of_faults(extraction, faults, look)]
    blocks.append(RecordBlock(_reason_rows(extraction, look), tells=_REASON_FIELDS))
    blocks += _fault_blocks(extraction, faults, look, said)
    blocks += DataTree(extraction, faults, look, said, parts).blocks()
    facts: list[Row] = [BLANK, ((" about this extraction", "dim"),), *_facts(extraction, look)]
    blocks.append(RecordBlock(facts, tells=_FACT_FIELDS))
    if asides:
        blocks.append(RowsBlock([BLANK, *aside_rows(asides, 1, look.width - 4)]))
    return blocks


def _head_rows(extraction: Extraction, look: Look, freshness: str) -> list[Row]:
    """Return status, schema, model, cost and age, in as many rows as they need."""
    status = extraction.status or "status not given"
    tokens = [
        f"{count(number)} {way}"
        for number, way in ((extraction.tokens_input, "in"), (extraction.tokens_output, "out"))
        if number is not None
    ]
    made = look.clock.full(extraction.updated_at or extraction.created_at)
    parts: list[Row] = [
        (("extraction ", "strong"), (safe_line(status), _STATUS_TONES.get(status, "text"))),
        ((f"schema v{extraction.schema_version}", "text"),) if extraction.schema_version is not None else (),
        ((safe_line(extraction.model_used), "dim"),) if extraction.model_used else (),
        ((f"tokens {' · '.join(tokens)}", "dim"),) if tokens else (),
        ((latency(extraction.latency_ms), "dim"),) if extraction.latency_ms is not None else (),
        ((f"made {made}", "dim"),),
        ((freshness, "dim"),),
    ]
    return flow([part for part in parts if part], look.width - 2)


def _summary_of_faults(extraction: Extraction, faults: list[Fault], look: Look) -> Iterator[Row]:
    missing = sum(fault.missing for fault in faults)
    invalid = len(faults) - missing
    if missing or invalid:
        said = []
        if missing:
            said.append(f"{missing} required field{'s' * (missing != 1)} missing")
        if invalid:
            said.append(f"{invalid} value{'s' * (invalid != 1)} invalid")
        yield ((f" {look.glyphs.bad} {', '.join(said)}", "bad"),)
    elif extraction.missing_required_fields is None and extraction.validation_errors is None:
        yield ((" missing fields and validation errors were not computed", "dim"),)
    else:
        yield ((f" {look.glyphs.good} no missing fields, no validation errors", "good"),)


def _reason_rows(extraction: Extraction, look: Look) -> list[Row]:
    rows: list[Row] = []
    for label, text in (("error", extraction.error_message), ("skipped because", extraction.skip_reason)):
        if text:
            rows += [((f" {label}", "bad"),), *text_rows(text, 3, look.width - 6, "bad")]
    return [*rows, BLANK]


def _fault_blocks(
    extraction: Extraction, faults: list[Fault], look: Look, said: SaidIn | None
) -> Iterator[Block]:
    """Yield a block a fault, with where its field should be; unfolded, every key of a validation error."""
    missing = enumerate(extraction.missing_required_fields or ())
    errors = enumerate(extraction.validation_errors or ())
    for fault in faults:
        if fault.missing:
            hidden, tells = [], ("missing_required_fields", str(next(missing)[0]))
        else:
            number, error = next(errors)
            hidden, tells = json_rows(error, 5, look.width - 8), ("validation_errors", str(number))
        rows = _fault_rows(fault, look)
        if said is not None:
            rows += [(("     ", "text"), *row) for row in said.likely_rows(fault.path, look)]
        row = said.row_of(fault.path) if said else None
        yield FieldBlock(fault.path, rows, hidden, row=row, tells=tells)
    if faults:
        yield RowsBlock([BLANK])


def _fault_rows(fault: Fault, look: Look) -> list[Row]:
    """Return path and sentence: side by side where they fit, else the sentence under the path."""
    head: Row = (
        (f" {look.glyphs.bad} ", "bad"),
        (f"{safe_line(fault.dotted) or '(no field named)':<20}  ", "strong"),
    )
    text = safe_line(fault.text)
    if width_of(head) + cells(text) < look.width - 1:
        return [(*head, (text, "text"))]
    return [head, *text_rows(fault.text, 5, look.width - 8)]


def _facts(extraction: Extraction, look: Look) -> list[Row]:
    facts = [
        ("extraction id", extraction.id or "not given"),
        ("session id", extraction.session_id),
        ("organization id", extraction.organization_id or "not given"),
        ("agent id", extraction.agent_id or "none"),
        ("schema id", extraction.schema_id or "none linked"),
        ("created", look.clock.full(extraction.created_at)),
        ("updated", look.clock.full(extraction.updated_at)),
        ("latency", "not given" if extraction.latency_ms is None else f"{count(extraction.latency_ms)} ms"),
    ]
    return fact_rows(facts, 1, look.width - 4)
