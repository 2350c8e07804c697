"""The words of a line that somebody types: a filter, or a query of the list."""

from __future__ import annotations

import re
from typing import Final

_LONGEST_QUOTE: Final = 40
WORD: Final = re.compile(r'(?:"(?:[^"\\]|\\.)*+"?+|[^\s"])++', re.DOTALL)
"""A word; what is in quotes may have blanks. A quote that is not closed goes on to the end."""
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"?+', re.DOTALL)


def unquoted(word: str) -> str:
    """Return a word without its quotes."""
    return _QUOTED.sub(lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1], flags=re.DOTALL), word)


def quoted(text: str) -> str:
    """Quote a word in a sentence; one too long for it is cut visibly."""
    return f"“{text}”" if len(text) <= _LONGEST_QUOTE else f"“{text[:_LONGEST_QUOTE]}…”"
