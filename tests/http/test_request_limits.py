from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from asking import ANALYSIS_PATH, SESSION, asking
from loopback import LoopbackApi, analysis_path
from loopback_answers import Answer, Hold, ready, stall_before, stall_inside

from feather_tui.errors import TimedOut, Unreachable
from feather_tui.session.identity import SessionId


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - the server counts, and has no events
            await asyncio.sleep(0.001)


async def test_four_requests_are_in_flight_and_the_fifth_waits_for_a_place() -> None:
    sessions = [SessionId(f"00000000-0000-4000-8000-0000000000{number:02}") for number in range(12)]
    gate = asyncio.Event()
    async with LoopbackApi() as api, asking(api) as asker:
        for session in sessions:
            api.serve(session, analysis=ready({}).after(Hold(gate)))
        questions = [asyncio.create_task(asker.analysis(session)) for session in sessions]
        await _until(lambda: api.in_flight == 4)
        assert len(asker.progress) == 4

        gate.set()
        bodies = await asyncio.gather(*questions)

    assert bodies == [b"{}"] * 12
    assert api.max_in_flight == 4
    assert sorted(api.paths()) == sorted(analysis_path(session) for session in sessions)


async def test_waiting_for_a_place_does_not_use_the_deadline_up() -> None:
    async with LoopbackApi() as api, asking(api, deadline_seconds=0.25) as asker:
        api.serve(SESSION, analysis=stall_before(), extraction={})
        stalled = [asyncio.create_task(asker.analysis()) for _ in range(8)]
        await _until(lambda: api.in_flight == 4)

        assert await asker.extraction() == b"{}"
        results = await asyncio.gather(*stalled, return_exceptions=True)

    assert [type(result) for result in results] == [TimedOut] * 8


async def test_a_connection_is_used_again() -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.serve(SESSION, analysis={}, extraction={})

        await asker.analysis()
        await asker.extraction()

    assert api.connections == 1


@pytest.mark.parametrize("given", [stall_before(), stall_inside(b"{" * 1000)])
async def test_a_cancelled_question_gives_its_place_and_its_connection_back(given: Answer) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.serve(SESSION, analysis=given, extraction={})
        questions = [asyncio.create_task(asker.analysis()) for _ in range(8)]
        await _until(lambda: api.in_flight == 4)

        for question in questions:
            question.cancel()
        results = await asyncio.gather(*questions, return_exceptions=True)

        assert [type(result) for result in results] == [asyncio.CancelledError] * 8
        await _until(lambda: api.in_flight == 0)
        assert await asker.extraction() == b"{}"
    assert len(api.requests) == 5


async def test_a_question_after_the_deadline_of_another_is_answered() -> None:
    async with LoopbackApi() as api, asking(api, deadline_seconds=0.1) as asker:
        api.answers[ANALYSIS_PATH] = [stall_before(), ready({})]

        assert isinstance(await asker.refusal(), TimedOut)
        asker.client._deadline = 20
        assert await asker.analysis() == b"{}"


async def test_a_closed_client_asks_nothing() -> None:
    async with LoopbackApi() as api:
        async with asking(api) as asker:
            api.serve(SESSION, analysis={})
            await asker.analysis()

        error = await asker.refusal()
        await asker.client.aclose()

    assert isinstance(error, Unreachable)
    assert "was closed" in error.sentence
    assert len(api.requests) == 1


async def test_closing_ends_a_question_that_nobody_cancelled() -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.serve(SESSION, analysis=stall_before())
        question = asyncio.create_task(asker.refusal())
        await _until(lambda: api.in_flight == 1)

        await asker.client.aclose()

        assert isinstance(await question, Unreachable)
    assert len(api.requests) == 1


async def test_a_client_that_asked_nothing_opens_and_closes_nothing() -> None:
    async with LoopbackApi() as api, asking(api):
        pass
    assert api.connections == 0
