"""Numbers as people write them: `79.90`, `79,90 €`, `1.234,56`, `1,234.56`, `1 234`, `7990 cents`.

A written number can mean several: `1.234` is a thousand in one country and one and a bit in another. Every
meaning is a *key*: digits with a point where there is a fraction, without zeros that change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

_GROUPING: Final = " \u00a0\u202f'\u2019"
_NUMBER: Final = re.compile(
    r"(?<![^\W_])(?<![^\W_][-\u2013/:_.,])"  # not inside a word, an id, a date or a time of day
    rf"\d++(?:[.,]\d++|[{_GROUPING}]\d{{3}}(?!\d))*+"
    r"(?![-\u2013/:_.]?\d)(?![^\W\d_]++\d)"
)
_CENTS_AFTER: Final = re.compile(r"\s?(?:cents?|ct|¢|minor units?)(?![^\W_])", re.IGNORECASE)
_CENTS_BEFORE: Final = re.compile(r"(?:cents?|minor)[\"']?\s?[:=]?\s?$", re.IGNORECASE)
_WORD_BEFORE: Final = 12
"""Characters before a number in which the word "cents" is looked for."""
_CENT_WORDS: Final = frozenset({"cent", "cents", "minor"})
_DIGITS: Final = re.compile(r"\d+")
_SEPARATOR: Final = re.compile(r"\D")
_BLANK: Final = re.compile("[ \u00a0\u202f]")
_COMMA: Final = re.compile(",")
_THOUSANDS: Final = 3
_MONEY: Final = re.compile(r"(?:[A-Z]{3}|[€$£¥])?\s?(?P<number>\S.*?)\s?(?:[A-Z]{3}|[€$£¥])?")


def numbers_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (key, start, end) for every meaning of every number in a text."""
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        in_cents = _CENTS_AFTER.match(text, end) or _CENTS_BEFORE.search(
            text[max(start - _WORD_BEFORE, 0) : start]
        )
        for key, first, behind in _readings(match[0]):
            yield key, start + first, start + behind
            if in_cents and behind == end - start:
                yield _hundredth(key), start + first, start + behind


def keys_of_number(value: float, path_words: frozenset[str]) -> frozenset[str]:
    """Return the keys of a JSON number; where its path says "cents", also that of the whole units."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return frozenset()
    whole, _, fraction = format(number.copy_abs(), "f").partition(".")
    key = _key(whole, fraction)
    return frozenset({key, _hundredth(key)} if path_words & _CENT_WORDS else {key})


def keys_of_text(value: str, path_words: frozenset[str]) -> frozenset[str]:
    """Return the keys of a text that is one number, with a currency or without; none if it is not."""
    money = _MONEY.fullmatch(value.strip().removeprefix("-"))
    if money is None:
        return frozenset()
    number = money["number"]
    keys = frozenset(key for key, start, end in numbers_in(number) if (start, end) == (0, len(number)))
    return keys | frozenset(map(_hundredth, keys)) if path_words & _CENT_WORDS else keys


def _readings(written: str) -> Iterator[tuple[str, int, int]]:
    """Yield the meanings of a run of digits and separators, and of its parts where it may be several."""
    if written.isdecimal():
        yield _key(written, ""), 0, len(written)
        return
    groups = _DIGITS.findall(written)
    whole = tuple(_meanings(groups, _SEPARATOR.findall(written)))
    yield from ((key, 0, len(written)) for key in whole)
    between = _BLANK if _BLANK.search(written) else _COMMA if not whole else None
    if between is None:
        return
    start = 0
    for part in between.split(written):
        if part != written:
            yield from ((key, start + first, start + behind) for key, first, behind in _readings(part))
        start += len(part) + 1


def _meanings(groups: list[str], separators: list[str]) -> Iterator[str]:
    """Yield what groups of digits mean together: with thousands in groups, with a fraction, or both."""
    grouped = _are_thousands(groups) and len(set(separators)) <= 1
    if grouped:
        yield _key("".join(groups), "")
    *thousands, last = separators or [""]
    if (
        last in {".", ","}
        and last not in thousands
        and len(set(thousands)) <= 1
        and _are_thousands(groups[:-1])
    ):
        yield _key("".join(groups[:-1]), groups[-1])


def _are_thousands(groups: list[str]) -> bool:
    first, *rest = groups
    return not rest or (len(first) <= _THOUSANDS and all(len(group) == _THOUSANDS for group in rest))


def _key(whole: str, fraction: str) -> str:
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _hundredth(key: str) -> str:
    whole, _, fraction = key.partition(".")
    digits = whole.rjust(3, "0")
    return _key(digits[:-2], digits[-2:] + fraction)
