"""Every fault of a network or server, through the real client: it ends in time, and in one plain sentence."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from copy import copy
from pathlib import Path
from typing import Final

import pytest
from asking import ANALYSIS_PATH, KEY, SESSION
from campaign import Tally, each_of
from loopback import LoopbackApi
from network_faults import ENDLESS, FAULTS, NO_FAULTS
from network_places import NEEDS_DEADLINE, PLACES

from feather_tui.address import BaseUrl
from feather_tui.api.client import ApiClient
from feather_tui.api.progress import ATTEMPTS
from feather_tui.errors import FeatherError, Unavailable
from feather_tui.session.identity import DocumentKind

DEADLINE_SECONDS: Final = 20.0
SLACK_SECONDS: Final = 1.0
AT_ONCE: Final = 40
"""How many faults are tried side by side."""
QUOTED: Final = re.compile("“[^”]*”")
SETTINGS: Final = re.compile(r"\b[A-Z]+(_[A-Z]+)+\b|deadline_seconds|max_document_megabytes")
OF_PROGRAMMERS: Final = re.compile(
    r"Errno|Error\b|Exception|Traceback|httpx|httpcore|h11|asyncio|ssl\.|\bNone\b|0x[0-9a-f]{4}|<class|_"
)


def assert_told_plainly(error: FeatherError) -> None:
    """Fail unless it says what happened and what to do, in words that an engineer on call can read."""
    for text in (error.sentence, error.advice):
        ours = SETTINGS.sub("", QUOTED.sub("“”", text))
        assert text.endswith(".") or ours.endswith("“”."), text
        assert text[:1].isupper() or text.startswith("http"), text
        assert "\n" not in text, text
        assert len(text) <= 600, text
        assert not OF_PROGRAMMERS.search(ours), text


async def refusal(client: ApiClient) -> FeatherError | None:
    """Ask for a document; give the error that came, None if it was the document."""
    try:
        await client.document(DocumentKind.ANALYSIS, SESSION)
    except FeatherError as error:
        return error
    return None


def client_of(address: str, *, strictly: bool, endless: bool = False) -> ApiClient:
    """Make a client as the program does; not strictly, it does not wait."""
    if strictly:
        return ApiClient(BaseUrl.parse(address), KEY)
    deadline = 0.3 if endless else DEADLINE_SECONDS
    return ApiClient(BaseUrl.parse(address), KEY, deadline_seconds=deadline, sleep=_at_once)


async def _at_once(_: float) -> None:
    await asyncio.sleep(0)


@each_of(list(FAULTS), sample=12, slices=4)
async def test_every_fault_ends_in_time_and_in_one_plain_sentence(
    cases: list[str], tally: Tally, request: pytest.FixtureRequest
) -> None:
    strictly = request.node.get_closest_marker("campaign") is not None
    places = asyncio.Semaphore(AT_ONCE)

    async def attempt(name: str) -> None:
        async with places, LoopbackApi() as api:
            api.answers[ANALYSIS_PATH] = copy(FAULTS[name])
            began = asyncio.get_running_loop().time()
            async with client_of(api.base_url, strictly=strictly, endless=name in ENDLESS) as client:
                error = await refusal(client)
            took = asyncio.get_running_loop().time() - began
        with tally.attempt(name):
            assert error is not None, "a document came"
            assert_told_plainly(error)
            assert took <= DEADLINE_SECONDS + SLACK_SECONDS, f"{took:.1f} s"
            assert {request.method for request in api.requests} <= {"GET"}
            assert set(api.paths()) <= {ANALYSIS_PATH}
            assert len(api.requests) <= ATTEMPTS
            assert api.max_in_flight <= 1

    await side_by_side(attempt(name) for name in cases)


@each_of(list(PLACES), sample=6, slices=2)
async def test_every_place_that_cannot_be_reached_is_told_as_well(
    cases: list[str],
    tally: Tally,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    strictly = request.node.get_closest_marker("campaign") is not None
    for name in cases:
        with tally.attempt(name), monkeypatch.context() as change:
            async with PLACES[name](change, tmp_path) as address:
                began = asyncio.get_running_loop().time()
                async with client_of(address, strictly=strictly, endless=name in NEEDS_DEADLINE) as client:
                    error = await refusal(client)
                took = asyncio.get_running_loop().time() - began
            assert isinstance(error, Unavailable), error
            assert_told_plainly(error)
            assert took <= DEADLINE_SECONDS + SLACK_SECONDS, f"{took:.1f} s"


@each_of(list(NO_FAULTS), sample=6)
async def test_what_is_only_odd_is_lived_with(cases: list[str], tally: Tally) -> None:
    for name in cases:
        async with LoopbackApi() as api:
            api.answers[ANALYSIS_PATH] = copy(NO_FAULTS[name])
            async with client_of(api.base_url, strictly=False) as client:
                errors = [await refusal(client) for _ in range(2)]
        with tally.attempt(name):
            assert errors == [None, None]


async def side_by_side(attempts: Iterable[object]) -> None:
    """Run them all; one that raises what it should not stops the test."""
    await asyncio.gather(*attempts)  # type: ignore[call-overload] # coroutines, of which only the end matters
