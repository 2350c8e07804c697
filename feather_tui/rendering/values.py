"""Values as rows: text, highlighted JSON, and labelled facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from feather_tui.rendering.clock import size
from feather_tui.rendering.row import Row, Span, Tone, cells
from feather_tui.rendering.safe import safe, safe_line
from feather_tui.rendering.wrap import wrap
from feather_tui.session.model import JsonValue

PART_CHARACTERS = 64_000
"""Characters of one value that are shown at a time."""
FORMATTED_CHARACTERS = 1_000_000
"""JSON longer than this is shown as received, because formatting it would hold up the keys."""
LABEL_WIDTH = 16

_KEPT_LINES = 2048
_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*")(?P<colon>\s*:)?'
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<constant>\b(?:true|false|null)\b)"
)


def text_rows(text: str, indent: int, width: int, tone: Tone = "text", *, parts: int = 1) -> list[Row]:
    """Return text as wrapped rows, at most `parts` parts of it; a last row says what is left out."""
    shown, note = _part(text, parts)
    rows = [_indented(indent, ((line, tone),)) for line in wrap(safe(shown), width)]
    return rows + _note_rows(note, indent)


def json_text_rows(text: str, indent: int, width: int, *, parts: int = 1) -> list[Row]:
    """Return text as formatted, highlighted JSON if it is JSON, else as it is."""
    if len(text) > FORMATTED_CHARACTERS:
        return text_rows(text, indent, width, parts=parts)
    try:
        tree = json.loads(text)
        if not isinstance(tree, dict | list):
            return text_rows(text, indent, width, parts=parts)
        return json_rows(tree, indent, width, parts=parts)
    except (ValueError, RecursionError):
        return text_rows(text, indent, width, parts=parts)


def json_rows(tree: JsonValue, indent: int, width: int, *, parts: int = 1) -> list[Row]:
    """Return a JSON value, formatted and highlighted; small ones on one line."""
    brief = json.dumps(tree, ensure_ascii=False)
    formatted = brief if len(brief) <= width else json.dumps(tree, ensure_ascii=False, indent=2)
    shown, note = _part(formatted, parts)
    rows = [
        _indented(indent, spans) for line in safe(shown).split("\n") for spans in _wrapped_spans(line, width)
    ]
    return rows + _note_rows(note, indent)


def json_spans(line: str) -> Iterator[Span]:
    """Split one line of formatted JSON into spans by the kind of token."""
    end = 0
    for match in _TOKEN.finditer(line):
        if match.start() > end:
            yield line[end : match.start()], "dim"
        kind = match.lastgroup
        if kind == "colon":
            yield match["string"], "key"
            yield match["colon"], "dim"
        elif kind == "string":
            yield match[0], "string"
        else:
            yield match[0], "number" if kind == "number" else "constant"
        end = match.end()
    if end < len(line):
        yield line[end:], "dim"


def fact_rows(facts: Iterable[tuple[str, str]], indent: int, width: int) -> list[Row]:
    """Return `label  value` rows; a value that does not fit goes on under itself."""
    rows: list[Row] = []
    for label, value in facts:
        head = f"{label:<{LABEL_WIDTH}} "
        room = max(width - len(head), 8)
        for line in wrap(safe(value), room):
            rows.append(_indented(indent, ((head, "dim"), (line, "text"))))
            head = " " * (LABEL_WIDTH + 1)
    return rows


def label_row(label: str, indent: int, tone: Tone = "dim") -> Row:
    """Return the row that names what follows."""
    return _indented(indent, ((label, tone),))


def brief(arguments: str, width: int) -> str:
    """Return arguments in brief, such as `order_id 8812-4410  amount 79.90`, or as they are if no object."""
    try:
        tree = json.loads(arguments[:FORMATTED_CHARACTERS])
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict):
        return safe_line(arguments[: width * 2].strip())
    parts = []
    left = width
    for name, value in tree.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        part = f"{name} {text[: width + 1]}"
        parts.append(part)
        left -= len(part) + 2
        if left < 0:
            break
    return safe_line("  ".join(parts))


def _part(text: str, parts: int) -> tuple[str, str]:
    limit = PART_CHARACTERS * parts
    if len(text) <= limit:
        return text, ""
    left = f"… {size(len(text) - limit)} of {size(len(text))} characters more"
    return text[:limit], f"{left}: + shows the next part of an entry, feather-tui show all"


def _note_rows(note: str, indent: int) -> list[Row]:
    return [_indented(indent, ((note, "warn"),))] if note else []


def _indented(indent: int, spans: Iterable[Span]) -> Row:
    return ((" " * indent, "text"), *spans)


@lru_cache(maxsize=_KEPT_LINES)
def _line_spans(line: str) -> Row:
    """Return a line that fits as spans; kept, as most lines are brackets, or are seen again."""
    return tuple(json_spans(line))


def _wrapped_spans(line: str, width: int) -> Sequence[Row]:
    if cells(line) <= width:
        return (_line_spans(line),)
    spans = tuple(json_spans(line))
    hanging = min(len(line) - len(line.lstrip()) + 4, width // 2)
    wrapped: list[Row] = []
    position = 0
    for piece in wrap(line, width - hanging):
        position = line.index(piece, position)
        cut = tuple(_cut(spans, position, position + len(piece)))
        wrapped.append(((" " * hanging, "text"), *cut) if wrapped else cut)
        position += len(piece)
    return wrapped


def _cut(spans: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    place = 0
    for text, tone in spans:
        piece = text[max(start - place, 0) : max(end - place, 0)]
        if piece:
            yield piece, tone
        place += len(text)
