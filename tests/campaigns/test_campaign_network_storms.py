"""What a server sees of many sessions, of keys held down, of many programs that fail at once: no storm."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from typing import Final

import pytest
from asking import ANALYSIS_PATH, KEY, SESSION
from campaign import Tally, each_of, tries
from loopback import LoopbackApi
from loopback_answers import Script, failure, ready, reset_before, stall_before
from robot import Robot, key_event, loopback_library, opened

from feather_tui.address import BaseUrl
from feather_tui.api.client import ApiClient
from feather_tui.api.transport import IN_FLIGHT
from feather_tui.errors import FeatherError
from feather_tui.session.identity import DocumentKind, SessionId

MANY: Final = [SessionId(f"00000000-0000-4000-8000-{number:012}") for number in range(50)]
OF_ONE_SESSION: Final = 8
"""Requests: two documents, four tries each."""
ASKED_IN_VAIN: Final = 7
"""Sessions: four under way at once, four in vain in a row, of which the last has three beside it."""
FAILING: Final[dict[str, Script]] = {
    "401": failure(401),
    "429": failure(429, headers={"Retry-After": "30"}),
    "503": failure(503, headers={"Retry-After": "30"}),
    "503 at once": failure(503, retryable=False),
    "reset": reset_before(),
    "stalled": stall_before(),
}


def serve(api: LoopbackApi, script: Script, sessions: Sequence[SessionId] = MANY) -> None:
    for session in sessions:
        api.serve(session, analysis=script, extraction=script)


@each_of(list(FAILING), sample=2)
async def test_a_fault_of_all_sessions_is_not_asked_for_again_with_each(
    cases: list[str], tally: Tally
) -> None:
    for name in cases:
        async with LoopbackApi() as api:
            serve(api, FAILING[name])
            library = loopback_library(api, deadline_seconds=1)
            with tally.attempt(name):
                async with opened(library, given=MANY) as robot:
                    await robot.press("1")
                    robot.sees("not asked for")
                assert len(api.requests) <= ASKED_IN_VAIN * OF_ONE_SESSION
                assert api.max_in_flight <= IN_FLIGHT


@each_of(["well", "404", "409"], sample=1)
async def test_many_sessions_are_loaded_a_few_requests_at_a_time(cases: list[str], tally: Tally) -> None:
    answers = {"well": ready({}), "404": failure(404), "409": failure(409)}
    for name in cases:
        async with LoopbackApi() as api:
            serve(api, answers[name])
            with tally.attempt(name):
                async with opened(loopback_library(api), given=MANY):
                    pass
                assert len(api.requests) == 2 * len(MANY)
                assert api.max_in_flight <= IN_FLIGHT
                assert {request.method for request in api.requests} == {"GET"}


@each_of(["stalled", "429", "503"], sample=1)
async def test_a_key_held_down_asks_once(cases: list[str], tally: Tally) -> None:
    for name in cases:
        async with LoopbackApi() as api:
            serve(api, FAILING["stalled"] if name == "stalled" else failure(int(name), retry_after=15))
            library = loopback_library(api, deadline_seconds=20)
            with tally.attempt(name):
                async with opened(library, given=MANY[:1], settled=False) as robot:
                    await asked(robot, api, 2)
                    for _ in range(30):
                        robot.app.post_message(key_event("r"))
                        await robot.pilot.pause(0)
                    await asked(robot, api, 4)
                    await robot.press("escape")
                assert len(api.requests) == 4


async def asked(robot: Robot, api: LoopbackApi, times: int) -> None:
    """Wait until the server was asked so many times."""
    async with asyncio.timeout(10):
        while len(api.requests) < times:
            await robot.pilot.pause(0.01)


@tries(sample=10, full=200)
async def test_programs_that_fail_together_come_back_apart(tries: range, tally: Tally) -> None:
    pauses: list[list[float]] = []

    async def fail_once() -> None:
        waits: list[float] = []

        async def sleep(seconds: float) -> None:
            waits.append(seconds)

        async with LoopbackApi() as api:
            api.answers[ANALYSIS_PATH] = failure(503)
            async with ApiClient(BaseUrl.parse(api.base_url), KEY, sleep=sleep) as client:
                with pytest.raises(FeatherError):
                    await client.document(DocumentKind.ANALYSIS, SESSION)
        assert len(api.requests) == 4
        pauses.append(waits)

    for number in tries:
        with tally.attempt(f"program {number}"):
            await fail_once()
    for longest, waits in zip((0.25, 1.0, 5.0), zip(*pauses, strict=True), strict=True):
        assert all(0 <= wait <= longest for wait in waits)
        assert len(set(waits)) == len(waits)
        assert statistics.pstdev(waits) > longest / 10
