"""Sees to it that the program ends when it is told to.

In good order is Textual's way: a message, a loop that takes it, widgets and threads that come to an end. Each
of them can be stuck: the loop in a long layout, the output at a terminal that does not read, a thread at a
name server that does not answer. So there is a thread that waits beside them, and when the time is over it
puts the terminal back and ends the process. Everything on disk is written so that this does no harm.
"""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from types import FrameType

    from feather_tui.ui.ending.device import Terminal

QUIT_SECONDS: Final = 0.15
"""How long the way out may take when somebody sits there and waits: after `q`, after Ctrl-C."""
SIGNAL_SECONDS: Final = 2.0
"""How long it may take after other signals, and after a crash."""
_PATIENCE: Final[dict[int, float]] = {
    signal.SIGHUP: SIGNAL_SECONDS,
    signal.SIGINT: QUIT_SECONDS,
    signal.SIGQUIT: SIGNAL_SECONDS,
    signal.SIGTERM: SIGNAL_SECONDS,
}
_LOOK_SECONDS: Final = 1.0
_MOST_NEWS: Final = 64
_NO_SIGNAL: Final = b"\0"


class _Order(NamedTuple):
    """To be gone at `by` (monotonic seconds), with this exit status."""

    status: int
    by: float


class Guard:
    """Takes the signals that end a process, and ends it in time; made in the main thread.

    `asks` is called in the main thread with the exit status, to end in good order; while nobody has set it,
    SystemExit does. The first reason to end counts. `stirs` is called in another thread, for every signal:
    of two that come at once the kernel may tell any thread, while only the main one runs their handlers, and
    its loop would sleep on.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.asks: Callable[[int], object] = _leave
        self.stirs: Callable[[], object] = int  # does nothing
        self.ending = False
        self._parent = os.getppid()
        self._orders: SimpleQueue[_Order] = SimpleQueue()  # the only queue that a signal handler may put into
        self._news, self._wake = os.pipe()

    def watch(self) -> None:
        """Begin."""
        # Python runs handlers in the main thread alone, which may be stuck. This tells of signals at once.
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        for number in _PATIENCE:
            signal.signal(number, self._take_signal)
        threading.Thread(target=self._keep_watch, name="ending", daemon=True).start()

    def expect(self, status: int, seconds: float) -> None:
        """The way out has begun: be gone within so many seconds, with this exit status."""
        self.ending = True
        self._orders.put(_Order(status, time.monotonic() + seconds))
        os.write(self._wake, _NO_SIGNAL)

    def interrupt(self) -> None:
        """End, from any thread: somebody said so."""
        self._signal_main_thread(signal.SIGINT)

    def hang_up(self) -> None:
        """End, from any thread: nobody is there any more."""
        self._signal_main_thread(signal.SIGHUP)

    def _signal_main_thread(self, number: signal.Signals) -> None:
        signal.pthread_kill(threading.main_thread().ident or 0, number)

    def _take_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        if not self.ending:
            self.expect(128 + number, _PATIENCE[number])
            self.asks(128 + number)

    def _keep_watch(self) -> None:
        while self._orders.empty():
            if select.select([self._news], [], [], _LOOK_SECONDS)[0]:
                self._hear(os.read(self._news, _MOST_NEWS))
            elif os.getppid() != self._parent:  # the shell or connection that started us is gone
                self.hang_up()
        order = self._orders.get()
        time.sleep(max(0.0, order.by - time.monotonic()))
        self.terminal.restore()
        os._exit(order.status)

    def _hear(self, numbers: bytes) -> None:
        self.stirs()
        for number in numbers:
            if number in _PATIENCE:
                self._orders.put(_Order(128 + number, time.monotonic() + _PATIENCE[number]))


def _leave(status: int) -> None:
    raise SystemExit(status)
