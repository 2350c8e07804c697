"""What somebody searches for: plain text or a regular expression, and where it stands in a text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Self

from feather_tui.errors import UsageError
from feather_tui.session import patterns

REGEX_MARK: Final = "\\v"
"""Before a query: the rest is a regular expression."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search as `parse` understood it. `text` is without the mark; `pattern` is None for plain text."""

    text: str
    regard_case: bool
    pattern: re.Pattern[str] | None = None

    @classmethod
    def parse(cls, text: str, *, regex: bool = False) -> Self:
        r"""Understand what was typed: plain text, or a regular expression after `\v` or if `regex`.

        Case counts only if a capital was typed. Raises UsageError for a query without anything to look
        for, and for a regular expression that is none or could run without end.
        """
        if text.startswith(REGEX_MARK):
            text, regex = text.removeprefix(REGEX_MARK), True
        if not text.strip():
            raise UsageError(
                "There is nothing to search for.",
                f"Type a text, or {REGEX_MARK} and a regular expression.",
            )
        if not regex:
            return cls(text=text, regard_case=text != text.lower())
        regard_case = patterns.types_a_capital(text)
        pattern = patterns.compiled(text, regard_case=regard_case)
        return cls(text=text, regard_case=regard_case, pattern=pattern)

    def __str__(self) -> str:
        return self.text if self.pattern is None else f"{REGEX_MARK}{self.text}"

    def may_be_in(self, text: str) -> bool:
        """Return whether the query may match in a text or in parts of it; if not, that is sure, and quick."""
        if self.pattern is not None:
            return True
        return self.text in text if self.regard_case else self.text.casefold() in text.casefold()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where in `text` the query matches: [start, end), in order, without overlap, never empty."""
        if self.pattern is not None:
            return list(patterns.spans(self.pattern, text))
        if self.regard_case:
            return _occurrences(text, self.text)
        folded = text.casefold()
        found = _occurrences(folded, self.text.casefold())
        return found if not found or len(folded) == len(text) else list(_unfolded(text, found))


def _occurrences(text: str, part: str) -> list[tuple[int, int]]:
    found = []
    start, length = text.find(part), len(part)
    while start >= 0:
        found.append((start, start + length))
        start = text.find(part, start + length)
    return found


def _unfolded(text: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Turn places in the case-folded text into places in `text`, each of whole characters.

    Folding never shortens, but makes two or three characters of some, such as ß, İ and ligatures.
    """
    ends = array("L", accumulate(map(len, map(str.casefold, text))))
    last = 0
    for start, stop in found:
        first = bisect_right(ends, start)
        if first >= last:  # two matches within one character are one
            last = bisect_left(ends, stop) + 1
            yield first, last
