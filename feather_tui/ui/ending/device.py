"""The terminal that the screens are drawn on: written to without getting stuck, and put back as it was."""

from __future__ import annotations

import io
import os
import select
import sys
import termios
import threading
from contextlib import suppress
from typing import Any, Final

_PIECE: Final = 4096
_LOOK_SECONDS: Final = 0.1
_NO_KEY: Final = b"\0"
"""What stands for no character in the settings of a terminal (_POSIX_VDISABLE)."""

PLAIN_KEYS: Final = "\x1b[?1l\x1b>"
"""The arrow keys and the keypad as a shell expects them; a pager that is killed leaves them otherwise."""
_CANCEL: Final = "\x18"
"""Ends whatever sequence was cut off."""
_RESETS: Final = (
    *("?2026l", "?2004l", "?1004l", "?2048l"),  # synchronized output; reports of pasting, focus, size
    *("?1000l", "?1002l", "?1003l", "?1006l", "?1015l", "?1016l"),  # the mouse
    *("r", "m", "?7h"),  # the whole screen scrolls, the default pen, lines wrap
    *("<u", "?1049l", "?25h"),  # the keyboard, the main screen, the cursor
)
ENTERING: Final = "\x1b[?1049h\x1b[?25l"
"""To the alternate screen, without a cursor."""
LEAVING: Final = _CANCEL + PLAIN_KEYS + "".join(f"\x1b[{reset}" for reset in _RESETS)
"""What leaves everything that Textual or this program may have switched on, from any state."""


class Terminal(io.TextIOBase):
    """A text file whose writing can be given up.

    A terminal that is not read (a stalled connection, a stopped multiplexer) blocks whoever writes to it, and
    who is blocked keeps a lock in the kernel that nobody else gets past. So this writes through a description
    of its own that never blocks, and waits by itself. Where there is none to be had, it writes to standard
    error. Once the terminal is gone, or given up, text is dropped in silence.

    `keys` and `screen` are its descriptors: Textual reads standard input and draws on standard error.
    `taken` is for the driver to set: whether the screen and the settings are ours now. `settings` are those
    that the terminal had before.
    """

    def __init__(self, *, keys: int = 0, screen: int = 2) -> None:
        super().__init__()
        self.taken = False
        self._keys = keys
        self.settings = _settings(keys)
        self._descriptor = _own_description(screen)
        self._encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"
        self._waiting: list[str] = []
        self._given_up = False
        self._writing = threading.Lock()

    def write(self, text: str) -> int:
        """Keep text for the next `flush`."""
        self._waiting.append(text)
        return len(text)

    def flush(self) -> None:
        """Write what was kept, however long it takes, or until it is given up."""
        text, self._waiting = "".join(self._waiting), []
        rest = memoryview(text.encode(self._encoding, "backslashreplace"))
        while rest and not self._given_up:
            if self._has_room():
                with self._writing:
                    rest = rest[self._written(rest) :]

    def fileno(self) -> int:
        """The terminal's descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """It is one."""
        return True

    def take(self, sequence: str) -> None:
        """Take the screen and the keys before Textual does, and write a sequence.

        What is typed waits for Textual without being seen, and as Textual takes it. Ctrl-C alone is a signal
        until then.
        """
        self.taken = True
        if self.settings is not None:
            quiet = [*self.settings[:6], [*self.settings[6]]]
            quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
            quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            quiet[6][termios.VSUSP] = quiet[6][termios.VQUIT] = _NO_KEY
            with suppress(termios.error):
                termios.tcsetattr(self._keys, termios.TCSANOW, quiet)
        self.write(ENTERING + sequence)
        self.flush()

    def restore(self) -> None:
        """Put the terminal back as it was, now; what is on its way to it, or comes later, is dropped."""
        if not self.taken:
            return
        self._given_up = True
        with self._writing:
            # What nobody has read yet may fill the terminal's queue, and leave no room for the last words.
            with suppress(termios.error):
                termios.tcflush(self._descriptor, termios.TCOFLUSH)
            with suppress(OSError):
                os.write(self._descriptor, LEAVING.encode())
        if self.settings is not None and self.in_foreground:
            with suppress(termios.error):
                termios.tcsetattr(self._keys, termios.TCSANOW, self.settings)
        self.taken = False

    @property
    def in_foreground(self) -> bool:
        """Whether the terminal's settings are for us to change: in the background they are the shell's."""
        try:
            return os.tcgetpgrp(self._keys) == os.getpgrp()
        except OSError:
            return True  # no job control here

    def _has_room(self) -> bool:
        """Wait a moment for room; return whether there is some."""
        return bool(select.select([], [self._descriptor], [], _LOOK_SECONDS)[1])

    def _written(self, content: memoryview) -> int:
        """Write the beginning of `content`, unless it is given up; return how much of it was taken."""
        try:
            return 0 if self._given_up else os.write(self._descriptor, content[:_PIECE])
        except BlockingIOError:  # somebody else was faster
            return 0
        except OSError:  # the terminal is gone
            self._given_up = True
            return 0


def _settings(keys: int) -> list[Any] | None:
    try:
        return termios.tcgetattr(keys)
    except termios.error:
        return None


def _own_description(screen: int) -> int:
    """Open the terminal once more: whether writing blocks is decided for all who share a description."""
    try:
        name = "/dev/tty" if _controls_us(screen) else os.ttyname(screen)
        return os.open(name, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return screen


def _controls_us(screen: int) -> bool:
    """Return whether it is the terminal that controls this process, and so /dev/tty.

    Under its own name it may belong to somebody else, after `su`.
    """
    try:
        os.tcgetpgrp(screen)
    except OSError:
        return False
    return True
