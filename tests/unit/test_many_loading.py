"""How far the loading of many sessions has come, how fast, and how long it goes on."""

from __future__ import annotations

from typing import cast

import pytest

from feather_tui.errors import FeatherError, NotFound, TimedOut
from feather_tui.library import Library
from feather_tui.many import Many
from feather_tui.rendering.board_news import State
from feather_tui.session.identity import SessionId
from feather_tui.ui.many_loading import ManyLoading

IDS = [SessionId(f"{number:08x}-0000-4000-8000-000000000001") for number in range(40)]


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def loading(clock: Clock) -> ManyLoading:
    """A loading that has begun; what comes of it is written into the tally."""
    loading = ManyLoading(Many(cast("Library", None), IDS), clock=clock)
    loading.begin()
    return loading


def come(loading: ManyLoading, *, asked: int, requests: int, cached: int = 0) -> None:
    tally = loading.many.tally
    tally.asked, tally.requests, tally.cached = asked, requests, cached


def test_the_pace_is_that_of_the_requests_and_tells_what_is_left(loading: ManyLoading, clock: Clock) -> None:
    assert (loading.news.rate, loading.news.seconds_left) == (None, None)

    come(loading, asked=10, requests=25, cached=20)
    clock.now += 5

    assert (loading.news.rate, loading.news.seconds_left) == (5.0, 5.0)
    assert (loading.news.came, loading.news.total, loading.news.cached) == (30, 40, 20)


def test_a_pause_is_no_time(loading: ManyLoading, clock: Clock) -> None:
    come(loading, asked=10, requests=20)
    clock.now += 4
    loading.pause()
    assert (loading.state, loading.many.paused, loading.news.rate) == (State.PAUSED, True, None)
    clock.now += 600
    loading.go_on()

    assert (loading.many.paused, loading.news.rate, loading.news.seconds_left) == (False, 5.0, 12.0)


def test_another_try_has_a_pace_of_its_own(loading: ManyLoading, clock: Clock) -> None:
    come(loading, asked=10, requests=20)
    clock.now += 100
    loading.end(stopped=False)
    loading.begin()
    come(loading, asked=20, requests=40)
    clock.now += 10

    assert (loading.news.rate, loading.news.seconds_left) == (2.0, 20.0)


def test_what_is_missing_is_told_by_its_reason_and_what_was_not_asked_for_at_the_end(
    loading: ManyLoading,
) -> None:
    come(loading, asked=30, requests=60)
    errors: list[FeatherError] = [
        TimedOut("It took too long."),
        NotFound("It is not there."),
        TimedOut("So did it."),
    ]
    loading.many.missing.update(zip(IDS, errors, strict=False))

    assert loading.news.missing == {"timed out": 2, "not found": 1}
    assert [each.brief for each in loading.unloaded] == ["timed out", "not found", "timed out"]
    loading.many.stopped = errors[0]
    loading.end(stopped=False)
    assert loading.news.missing == {"timed out": 2, "not found": 1, "not asked for": 7}
    assert loading.news.notes == ("It took too long.",)
    assert (loading.under_way, loading.lacking) == (False, True)


def test_stopping_ends_a_pause(loading: ManyLoading) -> None:
    loading.pause()
    loading.end(stopped=True)

    assert (loading.state, loading.many.paused, loading.under_way) == (State.STOPPED, False, False)
