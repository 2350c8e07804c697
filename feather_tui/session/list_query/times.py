"""Times as people write them in a query: `2h`, `09:30`, `2026-11-20`, `2026-11-20T09:30+02:00`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

EXPECTED: Final = (
    "how long ago (30m, 2h, 7d), a time of day (09:30), a day (2026-11-20) or both (2026-11-20T09:30+02:00)"
)
_AGO: Final = re.compile(r"(\d{1,6})([smhdw])", re.ASCII)
_OF_DAY: Final = re.compile(r"(\d{1,2}:\d\d(?::\d\d)?)(z|[+-]\d\d:?\d\d)?", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DAY_AND_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[t ](\d{1,2}:\d\d(?::\d\d(?:\.\d{1,6})?)?)(z|[+-]\d\d:?\d\d)?", re.ASCII
)
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_ONE_DAY: Final = timedelta(days=1)


def since(text: str, now: datetime, zone: tzinfo = UTC) -> datetime | None:
    """Return the moment from which on `text` says, None if it is not understood.

    A day begins with its first moment; a time of day is the last such that has passed. `zone` is that of
    times without one of their own.
    """
    return _moment(text, now, zone, whole_day=time.min, after=None)


def until(text: str, now: datetime, zone: tzinfo = UTC, after: datetime | None = None) -> datetime | None:
    """Return the moment up to which `text` says, None if it is not understood.

    A day ends with its last moment; a time of day is the first such not before `after`, or as in `since`.
    """
    return _moment(text, now, zone, whole_day=time.max, after=after)


def _moment(
    text: str, now: datetime, zone: tzinfo, *, whole_day: time, after: datetime | None
) -> datetime | None:
    text = text.strip().lower()
    try:
        if found := _AGO.fullmatch(text):
            return now - timedelta(**{_UNITS[found[2]]: int(found[1])})
        if _DAY.fullmatch(text):
            return datetime.combine(datetime.fromisoformat(text), whole_day, zone)
        if found := _DAY_AND_TIME.fullmatch(text):
            place = _zone(found[3]) or zone
            return datetime.combine(datetime.fromisoformat(found[1]), _time(found[2]), place)
        if found := _OF_DAY.fullmatch(text):
            return _of_day(_time(found[1]), now, _zone(found[2]) or zone, after)
    except (ValueError, OverflowError):  # the 31st of February, and what lies beyond the calendar
        return None
    return None


def _of_day(clock: time, now: datetime, zone: tzinfo, after: datetime | None) -> datetime:
    day = (after or now).astimezone(zone).date()
    moment = datetime.combine(day, clock, zone)
    if after is not None:
        return moment if moment >= after else datetime.combine(day + _ONE_DAY, clock, zone)
    return moment if moment <= now else datetime.combine(day - _ONE_DAY, clock, zone)


def _time(text: str) -> time:
    return time.fromisoformat(text if text.index(":") > 1 else f"0{text}")


def _zone(text: str | None) -> tzinfo | None:
    return datetime.fromisoformat(f"2000-01-01T00:00{text.upper()}").tzinfo if text else None
