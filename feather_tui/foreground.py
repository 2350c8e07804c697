"""Running another program in the terminal, in place of this one, until it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

_OF_THE_KEYBOARD: Final = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)
"""Sent to everybody in the terminal, and meant for the program that is seen."""
_PASSED_ON: Final = (signal.SIGTERM, signal.SIGHUP)
_PATIENCE_SECONDS: Final = 1.0


def run_in_foreground(words: Sequence[str], environ: Mapping[str, str]) -> str:
    """Run a program with the terminal as it is; return why it failed in a sentence, empty if it did not.

    Must be called in the main thread. A signal that asks this program to end reaches the other one as well,
    which is killed if it does not listen. Never raises OSError: the caller has the terminal to take back.
    """
    with _settings_kept(), _Attention() as attention:
        try:
            program = subprocess.Popen(words, env=environ)  # noqa: S603 - no shell; chosen by the user
        except OSError as error:
            return f"{words[0]} cannot be started: {error.strerror or error}."
        attention.attend(program)
        status = _status_at_end(program)
    if status < 0:
        return f"{words[0]} was ended by {signal.Signals(-status).name}."
    return f"{words[0]} ended with status {status}." if status else ""


def _status_at_end(program: subprocess.Popen[bytes]) -> int:
    """Wait for a program to end, and stop when it stops: the shell lets the job go on as a whole."""
    while program.returncode is None:
        try:
            _, status = os.waitpid(program.pid, os.WUNTRACED)
        except ChildProcessError:  # passing on a signal has found it ended
            return program.wait()
        if os.WIFSTOPPED(status):
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            program.returncode = os.waitstatus_to_exitcode(status)
    return program.returncode


class _Attention:
    """Leaves signals to a program for the time of a block, and takes up the old handlers afterwards."""

    def __init__(self) -> None:
        self._program: subprocess.Popen[bytes] | None = None
        self._came_early: list[int] = []

    def __enter__(self) -> Self:
        self._before = {
            number: signal.signal(number, self._pass_on) for number in (*_OF_THE_KEYBOARD, *_PASSED_ON)
        }
        self._told_before = signal.set_wakeup_fd(-1)  # whoever is told there would act on a Ctrl-C, too
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._told_before, warn_on_full_buffer=False)
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

    def attend(self, program: subprocess.Popen[bytes]) -> None:
        """Pass signals on to this program from now on, and those that came while it was being started."""
        self._program = program
        for number in self._came_early:
            self._send(program, number)

    def _pass_on(self, number: int, frame: FrameType | None) -> None:
        if number not in _PASSED_ON:
            return
        if self._program is None:
            self._came_early.append(number)
        else:
            self._send(self._program, number)
        before = self._before[signal.Signals(number)]
        if callable(before):
            before(number, frame)

    @staticmethod
    def _send(program: subprocess.Popen[bytes], number: int) -> None:
        program.send_signal(number)
        end = Timer(_PATIENCE_SECONDS, program.kill)
        end.daemon = True
        end.start()


@contextmanager
def _settings_kept() -> Iterator[None]:
    """Put back the settings of the terminal: a program that is killed leaves its own."""
    terminal = sys.__stdin__
    try:
        settings = None if terminal is None else termios.tcgetattr(terminal)
    except termios.error:  # not a terminal
        settings = None
    yield
    if terminal is not None and settings is not None:
        with suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(terminal, termios.TCSADRAIN, settings)
