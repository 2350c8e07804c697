"""Documents with a marker of its own in every leaf, and what a screen shows for each."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

_FIRST_MOMENT = datetime(2031, 1, 1, tzinfo=UTC)
_BOOLEANS = {"truncated": "truncated        yes", "hit": "hit              yes"}
"""A boolean cannot carry a marker: the words for it are looked for."""


class MarkedDocument:
    """A document of one record type. `markers`: what is shown of each path, such as `messages[].content`."""

    def __init__(self, record: type, session_id: str) -> None:
        self.markers: dict[str, str] = {}
        self._numbers = count(1)
        self.tree: dict[str, Any] = self._object(record, "")
        self.markers["session_id"] = self.tree["session_id"] = session_id

    def _object(self, record: type, path: str) -> dict[str, Any]:
        kinds = typing.get_type_hints(record)
        prefix = f"{path}." if path else ""
        return {
            field.name: self._value(kinds[field.name], f"{prefix}{field.name}") for field in fields(record)
        }

    def _value(self, hint: Any, path: str) -> Any:
        if isinstance(hint, types.UnionType):
            hint = typing.get_args(hint)[0]
        if is_dataclass(hint) and isinstance(hint, type):
            return self._object(hint, path)
        origin: object = typing.get_origin(hint)
        if origin is tuple:
            return [self._value(typing.get_args(hint)[0], f"{path}[]")]
        if origin is dict:
            held = typing.get_args(hint)[1]
            return {f"key{next(self._numbers):05}": self._leaf(int if held is int else str, path)}
        return self._leaf(hint, path)

    def _leaf(self, hint: Any, path: str) -> Any:
        number = next(self._numbers)
        if hint is bool:
            self.markers[path] = _BOOLEANS[path.rpartition(".")[2]]
            return True
        if hint is datetime:
            moment = _FIRST_MOMENT + timedelta(hours=number, seconds=number)
            self.markers[path] = f"{moment:%Y-%m-%d %H:%M:%S}"
            return moment.isoformat()
        made = {int: 600_000 + number, float: float(f"0.{7000 + number}")}
        value = made.get(hint, f"mark{number:05}")
        self.markers[path] = str(value)
        return value
