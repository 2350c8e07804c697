"""How the arguments of two tool calls differ, key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from feather_tui.session.model import JsonValue


class ChangeKind(StrEnum):
    """What became of a key, in the word shown for it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentChange:
    """One difference. `path` leads to it by keys and positions, and is empty for the arguments as a whole.

    `before` is None for what was added, `after` for what was removed. Where either text is not JSON, both
    are the texts as they are.
    """

    path: tuple[str, ...]
    kind: ChangeKind
    before: JsonValue = None
    after: JsonValue = None


_ABSENT: Final = object()


def argument_changes(before: str, after: str) -> tuple[ArgumentChange, ...]:
    """Return the differences of two `arguments` texts in the order of their keys; blank counts as {}."""
    if before == after:
        return ()
    try:
        one, other = json.loads(before.strip() or "{}"), json.loads(after.strip() or "{}")
    except (ValueError, RecursionError):
        return (ArgumentChange(path=(), kind=ChangeKind.CHANGED, before=before, after=after),)
    return tuple(_changes(one, other))


def _changes(before: JsonValue, after: JsonValue) -> Iterator[ArgumentChange]:
    """Walk both trees side by side; with a stack of its own, because arguments may be nested very deeply."""
    waiting: list[tuple[tuple[str, ...], JsonValue, JsonValue]] = [((), before, after)]
    while waiting:
        path, one, other = waiting.pop()
        if one is _ABSENT:
            yield ArgumentChange(path=path, kind=ChangeKind.ADDED, after=other)
        elif other is _ABSENT:
            yield ArgumentChange(path=path, kind=ChangeKind.REMOVED, before=one)
        elif isinstance(one, dict | list) and type(one) is type(other):
            ones, others = _children(one), _children(other)
            waiting += [
                ((*path, name), ones.get(name, _ABSENT), others.get(name, _ABSENT))
                for name in reversed(dict.fromkeys([*ones, *others]))
            ]
        elif not _same(one, other):
            yield ArgumentChange(path=path, kind=ChangeKind.CHANGED, before=one, after=other)


def _children(tree: JsonValue) -> dict[str, JsonValue]:
    return tree if isinstance(tree, dict) else {str(place): item for place, item in enumerate(tree)}


def _same(one: JsonValue, other: JsonValue) -> bool:
    """Return whether two values are one JSON value; Python alone would say that true is 1."""
    if isinstance(one, dict | list) or isinstance(other, dict | list):
        return False
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)
