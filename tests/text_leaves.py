"""The texts of a JSON document, by their paths, and putting another in their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def text_leaves(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(tree, str):
        yield path
    elif isinstance(tree, dict | list):
        for name, item in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from text_leaves(item, (*path, name))


def put(tree: Any, path: tuple[str | int, ...], text: str) -> None:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = text
