"""A session that is asked for before there is a library: it arrives as any other, and is asked for once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from documents import SESSION_ID, analysis, body, extraction, row
from loopback import LoopbackApi, analysis_path, extraction_path
from loopback_answers import Hold, failure, ready, stall_before
from robot import KEY, memory_store, scope

from feather_tui.address import BaseUrl
from feather_tui.ahead import Ahead
from feather_tui.api.client import ApiClient
from feather_tui.api.progress import Progress, Stage
from feather_tui.arrivals import Assessment, ExtractionCopy, Failure, SessionCopy, Source
from feather_tui.credentials import Key
from feather_tui.errors import DocumentUnreadable, NotFound
from feather_tui.library import Library
from feather_tui.session.identity import DocumentKind, SessionId

ID = SessionId(SESSION_ID)
OTHER = SessionId("9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42")
BOTH = {analysis_path(SESSION_ID), extraction_path(SESSION_ID)}
SECONDS = 5


@pytest.fixture
async def api() -> AsyncIterator[LoopbackApi]:
    async with LoopbackApi() as server:
        server.serve(
            SESSION_ID, analysis=analysis(row("user", "Where is my headset?")), extraction=extraction()
        )
        yield server


def client(api: LoopbackApi) -> Callable[[], ApiClient]:
    return lambda: ApiClient(BaseUrl.parse(api.base_url), Key.parse(KEY), deadline_seconds=SECONDS)


def library(api: LoopbackApi, ahead: Ahead) -> Library:
    return Library(store=memory_store(), scope=scope(api.base_url), connect=client(api), ahead=ahead)


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not happened():  # noqa: ASYNC110 - it happens in another thread, which knows nothing of this loop
            await asyncio.sleep(0.001)


async def arrivals(library: Library, session_id: SessionId = ID) -> list[object]:
    return [arrival async for arrival in library.open(session_id, lambda _: None)]


async def test_what_was_asked_for_ahead_arrives_once_and_is_kept(api: LoopbackApi) -> None:
    seen: list[SessionCopy] = []
    ahead = Ahead(ID, client(api), seen.append)
    sessions = library(api, ahead)
    assert all(ahead.has(kind, ID) for kind in DocumentKind)

    came = await arrivals(sessions)

    assert not any(ahead.has(kind, ID) for kind in DocumentKind)

    copies = [arrival for arrival in came if isinstance(arrival, SessionCopy)]
    assert copies == seen
    assert copies[0].provenance.source is Source.API
    assert {type(arrival) for arrival in came} == {SessionCopy, ExtractionCopy, Assessment}
    assert sorted(api.paths()) == sorted(BOTH)

    again = await arrivals(sessions)
    assert [arrival.provenance.source for arrival in again if isinstance(arrival, SessionCopy)] == [
        Source.CACHE
    ]
    assert sorted(api.paths()) == sorted([*BOTH, extraction_path(SESSION_ID)])
    await sessions.close()


async def test_a_failure_arrives_as_one_and_is_not_asked_for_again(api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=failure(404))
    sessions = library(api, Ahead(ID, client(api)))

    came = await arrivals(sessions)

    failures = {arrival.kind: arrival.error for arrival in came if isinstance(arrival, Failure)}
    assert isinstance(failures[DocumentKind.ANALYSIS], NotFound)
    assert sorted(api.paths()) == sorted(BOTH)
    await sessions.close()


async def test_what_cannot_be_read_arrives_with_what_came(api: LoopbackApi) -> None:
    broken = body(analysis() | {"messages": "none"})
    api.serve(SESSION_ID, analysis=broken)
    sessions = library(api, Ahead(ID, client(api), lambda _: pytest.fail("it cannot be read")))

    failed = [arrival for arrival in await arrivals(sessions) if isinstance(arrival, Failure)]

    assert [(type(each.error), each.body) for each in failed] == [(DocumentUnreadable, broken)]
    await sessions.close()


async def test_another_session_is_asked_for_as_ever(api: LoopbackApi) -> None:
    api.serve(OTHER, analysis=analysis(session_id=OTHER), extraction=extraction(session_id=OTHER))
    sessions = library(api, Ahead(ID, client(api)))

    came = await arrivals(sessions, OTHER)

    assert [arrival.session.session_id for arrival in came if isinstance(arrival, SessionCopy)] == [OTHER]
    await sessions.close()


async def test_how_far_it_is_is_told_from_where_it_is(api: LoopbackApi) -> None:
    held = asyncio.Event()
    api.serve(SESSION_ID, analysis=ready(analysis()).after(Hold(held)))
    ahead = Ahead(ID, client(api))
    await until(lambda: api.in_flight > 0)
    heard: list[Progress] = []
    answer = asyncio.create_task(ahead.answer(DocumentKind.ANALYSIS, heard.append))
    await until(lambda: bool(heard))
    assert [progress.stage for progress in heard] == [Stage.ASKING]
    held.set()
    assert (await answer).copy is not None
    assert heard[-1].stage is Stage.RECEIVING


async def test_who_stops_waiting_stops_the_request(api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=stall_before(), extraction=stall_before())
    sessions = library(api, Ahead(ID, client(api)))
    opening = asyncio.create_task(arrivals(sessions))
    await until(lambda: api.in_flight == len(BOTH))
    opening.cancel()
    await until(lambda: api.in_flight == 0)
    await sessions.close()


async def test_closing_stops_what_nobody_waited_for(api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=stall_before(), extraction=stall_before())
    sessions = library(api, Ahead(ID, client(api)))
    await until(lambda: api.in_flight == len(BOTH))
    await sessions.close()
    await until(lambda: api.in_flight == 0)
