"""A budget of requests: so many a second, evenly, because the limit is shared with production."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable


class Budget:
    """Gives out turns, at most `rate` a second, without bursts. `clock` counts seconds."""

    def __init__(
        self,
        rate: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._step = 1 / rate
        self._clock = clock
        self._sleep = sleep
        self._next = clock()

    async def turn(self) -> None:
        """Wait until the next request may be made."""
        wait = self._take() - self._clock()
        if wait > 0:
            await self._sleep(wait)

    def made_another(self) -> None:
        """Count a request that was made without a turn: those that follow wait the longer."""
        self._take()

    def _take(self) -> float:
        """Return the time of the turn that is taken."""
        turn = max(self._clock(), self._next)
        self._next = turn + self._step
        return turn
