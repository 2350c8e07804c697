"""The real app over the demo, or over a real server, at a fixed time."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from loopback import LoopbackApi
from robot import NOW, Robot, demo_library, opened

from feather_tui.demo import incident
from feather_tui.library import Library
from feather_tui.store.store import Store, open_store


@pytest.fixture
async def demo() -> AsyncIterator[Robot]:
    """The demo with the flagship session open, 120x36."""
    async with opened(demo_library(), given=[incident.session_id("headset-refund")]) as robot:
        yield robot


@pytest.fixture
async def listed() -> AsyncIterator[Robot]:
    """The demo at the lookup, its sessions asked for, those that do not come among them."""
    async with opened(demo_library(), listed=incident.session_ids()) as robot:
        yield robot


@pytest.fixture(scope="session")
def demo_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with every session of the demo, for tests to copy: loading them all takes a while."""
    path = tmp_path_factory.mktemp("demo") / "cache" / "sessions.sqlite3"

    async def fill() -> None:
        async with opened(demo_library(store_at(path)), listed=incident.session_ids()):
            pass

    asyncio.run(fill())
    return path


@pytest.fixture
def cached_demo(demo_cache: Path, tmp_path: Path) -> Callable[[], Library]:
    """Make the demo's library over a cache with all its sessions."""
    copied = shutil.copytree(demo_cache.parent, tmp_path / "cache") / demo_cache.name
    return lambda: demo_library(store_at(copied))


@pytest.fixture
async def lookup(cached_demo: Callable[[], Library]) -> AsyncIterator[Robot]:
    """The demo at the lookup, its sessions cached."""
    async with opened(cached_demo()) as robot:
        yield robot


def store_at(path: Path) -> Store:
    """A cache on the disk, at the robot's time."""
    return open_store(path, days=30, max_bytes=1 << 28, now=lambda: NOW)


@pytest.fixture
async def api() -> AsyncIterator[LoopbackApi]:
    """A server that answers like the API."""
    async with LoopbackApi() as server:
        yield server
