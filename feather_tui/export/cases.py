"""Rows of triage as JSON and as CSV: one schema for every session, whether it came or not."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from feather_tui.many import Loaded, Missing
from feather_tui.rendering.safe import safe_line
from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case

if TYPE_CHECKING:
    from feather_tui.session.model import JsonValue

_BLANK: Final = Case(session_id=SessionId(""), findings={}).as_json()
COLUMNS: Final = (*_BLANK, "error")
"""The fields of a row, in their order."""

_ACTING: Final = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""


def outcome_json(outcome: Loaded | Missing) -> dict[str, JsonValue]:
    """Return one object, with the same fields for every session; null: not known.

    The fields are those of `Case`, and `error`: why the session did not come, in a word or two. Of one that
    did not come nothing else is known: numbers and words are null, lists are empty.
    """
    if isinstance(outcome, Loaded):
        return outcome.case.as_json() | {"error": None}
    unknown = {name: value if isinstance(value, list | dict) else None for name, value in _BLANK.items()}
    return unknown | {"session_id": outcome.session_id, "error": outcome.error.brief}


def csv_heading() -> str:
    """Return the names of the columns."""
    return _line(COLUMNS)


def csv_line(outcome: Loaded | Missing) -> str:
    """Return a row. Lists are joined by "; "; what a spreadsheet would run begins with an apostrophe."""
    return _line([_cell(value) for value in outcome_json(outcome).values()])


def _line(cells: tuple[str, ...] | list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


def _cell(value: JsonValue) -> str:
    if value is None or isinstance(value, bool | int):
        return "" if value is None else str(value).lower()
    text = safe_line(_joined(value))
    return f"'{text}" if text.startswith(_ACTING) else text


def _joined(value: JsonValue) -> str:
    if isinstance(value, list):
        return "; ".join(map(_joined, value))
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part is not None)
    return str(value)
