"""Card numbers, and numbers spelt digit by digit, as they stand in running text.

Groups of digits with one kind of separator between them are a chain. A card is 13 to 19 digits of a chain
that pass the Luhn check; groups of one or two digits count only where they make up the whole chain, because
lists of small numbers pass the check as well, one time in ten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final

from feather_tui.export.masking.kind import Kind

_SHORTEST, _LONGEST = 13, 19
_SPELT_OUT: Final = 9
"""From so many single digits on, a chain is a number that somebody spelt."""
_SMALL_GROUP: Final = 3
_SEPARATOR: Final = r"(?: ?[-\u2010-\u2015./_] ?|[ \u00a0\u2007\u2009\u202f\u00ad\u200b-\u200d\u2060\ufeff])"
_CHAIN: Final = re.compile(rf"\d+(?:(?P<gap>{_SEPARATOR})\d+(?:(?P=gap)\d+)*)?")
_GROUP: Final = re.compile(r"\d+")


def masked_cards(text: str, hide: Callable[[Kind, str], str]) -> str:
    """Return `text` with card numbers and spelt-out numbers replaced by what `hide` returns for them."""
    return _CHAIN.sub(lambda found: _masked(found[0], hide), text)


def _masked(chain: str, hide: Callable[[Kind, str], str]) -> str:
    groups = list(_GROUP.finditer(chain))
    if sum(len(group[0]) for group in groups) < _SPELT_OUT:
        return chain
    kinds = _kinds([group[0] for group in groups])
    pieces: list[str] = []
    end = 0
    for kind, members in groupby(zip(kinds, groups, strict=True), key=lambda pair: pair[0]):
        if kind is None:
            continue
        spans = [group.span() for _, group in members]
        pieces += [chain[end : spans[0][0]], hide(kind, chain[spans[0][0] : spans[-1][1]])]
        end = spans[-1][1]
    return "".join([*pieces, chain[end:]])


def _kinds(groups: Sequence[str]) -> list[Kind | None]:
    """Return for each group of a chain what it belongs to."""
    spelt = len(groups) >= _SPELT_OUT and all(len(group) == 1 for group in groups)
    kinds: list[Kind | None] = [Kind.NUMBER if spelt else None] * len(groups)
    for start, end in _windows(groups):
        if _passes_luhn("".join(groups[start:end])):
            kinds[start:end] = [Kind.CARD] * (end - start)
    return [Kind.CARD] * len(groups) if spelt and Kind.CARD in kinds else kinds


def _windows(groups: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the runs of groups that are as long as a card number."""
    for start in range(len(groups)):
        digits = 0
        for end in range(start + 1, len(groups) + 1):
            digits += len(groups[end - 1])
            if digits > _LONGEST:
                break
            whole = start == 0 and end == len(groups)
            spelt = all(len(group) == 1 for group in groups)
            if digits >= _SHORTEST and (
                whole or spelt or all(len(group) >= _SMALL_GROUP for group in groups[start : end - 1])
            ):
                yield start, end


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) << place % 2
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the digits of a product of two digits
    return total % 10 == 0
