"""Keeping requests of one sort apart in time: the rate limit is shared with production."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

LIST_SECONDS: Final = 2.0
"""From the answer to a request for the list of sessions to the next request, whoever asks."""


class Pace:
    """Gives turns, in the order in which they are asked for: one at a time, and `seconds` between two.

    They count from the end of a turn: a request that is slow to leave must not come close to the next.
    """

    def __init__(
        self, seconds: float, *, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self.seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._next = clock()
        self._queue = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it for the time of a block."""
        async with self._queue:
            wait = self._next - self._clock()
            if wait > 0:
                await self._sleep(wait)
            try:
                yield
            finally:
                self._next = self._clock() + self.seconds
