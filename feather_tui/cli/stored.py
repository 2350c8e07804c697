"""Opening the cache for a command that only looks after it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feather_tui.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feather_tui.locations import Locations
    from feather_tui.settings import Settings
    from feather_tui.store.store import Store

_MEGABYTE = 1 << 20


@contextmanager
def open_cache(settings: Settings, locations: Locations) -> Iterator[Store]:
    """Open the cache on disk as the settings want it, for the time of a block."""
    store = open_store(
        locations.cache_file,
        days=settings.cache_days,
        max_bytes=settings.cache_max_megabytes * _MEGABYTE,
        now=lambda: datetime.now(UTC),
    )
    try:
        yield store
    finally:
        store.close()
