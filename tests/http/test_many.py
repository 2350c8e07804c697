"""Loading many sessions from a server: within the budget, nothing twice, and what failed is known."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import triage_incident
from limited_api import NOW, LimitedApi, library_on
from loopback import analysis_path, extraction_path
from loopback_answers import failure, stall_before
from triage_incident import Sample

from feather_tui.budget import Budget
from feather_tui.errors import (
    AccessDenied,
    KeyRefused,
    NotCached,
    NotFound,
    RateLimited,
    SessionLive,
    TimedOut,
    Unreachable,
)
from feather_tui.library import Library
from feather_tui.many import AT_ONCE, Loaded, Many
from feather_tui.session.identity import SessionId
from feather_tui.triage.case import NO_EXTRACTION, Case

SAMPLES = tuple(triage_incident.sessions(1))
IDS = tuple(sample.session_id for sample in SAMPLES)


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
async def api() -> AsyncIterator[LimitedApi]:
    async with LimitedApi() as server:
        server.serve_all(SAMPLES)
        yield server


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


def many(library: Library, ids: tuple[SessionId, ...] = IDS, **options: object) -> Many:
    settings = {"budget": Budget(1e9), "now": lambda: NOW, **options}
    return Many(library, ids, **settings)  # type: ignore[arg-type]  # a test's few options


async def cases(loading: Many) -> dict[SessionId, Case]:
    return {
        outcome.case.session_id: outcome.case
        async for outcome in loading.load()
        if isinstance(outcome, Loaded)
    }


def expected() -> dict[SessionId, Case]:
    return {sample.session_id: triage_incident.case_from(sample) for sample in SAMPLES}


async def test_each_document_is_asked_for_once_and_no_more_than_four_at_a_time(
    api: LimitedApi, cache: Path
) -> None:
    api.delay = 0.002
    async with library_on(api, cache) as library:
        loading = many(library)
        assert await cases(loading) == expected()
    paths = {path for session_id in IDS for path in (analysis_path(session_id), extraction_path(session_id))}
    assert sorted(api.paths()) == sorted(paths)
    assert api.max_in_flight <= AT_ONCE
    assert (loading.tally.requests, loading.tally.asked, loading.missing) == (80, 40, {})


async def test_a_second_run_asks_nothing(api: LimitedApi, cache: Path) -> None:
    async with library_on(api, cache) as library:
        await cases(many(library))
    api.requests.clear()
    async with library_on(api, cache) as library:
        again = many(library)
        assert await cases(again) == expected()
    assert api.requests == []
    assert (again.tally.cached, again.tally.requests) == (40, 0)


async def test_documents_that_are_cached_are_not_asked_for_again(api: LimitedApi, cache: Path) -> None:
    async with library_on(api, cache) as library:
        async for _ in library.open(IDS[0], lambda _: None):
            pass
        api.requests.clear()
        assert list(await cases(many(library, IDS[:1]))) == [IDS[0]]
    assert api.requests == []


async def test_a_refresh_asks_for_everything(api: LimitedApi, cache: Path) -> None:
    async with library_on(api, cache) as library:
        await cases(many(library, IDS[:3]))
        api.requests.clear()
        assert len(await cases(many(library, IDS[:3], refresh=True))) == 3
    assert len(api.requests) == 6


async def test_the_budget_is_kept_and_retries_are_paid_from_it(api: LimitedApi, cache: Path) -> None:
    time = Time()
    api.answers[analysis_path(IDS[0])] = [failure(503), failure(503), api.answers[analysis_path(IDS[0])]]  # type: ignore[list-item]  # one answer each
    async with library_on(api, cache) as library:
        loading = many(library, budget=Budget(5, clock=time, sleep=time.sleep))
        assert len(await cases(loading)) == 40
    assert loading.tally.requests == len(api.requests) == 82
    assert 79 / 5 <= time.now <= 82 / 5


async def test_what_one_session_lacks_is_its_own_affair(api: LimitedApi, cache: Path) -> None:
    api.answers[analysis_path(IDS[0])] = failure(404)
    api.answers[analysis_path(IDS[1])] = failure(409)
    api.answers[extraction_path(IDS[2])] = failure(404)
    api.answers[extraction_path(IDS[3])] = failure(500)
    async with library_on(api, cache) as library:
        loading = many(library)
        came = await cases(loading)
        assert {session_id: type(error) for session_id, error in loading.missing.items()} == {
            IDS[0]: NotFound,
            IDS[1]: SessionLive,
        }
        assert (len(came), loading.tally.incomplete, loading.not_asked, loading.stopped) == (38, 1, 0, None)
        assert (came[IDS[2]].extraction, came[IDS[3]].extraction) == (NO_EXTRACTION, None)
        api.requests.clear()
        await cases(many(library, IDS[2:4]))
    assert api.paths() == [extraction_path(IDS[3])]


async def test_a_refused_key_ends_it_at_once(api: LimitedApi, cache: Path) -> None:
    for path in api.answers:
        api.answers[path] = failure(401)
    async with library_on(api, cache) as library:
        loading = many(library)
        assert await cases(loading) == {}
    assert isinstance(loading.stopped, KeyRefused)
    assert len(api.requests) <= 2 * AT_ONCE
    assert loading.not_asked + len(loading.missing) == 40


async def test_a_key_that_may_read_no_extraction_still_gets_the_rest(api: LimitedApi, cache: Path) -> None:
    for session_id in IDS:
        api.answers[extraction_path(session_id)] = failure(403)
    async with library_on(api, cache) as library:
        loading = many(library)
        lacking = [outcome.lacking async for outcome in loading.load() if isinstance(outcome, Loaded)]
    assert len(lacking) == 40
    assert all(isinstance(error, AccessDenied) for error in lacking)
    assert sum(path.endswith("/extraction") for path in api.paths()) <= AT_ONCE


async def test_a_storm_of_429_ends_it_and_the_rest_comes_later(api: LimitedApi, cache: Path) -> None:
    async with library_on(api, cache) as library:
        loading = many(library)
        came, incomplete = {}, set()
        async for outcome in loading.load():
            if isinstance(outcome, Loaded):
                came[outcome.case.session_id] = outcome.case
                incomplete |= {outcome.case.session_id} if outcome.lacking else set()
            if len(came) == 20:
                api.storm = 10_000
        assert isinstance(loading.stopped, RateLimited)
        assert 20 <= len(came) < 40
        assert len(came) + len(loading.missing) + loading.not_asked == 40
        asked = len(api.requests)
        assert asked <= 40 + 3 * AT_ONCE * 2 * 4

        api.storm = 0
        rest = await cases(loading)
    whole = {**came, **rest}
    assert whole.keys() == expected().keys()
    assert all(whole[each] == case for each, case in expected().items() if each not in incomplete)
    assert len(incomplete) <= AT_ONCE
    assert came.keys().isdisjoint(rest)
    assert (len(loading.missing), loading.not_asked) == (0, 0)


async def test_a_network_that_is_lost_on_the_way_ends_it(api: LimitedApi, cache: Path) -> None:
    async with library_on(api, cache) as library:
        loading = many(library)
        came = []
        async for outcome in loading.load():
            if isinstance(outcome, Loaded):
                came.append(outcome.case)
            if len(came) == 10:
                await api.__aexit__()
    assert 10 <= len(came) < 10 + AT_ONCE
    assert isinstance(loading.stopped, Unreachable)
    assert len(came) + len(loading.missing) + loading.not_asked == 40
    async with library_on(api, cache, offline=True) as library:
        assert list(await cases(many(library))) == [
            case for case in IDS if case in {c.session_id for c in came}
        ]


async def test_a_stalled_session_holds_up_no_other(api: LimitedApi, cache: Path) -> None:
    api.answers[analysis_path(IDS[5])] = stall_before()
    async with library_on(api, cache, deadline=0.5) as library:
        loading = many(library)
        assert len(await cases(loading)) == 39
    assert [type(error) for error in loading.missing.values()] == [TimedOut]


async def test_while_it_is_paused_nothing_is_asked(api: LimitedApi, cache: Path) -> None:
    async with library_on(api, cache) as library:
        loading = many(library)
        loading.pause()
        outcomes = loading.load()
        first = asyncio.ensure_future(anext(outcomes))
        for _ in range(20):  # whatever it would do without a request
            await library.known()
        assert (api.requests, loading.tally.requests) == ([], 0)
        loading.go_on()
        assert isinstance(await first, Loaded)
        assert len([outcome async for outcome in outcomes]) == 39


async def test_leaving_early_asks_for_nothing_more(api: LimitedApi, cache: Path) -> None:
    async with library_on(api, cache) as library:
        loading = many(library)
        outcomes = loading.load()
        await anext(outcomes)
        await outcomes.aclose()
        assert len(api.requests) <= 2 * AT_ONCE + 2
        assert loading.not_asked == 39


async def test_offline_shows_what_is_cached_and_names_the_rest(api: LimitedApi, cache: Path) -> None:
    async with library_on(api, cache) as library:
        await cases(many(library, IDS[:4]))
    async with library_on(api, cache, offline=True) as library:
        loading = many(library)
        assert len(await cases(loading)) == 4
    assert {type(error) for error in loading.missing.values()} == {NotCached}
    assert (len(loading.missing), loading.stopped) == (36, None)


async def test_an_extraction_that_may_still_be_made_is_asked_for_again(api: LimitedApi, cache: Path) -> None:
    late = Sample(
        IDS[0],
        {**SAMPLES[0].analysis, "ended_at": (NOW.replace(hour=0, minute=0)).isoformat()},
        SAMPLES[0].extraction,
    )
    api.serve(IDS[0], analysis=late.analysis, extraction=failure(404))
    async with library_on(api, cache) as library:
        assert (await cases(many(library, IDS[:1])))[IDS[0]].extraction == NO_EXTRACTION
        api.requests.clear()
        api.serve(IDS[0], extraction=late.extraction)
        assert (await cases(many(library, IDS[:1])))[IDS[0]].extraction == "completed"
    assert api.paths() == [extraction_path(IDS[0])]


async def test_sessions_that_are_named_on_the_way_are_loaded_each_once(api: LimitedApi, cache: Path) -> None:
    async def more() -> AsyncGenerator[Sequence[SessionId], None]:
        yield IDS[5:10]
        yield IDS[8:12]

    async with library_on(api, cache) as library:
        await cases(many(library, IDS[:3]))
        api.requests.clear()
        loading = many(library, IDS[:6], more=more)
        assert not loading.total_known
        assert set(await cases(loading)) == set(IDS[:12])
        assert (loading.tally.total, loading.tally.cached, loading.total_known) == (12, 3, True)
        assert len(api.requests) == 18
        assert await cases(loading) == {}


async def test_names_that_end_early_are_asked_for_again(api: LimitedApi, cache: Path) -> None:
    ends = [Unreachable("The network is gone.", "Try again."), None]

    async def more() -> AsyncGenerator[Sequence[SessionId], None]:
        yield IDS[:4]
        if (error := ends.pop(0)) is not None:
            raise error
        yield IDS[4:8]

    async with library_on(api, cache) as library:
        loading = many(library, (), more=more)
        assert set(await cases(loading)) == set(IDS[:4])
        assert (str(loading.unnamed), loading.total_known) == ("The network is gone. Try again.", False)
        assert set(await cases(loading)) == set(IDS[4:8])
        assert (loading.unnamed, loading.total_known, loading.tally.total) == (None, True, 8)


async def test_while_it_is_paused_no_names_are_asked_for(api: LimitedApi, cache: Path) -> None:
    asked = []

    async def more() -> AsyncGenerator[Sequence[SessionId], None]:
        asked.append(loading.paused)
        yield IDS[:2]

    async with library_on(api, cache) as library:
        loading = many(library, (), more=more)
        loading.pause()
        coming = asyncio.create_task(cases(loading))
        for _ in range(20):
            await asyncio.sleep(0)
        assert asked == []
        loading.go_on()
        assert set(await coming) == set(IDS[:2])
        assert asked == [False]
