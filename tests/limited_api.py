"""A loopback API that takes its time and limits how often it may be asked, and a library on it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from loopback import LoopbackApi
from loopback_answers import Answer, failure
from triage_incident import DAY, Sample

from feather_tui.address import BaseUrl
from feather_tui.api.client import ApiClient
from feather_tui.credentials import Key
from feather_tui.library import Library
from feather_tui.store.records import Scope
from feather_tui.store.store import open_store

KEY = Key.parse("fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9")
NOW = DAY.replace(day=21)


@dataclass
class LimitedApi(LoopbackApi):
    """Waits `delay` seconds before each answer, and refuses what is over `per_minute`.

    `refused` counts those; `storm`: the next so many requests are refused as well.
    """

    delay: float = 0.0
    per_minute: int = 6_000
    refused: int = 0
    storm: int = 0
    _lately: deque[float] = field(default_factory=deque)

    def serve_all(self, samples: Iterable[Sample]) -> None:
        """Put the documents of these sessions on their paths."""
        for sample in samples:
            self.serve(sample.session_id, analysis=sample.analysis, extraction=sample.extraction)

    def _turn(self, path: str) -> Answer:
        now = asyncio.get_running_loop().time()
        while self._lately and self._lately[0] < now - 60:
            self._lately.popleft()
        self._lately.append(now)
        if self.storm > 0 or len(self._lately) > self.per_minute:
            self.storm -= 1
            self.refused += 1
            return failure(429, headers={"Retry-After": "0"})
        return super()._turn(path)

    async def _answer(
        self, given: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self.in_flight)
        await asyncio.sleep(self.delay)
        self.in_flight -= 1
        await super()._answer(given, reader, writer)


@asynccontextmanager
async def library_on(
    api: LoopbackApi, path: Path | None, *, deadline: float = 20.0, offline: bool = False
) -> AsyncIterator[Library]:
    """A library whose cache is at `path`, and whose client never waits between tries."""
    base_url = BaseUrl.parse(api.base_url)

    def connect() -> ApiClient:
        return ApiClient(base_url, KEY, deadline_seconds=deadline, random=lambda: 0.0)

    library = Library(
        store=open_store(path, days=30, max_bytes=512 << 20, now=lambda: NOW),
        scope=Scope(origin=base_url.origin, key_fingerprint=KEY.fingerprint),
        connect=None if offline else connect,
        now=lambda: NOW,
    )
    try:
        yield library
    finally:
        await library.close()
