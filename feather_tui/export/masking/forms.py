"""Personal data that its form gives away: e-mail addresses, card and account numbers, phone numbers.

Forms overlap, so their order is part of the rules: addresses first (they may hold dates and ids), then what
is kept whatever its digits look like (UUIDs, dates and times), then the numbers, the surest form first.
Every pattern is linear in the text. A stand-in has no form of its own, so masking twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from feather_tui.export.masking.cards import masked_cards
from feather_tui.export.masking.kind import Kind

Hide = Callable[[Kind, str], str]
"""Takes a kind and the text that is of that kind; returns what stands in its place."""

_INVISIBLE: Final = r"\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_LOCAL: Final = rf"[\w.%+~{_INVISIBLE}-]"
_AT: Final = r"(?:[@\uff20\ufe6b]|%40)"
_EMAIL: Final = re.compile(
    rf"(?<!{_LOCAL}){_LOCAL}(?:{_LOCAL}|'(?=\w))*{_AT}(?:[\w{_INVISIBLE}-]+[.\u3002\uff0e])+[^\W\d_][\w{_INVISIBLE}-]+"
)

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d\d"
_CLOCK: Final = r"(?:[T ,]{1,2}\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?"
_KEPT: Final = re.compile(
    "("
    r"(?<![0-9a-fA-F-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9a-fA-F-])"
    rf"|(?<!\d){_YEAR}-{_MONTH}-(?:0[1-9]|[12]\d|3[01]){_CLOCK}(?!\d)"
    rf"|(?<!\d){_YEAR}{_MONTH}[0-3]\dT\d{{6}}(?:\.\d{{1,9}})?Z?(?!\d)"
    rf"|(?<!\d){_DAY}[./-]{_DAY}[./-]{_YEAR}{_CLOCK}(?!\d)"
    ")"
)

_CURRENCY: Final = (
    r"(?:[$\u20ac\u00a3\u00a5\u20a9\u20b9]|\b(?:EUR|USD|GBP|CHF|JPY|CNY|KRW|INR|IDR|VND|BRL)\b)"
)
_AMOUNT_DIGITS: Final = (
    r"(?:0|[1-9]\d{0,2}(?:[ .,'\u00a0\u202f]\d{3}){1,4}(?!\d)|[1-9]\d{0,11})(?:[.,]\d{1,2})?(?![\d.,]*\d)"
)
_AMOUNT: Final = re.compile(rf"({_CURRENCY} ?{_AMOUNT_DIGITS}|(?<![\w.,+-]){_AMOUNT_DIGITS} ?{_CURRENCY})")

_IBAN_AT_MOST, _IBAN_AT_LEAST, _IBAN_DIGITS, _IBAN_REMAINDER = 34, 15, 10, 97
_IBAN: Final = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d\d(?:[ \u00a0-]?[A-Za-z0-9]){11,30}(?![^\W_])", re.ASCII)
_IBAN_PRINTED: Final = re.compile(r"[A-Z]{2}\d\d(?: [A-Z0-9]{4}){3,7}(?: [A-Z0-9]{1,3})?", re.ASCII)

_GAP: Final = r"[ \u00a0\u2007\u2009\u202f./\u2010-\u2015-]"
_END: Final = r"(?![^\W_]|-\w)"
_AREA: Final = rf"(?:\([2-9]\d\d\){_GAP}?|[2-9]\d\d{_GAP})"
_PHONE_WORD: Final = (
    r"(?<!\[masked )\b(?:phone|telephone|telefon|mobile|cell|fax|tel|whatsapp)\b"
    r"(?:\W{0,3}\b(?:no|nr|number|is)\b){0,2}"
)
_PHONES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), digits)
    for pattern, digits in (
        # +49 (0)30 123-4567
        (rf"(?<![\w+])(?P<n>\+{_GAP}?\(?\d(?:(?:{_GAP}|[()]){{0,3}}\d){{7,14}})(?!\d)", range(8, 16)),
        # 0049 30 1234567
        (rf"(?<![\w.,+-])(?P<n>00[1-9]\d{{0,2}}(?:{_GAP}{{1,3}}\d{{2,8}}){{1,5}}){_END}", range(11, 18)),
        # 030 1234567, (0171) 123 45 67, 01 23 45 67 89
        (rf"(?<![\w.,+-])(?P<n>\(?0\d{{1,5}}\)?(?:{_GAP}{{1,3}}\d{{2,8}}){{1,5}}){_END}", range(9, 13)),
        # (415) 555-0132, 1-415-555-0132, 415.555.0132
        (
            rf"(?<![\w.+-])(?P<n>(?:1{_GAP})?{_AREA}[2-9]\d\d{_GAP}\d{{4}}){_END}",
            range(10, 12),
        ),
        # 612 345 678 and 98765 43210
        (
            rf"(?<![\w.,+-])(?P<n>[5-9]\d\d([ \u00a0])\d{{3}}\2\d{{3}}|[6-9]\d{{4}}[ \u00a0-]\d{{5}}){_END}",
            range(9, 11),
        ),
        # whatever number stands behind the word: phone 555 0132
        (
            rf"{_PHONE_WORD}\W{{0,3}}?(?P<n>\(?\d[\d ()./\u00a0-]{{4,18}}\d)(?![^\W_])",
            range(6, 16),
        ),
    )
)
"""Each with the numbers of digits it may have."""
_DIGITS: Final = re.compile(r"\d+")

_IDENTITY: Final = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])")
_LONG: Final = re.compile(r"(?<!\w)(?<!\d\.)(?<![^\W\d_]-)\d{9,}(?!\w)")
"""Not glued to letters (`call_123456789`, `ORD-123456789`: ids), nor the decimals of a number."""
_CANDIDATE: Final = re.compile(rf"{_AT}|\d(?:\D*\d){{5}}")
"""What a text must have for a pattern to fit: an at sign, or six digits. Most texts have neither."""


def masked_forms(text: str, hide: Hide) -> str:
    """Return `text` with what its form gives away replaced by what `hide` returns for it."""
    if _CANDIDATE.search(text) is None:
        return text
    text = _EMAIL.sub(lambda found: hide(Kind.EMAIL, found[0]), text)
    return "".join(part if kept else _masked_numbers(part, hide) for kept, part in _split(_KEPT, text))


def masked_emails(text: str, hide: Hide) -> str:
    """Return `text` with e-mail addresses replaced, and nothing else: for ids, whose digits are needed."""
    return _EMAIL.sub(lambda found: hide(Kind.EMAIL, found[0]), text)


def _masked_numbers(text: str, hide: Hide) -> str:
    text = _IBAN.sub(lambda found: _masked_iban(found[0], hide), text)
    text = masked_cards(text, hide)
    return "".join(
        part if kept else _masked_other_numbers(part, hide) for kept, part in _split(_AMOUNT, text)
    )


def _masked_other_numbers(text: str, hide: Hide) -> str:
    for pattern, digits in _PHONES:
        text = pattern.sub(partial(_masked_phone, digits, hide), text)
    text = _IDENTITY.sub(lambda found: hide(Kind.IDENTITY, found[0]), text)
    return _LONG.sub(lambda found: hide(Kind.NUMBER, found[0]), text)


def _masked_phone(digits: range, hide: Hide, found: re.Match[str]) -> str:
    """Mask the most groups of digits that are a phone number together; another number may follow them."""
    number = found["n"]
    for group in reversed(list(_DIGITS.finditer(number))):
        beginning = number[: group.end()]
        if sum(map(str.isdecimal, beginning)) in digits:
            before = found[0][: found.start("n") - found.start()]
            return before + hide(Kind.PHONE, beginning) + number[group.end() :]
    return found[0]


def _masked_iban(found: str, hide: Hide) -> str:
    """Mask the longest beginning of `found` that is an account number; what follows it may be words."""
    printed = _IBAN_PRINTED.match(found)
    for end in range(len(found), _IBAN_AT_LEAST - 1, -1):
        number = found[:end]
        if number[-1:].isalnum() and not found[end : end + 1].isalnum() and _is_iban(number):
            return hide(Kind.BANK, number) + found[end:]
    if printed and sum(map(str.isdigit, printed[0])) >= _IBAN_DIGITS:  # misspelt, and still somebody's
        return hide(Kind.BANK, printed[0]) + found[printed.end() :]
    return found


def _is_iban(number: str) -> bool:
    """Check the length, the digits and the checksum (ISO 13616) of an account number."""
    plain = "".join(filter(str.isalnum, number))
    if not _IBAN_AT_LEAST <= len(plain) <= _IBAN_AT_MOST or sum(map(str.isdigit, plain)) < _IBAN_DIGITS:
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % _IBAN_REMAINDER == 1


def _split(kept: re.Pattern[str], text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of `text` in order, and whether each is what the pattern keeps."""
    for place, part in enumerate(kept.split(text)):
        yield place % 2 == 1, part
