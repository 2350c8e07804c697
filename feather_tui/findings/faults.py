"""What is wrong with an extraction, field by field.

Source: `missing_required_fields` and `validation_errors`. The shape of the latter is not documented: path and
text are looked for under the usual names, and an error without them is told whole.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feather_tui.findings.line import shortened
from feather_tui.session.model import Extraction, JsonValue

_PATH_KEYS: Final = ("loc", "path", "field", "json_path")
_TEXT_KEYS: Final = ("msg", "message", "error")
_VALUE_CHARACTERS: Final = 60
_INDEX: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field: its path (steps; empty if not said), and the sentence."""

    path: tuple[str, ...]
    text: str
    missing: bool = False

    @property
    def dotted(self) -> str:
        """The path as people write it; empty if no field is named."""
        return ".".join(self.path)


def faults_of(extraction: Extraction) -> list[Fault]:
    """Return the missing required fields, then the validation errors, each in the document's order."""
    missing = [
        Fault(steps(field), "missing, required", missing=True)
        for field in extraction.missing_required_fields or ()
    ]
    return missing + [_fault(error) for error in extraction.validation_errors or ()]


def made_at(extraction: Extraction) -> datetime | None:
    """Return when an extraction was made, or made last."""
    return extraction.updated_at or extraction.created_at


def steps(path: JsonValue) -> tuple[str, ...]:
    """Return a path's steps, from a list, a dotted name, or a JSON path such as `$.refund.items[0]`."""
    if isinstance(path, list):
        return tuple(str(step) for step in path)
    if not isinstance(path, str):
        return ()
    plain = path.removeprefix("$").replace("[", ".").replace("]", "").replace("/", ".")
    return tuple(step for step in plain.split(".") if step)


def value_at(tree: JsonValue, path: tuple[str, ...]) -> JsonValue:
    """Return the value at a path of an extraction's data, None where nothing is."""
    for step in path:
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and _INDEX.fullmatch(step) and int(step) < len(tree):
            tree = tree[int(step)]
        else:
            return None
    return tree


def _fault(error: dict[str, JsonValue]) -> Fault:
    path = next((error[key] for key in _PATH_KEYS if error.get(key)), None)
    text = next((error[key] for key in _TEXT_KEYS if isinstance(error.get(key), str)), None)
    if text is None:
        return Fault(steps(path), json_text(error))
    value = error.get("value", error.get("input"))
    was = f" (was {shortened(json_text(value), _VALUE_CHARACTERS)})" if value is not None else ""
    return Fault(steps(path), text + was)


def json_text(value: JsonValue) -> str:
    """Return a value as JSON on one line."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "a value nested too deeply"
