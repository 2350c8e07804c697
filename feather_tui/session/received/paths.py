"""The names of places in a document: `messages[12].tool_calls[0].function.arguments`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from feather_tui.session.received.json_text import JsonText, Kind, Node, said
from feather_tui.session.received.records import Path

_PLAIN_NAME: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def key_step(key: str) -> str:
    """Return a key (as received, with its quotes) as a step of a path: `.reason`, or `["order id"]`."""
    name = said(key)
    return f".{name}" if _PLAIN_NAME.fullmatch(name) else f"[{key}]"


def closest(text: JsonText, path: Path) -> Node:
    """Return the value at a path; where the path leads nowhere, the last value on it."""
    node = text.root
    for step in path:
        inner = next((member for member in _members(text, node) if _is_at(member, step)), None)
        if inner is None:
            break
        node = inner
    return node


def _members(text: JsonText, node: Node) -> Iterator[Node]:
    """Yield what a value holds, whether it is looked at in groups or not."""
    for member in text.members(node):
        if member.kind is Kind.GROUP:
            yield from text.members(member)
        else:
            yield member


def _is_at(member: Node, step: str | int) -> bool:
    """Return whether a member is the one that a step names; numbers may be written in digits."""
    return said(member.key) == step if member.key else str(member.place) == str(step)
