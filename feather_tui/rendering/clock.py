"""How moments and durations are written: one place, so that a time reads the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_WRITTEN_TO_THE_SECOND, _WRITTEN_TO_THE_HOUR = 10 * _HOUR, 100 * _DAY
TIME_WIDTH = 8
"""Cells that `Clock.time` needs at most in any mode."""
UNKNOWN_TIME = "--:--:--"


class TimeMode(StrEnum):
    """How times are shown. Exports are always UTC."""

    UTC = "utc"
    LOCAL = "local"
    RELATIVE = "relative"
    OFFSET = "offset"

    @property
    def following(self) -> TimeMode:
        """The mode that the time key goes to from this one."""
        modes = list(TimeMode)
        return modes[(modes.index(self) + 1) % len(modes)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Writes times in one mode. `now` and `start` (of the session) are aware; `zone` None is the system's."""

    now: datetime
    mode: TimeMode = TimeMode.UTC
    start: datetime | None = None
    zone: tzinfo | None = None

    @property
    def label(self) -> str:
        """What the header says about the times: `UTC`, the local zone's name, `ago`, or `from start`."""
        match self.mode:
            case TimeMode.UTC:
                return "UTC"
            case TimeMode.LOCAL:
                return self.now.astimezone(self.zone).tzname() or "local"
            case TimeMode.RELATIVE:
                return "ago"
            case TimeMode.OFFSET:
                return "from start"

    def time(self, moment: datetime | None) -> str:
        """Return a time of day, or its distance from now or from the start, in at most TIME_WIDTH cells."""
        if moment is None:
            return UNKNOWN_TIME
        if self.mode is TimeMode.RELATIVE:
            return age(self.now - moment).removesuffix(" ago").replace("in ", "+")
        if self.mode is TimeMode.OFFSET and self.start is not None:
            return offset((moment - self.start).total_seconds())
        return f"{self._placed(moment):%H:%M:%S}"

    def day(self, moment: datetime | None) -> str:
        """Return the date in this mode's zone, such as `2026-11-20`; relative and offset modes use UTC."""
        return "----------" if moment is None else f"{self._placed(moment):%Y-%m-%d}"

    def full(self, moment: datetime | None) -> str:
        """Return date, time and zone: `2026-11-20 14:02:11Z`, or `… CET`; "not recorded" for None."""
        if moment is None:
            return "not recorded"
        if self.mode is TimeMode.LOCAL:
            return f"{self._placed(moment):%Y-%m-%d %H:%M:%S %Z}"
        exact = f"{self._placed(moment):%Y-%m-%d %H:%M:%S}Z"
        return exact if self.mode is TimeMode.UTC else f"{exact} ({self.time(moment)})"

    def _placed(self, moment: datetime) -> datetime:
        return _in_zone(moment, self.zone if self.mode is TimeMode.LOCAL else UTC)


def iso(moment: datetime | None) -> str:
    """Return a moment as UTC ISO 8601 with a Z; empty for None."""
    return "" if moment is None else _in_zone(moment, UTC).isoformat().replace("+00:00", "Z")


def _in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError:  # the calendar's first and last hours, which stand for "never", have no other zone
        return moment


def age(elapsed: timedelta) -> str:
    """Return how long ago something was, from a timedelta: `just now`, `4 min ago`, `3 d ago`, `in 5 min`."""
    seconds = int(elapsed.total_seconds())
    if -5 < seconds < 5:  # noqa: PLR2004 - clocks of two machines differ by about as much
        return "just now"
    amount = _amount(abs(seconds))
    return f"{amount} ago" if seconds > 0 else f"in {amount}"


def _amount(seconds: int) -> str:
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    return f"{seconds // _HOUR} h" if seconds < 2 * _DAY else f"{seconds // _DAY} d"


def offset(seconds: float) -> str:
    """Return a distance from the start: `+0:35`, `+1:02:11`, `-0:05`, `+11h 02m`, `+4d 07h`."""
    sign = "-" if seconds < 0 else "+"
    whole = abs(int(seconds))
    if whole >= _WRITTEN_TO_THE_SECOND:
        return sign + (duration(whole) if whole < _WRITTEN_TO_THE_HOUR else f"{whole // _DAY}d")
    hours, minutes, rest = whole // _HOUR, whole % _HOUR // _MINUTE, whole % _MINUTE
    return f"{sign}{hours}:{minutes:02}:{rest:02}" if hours else f"{sign}{minutes}:{rest:02}"


def duration(seconds: float | None) -> str:
    """Return a length of time: `41 s`, `6m 12s`, `1h 04m`, `3d 02h`; "unknown" for None."""
    if seconds is None:
        return "unknown"
    whole = round(seconds)
    if whole < 0:
        return f"-{duration(-whole)}"
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE}m {whole % _MINUTE:02}s"
    if whole < _DAY:
        return f"{whole // _HOUR}h {whole % _HOUR // _MINUTE:02}m"
    return f"{whole // _DAY}d {whole % _DAY // _HOUR:02}h"


def latency(milliseconds: int | None) -> str:
    """Return a latency: `212 ms`, `30.0 s`; empty for None."""
    if milliseconds is None:
        return ""
    if abs(milliseconds) < 1000:  # noqa: PLR2004 - SI steps
        return f"{milliseconds} ms"
    tenths = (abs(milliseconds) + 50) // 100  # of a second, in integers: no number is too large for them
    return f"{'-' * (milliseconds < 0)}{tenths // 10}.{tenths % 10} s"


def count(number: int) -> str:
    """Return a number with its digits in groups of three, as in `1,204`."""
    return f"{number:,}"


def size(number: int) -> str:
    """Return a number of bytes or characters for people: `812`, `218 K`, `1.4 M`."""
    if number < 1000:  # noqa: PLR2004 - SI steps
        return str(number)
    return f"{number / 1000:.0f} K" if number < 1_000_000 else f"{number / 1_000_000:.1f} M"  # noqa: PLR2004
