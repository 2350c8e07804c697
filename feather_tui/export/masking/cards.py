"""Card numbers, and numbers spelt digit by digit, as they stand in running text.

Groups of digits with the same separator between them are a chain. A card is 13 to 19 digits of a chain that
pass the Luhn check. Groups of one or two digits count only where they make up the whole chain: lists of small
numbers pass the check as well, one in ten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from feather_tui.export.masking.kind import Kind

_SHORTEST, _LONGEST = 13, 19
_SPELT_OUT: Final = 9
"""From so many single digits on, a chain is a number that somebody spelt."""
_SMALLEST_GROUP: Final = 3
_GAP: Final = r"(?: ?[-\u2010-\u2015./_] ?|[ \u00a0\u2007\u2009\u202f\u00ad\u200b-\u200d\u2060\ufeff])"
_NUMBER: Final = re.compile(rf"\d+(?:{_GAP}\d+)*")
_GROUP: Final = re.compile(r"\d+")


def masked_cards(text: str, hide: Callable[[Kind, str], str]) -> str:
    """Return `text` with card numbers and spelt-out numbers replaced by what `hide` returns for them."""
    return _NUMBER.sub(lambda found: _masked(found[0], hide), text)


def _masked(number: str, hide: Callable[[Kind, str], str]) -> str:
    groups = list(_GROUP.finditer(number))
    if sum(len(group[0]) for group in groups) < _SPELT_OUT:
        return number
    pieces: list[str] = []
    done = 0
    for kind, members in groupby(zip(_kinds(number, groups), groups, strict=True), key=lambda pair: pair[0]):
        if kind is not None:
            spans = [group.span() for _, group in members]
            start, end = spans[0][0], spans[-1][1]
            pieces += [number[done:start], hide(kind, number[start:end])]
            done = end
    return "".join([*pieces, number[done:]])


def _kinds(number: str, groups: Sequence[re.Match[str]]) -> list[Kind | None]:
    """Return for each group what it belongs to."""
    digits = [group[0] for group in groups]
    kinds: list[Kind | None] = [None] * len(groups)
    for first, last in _chains(number, groups):
        if last - first >= _SPELT_OUT and all(len(group) == 1 for group in digits[first:last]):
            kinds[first:last] = [Kind.NUMBER] * (last - first)
        for start, end in _windows(digits, first, last):
            if _passes_luhn("".join(digits[start:end])):
                kinds[start:end] = [Kind.CARD] * (end - start)
    return kinds


def _chains(number: str, groups: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the runs of groups with one separator, longest possible; neighbours share a group."""
    gaps = [number[a.end() : b.start()].strip() or " " for a, b in pairwise(groups)]
    first = 0
    for last in range(1, len(gaps)):
        if gaps[last] != gaps[last - 1]:
            yield first, last + 1
            first = last
    yield first, len(groups)


def _windows(digits: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of a chain's groups that are as long as a card number."""
    for start in range(first, last):
        length, large = 0, True
        for end in range(start + 1, last + 1):
            length += len(digits[end - 1])
            if length > _LONGEST:
                break
            if length >= _SHORTEST and (large or (start, end) == (first, last)):
                yield start, end
            large = large and len(digits[end - 1]) >= _SMALLEST_GROUP  # the last group may be small


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) << place % 2
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the digits of a product of two digits
    return total % 10 == 0
