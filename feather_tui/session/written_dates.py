"""Dates as people write and say them: `2026-11-20`, `20.11.2026`, `20 November 2026`, `Nov 20`, `11月20日`.

A date's *key* is (year, month, day); the year is None where it was not said. `04/12/2026` has two keys,
because the order of day and month depends on the country. Weekdays say nothing that the date does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Final

Key = tuple[int | None, int, int]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero janeiro gennaio",
            "february feb februar février febrero fevereiro febbraio",
            "march mar märz mär mars marzo março",
            "april apr avril abril aprile",
            "may mai mayo maio maggio",
            "june jun juni juin junio junho giugno",
            "july jul juli juillet julio julho luglio",
            "august aug août agosto",
            "september sep sept septembre septiembre setembro settembre",
            "october oct oktober okt octobre octubre outubro ottobre",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre diciembre dezembro dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ORDINAL_WORDS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_ORDINALS: Final = {name: number for number, name in enumerate(_ORDINAL_WORDS.split(), start=1)}
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![^\W_])(?:\.(?=\s\d))?"
_SPOKEN: Final = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace("-", "[- ]")
_DAY: Final = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?|{_SPOKEN})"
_IN_DIGITS: Final = (
    r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
    r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d\d)?(?!\d)",
    r"(?<![\d/-])(?P<one>\d{1,2})(?P<sign>[/-])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)(?![\d/-])",
    r"(?:(?P<year>\d{4})年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
)
_BY_NAME: Final = (
    rf"(?<![^\W_]){_DAY}\s?(?:(?:of|de)\s)?{_MONTH}(?:,?\s(?:de\s)?(?P<year>\d{{4}})(?!\d))?",
    rf"(?<![^\W_]){_MONTH}\s(?:the\s)?{_DAY}(?![^\W_])(?:,?\s(?P<year>\d{{4}})(?!\d))?",
)
_FORMS: Final = tuple(
    (re.compile(hint), tuple(re.compile(form, re.IGNORECASE) for form in forms))
    for hint, forms in (
        (r"\d[-/.月]", _IN_DIGITS),
        (rf"(?<![^\W\d_])(?:{'|'.join(sorted(_MONTHS))})", _BY_NAME),
    )
)
"""Forms, and what a text in lower case must hold for any of them: most texts hold none, and are done soon."""
_TIME_OF_DAY: Final = re.compile(r"(?:[T ]\d\d:\d\d[\d:.,]*\s?(?:Z|UTC|[+-]\d\d:?\d\d)?)?", re.IGNORECASE)
_WEEKDAY: Final = re.compile(r"(?:[^\W\d_]{2,12}\.?,?\s)?")
_CENTURY: Final = 2000
_LEAP_YEAR: Final = 2024
"""Stands for a year that was not said, so that 29 February is a day."""


def dates_in(text: str) -> Iterator[tuple[Key, int, int]]:
    """Yield (key, start, end) for every date in a text, and for each of its meanings."""
    lowered = text.casefold()
    for hint, forms in _FORMS:
        if hint.search(lowered) is not None:
            for match in chain.from_iterable(form.finditer(text) for form in forms):
                for key in _keys(match):
                    yield key, *match.span()


def keys_of(value: str) -> frozenset[Key]:
    """Return the keys of a text that is one date, with a weekday or a time of day or without; else none."""
    return frozenset(
        key
        for key, start, end in dates_in(value)
        if _WEEKDAY.fullmatch(value[:start]) and _TIME_OF_DAY.fullmatch(value[end:])
    )


def same_day(sought: frozenset[Key], said: Key) -> bool:
    """Return whether a date that was said is the one sought; a year that either leaves out may be any."""
    year, month, day = said
    return any(
        (month, day) == other[1:] and (year is None or other[0] is None or year == other[0])
        for other in sought
    )


def traces_of(days: frozenset[Key]) -> frozenset[str]:
    """Return pieces of text of which any text that says one of these days holds at least one."""
    traces = {"月"}
    for _, month, day in days:
        traces |= {name for name, number in _MONTHS.items() if number == month}
        traces |= {f"{one}{two}" for one, two in ((day, month), (month, day))}
        traces |= {f"{one:02}{two:02}" for one, two in ((day, month), (month, day))}
        traces |= {f"{day:02}{month}", f"{day}{month:02}", f"{month:02}{day}", f"{month}{day:02}"}
    return frozenset(traces)


def _keys(match: re.Match[str]) -> Iterator[Key]:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and len(parts["year"]) == 2:  # noqa: PLR2004 - a year in two digits
        year += _CENTURY
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        candidates = {(year, one, two), (year, two, one)}
    else:
        candidates = {(year, _month(parts["month"]), _day(parts["day"]))}
    yield from (key for key in candidates if _exists(key))


def _month(text: str) -> int:
    """Return a month's number; 0 for a name that matches only by a letter such as the dotted İ."""
    return int(text) if text.isdecimal() else _MONTHS.get(text.casefold(), 0)


def _day(text: str) -> int:
    spoken = _ORDINALS.get(text.casefold().replace(" ", "-"))
    return spoken if spoken is not None else int(re.sub(r"\D", "", text) or 0)


def _exists(key: Key) -> bool:
    year, month, day = key
    try:
        date(_LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        return False
    return True
