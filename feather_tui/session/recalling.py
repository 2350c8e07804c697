"""Read a document in which nothing needs a decision: the quick way, and nearly always enough.

`reading` decides what a document means, and takes a tenth of a second to import. Here the same records are
made from the same bytes. If anything needs a decision (a value of another type, a missing id, an odd time),
the answer is None, and `reading` has to be asked. A document that was read before is recalled: whether it is
JSON without a key given twice was seen then, and is not looked at again.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

from feather_tui.session.json_tree import parse_json
from feather_tui.session.model import Extraction, JsonValue, Session
from feather_tui.session.shape import Aside, Reading

Record = TypeVar("Record", Session, Extraction)
_Make = Callable[[Any, str, list[Aside]], Any]

_ESCAPED_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_ESCAPED_PAIR: Final = re.compile(
    rb"(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}",
)
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?",
    re.ASCII,
)


class _NeedsReadingError(Exception):
    """Something has to be decided that this module does not decide."""


class _Maker(NamedTuple):
    """How the fields of a record are made: kept as they are if of a type, else by a function."""

    kept: dict[str, type]
    made: dict[str, _Make]


def recall_session(body: bytes) -> Reading[Session] | None:
    """Return what `reading.read_session` returned for the same bytes, or None if it has to be asked."""
    return _recall(body, Session)


def recall_extraction(body: bytes) -> Reading[Extraction] | None:
    """Return what `reading.read_extraction` returned for the same bytes, or None if it has to be asked."""
    return _recall(body, Extraction)


def take_session(body: bytes) -> Reading[Session] | None:
    """Return what `reading.read_session` returns, or None if it has to be asked; for bytes never read before.

    Raises DocumentUnreadable for what is no JSON.
    """
    return _take(parse_json(body, "analysis input"), Session)


def take_extraction(body: bytes) -> Reading[Extraction] | None:
    """Return what `reading.read_extraction` returns, or None, as `take_session` does."""
    return _take(parse_json(body, "extraction"), Extraction)


def _recall(body: bytes, record: type[Record]) -> Reading[Record] | None:
    if _may_hold_half_a_pair(body):
        return None
    try:
        tree = json.loads(body.decode())  # `loads` would guess other encodings, and let halves of pairs pass
    except (ValueError, RecursionError):
        return None
    return _take(tree, record)


def _take(tree: JsonValue, record: type[Record]) -> Reading[Record] | None:
    asides: list[Aside] = []
    try:
        document = _make(record, tree, "", asides)
    except (_NeedsReadingError, ValueError, TypeError, OverflowError, RecursionError):
        return None  # whatever is wrong, `reading` has the words for it
    return Reading(document, tuple(asides))


def _may_hold_half_a_pair(body: bytes) -> bool:
    """Return whether there is an escaped surrogate that is not plainly one of a pair: it would be mended."""
    if not _ESCAPED_SURROGATE.search(body):
        return False
    return bool(_ESCAPED_SURROGATE.search(_ESCAPED_PAIR.sub(b"", body)))


def _make(record: Any, tree: JsonValue, path: str, asides: list[Aside]) -> Any:
    """Make a record of an object. The field's own type is the quick way, and nearly always the one."""
    if type(tree) is not dict:
        raise _NeedsReadingError
    kept, made = _maker(record)
    known: dict[str, Any] = {}
    for name, value in tree.items():
        if kept.get(name) is type(value):
            known[name] = value
        elif value is None and (name in kept or name in made):
            continue
        elif name in made:
            known[name] = made[name](value, f"{path}.{name}" if path else name, asides)
        elif name in kept:
            raise _NeedsReadingError
        else:
            asides.append(Aside(f"{path}.{name}" if path else name, value, "unknown field"))
    return record(**known)


@cache
def _maker(record: type) -> _Maker:
    maker = _Maker({}, {})
    for name, hint in typing.get_type_hints(record).items():
        choices = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        plain = next(choice for choice in choices if choice is not types.NoneType)
        if plain in {str, int, bool, float}:
            maker.kept[name] = plain
            if plain is float:
                maker.made[name] = _number
        else:
            maker.made[name] = _function(plain)
    return maker


def _function(hint: Any) -> _Make:
    if hint is datetime:
        return _moment
    if is_dataclass(hint):
        return lambda value, path, asides: _make(hint, value, path, asides)
    if typing.get_origin(hint) is tuple:
        return _list_of(typing.get_args(hint)[0])
    if typing.get_origin(hint) is dict:
        return _object_of(typing.get_args(hint)[1])
    return lambda value, _path, _asides: value


def _list_of(item: Any) -> _Make:
    if is_dataclass(item):

        def many(value: Any, path: str, asides: list[Aside]) -> Any:
            rows = enumerate(_required(value, list))
            return tuple(_make(item, row, f"{path}[{index}]", asides) for index, row in rows)

        return many
    plain = typing.get_origin(item) or item
    return lambda value, _path, _asides: tuple(
        _required(element, plain) for element in _required(value, list)
    )


def _object_of(item: Any) -> _Make:
    if item is int:
        return lambda value, _path, _asides: {
            key: _required(number, int) for key, number in _required(value, dict).items()
        }
    return lambda value, _path, _asides: _required(value, dict)


def _number(value: Any, _path: str, _asides: list[Aside]) -> float:
    return float(_required(value, int))


def _moment(value: Any, _path: str, _asides: list[Aside]) -> datetime:
    found = _MOMENT.fullmatch(_required(value, str))
    if found is None:
        raise _NeedsReadingError
    return datetime.fromisoformat(value if found[1] else f"{value}Z")


def _required(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise _NeedsReadingError
    return value
