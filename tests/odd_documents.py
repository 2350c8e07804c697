"""Documents that the API should not send: any field may be anything, and the JSON itself may be odd."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from datetime import datetime
from random import Random
from typing import Any, Final

from documents import SESSION_ID, moment
from hostile_texts import hostile_text
from wild_documents import POOLS

from feather_tui.session.identity import DocumentKind
from feather_tui.session.model import Extraction, Session

RECORDS: Final = {DocumentKind.ANALYSIS: Session, DocumentKind.EXTRACTION: Extraction}
_MOMENTS: Final = (
    *("2026-11-20T14:03:00", "2026-11-20 14:03", "2026-11-20t14:03:00.5", "2026-11-20", "today", ""),
    *("2026-11-20T19:33:00+05:30", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"),
    *("9999-12-31T23:59:59-12:00", "2026-11-20T14:03:00.123456789Z", "2026-02-30T00:00:00Z"),
    *("2026-11-20T14:03:00+23:59", "2026-11-20T24:00:00Z", "-2026-11-20T14:03:00Z", 0, 1.8e12, 10**30),
)
_NUMBERS: Final = (0, -1, 1, 60_000, 2**63, -(2**63), 10**400, 0.1, -0.0, 1e308, 5e-324, 0.5, 1e22, True)
_WRONG: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 10**400, 1e308, "", " ", "null", "\x00", "\ud800"),
    *([], {}, [None], [[]], [{}], {"": None}, {"id": {"id": []}}, ["x", 1, None], {"0": 0}),
)
Odd = Callable[[bytes, Random], bytes]


def odd_document(kind: DocumentKind, number: int) -> bytes:
    """Return document `number` of a kind: always the same bytes."""
    chance = Random(f"{kind} {number}")  # noqa: S311 - the same documents each time
    tree = _object(RECORDS[kind], chance, wild=0.0 if chance.random() < 0.3 else 0.12)
    if chance.random() < 0.9:
        tree["session_id"] = SESSION_ID
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        _spoil(tree, chance)
    body = json.dumps(tree, ensure_ascii=chance.random() < 0.7).encode("utf-8", "surrogatepass")
    return chance.choice(_ODDITIES)(body, chance) if chance.random() < 0.5 else body


# ------------------------------------------------------------------------------------------- values


def _object(record: type, chance: Random, wild: float) -> dict[str, Any]:
    kinds = typing.get_type_hints(record)
    absent = chance.choice((0, 0, 0.2, 0.6, 1))
    known = {
        item.name: _value(item.name, kinds[item.name], chance, wild)
        for item in fields(record)
        if chance.random() >= absent
    }
    return known | ({hostile_text(chance): _anything(chance)} if chance.random() < wild else {})


def _value(name: str, hint: Any, chance: Random, wild: float) -> Any:
    if chance.random() < wild:
        return _anything(chance)
    if isinstance(hint, types.UnionType):
        return None if chance.random() < 0.2 else _value(name, typing.get_args(hint)[0], chance, wild)
    if is_dataclass(hint) and isinstance(hint, type):
        return _object(hint, chance, wild)
    origin: object = typing.get_origin(hint)
    if origin is tuple:
        held = typing.get_args(hint)[0]
        return [_value(name, held, chance, wild) for _ in range(chance.choice((0, 1, 2, 5)))]
    if origin is dict:
        held = typing.get_args(hint)[1]
        return {hostile_text(chance): _value(name, held, chance, wild) for _ in range(chance.randint(0, 3))}
    return _leaf(name, hint, chance)


def _leaf(name: str, hint: Any, chance: Random) -> Any:
    leaves: dict[Any, Callable[[], Any]] = {
        bool: lambda: chance.random() < 0.5,
        datetime: lambda: (
            moment(chance.randint(-60, 700)) if chance.random() < 0.7 else chance.choice(_MOMENTS)
        ),
        int: lambda: chance.randint(0, 60_000) if chance.random() < 0.7 else chance.choice(_NUMBERS),
        float: lambda: chance.random() if chance.random() < 0.7 else chance.choice(_NUMBERS),
        str: lambda: chance.choice(POOLS.get(name, ("",))) if chance.random() < 0.6 else hostile_text(chance),
    }
    return leaves.get(hint, lambda: _anything(chance))()


def _anything(chance: Random, depth: int = 0) -> Any:
    kind = chance.randrange(6 if depth < 4 else 4)
    if kind == 4:
        return [_anything(chance, depth + 1) for _ in range(chance.randint(0, 4))]
    if kind == 5:
        return {hostile_text(chance): _anything(chance, depth + 1) for _ in range(chance.randint(0, 4))}
    return (chance.choice(_WRONG), hostile_text(chance), chance.choice(_NUMBERS), chance.choice(_MOMENTS))[
        kind
    ]


# ------------------------------------------------------------------------------------------- what is wrong


def _spoil(tree: Any, chance: Random) -> None:
    """Put something else in one place of a document, take it away, or have much of it."""
    places = list(_places(tree))
    if not places:
        return
    holder, name = chance.choice(places)
    deed = chance.randrange(3)
    if deed == 0:
        holder[name] = deepcopy(chance.choice(_WRONG))
    elif deed == 1:
        del holder[name]
    else:
        holder[name] = [deepcopy(holder[name])] * chance.choice((1, 3, 200))


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(tree, dict | list):
        for name, inner in list(tree.items() if isinstance(tree, dict) else enumerate(tree)):
            yield tree, name
            yield from _places(inner)


def _inserted(what: Callable[[Random], bytes]) -> Odd:
    """Return what puts such a value into the object at the top."""

    def insert(body: bytes, chance: Random) -> bytes:
        name = chance.choice((b"customer_metadata", b"extracted_data", b"messages", b"odd", b"session_id"))
        return b'{"%b": %b, ' % (name, what(chance)) + body[1:]

    return insert


def _reencoded(encoding: str) -> Odd:
    return lambda body, _: body.decode("utf-8", "replace").encode(encoding, "replace")


def _cut(body: bytes, chance: Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _flipped(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(body))
    return body[:at] + bytes([body[at] ^ (1 << chance.randrange(8))]) + body[at + 1 :]


def _root(body: bytes, chance: Random) -> bytes:
    return chance.choice(
        (b"null", b"[]", b"{}", b'""', b"0", b"true", b"", b" ", b"[%b]" % body, body + body)
    )


def _noise(_: bytes, chance: Random) -> bytes:
    return bytes(chance.randrange(256) for _ in range(chance.randrange(200)))


_ODDITIES: Final[tuple[Odd, ...]] = (
    *(_cut, _cut, _cut, _flipped, _flipped, _root, _noise),
    *map(
        _reencoded, ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-7")
    ),
    _inserted(
        lambda chance: chance.choice((b"NaN", b"Infinity", b"-Infinity", b"1e999", b"01", b"+1", b".5"))
    ),
    _inserted(lambda chance: b"9" * chance.choice((300, 4299, 4300, 4301, 5000))),
    _inserted(lambda chance: b"[" * (n := chance.choice((50, 99, 101, 5000))) + b"]" * n),
    _inserted(lambda chance: b'{"a":' * (n := chance.choice((50, 99, 101, 5000))) + b"1" + b"}" * n),
    _inserted(lambda _: b'{"a": 1, "a": 2}'),
    _inserted(lambda chance: b"[%b]" % b",".join([b"{}"] * chance.choice((1, 3000)))),
    _inserted(lambda _: b'"\\ud800\\u0000\\u202e"'),
    _inserted(lambda _: b'"a\nb\x00"'),
    _inserted(lambda _: b'"\xff\xfe\xed\xa0\x80"'),
)
