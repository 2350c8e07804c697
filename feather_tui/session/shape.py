"""The shape of the records in `model`, read from their annotations.

Used to sort a JSON object into what the records know and what they do not, so that a document of a
newer API is read as far as it is understood, and the rest is kept with its path.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from functools import cache
from typing import Generic, TypeVar

from feather_tui.session.model import Extraction, JsonValue, Session

Record = TypeVar("Record", Session, Extraction)

_ZONELESS = re.compile(r"\d{4}-\d\d-\d\d[Tt _]\d\d:\d\d(:\d\d([.,]\d*)?)?")
_DATE_ALONE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Aside:
    """A value of the document that no record holds: where it stood, what it was, and why it is here."""

    path: str
    value: JsonValue
    why: str


@dataclass(frozen=True, slots=True)
class Reading(Generic[Record]):
    """A document as understood, and what of it was not."""

    document: Record
    asides: tuple[Aside, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    record: type | None
    many: bool
    moment: bool
    plain: type


@cache
def fields_of(record: type) -> dict[str, _Field]:
    """Return the fields of a record: which hold other records, and which hold many of them."""
    return {name: _field(hint) for name, hint in typing.get_type_hints(record).items()}


def _field(hint: JsonValue) -> _Field:
    if isinstance(hint, types.UnionType):
        hint = next(choice for choice in typing.get_args(hint) if choice is not types.NoneType)
    origin: object = typing.get_origin(hint)
    many = origin is tuple
    item = typing.get_args(hint)[0] if many else hint
    record = item if is_dataclass(item) and isinstance(item, type) else None
    return _Field(record, many, moment=hint is datetime, plain=typing.get_origin(item) or item)


def known_part(tree: dict[str, JsonValue], record: type, asides: list[Aside]) -> dict[str, JsonValue]:
    """Return a copy of `tree` with only what `record` knows; what is left over goes to `asides`.

    Nulls of known fields are left out, so that the record's default stands for "absent" and "null" alike.
    Free-form objects (customer metadata, extracted data) are not looked into.
    """
    return _known_part(tree, record, "", asides)


def _known_part(
    tree: dict[str, JsonValue], record: type, path: str, asides: list[Aside]
) -> dict[str, JsonValue]:
    fields = fields_of(record)
    known: dict[str, JsonValue] = {}
    for name, value in tree.items():
        field = fields.get(name)
        if field is None:
            asides.append(Aside(_join(path, name), value, "unknown field"))
        elif value is None:
            continue
        elif field.many and isinstance(value, list):
            known[name] = list(_known_items(value, field, _join(path, name), asides))
        elif field.record is not None and isinstance(value, dict):
            known[name] = _known_part(value, field.record, _join(path, name), asides)
        elif field.moment and isinstance(value, str) and _ZONELESS.fullmatch(value):
            known[name] = f"{value}Z"  # the API's times are UTC where they do not say otherwise
        elif field.moment and isinstance(value, str) and _DATE_ALONE.fullmatch(value):
            asides.append(Aside(_join(path, name), value, "a date without a time"))
        else:
            known[name] = value
    return known


def _known_items(
    items: list[JsonValue], field: _Field, path: str, asides: list[Aside]
) -> Iterator[JsonValue]:
    for index, item in enumerate(items):
        if item is None:
            asides.append(Aside(f"{path}[{index}]", None, "an empty row"))
            if field.record is not None:
                yield {}  # keeps the place, so that the paths of later rows stay true
        elif field.record is None and not isinstance(item, field.plain):
            asides.append(Aside(f"{path}[{index}]", item, "of another type than the rest"))
        elif field.record is not None and isinstance(item, dict):
            yield _known_part(item, field.record, f"{path}[{index}]", asides)
        else:
            yield item


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
