"""An extraction as a page: status first, then what went wrong, then the data with the faults in place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feather_tui.rendering.clock import count, latency
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import BLANK, Row, Span, Tone, joined
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.transcript import aside_rows
from feather_tui.rendering.values import fact_rows, json_rows, text_rows
from feather_tui.session.model import Extraction, JsonValue
from feather_tui.session.shape import Aside

_STATUS_TONES: dict[str, Tone] = {
    "completed": "good",
    "partial": "warn",
    "validation_failed": "bad",
    "failed": "bad",
    "skipped": "other",
}
_PATH_KEYS = ("loc", "path", "field", "json_path")
_TEXT_KEYS = ("msg", "message", "error")
_SHOWN_INLINE = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field: its path (steps; empty if not said), and the sentence."""

    path: tuple[str, ...]
    text: str
    missing: bool = False

    @property
    def dotted(self) -> str:
        """The path as people write it."""
        return ".".join(self.path) or "(no field named)"


def faults_of(extraction: Extraction) -> list[Fault]:
    """Return the missing required fields, then the validation errors.

    Source: `missing_required_fields`, `validation_errors`; the shape of the latter is not documented, so
    path and text are looked for under the usual names, and an error without them is shown whole.
    """
    missing = [
        Fault(_steps(field), "missing, required", missing=True)
        for field in extraction.missing_required_fields or ()
    ]
    return missing + [_fault(error) for error in extraction.validation_errors or ()]


def extraction_blocks(
    extraction: Extraction, asides: Sequence[Aside], look: Look, freshness: str
) -> list[Block]:
    """Return the page of one extraction. `freshness`: how old it is, in words."""
    faults = faults_of(extraction)
    blocks: list[Block] = [
        RowsBlock([_status_row(extraction, look), *_age_rows(extraction, look, freshness)])
    ]
    blocks += [RowsBlock([row]) for row in _summary_of_faults(extraction, faults, look)]
    blocks += [RowsBlock(_reason_rows(extraction, look)), *_fault_blocks(extraction, faults, look)]
    blocks += _data_blocks(extraction, faults, look)
    blocks.append(RowsBlock([BLANK, ((" about this extraction", "dim"),), *_facts(extraction, look)]))
    if asides:
        blocks.append(RowsBlock([BLANK, *aside_rows(asides, 1, look.width - 4)]))
    return blocks


def _status_row(extraction: Extraction, look: Look) -> Row:
    status = extraction.status or "status not given"
    tokens = [
        f"{count(number)} {way}"
        for number, way in ((extraction.tokens_input, "in"), (extraction.tokens_output, "out"))
        if number is not None
    ]
    parts: list[Row] = [
        ((" extraction", "strong"),),
        ((safe_line(status), _STATUS_TONES.get(status, "text")),),
        ((f"schema v{extraction.schema_version}", "text"),) if extraction.schema_version is not None else (),
        ((safe_line(extraction.model_used), "dim"),) if extraction.model_used else (),
        ((f"tokens {' · '.join(tokens)}", "dim"),) if tokens else (),
        ((latency(extraction.latency_ms), "dim"),) if extraction.latency_ms is not None else (),
    ]
    del look
    return joined(parts)


def _age_rows(extraction: Extraction, look: Look, freshness: str) -> list[Row]:
    made = f"made {look.clock.full(extraction.updated_at or extraction.created_at)}"
    return [((f" {made}   {freshness}", "dim"),)]


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


def _fault_blocks(extraction: Extraction, faults: list[Fault], look: Look) -> Iterator[Block]:
    """Yield a line a fault; unfolded, a validation error shows every key it came with."""
    errors = iter(extraction.validation_errors or ())
    for fault in faults:
        row: Row = (
            (f" {look.glyphs.bad} ", "bad"),
            (f"{safe_line(fault.dotted):<24} ", "strong"),
            (safe_line(fault.text), "text"),
        )
        yield RowsBlock([row], [] if fault.missing else json_rows(next(errors), 5, look.width - 8))
    if faults:
        yield RowsBlock([BLANK])


def _data_blocks(extraction: Extraction, faults: list[Fault], look: Look) -> Iterator[Block]:
    tree = extraction.extracted_data
    if tree is None:
        yield RowsBlock([((" no extracted data", "warn"),)])
        tree = {}
    at_path: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        at_path.setdefault(fault.path, []).append(fault)
    yield from (RowsBlock([row]) for row in _tree_rows(tree, (), at_path, look))
    for path, left in at_path.items():
        if path:
            yield from (RowsBlock([_fault_row(path, fault, look)]) for fault in left)


def _tree_rows(
    tree: JsonValue, path: tuple[str, ...], at_path: dict[tuple[str, ...], list[Fault]], look: Look
) -> Iterator[Row]:
    """Yield the rows of a tree, depth first; faults are taken out of `at_path` where their place is found."""
    waiting = [iter(_children(tree, path))]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        place, value = child
        faults = at_path.pop(place, [])
        yield from _value_rows(place, value, faults, look)
        if isinstance(value, dict | list) and value:
            waiting.append(iter(_children(value, place)))


def _children(tree: JsonValue, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], JsonValue]]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for name, value in items:
        yield (*path, str(name)), value


def _value_rows(path: tuple[str, ...], value: JsonValue, faults: list[Fault], look: Look) -> Iterator[Row]:
    indent = 1 + 2 * (len(path) - 1)
    name = safe_line(path[-1])
    label: Span = (" " * indent + f"{name:<{max(22 - indent, len(name))}} ", "key")
    if isinstance(value, dict | list) and value:
        yield (
            label,
            (f"{len(value)} item{'s' * (len(value) != 1)}" if isinstance(value, list) else "", "dim"),
        )
    else:
        lines = text_rows(_scalar(value), 0, max(look.width - 30, 20), _scalar_tone(value))
        yield (label, *lines[0])
        yield from (((" " * 23, "text"), *line) for line in lines[1:])
    for fault in faults:
        yield ((" " * 23, "text"), (f"{look.glyphs.bad} {safe_line(fault.text)}", "bad"))


def _fault_row(path: tuple[str, ...], fault: Fault, look: Look) -> Row:
    """A fault whose field is not in the data: most often the missing ones."""
    return (
        (f" {safe_line('.'.join(path)):<22} ", "key"),
        (f"{look.glyphs.dash} {safe_line(fault.text)}", "bad"),
    )


def _scalar(value: JsonValue) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def _scalar_tone(value: JsonValue) -> Tone:
    if isinstance(value, str):
        return "text"
    return "constant" if value is None or isinstance(value, bool) else "number"


def _facts(extraction: Extraction, look: Look) -> list[Row]:
    facts = [
        ("extraction id", extraction.id or "not given"),
        ("session id", extraction.session_id),
        ("organization id", extraction.organization_id or "not given"),
        ("agent id", extraction.agent_id or "none"),
        ("schema id", extraction.schema_id or "none linked"),
        ("created", look.clock.full(extraction.created_at)),
        ("updated", look.clock.full(extraction.updated_at)),
    ]
    return fact_rows(facts, 1, look.width - 4)


def _fault(error: dict[str, JsonValue]) -> Fault:
    path = next((error[key] for key in _PATH_KEYS if error.get(key)), None)
    text = next((error[key] for key in _TEXT_KEYS if isinstance(error.get(key), str)), None)
    if text is None:
        text = json.dumps(error, ensure_ascii=False)
    value = error.get("value", error.get("input"))
    was = f" (was {json.dumps(value, ensure_ascii=False)[:_SHOWN_INLINE]})" if value is not None else ""
    return Fault(_steps(path), text + was)


def _steps(path: JsonValue) -> tuple[str, ...]:
    """Return a path's steps, from a list, a dotted name, or a JSON path such as `$.refund.items[0]`."""
    if isinstance(path, list):
        return tuple(str(step) for step in path)
    if not isinstance(path, str):
        return ()
    plain = path.removeprefix("$").replace("[", ".").replace("]", "").replace("/", ".")
    return tuple(step for step in plain.split(".") if step)
