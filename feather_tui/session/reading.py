"""Read the bytes of an answer into the records of `model`, leniently where the API may change.

What is not understood is never dropped: unknown fields and values of a wrong type are set aside with
their paths (`Reading.asides`) and shown. Only a document whose structure is not there (no JSON object, a
list that is not a list, no session id) is refused, with the path of the first offence.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from pydantic import TypeAdapter, ValidationError

from feather_tui.session.json_tree import json_type, parse_json, unreadable
from feather_tui.session.model import Extraction, JsonValue, Session
from feather_tui.session.shape import Aside, Reading, known_part

Record = TypeVar("Record", Session, Extraction)

_STRUCTURE = {
    "missing": "it is missing",
    "tuple_type": "a list was expected",
    "dict_type": "an object was expected",
    "dataclass_type": "an object was expected",
}
_SESSION = TypeAdapter(Session)
_EXTRACTION = TypeAdapter(Extraction)


def read_session(body: bytes) -> Reading[Session]:
    """Read an analysis input. Raises DocumentUnreadable."""
    return _read(body, Session, _SESSION, "analysis input")


def read_extraction(body: bytes) -> Reading[Extraction]:
    """Read an extraction. Raises DocumentUnreadable."""
    return _read(body, Extraction, _EXTRACTION, "extraction")


def _read(body: bytes, record: type[Record], adapter: TypeAdapter[Record], name: str) -> Reading[Record]:
    tree = parse_json(body, name)
    if not isinstance(tree, dict):
        _refuse(name, f"a JSON object was expected, {json_type(tree)} came")
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
    raise unreadable(name, why, path) from None


def _path(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).lstrip(".")
