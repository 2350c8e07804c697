"""What is wrong with the fields of an extraction, as the API tells it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from feather_tui.session.model import Extraction, JsonValue

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
        Fault(path_steps(field), "missing, required", missing=True)
        for field in extraction.missing_required_fields or ()
    ]
    return missing + [_fault(error) for error in extraction.validation_errors or ()]


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
