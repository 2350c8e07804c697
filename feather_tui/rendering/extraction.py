"""An extraction as a page: status first, then what went wrong, then the data with the faults in place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feather_tui.rendering.clock import count, latency
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import BLANK, Row, Span, Tone, cells, flow, width_of
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
_VALUE_COLUMN, _NARROWEST_VALUE = 23, 12


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


class FieldBlock(RowsBlock):
    """Rows about one field of the extracted data. `path`: its steps."""

    def __init__(self, path: tuple[str, ...], rows: Sequence[Row], hidden: Sequence[Row] = ()) -> None:
        super().__init__(rows, hidden)
        self.path = path


def faults_of(extraction: Extraction) -> list[Fault]:
    """Return the missing required fields, then the validation errors.

    Source: `missing_required_fields`, `validation_errors`; the shape of the latter is not documented, so
    path and text are looked for under the usual names, and an error without them is shown whole.
    """
    missing = [
        Fault(path_steps(field), "missing, required", missing=True)
        for field in extraction.missing_required_fields or ()
    ]
    return missing + [_fault(error) for error in extraction.validation_errors or ()]


def extraction_blocks(
    extraction: Extraction, asides: Sequence[Aside], look: Look, freshness: str, *, parts: int = 1
) -> list[Block]:
    """Return the page of one extraction. `freshness`: how old it is, in words; `parts` of long values."""
    faults = faults_of(extraction)
    blocks: list[Block] = [RowsBlock(_head_rows(extraction, look, freshness))]
    blocks += [RowsBlock([row]) for row in _summary_of_faults(extraction, faults, look)]
    blocks += [RowsBlock(_reason_rows(extraction, look)), *_fault_blocks(extraction, faults, look)]
    blocks += _data_blocks(extraction, faults, look, parts)
    blocks.append(RowsBlock([BLANK, ((" about this extraction", "dim"),), *_facts(extraction, look)]))
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


def _fault_blocks(extraction: Extraction, faults: list[Fault], look: Look) -> Iterator[Block]:
    """Yield a line a fault; unfolded, a validation error shows every key it came with."""
    errors = iter(extraction.validation_errors or ())
    for fault in faults:
        hidden = [] if fault.missing else json_rows(next(errors), 5, look.width - 8)
        yield FieldBlock(fault.path, _fault_rows(fault, look), hidden)
    if faults:
        yield RowsBlock([BLANK])


def _fault_rows(fault: Fault, look: Look) -> list[Row]:
    """Return path and sentence: side by side where they fit, else the sentence under the path."""
    head: Row = ((f" {look.glyphs.bad} ", "bad"), (f"{safe_line(fault.dotted):<20}  ", "strong"))
    text = safe_line(fault.text)
    if width_of(head) + cells(text) < look.width - 1:
        return [(*head, (text, "text"))]
    return [head, *text_rows(fault.text, 5, look.width - 8)]


def _data_blocks(extraction: Extraction, faults: list[Fault], look: Look, parts: int) -> Iterator[Block]:
    tree = extraction.extracted_data
    if tree is None:
        yield RowsBlock([((" no extracted data", "warn"),)])
        tree = {}
    at_path: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        at_path.setdefault(fault.path, []).append(fault)
    for path in at_path:
        tree = _with_place(tree, path) if path else tree
    for path, row in _tree_rows(tree, at_path, look, parts):
        yield FieldBlock(path, [row])


class _Absent:
    """Stands in the tree for a field that should be there and is not."""


def _with_place(tree: dict[str, JsonValue], path: tuple[str, ...]) -> dict[str, JsonValue]:
    """Return the tree with a place for `path`; as it is if the path leads into a list or a plain value."""
    root = holder = dict(tree)
    for step in path[:-1]:
        child = holder.get(step, {})
        if not isinstance(child, dict):
            return root  # the fault is told above the data, with its path
        holder[step] = dict(child)
        holder = holder[step]
    holder.setdefault(path[-1], _Absent())
    return root


def _tree_rows(
    tree: JsonValue, at_path: dict[tuple[str, ...], list[Fault]], look: Look, parts: int
) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Yield the rows of a tree with their paths, depth first, each fault under its field."""
    waiting = [_children(tree, ())]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        path, value = child
        for row in _value_rows(path, value, at_path.get(path, ()), look, parts):
            yield path, row
        if isinstance(value, dict | list):
            waiting.append(_children(value, path))


def _children(tree: JsonValue, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], JsonValue]]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for name, value in items:
        yield (*path, str(name)), value


def _value_rows(
    path: tuple[str, ...], value: JsonValue, faults: Iterable[Fault], look: Look, parts: int
) -> Iterator[Row]:
    indent = min(1 + 2 * (len(path) - 1), look.width // 2)
    name = safe_line(path[-1])
    column = max(_VALUE_COLUMN, indent + cells(name) + 2)
    label: Span = (f"{' ' * indent}{name}{' ' * (column - indent - cells(name))}", "key")
    if look.width - column < _NARROWEST_VALUE:  # the value goes under its name
        yield from text_rows(name, indent, look.width - indent - 3, "key")
        column = min(_VALUE_COLUMN, indent + 4)
        label = (" " * column, "text")
    room = max(look.width - column - 3, _NARROWEST_VALUE)
    rows: list[Row] = []
    if isinstance(value, dict | list) and value:
        rows.append(
            ((f"{len(value)} item{'s' * (len(value) != 1)}" if isinstance(value, list) else "", "dim"),)
        )
    elif not isinstance(value, _Absent):
        rows += text_rows(_scalar(value), 0, room, _scalar_tone(value), parts=parts)
    sign = look.glyphs.dash if isinstance(value, _Absent) else look.glyphs.bad
    for fault in faults:
        rows += text_rows(f"{sign} {fault.text}", 0, room, "bad")
    for number, row in enumerate(rows):
        yield (label if number == 0 else (" " * column, "text"), *row)


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
        ("latency", "not given" if extraction.latency_ms is None else f"{count(extraction.latency_ms)} ms"),
    ]
    return fact_rows(facts, 1, look.width - 4)


def _fault(error: dict[str, JsonValue]) -> Fault:
    path = next((error[key] for key in _PATH_KEYS if error.get(key)), None)
    text = next((error[key] for key in _TEXT_KEYS if isinstance(error.get(key), str)), None)
    if text is None:
        text = json.dumps(error, ensure_ascii=False)
    value = error.get("value", error.get("input"))
    was = f" (was {json.dumps(value, ensure_ascii=False)[:_SHOWN_INLINE]})" if value is not None else ""
    return Fault(path_steps(path), text + was)


def path_steps(path: JsonValue) -> tuple[str, ...]:
    """Return a path's steps, from a list, a dotted name, or a JSON path such as `$.refund.items[0]`."""
    if isinstance(path, list):
        return tuple(str(step) for step in path)
    if not isinstance(path, str):
        return ()
    plain = path.removeprefix("$").replace("[", ".").replace("]", "").replace("/", ".")
    return tuple(step for step in plain.split(".") if step)
