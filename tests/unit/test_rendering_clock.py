"""How moments and lengths of time are written, in every mode and zone."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from documents import START
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick

from feather_tui.rendering.clock import (
    TIME_WIDTH,
    Clock,
    TimeMode,
    age,
    count,
    duration,
    iso,
    latency,
    offset,
    size,
)

NOW = START + timedelta(minutes=10)
PARIS = timezone(timedelta(hours=1), "CET")
KATHMANDU = timezone(timedelta(hours=5, minutes=45), "+0545")
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)
MOMENT = START + timedelta(seconds=35)


def clock(mode: TimeMode, zone: timezone | None = None, start: datetime | None = START) -> Clock:
    return Clock(now=NOW, mode=mode, start=start, zone=zone)


@pytest.fixture(params=["JST-9", "EST5EDT,M3.2.0,M11.1.0"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine stands in another zone than UTC."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()


@pytest.mark.parametrize(
    ("mode", "label", "shown", "day", "full"),
    [
        (TimeMode.UTC, "UTC", "14:02:46", "2026-11-20", "2026-11-20 14:02:46Z"),
        (TimeMode.LOCAL, "+0545", "19:47:46", "2026-11-20", "2026-11-20 19:47:46 +0545"),
        (TimeMode.RELATIVE, "ago", "9 min", "2026-11-20", "2026-11-20 14:02:46Z (9 min)"),
        (TimeMode.OFFSET, "from start", "+0:35", "2026-11-20", "2026-11-20 14:02:46Z (+0:35)"),
    ],
)
def test_each_mode(mode: TimeMode, label: str, shown: str, day: str, full: str) -> None:
    written = clock(mode, KATHMANDU)

    assert (written.label, written.time(MOMENT), written.day(MOMENT), written.full(MOMENT)) == (
        label,
        shown,
        day,
        full,
    )


@pytest.mark.parametrize("mode", TimeMode)
def test_a_time_that_was_not_recorded(mode: TimeMode) -> None:
    written = clock(mode)

    assert (written.time(None), written.day(None), written.full(None)) == (
        "--:--:--",
        "----------",
        "not recorded",
    )
    assert iso(None) == ""


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("mode", [TimeMode.UTC, TimeMode.RELATIVE, TimeMode.OFFSET])
def test_where_the_machine_stands_changes_nothing_else(mode: TimeMode) -> None:
    assert clock(mode).full(MOMENT) == clock(mode, KATHMANDU).full(MOMENT)
    assert iso(MOMENT) == "2026-11-20T14:02:46Z"


@pytest.mark.usefixtures("elsewhere")
def test_a_given_zone_beats_the_machines() -> None:
    assert clock(TimeMode.LOCAL, PARIS).full(MOMENT) == "2026-11-20 15:02:46 CET"


def test_local_time_is_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "EST5EDT,M3.2.0,M11.1.0")
    time.tzset()
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)

    assert clock(TimeMode.LOCAL).full(MOMENT) == "2026-11-20 09:02:46 EST"
    assert clock(TimeMode.LOCAL).full(summer) == "2026-07-01 08:00:00 EDT"
    assert clock(TimeMode.LOCAL).label == "EST"


def test_the_day_is_that_of_the_zone() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    assert clock(TimeMode.LOCAL, KATHMANDU).day(late) == "2026-11-21"
    assert clock(TimeMode.UTC).day(late) == "2026-11-20"


def test_other_zones_in_a_document_are_placed() -> None:
    moment = datetime(2026, 11, 20, 19, 47, 46, tzinfo=KATHMANDU)

    assert clock(TimeMode.UTC).full(moment) == "2026-11-20 14:02:46Z"
    assert iso(moment) == "2026-11-20T14:02:46Z"


def test_offset_without_a_start_is_utc() -> None:
    assert clock(TimeMode.OFFSET, start=None).time(MOMENT) == "14:02:46"


def test_the_time_key_goes_round() -> None:
    modes = [TimeMode.UTC]
    for _ in TimeMode:
        modes.append(modes[-1].following)

    assert set(modes) == set(TimeMode)
    assert modes[-1] is TimeMode.UTC


@pytest.mark.parametrize("mode", TimeMode)
@pytest.mark.parametrize(
    "moment",
    [
        FIRST,
        LAST,
        FIRST.replace(tzinfo=timezone(timedelta(hours=14))),
        LAST.replace(tzinfo=timezone(timedelta(hours=-12))),
    ],
)
@pytest.mark.parametrize("zone", [KATHMANDU, timezone(timedelta(hours=-5), "EST"), None])
def test_the_ends_of_the_calendar_are_no_crash(
    mode: TimeMode, moment: datetime, zone: timezone | None
) -> None:
    written = clock(mode, zone)

    assert written.time(moment)
    assert written.day(moment)
    assert written.full(moment)
    assert iso(moment)


@given(
    st.sampled_from(TimeMode),
    st.datetimes(datetime(1, 1, 2), datetime(2290, 1, 1), timezones=st.sampled_from((UTC, PARIS, KATHMANDU))),  # noqa: DTZ001 - the zone is drawn
)
@quick
def test_a_time_fits_its_column(mode: TimeMode, moment: datetime) -> None:
    assert len(clock(mode, PARIS).time(moment)) <= TIME_WIDTH


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "just now"),
        (4, "just now"),
        (-4, "just now"),
        (5, "5 s ago"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (2 * 86400 - 1, "47 h ago"),
        (2 * 86400, "2 d ago"),
        (-300, "in 5 min"),
    ],
)
def test_ages(seconds: int, written: str) -> None:
    assert age(timedelta(seconds=seconds)) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "+0:00"),
        (35.9, "+0:35"),
        (-5, "-0:05"),
        (3599, "+59:59"),
        (3731, "+1:02:11"),
        (-3731, "-1:02:11"),
        (36000, "+10h 00m"),
        (5 * 86400 + 7300, "+5d 02h"),
        (-800 * 86400, "-800d"),
    ],
)
def test_distances_from_the_start(seconds: float, written: str) -> None:
    assert offset(seconds) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (None, "unknown"),
        (0, "0 s"),
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1m 00s"),
        (372, "6m 12s"),
        (3600, "1h 00m"),
        (86399, "23h 59m"),
        (86400, "1d 00h"),
        (-75, "-1m 15s"),
        (-0.2, "0 s"),
    ],
)
def test_durations(seconds: float | None, written: str) -> None:
    assert duration(seconds) == written


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [
        (None, ""),
        (0, "0 ms"),
        (999, "999 ms"),
        (1000, "1.0 s"),
        (1249, "1.2 s"),
        (1250, "1.3 s"),
        (29_999, "30.0 s"),
        (-1500, "-1.5 s"),
        (10**400, f"{10**397}.0 s"),
    ],
)
def test_latencies(milliseconds: int | None, written: str) -> None:
    assert latency(milliseconds) == written


@pytest.mark.parametrize(("number", "written"), [(0, "0"), (1204, "1,204"), (-1204567, "-1,204,567")])
def test_counts(number: int, written: str) -> None:
    assert count(number) == written


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (999, "999"), (1000, "1 K"), (217_600, "218 K"), (1_400_000, "1.4 M")]
)
def test_sizes(number: int, written: str) -> None:
    assert size(number) == written
