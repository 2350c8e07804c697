"""JSON read token by token: every string and number with what its keys say, everything else as it was.

Formatting, the order and repetition of keys, and the digits of numbers stay. Text that was cut, or is not
quite JSON, is read as far as it goes; so this needs no parser, and no depth is too deep for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from feather_tui.export.masking.keys import kind_of
from feather_tui.export.masking.kind import Kind

Value = Callable[[str, Kind | None], str]
"""Takes the text of a value or key and the kind that its keys say; returns what stands in its place."""

_BEGINNING: Final = re.compile(r'\s*(?:\{\s*(?:["}]|\Z)|\[\s*(?:["{\[\d\]-]|true|false|null|\Z))')
_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[{}\[\],]|[^\s"{}\[\],:]+', re.DOTALL)
_KEY_CHARACTERS: Final = 100
_TELLING_DIGITS: Final = 9
"""A number of fewer digits is nobody's, unless its key says so."""
_CONSTANTS: Final = frozenset({"true", "false", "null", "NaN", "Infinity", "-Infinity"})


def looks_like_json(text: str) -> bool:
    """Return whether a text begins as a JSON object or array does."""
    return _BEGINNING.match(text) is not None


def replaced(text: str, value: Value) -> str:
    """Return JSON text with each key, string and number as `value` gives it back."""
    return _TOKEN.sub(_Reader(value).piece, text)


@dataclass(slots=True)
class _Level:
    """An object or array being read. `key` is None where a key comes next."""

    is_object: bool
    above: str
    inherited: Kind | None
    key: str | None = None

    @property
    def kind(self) -> Kind | None:
        """What the value that comes next is."""
        return kind_of(self.key or "", self.above, self.inherited) if self.is_object else self.inherited

    @property
    def key_below(self) -> str:
        """The key that a value of this level stands under."""
        return self.key or "" if self.is_object else self.above


class _Reader:
    def __init__(self, value: Value) -> None:
        self._value = value
        self._levels = [_Level(is_object=False, above="", inherited=None)]

    def piece(self, found: re.Match[str]) -> str:
        """Return what stands in the place of one token of the text."""
        piece = found[0]
        level = self._levels[-1]
        if piece in "{[":
            self._levels.append(_Level(piece == "{", level.key_below, level.kind))
        elif piece in "}]":
            if len(self._levels) > 1:
                self._levels.pop()
        elif piece == ",":
            level.key = None
        elif level.is_object and level.key is None:
            level.key = _text(piece)[:_KEY_CHARACTERS]
            return self._written(piece, None)
        elif piece not in _CONSTANTS:
            kind = level.kind
            if kind is not None or piece.startswith('"') or len(piece) >= _TELLING_DIGITS:
                return self._written(piece, kind)
        return piece

    def _written(self, piece: str, kind: Kind | None) -> str:
        text = _text(piece)
        replacement = self._value(text, kind)
        if replacement == text:
            return piece
        written = json.dumps(replacement, ensure_ascii=False)
        is_cut = piece.startswith('"') and not piece.endswith('"')
        return written[:-1] if is_cut else written


def _text(piece: str) -> str:
    """Return what a token says; of one that is no JSON, the text as it stands."""
    if not piece.startswith('"'):
        return piece
    for whole in (piece, f'{piece}"'):  # the text may have been cut in the middle of a string
        with suppress(ValueError):
            text: str = json.loads(whole, strict=False)
            return text
    return piece.strip('"')
