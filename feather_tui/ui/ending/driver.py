"""The terminal as Textual drives it, made to survive what terminals and shells do.

Where this goes on it pins the insides of Textual's driver.
"""

from __future__ import annotations

import asyncio
import codecs
import errno
import os
import select
import signal
import termios
import time
from queue import Full
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers._writer_thread import MAX_QUEUED_WRITES
from textual.drivers.linux_driver import LinuxDriver

from feather_tui.ui.ending.device import PLAIN_KEYS, Terminal
from feather_tui.ui.ending.guard import Guard

if TYPE_CHECKING:
    from textual.message import Message

    from feather_tui.ui.ending.app import GuardedApp

_LOOK_SECONDS: Final = 0.1
_SETTLING_SECONDS: Final = 0.1
_STALLED_SECONDS: Final = 0.2
_TYPED: Final = 4096
_ALTERNATE_SCREEN: Final = "\x1b[?1049h"


class GuardedDriver(LinuxDriver):
    """Ends when the terminal is gone, and stops and comes back with its job."""

    def __init__(self, app: GuardedApp[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._guard = app.guard or Guard(Terminal())
        self._terminal = self._guard.terminal
        self._file = self._terminal  # type: ignore[assignment] # a text file is all it takes
        self._interrupting = app.interrupting
        self._painted = False

    # ------------------------------------------------------------------ taking the terminal, giving it back

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self._loop = asyncio.get_running_loop()
        self._painted, self._terminal.taken = self._terminal.taken, True
        super().start_application_mode()  # type: ignore[no-untyped-call] # has no annotations
        if self._painted:
            self._painted, self.attrs_before = False, self._terminal.settings

    def write(self, data: str) -> None:
        """Write soon. A slow terminal is waited for; one that stalls is not, or keys would not be heard."""
        if self._painted and data == _ALTERNATE_SCREEN:
            return  # to be asked for it again makes some terminals clear it
        assert self._writer_thread is not None, "the terminal was not taken yet"  # noqa: S101 - as in Textual
        waiting = self._writer_thread._queue  # noqa: SLF001 - its own way to put waits for ever
        if waiting.empty():
            waiting.maxsize = MAX_QUEUED_WRITES
        try:
            waiting.put(data, timeout=_STALLED_SECONDS)
        except Full:
            waiting.maxsize = 0
            waiting.put(data)

    def stop_application_mode(self) -> None:
        """Give it back, and wait until that is written."""
        if self._terminal.taken:
            self.write(PLAIN_KEYS)
            super().stop_application_mode()
            self.close()
            self._terminal.taken = False

    def disable_input(self) -> None:
        """Hear of no more keys."""
        if self._terminal.taken:  # else it is the shell's, and touching it in the background stops us
            super().disable_input()

    # ------------------------------------------------------------------ stopping with the job (Ctrl-Z, fg)

    def _sigtstp_application(self, *_: object) -> None:
        if self._terminal.taken:
            self._loop.call_soon_threadsafe(self._stop, os.getpid())
        else:  # it is lent to another program, or not taken yet
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        """Somebody stopped us without asking, and a shell may have had the terminal since."""
        if self._terminal.taken:
            self._loop.call_soon_threadsafe(self._take_again)

    def stop_job(self) -> None:
        """Stop, with everybody in the job, until `fg`; the shell gets the terminal as it was."""
        self._stop(0)

    def _stop(self, whom: int) -> None:
        self.suspend_application_mode()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(whom, signal.SIGTSTP)  # nothing happens where nobody could continue us
        signal.signal(signal.SIGTSTP, self._sigtstp_application)
        if self._wait_for_foreground():
            self._resume()

    def _take_again(self) -> None:
        if self._wait_for_foreground():
            self.suspend_application_mode()
            self._resume()

    def _resume(self) -> None:
        self._must_signal_resume = True
        self.resume_application_mode()

    def _wait_for_foreground(self) -> bool:
        """Stop until the terminal is ours; return whether there is a reason to take it."""
        while True:
            if not self._terminal.in_foreground:
                time.sleep(_SETTLING_SECONDS)  # a signal sent along with the one to go on may come late
            if self._guard.ending:
                return False
            try:
                # In the background, changing the settings stops the process.
                termios.tcsetattr(self.fileno, termios.TCSANOW, termios.tcgetattr(self.fileno))
            except termios.error as error:
                if error.args[0] != errno.EINTR:
                    self._guard.hang_up()
                    return False
            else:
                return True

    # ------------------------------------------------------------------ keys

    def run_input_thread(self) -> None:
        """Read keys until the driver stops or the terminal is gone."""
        while not self.exit_event.is_set():
            try:
                self._read_keys()
            except (ArithmeticError, LookupError, ValueError):
                continue  # a report that no terminal should send: the parser is lost, and what it was at

    def _read_keys(self) -> None:
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], _LOOK_SECONDS)[0]:
                if not (typed := self._typed()):
                    self._guard.hang_up()
                    self.exit_event.wait()
                elif text := decode(typed):  # the parser takes no text at all for the end
                    for message in parser.feed(text):
                        self.process_message(message)
            for message in parser.tick():
                self.process_message(message)

    def _typed(self) -> bytes:
        """Return what was typed; nothing if the terminal is gone, or for others now."""
        try:
            return os.read(self.fileno, _TYPED)
        except OSError:
            return b""

    def process_message(self, message: Message) -> None:
        """Take what ends the program right here: whoever handles keys may be stuck."""
        if isinstance(message, events.Key) and message.key in self._interrupting:
            self._guard.interrupt()
        else:
            super().process_message(message)
