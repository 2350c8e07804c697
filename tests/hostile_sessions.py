"""Sessions in which strangers wrote every text: in all fields of both documents, the names of fields too."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from random import Random
from typing import Any, Final

from documents import SESSION_ID, Document, moment
from hostile_texts import hostile_line, hostile_text

from feather_tui.session.model import Extraction, Session

_LINKED: Final = {
    "turn_id": ("turn-1", "turn-2"),
    "assistant_turn_id": ("turn-1", "turn-2"),
    "id": ("call-1", "call-2"),
    "tool_call_id": ("call-1", "call-2"),
    "chunk_id": ("chunk-1", "chunk-2"),
    "role": ("user", "assistant", "tool", "system"),
    "status": ("completed", "failed", "skipped"),
}
"""Names by which records belong together; hostile ones too, but then they hang in the air."""
_ERROR: Final = "extraction.error_message"
_SAID: Final = frozenset({"messages[].content", "tool_calls[].result", _ERROR})
"""Where texts are wrapped and never cut."""


@dataclass(slots=True)
class HostileSession:
    """Both documents of session `number`, and what in them is shown whole; `error` is a text of that."""

    number: int
    said: list[str] = field(default_factory=list)
    analysis: Document = field(init=False)
    extraction: Document = field(init=False)
    error: str = ""

    def __post_init__(self) -> None:
        chance = Random(self.number)  # noqa: S311 - the same session each time
        self.analysis = self._object(Session, "", chance) | {"session_id": SESSION_ID}
        self.extraction = self._object(Extraction, "extraction.", chance) | {"session_id": SESSION_ID}

    def _object(self, record: type, prefix: str, chance: Random) -> Document:
        kinds = typing.get_type_hints(record)
        known = {
            item.name: self._value(kinds[item.name], f"{prefix}{item.name}", chance)
            for item in fields(record)
        }
        return known | ({hostile_line(chance): hostile_text(chance)} if chance.random() < 0.2 else {})

    def _value(self, hint: Any, path: str, chance: Random) -> Any:
        if isinstance(hint, types.UnionType):
            hint = typing.get_args(hint)[0]
        if is_dataclass(hint) and isinstance(hint, type):
            return self._object(hint, f"{path}.", chance)
        origin: object = typing.get_origin(hint)
        if origin is tuple:
            held = typing.get_args(hint)[0]
            return [self._value(held, f"{path}[]", chance) for _ in range(chance.randint(1, 3))]
        if origin is dict:
            held = typing.get_args(hint)[1]
            return {hostile_line(chance): self._leaf(held, path, chance) for _ in range(2)}
        return self._leaf(hint, path, chance)

    def _leaf(self, hint: Any, path: str, chance: Random) -> Any:
        plain: dict[Any, Callable[[], Any]] = {
            bool: lambda: chance.random() < 0.5,
            datetime: lambda: moment(chance.randint(-10, 700)),
            int: lambda: chance.randint(0, 90_000),
            float: chance.random,
        }
        if hint in plain:
            return plain[hint]()
        if hint is not str:
            return {hostile_line(chance): [hostile_text(chance), {hostile_line(chance): None}]}
        name = path.rpartition(".")[2]
        if name in _LINKED and chance.random() < 0.7:
            return chance.choice(_LINKED[name])
        text = hostile_text(chance)
        if path in _SAID:
            text = f"said{len(self.said)}{text}"
            self.said.append(text)
            self.error = text if path == _ERROR else self.error
        return text
