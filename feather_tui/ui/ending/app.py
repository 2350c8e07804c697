"""The application's side: it tells the guard that it ends, and is told to end."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from textual import events, on
from textual.app import App, ScreenStackError
from textual.css.query import QueryError
from textual.dom import NoScreen
from textual.worker import WorkerFailed

from feather_tui.ui.ending.driver import GuardedDriver
from feather_tui.ui.ending.guard import QUIT_SECONDS, SIGNAL_SECONDS, Guard

if TYPE_CHECKING:
    from rich.console import RenderableType

Result = TypeVar("Result")
_INTERRUPTED: Final = 130
_COMES_OF_AN_END: Final = (NoScreen, QueryError, ScreenStackError, WorkerFailed)
"""What is raised by whoever misses widgets or a library that are gone already, or were not there yet."""


def _stir(loop: asyncio.AbstractEventLoop) -> None:
    """Have the loop look around."""
    with suppress(RuntimeError):  # it is closed: the program ends
        loop.call_soon_threadsafe(int)


class GuardedApp(App[Result]):
    """An application that ends in time. Without a `guard` it ends as Textual's do, for tests in process.

    `interrupting` are the keys that end it even if the screen is too busy to hear of them. `crash` is the
    exception that ended it, if one did; it is for whoever ran the app to tell.
    """

    guard: Guard | None = None
    interrupting: frozenset[str] = frozenset()
    crash: BaseException | None = None

    @on(events.Load)
    def _hear_the_guard(self) -> None:
        if self.guard is not None:
            loop = asyncio.get_running_loop()
            self.guard.asks = lambda status: loop.call_soon_threadsafe(self.exit, None, status)
            self.guard.stirs = partial(_stir, loop)

    def exit(
        self, result: Result | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End; what has not come to its end soon is left."""
        self._expect_end(return_code, QUIT_SECONDS)
        super().exit(result, return_code, message)

    def _handle_exception(self, error: Exception) -> None:
        if self._exit and isinstance(error, _COMES_OF_AN_END):
            return
        # The name of the worker's own error, and where it happened, are what there is to be told.
        self.crash = self.crash or (error.error if isinstance(error, WorkerFailed) else error)
        self._expect_end(1, SIGNAL_SECONDS)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave without a word: Textual's own would print the values of variables, customers' data too."""
        self._close_messages_no_wait()

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
