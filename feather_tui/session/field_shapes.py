"""How the values of a field look, as far as the field's name tells: amounts, dates, addresses, ids."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from feather_tui.session.written_dates import dates_in

_GENERIC_WORDS: Final = (
    "id ids number no code value text type kind is was has of on at the in for by name date day"
)
GENERIC: Final = frozenset(_GENERIC_WORDS.split())
"""Words that name fields of every sort, so that a row which says one says nothing about any of them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Values of a kind: what they are called, and how to find the first in a text ("" if there is none)."""

    name: str
    first_in: Callable[[str], str]


_CURRENCY: Final = r"(?:[€$£¥]|(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?|cents?)\b)"
_MONEY: Final = rf"[€$£¥]\s?\d[\d.,]*|(?<![\w.,])\d[\d.,]*\s?{_CURRENCY}"
_ID: Final = r"(?<!\w)(?=(?:[\w-]{0,30}?\d){3})[A-Z0-9]{1,40}(?:[-_][A-Z0-9]{1,40}){0,8}(?!\w)"
_PATTERNS: Final = (
    (
        "email mail",
        r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\sat\s)[\w-]+(?:(?:\.|\sdot\s)[\w-]+)+",
        "an e-mail address",
    ),
    ("phone mobile tel telephone fax cell", r"(?<!\w)\+?\(?\d(?:[\s()./-]{0,3}\d){6,14}(?!\w)", "a number"),
    ("currency", _MONEY, "an amount with a currency"),
    ("amount price total cost sum fee balance", rf"{_MONEY}|(?<![\w.,])\d+[.,]\d\d(?![\w.,]\d)", "an amount"),
    ("address street city zip postcode", r"(?<!\w)\d{4,5}\s[^\W\d_]{3,}", "an address"),
    (
        "name",
        r"(?:my name is|this is|i am|i'm|name:)\s+(?-i:[^\W\d_a-z])[\w'-]*|\[[A-Z_]{0,20}NAME[A-Z_]{0,20}\]",
        "a name",
    ),
    ("id ids number no ref reference code sku booking tracking", _ID, "an id"),
)
_DATE_WORDS: Final = frozenset(
    {"date", "day", "deadline", "due", "expected", "on", "when", "until", "birthday"}
)


def shape_of(words: tuple[str, ...]) -> Shape | None:
    """Return the shape that a field's own words ask for, the last word first; None if they ask for none."""
    for word in reversed(words):
        if word in _DATE_WORDS:
            return Shape("a date", _first_date)
        shape = _SHAPES.get(word)
        if shape is not None:
            return shape
    return None


def _first_date(text: str) -> str:
    found = next(dates_in(text), None)
    return "" if found is None else text[found[1] : found[2]]


def _first_of(pattern: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.IGNORECASE)

    def first_in(text: str) -> str:
        match = compiled.search(text)
        return "" if match is None else match[0]

    return first_in


_SHAPES: Final = {
    word: Shape(name, _first_of(pattern)) for words, pattern, name in _PATTERNS for word in words.split()
}
