"""What an end in the middle of something leaves of it: the status that was asked for, and no crash."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from loopback import LoopbackApi
from loopback_answers import Hold, ready
from robot import demo_library, loopback_library, opened
from textual.worker import WorkerFailed

from feather_tui.demo import incident
from feather_tui.ui.app import FeatherApp

HEADSET = incident.session_id("headset-refund")


@pytest.mark.parametrize("action", ["show_help", "show_palette", "copy", "show_note", "show_raw"])
async def test_a_screen_that_is_being_made_is_no_crash(action: str) -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        app = robot.app
        assert isinstance(app, FeatherApp)
        await app.run_action(f"screen.{action}")
        app.exit(return_code=143)
        await asyncio.sleep(0)

    assert (app.crash, app.return_code) == (None, 143)


async def test_a_session_that_is_being_loaded_is_no_crash(api: LoopbackApi) -> None:
    never = asyncio.Event()
    api.serve(HEADSET, analysis=ready({}).after(Hold(never)), extraction=ready({}).after(Hold(never)))
    async with opened(loopback_library(api), given=[HEADSET], settled=False) as robot:
        await robot.until("asking")
        app = robot.app
        assert isinstance(app, FeatherApp)
        app.exit(return_code=129)

    assert (app.crash, app.return_code) == (None, 129)


async def test_a_worker_that_fails_is_told_by_its_own_error() -> None:
    async def fail() -> None:
        raise LookupError

    with suppress(WorkerFailed):  # Textual tells tests of it, too
        async with opened(demo_library()) as robot:
            app = robot.app
            app.run_worker(fail())
            await robot.settle()

    assert isinstance(app, FeatherApp)
    assert isinstance(app.crash, LookupError)
