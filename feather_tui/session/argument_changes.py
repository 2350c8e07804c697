"""How the arguments of two tool calls differ, key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

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


def argument_changes(before: str, after: str) -> tuple[ArgumentChange, ...]:
    """Return the differences between two `arguments` texts, in the order of their keys; blank counts as {}."""
    if before == after:
        return ()
    try:
        trees = json.loads(before.strip() or "{}"), json.loads(after.strip() or "{}")
    except (ValueError, RecursionError):
        return (ArgumentChange(path=(), kind=ChangeKind.CHANGED, before=before, after=after),)
    return tuple(_changes(*trees))


def _changes(before: JsonValue, after: JsonValue) -> Iterator[ArgumentChange]:
    """Walk both trees side by side; with a stack of its own, because they may be nested without end."""
    waiting: list[tuple[tuple[str, ...], JsonValue, JsonValue]] = [((), before, after)]
    while waiting:
        path, one, other = waiting.pop()
        if not _comparable(one, other):
            if not _same_value(one, other):
                yield ArgumentChange(path=path, kind=ChangeKind.CHANGED, before=one, after=other)
            continue
        ones, others = _children(one), _children(other)
        for name in ones.keys() - others.keys() if len(ones) > len(others) else ():
            yield ArgumentChange(path=(*path, name), kind=ChangeKind.REMOVED, before=ones[name])
        waiting += [((*path, name), ones[name], others[name]) for name in ones if name in others]
