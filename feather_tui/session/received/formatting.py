"""A JSON text with a line a value, for a program that shows files: every number and key as received.

Inside strings, what a terminal must not receive (controls, text direction, what cannot be seen) is written as
its JSON escape. That is the same text to every reader of JSON; between strings, nothing of that kind stands.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from feather_tui.session.received.json_index import STEP
from feather_tui.session.received.json_text import JsonText

_INDENT: Final = b"  "
_NOTABLE: Final = re.compile(rb"[^ -~]")
_ESCAPED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_LAST_OF_ONE_ESCAPE: Final = 0xFFFF


def formatted(text: JsonText) -> bytes:
    """Return the text with each value on a line of its own, indented by two."""
    return b"".join(_pieces(text))


def _pieces(text: JsonText) -> Iterator[bytes]:
    depth = 0
    line_end = b""
    for step in STEP.finditer(text.body):
        key, string, bare, opener, closers, comma = step.groups()
        yield line_end
        if key is not None:
            yield _plain(key) + b": "
        yield bare or opener or _plain(string)
        depth += bool(opener)
        empty = bool(opener)  # as long as nothing but its own end follows
        for closer in closers.translate(None, b" \t\n\r"):
            depth -= 1
            yield (b"" if empty else b"\n" + _INDENT * depth) + bytes([closer])
            empty = False
        yield comma
        line_end = b"\n" + _INDENT * depth
    yield b"\n"


class _Escapes(dict[int, str]):
    """A `str.translate` table that decides each character once, when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character) in _ESCAPED_CATEGORIES:
            character = f"\\u{code:04x}" if code <= _LAST_OF_ONE_ESCAPE else json.dumps(character)[1:-1]
        self[code] = character
        return character


_ESCAPES: Final = _Escapes()


def _plain(token: bytes) -> bytes:
    """Return a string, with its quotes, in which only what is harmless stands for itself."""
    return token if _NOTABLE.search(token) is None else token.decode().translate(_ESCAPES).encode()
