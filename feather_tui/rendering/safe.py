"""The one boundary where text that strangers wrote becomes text a terminal may show.

Messages, tool results, error bodies, file names and settings may hold escape sequences, bidirectional
overrides, invisible or endless combining characters. Each becomes a visible stand-in: nothing acts,
and nothing is dropped without a trace. The exceptions are modifiers on whose width terminals disagree
(emoji joiners, variation selectors, skin tones): without them columns hold and the base still shows.

A terminal may also show nothing but ASCII: within `only_ascii` all else becomes an escape, as Python's
`unicode_escape` writes it, so that nothing is lost.

Text must pass here before it is measured or wrapped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar, Final

TAB = " " * 4
MARKS_PER_BASE = 3
"""Combining marks of a kind (above or below, beside) kept on one base character; more become stand-ins."""

_NOTABLE = re.compile(r"[^\n -~]")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_FILLERS = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0})
_CONJOINING_JAMO = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))
_VARIATION_SUPPLEMENT = range(0xE0100, 0xE01F0)
_WIDTH_MODIFIERS = frozenset({0x200D, *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400)})
_PICTURES = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\N{SYMBOL FOR DELETE}",
    0x0A: "\n",
    0x09: TAB,
    **dict.fromkeys(
        range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"
    ),  # nothing can encode a lone surrogate
    **{0x1F1E6 + letter: chr(0x24B6 + letter) for letter in range(26)},  # halves of flags, as circled letters
}

TYPOGRAPHY: Final = {
    "“": '"',
    "”": '"',
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "’": "'",
    "–": "-",
    "—": "--",
    "…": "...",
    "→": "->",
    "·": "-",
    "×": "x",
    "±": "+-",
    "≤": "<=",
    "≥": ">=",
}
"""Signs of sentences, and what stands for them where there is only ASCII."""


def safe(text: str) -> str:
    """Return `text` with every character that this terminal must not receive replaced; newlines stay."""
    if _NOTABLE.search(text) is None:
        return text
    shown = text.replace("\r\n", "\n").translate(_TABLE.get())
    return shown if _MARKS.isdisjoint(shown) else _limit_marks(shown)


def safe_line(text: str) -> str:
    """Return `safe(text)` on one line: a newline becomes its stand-in."""
    shown = safe(text)
    return shown.replace("\n", _TABLE.get().newline) if "\n" in shown else shown


def is_only_ascii() -> bool:
    """Return whether this terminal shows nothing beyond ASCII."""
    return _TABLE.get() is _ASCII_STAND_INS


@contextmanager
def only_ascii(*, when: bool = True) -> Iterator[None]:
    """Within the block, `safe` leaves nothing beyond ASCII; with `when` false, what any terminal may show.

    It holds for the tasks that begin in the block as well. What is written for another place than this
    terminal, such as a file, is made with `when` false; a function can be decorated so.
    """
    token = _TABLE.set(_ASCII_STAND_INS if when else _STAND_INS)
    try:
        yield
    finally:
        _TABLE.reset(token)


class _StandIns(dict[int, str]):
    """A `str.translate` table that decides each character once, when it is first met."""

    newline: ClassVar = "\N{SYMBOL FOR LINE FEED}"

    def __missing__(self, code: int) -> str:
        stand_in = self[code] = self.decide(code)
        return stand_in

    def decide(self, code: int) -> str:
        """Return what a character becomes."""
        return _stand_in(code)


class _AsciiStandIns(_StandIns):
    """The table of a terminal without UTF-8. Typography becomes its relative, all else an escape."""

    newline: ClassVar = "\\n"

    def decide(self, code: int) -> str:
        """Return what a character becomes, in ASCII."""
        stand_in = TYPOGRAPHY.get(chr(code)) or _stand_in(code)
        return stand_in if stand_in.isascii() else chr(code).encode("unicode_escape").decode()


def _stand_in(code: int) -> str:
    character = chr(code)
    if code in _PICTURES:
        return _PICTURES[code]
    if code in _WIDTH_MODIFIERS:
        return ""
    category = unicodedata.category(character)
    if category in _HIDDEN_CATEGORIES or code in _FILLERS or code in _VARIATION_SUPPLEMENT:
        return f"<{code:02X}>"
    if category in {"Mn", "Me", "Mc"} or any(code in block for block in _CONJOINING_JAMO):
        _MARKS.add(character)
    return " " if category == "Zs" else character


_STAND_INS = _StandIns()
_ASCII_STAND_INS = _AsciiStandIns()
_TABLE: ContextVar[_StandIns] = ContextVar("the table of this terminal", default=_STAND_INS)
_MARKS: set[str] = set()
"""Every combining mark met so far, so that text without any is recognised at the speed of a set."""


def _limit_marks(text: str) -> str:
    kept: list[str] = []
    full = (MARKS_PER_BASE, MARKS_PER_BASE)
    on_base = list(full)  # a mark with no base before it has nothing to stand on
    for character in text:
        if character not in _MARKS:
            on_base = list(full) if character == "\n" else [0, 0]
        else:
            beside = unicodedata.category(character) == "Mc"
            if on_base[beside] >= MARKS_PER_BASE:
                kept.append(f"<{ord(character):02X}>")
                continue
            on_base[beside] += 1
        kept.append(character)
    return "".join(kept)
