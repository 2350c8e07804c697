"""The forms in which a value may stand in a text: as it is, or as people write and say such values."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from feather_tui.session import written_dates, written_numbers
from feather_tui.session.model import JsonValue

_SEPARATORS: Final = re.compile(r"[\W_]+")
_ASCII_SEPARATORS: Final = {code: None for code in range(128) if not chr(code).isalnum()}
_PART: Final = 65_536
"""Characters."""
_OTHER_DIGITS: Final = re.compile(r"[^\D0-9]")
_STEPS: Final = re.compile(r"[A-Z]+(?![a-z])|[^\W\d_][^\W\dA-Z_]*|\d+")
_RUNNING: Final = (
    "\u0e01-\u0e30\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
)
"""Letters of scripts that do not set each word apart: every one of them counts as a word."""
_WORDS: Final = re.compile(rf"[{_RUNNING}]|[^\W_{_RUNNING}]+")
_RUNNING_LETTER: Final = re.compile(f"[{_RUNNING}]")
_BLANKLESS: Final = re.compile(rf"[\d{_RUNNING}]")
_ENUM_LIKE: Final = re.compile(r"[a-z]+(?:[_-][a-z]+)*|[A-Z]{1,5}|[A-Z]+(?:_[A-Z]+)+|[a-z]{2}[-_][A-Z]{2}")
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE: Final = re.compile(r"\+?[\d\s()./-]+")
_PHONE_IN_TEXT: Final = re.compile(r"(?<![^\W_])\+?\(?\d(?:[\s()./-]{0,3}\d){6,17}(?![^\W_])")
_PHONE_WORDS: Final = frozenset({"phone", "mobile", "tel", "telephone", "fax", "cell"})
_SHORTEST: Final = 3
"""Letters and digits that a value needs: shorter ones stand everywhere by chance."""
_ONE_THING: Final = 64
"""Characters that a number, a date, an address or an id has at most."""
_OWN_WORDS: Final = 8
"""From so many words on, a text is a summary in its author's own words."""
_MOST_WORDS: Final = 40
_LOCAL_NUMBER: Final = 7
"""Digits of a telephone number that do not depend on how much of the prefix is said."""
_ID_LENGTH: Final = 6


class Text:
    """A text to look into, with what was read in it so far."""

    def __init__(self, content: str) -> None:
        self.content: Final = plain_digits(content)
        self.squashed: Final = squashed(self.content)

    @cached_property
    def numbers(self) -> tuple[tuple[str, int, int], ...]:
        """Its numbers: key, start, end."""
        return tuple(written_numbers.numbers_in(self.content))

    @cached_property
    def dates(self) -> tuple[tuple[written_dates.Key, int, int], ...]:
        """Its dates: key, start, end."""
        return tuple(written_dates.dates_in(self.content))


Spans = Callable[[Text], Iterator[tuple[int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to write a value. A text can hold it only if its squashed copy holds one of `needles`."""

    needles: tuple[str, ...]
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A value with its forms. `telling`: if it had been said, it would stand in the transcript like this."""

    literal: str
    forms: tuple[Form, ...]
    telling: bool


def squashed(text: str) -> str:
    """Return a text in lower case with nothing but its letters and digits.

    By parts: a substitution holds every piece between two separators, 180 MB for a text of 10 MB.
    """
    parts = (text[start : start + _PART].casefold() for start in range(0, len(text), _PART))
    return "".join(
        part.translate(_ASCII_SEPARATORS) if part.isascii() else _SEPARATORS.sub("", part) for part in parts
    )


def plain_digits(text: str) -> str:
    """Return a text of the same length in which the digits of every script are written 0 to 9."""
    return (
        text if text.isascii() else _OTHER_DIGITS.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    )


def words_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a path in lower case: `("refund", "orderId")` gives refund, order, id."""
    return tuple(word.casefold() for step in path for word in _STEPS.findall(step))


def written(value: JsonValue, path: tuple[str, ...]) -> Written | None:
    """Return how a value may be written; None for what no text can confirm: null, yes or no, very short."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    literal = value.strip() if isinstance(value, str) else json.dumps(value)
    if len(squashed(literal)) < _SHORTEST:
        return None
    words = frozenset(words_of(path))
    if not isinstance(value, str):
        return _written_number(value, literal, words)
    count = len(_WORDS.findall(literal))
    if count > _MOST_WORDS:
        return None
    telling = count < _OWN_WORDS and _ENUM_LIKE.fullmatch(literal) is None
    return Written(literal=literal, forms=tuple(_text_forms(plain_digits(literal), words)), telling=telling)


def _written_number(value: float, literal: str, words: frozenset[str]) -> Written | None:
    keys = written_numbers.keys_of_number(value, words)
    longest = max(map(len, keys), default=0)
    if longest < _SHORTEST - 1:
        return None  # "2.0" would be found in every "2"
    forms = tuple(_number(keys))
    if isinstance(value, int) and _ID_LENGTH <= len(literal) <= _ONE_THING:
        forms += (_id(squashed(literal)),)
    return Written(literal=literal, forms=forms, telling=longest >= _SHORTEST)


def _text_forms(literal: str, words: frozenset[str]) -> Iterator[Form]:
    yield _phrase(literal)
    if len(literal) > _ONE_THING:
        return
    yield from _number(written_numbers.keys_of_text(literal, words))
    days = written_dates.keys_of(literal)
    if days:
        yield _date(days)
    letters = squashed(literal)
    digits = sum(map(str.isdecimal, letters))
    if len(letters) >= _ID_LENGTH and digits * 3 >= len(letters):
        yield _id(letters)
    if _PHONE.fullmatch(literal) and digits >= _LOCAL_NUMBER and (literal[0] == "+" or words & _PHONE_WORDS):
        yield _phone(letters)
    if _EMAIL.fullmatch(literal):
        yield _email(literal)


def _phrase(literal: str) -> Form:
    """Words in their order, whatever stands between them; whole words, but where a script has no blanks."""
    words = _WORDS.findall(literal)
    pattern = _edge(words[0][0], "(?<!{})") + re.escape(words[0])
    for before, word in pairwise(words):
        least = 0 if _BLANKLESS.match(before[-1]) or _BLANKLESS.match(word[0]) else 1
        pattern += rf"[\W_]{{{least},16}}{re.escape(word)}"
    return _pattern(pattern + _edge(words[-1][-1], "(?!{})"), squashed(literal))


def _id(letters: str) -> Form:
    """Letters and digits, perhaps grouped in another way or spelled one by one."""
    spelled = r"[\s./_\u2013-]{0,2}".join(map(re.escape, letters))
    return _pattern(rf"(?<![^\W_]){spelled}(?![^\W_])", letters)


def _email(literal: str) -> Form:
    """An address as it is written, and as it is spoken: "jo dot doe at example dot com"."""
    spoken = {"@": r"\s?(?:@|\bat\b)\s?", ".": r"\s?(?:\.|\bdot\b)\s?"}
    pattern = "".join(spoken.get(sign, re.escape(sign)) for sign in literal)
    longest = max(_SEPARATORS.split(literal), key=len)
    return _pattern(rf"(?<![^\W_]){pattern}(?![^\W_])", squashed(longest))


def _pattern(pattern: str, needle: str) -> Form:
    compiled = re.compile(pattern, re.IGNORECASE)
    return Form(
        needles=(needle,), spans=lambda text: (match.span() for match in compiled.finditer(text.content))
    )


def _number(keys: frozenset[str]) -> Iterator[Form]:
    if keys:
        needles = tuple(sorted(key.replace(".", "").lstrip("0") for key in keys))

        def spans(text: Text) -> Iterator[tuple[int, int]]:
            return ((start, end) for key, start, end in text.numbers if key in keys)

        yield Form(needles=needles, spans=spans)


def _date(days: frozenset[written_dates.Key]) -> Form:
    def spans(text: Text) -> Iterator[tuple[int, int]]:
        return ((start, end) for key, start, end in text.dates if written_dates.same_day(days, key))

    return Form(needles=tuple(squashed(text) for text in written_dates.traces_of(days)), spans=spans)


def _phone(digits: str) -> Form:
    """A number with or without its country and the zeros before it."""
    number = digits.lstrip("0")

    def spans(text: Text) -> Iterator[tuple[int, int]]:
        for match in _PHONE_IN_TEXT.finditer(text.content):
            said = re.sub(r"\D", "", match[0].replace("(0)", "")).lstrip("0")
            if said.endswith(number) or (len(said) >= _LOCAL_NUMBER and number.endswith(said)):
                yield match.span()

    return Form(needles=(number[-_LOCAL_NUMBER:],), spans=spans)


def _edge(letter: str, boundary: str) -> str:
    return "" if _RUNNING_LETTER.match(letter) else boundary.format(r"[^\W_]")
