"""From the bytes of an answer to a tree of JSON, refusing what only looks like JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NoReturn

from feather_tui.errors import DocumentUnreadable
from feather_tui.session.model import JsonValue

ADVICE = "Use `feather-tui show --format json` to see it as received."
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DEEPEST = 100
"""Levels of nesting that are read. Deeper values could be parsed, but not written or shown again."""
_CONTAINERS = (dict, list)


def parse_json(body: bytes, name: str, advice: str = ADVICE) -> JsonValue:
    """Parse the JSON text of `body`, refusing what only looks like JSON.

    NaN and infinities, keys given twice, numbers of thousands of digits and nesting without end are
    refused; lone surrogates become U+FFFD, because nothing could encode them again.
    Raises DocumentUnreadable.
    """
    try:
        text = body.decode(json.detect_encoding(body))  # as `loads` does, but refusing encoded surrogates
        tree = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_distinct)
        if _is_deeper_than(_DEEPEST, tree):
            raise unreadable(name, "it is nested too deeply", advice=advice)
        return _without_lone_surrogates(tree) if _ESCAPED_SURROGATE.search(text) else tree
    except RecursionError:
        raise unreadable(name, "it is nested too deeply", advice=advice) from None
    except json.JSONDecodeError as error:
        raise unreadable(
            name, f"it is not JSON at character {error.pos} ({error.msg})", advice=advice
        ) from None
    except UnicodeDecodeError as error:
        raise unreadable(
            name, f"it is not {error.encoding} text at byte {error.start}", advice=advice
        ) from None
    except ValueError as error:  # a constant, a repeated key, or an integer beyond Python's digit limit
        raise unreadable(name, str(error).partition(";")[0], advice=advice) from None


def unreadable(name: str, why: str, path: str = "", advice: str = ADVICE) -> DocumentUnreadable:
    """Say why the document called `name` is refused, and at which path."""
    at = f" at {path}" if path else ""
    return DocumentUnreadable(f"The {name} cannot be read{at}: {why}.", advice, path=path)


def json_type(tree: JsonValue) -> str:
    """Name what a value is: `null`, `a list`, `a number`."""
    names = {type(None): "null", bool: "true or false", str: "a string", list: "a list"}
    return names.get(type(tree), "a number")


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
