"""Read the bytes of an answer into the records of `model`, leniently where the API may change.

What is not understood is never dropped: unknown fields and values of a wrong type are set aside with
their paths (`Reading.asides`) and shown. Only a document whose structure is not there (no JSON object, a
list that is not a list, no session id) is refused, with the path of the first offence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from pydantic import TypeAdapter, ValidationError

from feather_tui.errors import DocumentUnreadable
from feather_tui.session.model import Extraction, JsonValue, Session
from feather_tui.session.shape import Aside, Reading, known_part

Record = TypeVar("Record", Session, Extraction)

_ADVICE = "Use `feather-tui show --format json` to see it as received."
_STRUCTURE = {
    "missing": "it is missing",
    "tuple_type": "a list was expected",
    "dict_type": "an object was expected",
    "dataclass_type": "an object was expected",
}
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DEEPEST = 100
"""Levels of nesting that are read. Deeper values could be parsed, but not written or shown again."""
_CONTAINERS = (dict, list)
_SESSION = TypeAdapter(Session)
_EXTRACTION = TypeAdapter(Extraction)


def read_session(body: bytes) -> Reading[Session]:
    """Read an analysis input. Raises DocumentUnreadable."""
    return _read(body, Session, _SESSION, "analysis input")


def read_extraction(body: bytes) -> Reading[Extraction]:
    """Read an extraction. Raises DocumentUnreadable."""
    return _read(body, Extraction, _EXTRACTION, "extraction")


def parse_json(body: bytes, name: str) -> JsonValue:
    """Parse the JSON text of `body`, refusing what only looks like JSON.

    NaN and infinities, keys given twice, numbers of thousands of digits and nesting without end are
    refused; lone surrogates become U+FFFD, because nothing could encode them again.
    Raises DocumentUnreadable.
    """
    try:
        text = body.decode(json.detect_encoding(body))  # as `loads` does, but refusing encoded surrogates
        tree = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_distinct)
        if _is_deeper_than(_DEEPEST, tree):
            _refuse(name, "it is nested too deeply")
        return _without_lone_surrogates(tree) if _ESCAPED_SURROGATE.search(text) else tree
    except RecursionError:
        _refuse(name, "it is nested too deeply")
    except json.JSONDecodeError as error:
        _refuse(name, f"it is not JSON at character {error.pos} ({error.msg})")
    except UnicodeDecodeError as error:
        _refuse(name, f"it is not {error.encoding} text at byte {error.start}")
    except ValueError as error:  # a constant, a repeated key, or an integer beyond Python's digit limit
        _refuse(name, str(error).partition(";")[0])


def _read(body: bytes, record: type[Record], adapter: TypeAdapter[Record], name: str) -> Reading[Record]:
    tree = parse_json(body, name)
    if not isinstance(tree, dict):
        _refuse(name, f"a JSON object was expected, {_json_type(tree)} came")
    asides: list[Aside] = []
    known = known_part(tree, record, asides)
    try:
        document = _validated(adapter, known, name, asides)
    except RecursionError:
        _refuse(name, "it is nested too deeply")
    return Reading(document, tuple(asides))


def _validated(
    adapter: TypeAdapter[Record], known: dict[str, JsonValue], name: str, asides: list[Aside]
) -> Record:
    try:
        return adapter.validate_python(known)
    except ValidationError as error:
        offences = error.errors(include_url=False, include_context=False)
    for offence in offences:
        location = offence["loc"]
        why = _STRUCTURE.get(offence["type"]) or offence["msg"].replace("Input should be", "not")
        if offence["type"] in _STRUCTURE or not _set_aside(known, location, why, asides):
            _refuse(name, why, _path(location))
    return _validated(adapter, known, name, asides)


def _set_aside(
    known: dict[str, JsonValue], location: tuple[int | str, ...], why: str, asides: list[Aside]
) -> bool:
    """Take the value at `location` out of the tree, so that its default stands in; False if it has none."""
    *parents, last = location
    holder: Any = known
    for step in parents:
        holder = holder[step]
    if not isinstance(holder, dict) or (holder is known and last == "session_id"):
        return False
    asides.append(Aside(_path(location), holder.pop(last, None), why))
    return True


def _refuse(name: str, why: str, path: str = "") -> NoReturn:
    at = f" at {path}" if path else ""
    raise DocumentUnreadable(f"The {name} cannot be read{at}: {why}.", _ADVICE, path=path) from None


def _path(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).lstrip(".")


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"it holds {constant}, which JSON does not have")


def _distinct(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # the idiom
        raise ValueError(f"the key {twice[:40]!r} is given twice in one object")
    return tree


def _is_deeper_than(levels: int, tree: JsonValue) -> bool:
    level = [tree]
    for _ in range(levels + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, _CONTAINERS)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


def _without_lone_surrogates(tree: JsonValue) -> JsonValue:
    mended: Callable[[str], str] = lambda text: _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)  # noqa: E731 - read below thrice
    if isinstance(tree, str):
        return mended(tree)
    if isinstance(tree, list):
        return [_without_lone_surrogates(item) for item in tree]
    if isinstance(tree, dict):
        return {mended(key): _without_lone_surrogates(value) for key, value in tree.items()}
    return tree


def _json_type(tree: JsonValue) -> str:
    names = {type(None): "null", bool: "true or false", str: "a string", list: "a list"}
    return names.get(type(tree), "a number")
