"""The real app over the demo, or over a real server, at a fixed time."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from loopback import LoopbackApi
from robot import Robot, demo_library, opened

from feather_tui.demo import incident


@pytest.fixture
async def demo() -> AsyncIterator[Robot]:
    """The demo with the flagship session open, 120x36."""
    async with opened(demo_library(), given=[incident.session_id("headset-refund")]) as robot:
        yield robot


@pytest.fixture
async def lookup() -> AsyncIterator[Robot]:
    """The demo at the lookup, its sessions listed."""
    async with opened(demo_library(), listed=incident.session_ids()) as robot:
        yield robot


@pytest.fixture
async def api() -> AsyncIterator[LoopbackApi]:
    """A server that answers like the API."""
    async with LoopbackApi() as server:
        yield server
