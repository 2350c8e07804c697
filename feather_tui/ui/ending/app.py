"""The application's side: it tells the guard that it ends, and is told to end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from textual import events, on
from textual.app import App

from feather_tui.ui.ending.driver import GuardedDriver
from feather_tui.ui.ending.guard import QUIT_SECONDS, SIGNAL_SECONDS, Guard

if TYPE_CHECKING:
    from rich.console import RenderableType

Result = TypeVar("Result")
_INTERRUPTED = 130


class GuardedApp(App[Result]):
    """An application that ends in time. Without a `guard` it ends as Textual's do, for tests in process.

    `interrupting` are the keys that end it even if the screen is too busy to hear of them.
    """

    guard: Guard | None = None
    interrupting: frozenset[str] = frozenset()
    _asked: int | None = None
    _is_drawn = False  # to end before that would take widgets away from those that are being made

    @on(events.Load)
    def _hear_the_guard(self) -> None:
        if self.guard is not None:
            loop = asyncio.get_running_loop()
            self.guard.asks = lambda status: loop.call_soon_threadsafe(self._end, status)

    def _end(self, status: int) -> None:
        self._asked = status
        if self._is_drawn:
            self.exit(return_code=status)

    @on(events.Ready)
    def _end_if_asked(self) -> None:
        self._is_drawn = True
        if self._asked is not None:
            self.exit(return_code=self._asked)

    def exit(
        self, result: Result | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End; what has not come to its end soon is left."""
        self._expect_end(return_code, QUIT_SECONDS)
        super().exit(result, return_code, message)

    def _handle_exception(self, error: Exception) -> None:
        self._expect_end(1, SIGNAL_SECONDS)
        super()._handle_exception(error)

    def _expect_end(self, status: int, seconds: float) -> None:
        if self.guard is not None:
            self.guard.expect(status, seconds)

    async def action_quit(self) -> None:
        """End at once: what Ctrl-C says to any program."""
        self.exit(return_code=_INTERRUPTED)

    def action_suspend_process(self) -> None:
        """Stop, with all of the job, as Ctrl-Z in a terminal does."""
        if isinstance(self._driver, GuardedDriver):
            self._driver.stop_job()
