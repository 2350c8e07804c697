"""What pages are made of: text that can be no markup, facts, and whole records."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from feather_tui.rendering.clock import iso
from feather_tui.rendering.safe import safe, safe_line
from feather_tui.session.model import JsonValue

Fact = tuple[str, str]
"""A label and a raw value."""


def text(raw: str) -> str:
    """Return text as markup that shows it: safe for a terminal too, because pages are copied from."""
    return html.escape(safe(raw))


def line(raw: str) -> str:
    """Return text as markup that shows it on one line."""
    return html.escape(safe_line(raw))


def time(moment: datetime | None) -> str:
    """Return a moment in UTC."""
    if moment is None:
        return '<span class="dim">time not recorded</span>'
    return f'<time datetime="{iso(moment)}">{iso(moment)}</time>'


def preformatted(label: str, raw: str, css: str = "dim") -> str:
    """Return a long value under its label."""
    return f'<p class="{css}">{line(label)}</p><pre>{text(raw) or "(empty)"}</pre>'


def json_like(raw: str) -> str:
    """Return JSON text with line breaks and indents if it is an object or array, else as it is."""
    try:
        tree = json.loads(raw)
    except (ValueError, RecursionError):
        return raw
    return formatted(tree) if isinstance(tree, dict | list) else raw


def formatted(tree: JsonValue) -> str:
    """Return a JSON value as text for people."""
    try:
        return json.dumps(tree, ensure_ascii=False, indent=2)
    except RecursionError:
        return "a value nested too deeply to show"


def facts(pairs: Iterable[Fact]) -> str:
    """Return labelled values, empty if there are none."""
    rows = "".join(f"<dt>{line(label)}</dt><dd>{text(value)}</dd>" for label, value in pairs)
    return f"<dl>{rows}</dl>" if rows else ""


def fields_of(record: Any, *, without: tuple[str, ...] = ()) -> Iterator[Fact]:
    """Yield every field of a record and of the records in it, but for those named."""
    for field in fields(record):
        value = getattr(record, field.name)
        label = field.name.replace("_", " ")
        if field.name in without:
            continue
        if is_dataclass(value):
            yield from ((f"{label}: {below}", said) for below, said in fields_of(value))
        else:
            yield label, _said(value)


def _said(value: Any) -> str:
    if value is None:
        return "not recorded"
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "\n".join(map(_said, value)) or "none"
    return formatted(value) if isinstance(value, dict | list) else str(value)
