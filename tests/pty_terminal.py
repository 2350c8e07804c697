"""A terminal for one program: a real pty, and a screen that shows what was written to it.

    with Terminal([sys.executable, "-m", "feather_tui", "--demo"]) as terminal:
        terminal.wait_for("? help")
        terminal.type("q")
        assert terminal.wait_for_exit() == 0
        assert terminal.modes == PLAIN_MODES

It answers what Textual asks of a terminal as a plain one would. Waiting is reading: it ends as soon as
what is awaited was written, and fails with the screen after a bounded time.
"""

from __future__ import annotations

import codecs
import errno
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from typing import Self

import pyte

SECONDS = 20.0
"""How long anything awaited may take, on a machine that is busy with other tests."""
PLAIN_MODES = frozenset({"7", "25"})
"""The DEC modes that a terminal has on when a program starts: lines wrap, the cursor shows."""

# Makes the terminal the controlling one of the new session, so that the program can open /dev/tty.
_TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(1, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_KNOWN_MODES = {b"2026": 2}  # synchronized output is known and off; 0 would be: never heard of it
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_TO_MAIN, _TO_ALTERNATE = "\x1b[?1049l", "\x1b[?1049h"
_SCREEN_SWITCH = re.compile(r"(\x1b\[\?1049[hl])")
_UNKNOWN_TO_PYTE = re.compile(r"\x1b\[<[0-9;]*u")
_UNFINISHED = re.compile(r"\x1b(\[[0-?]*[ -/]*)?\Z")


class Terminal:
    """A program in a terminal of `size` (columns, lines).

    `piped` goes to its standard input, which is the terminal otherwise. The program is killed at the end
    of the block if it still runs.
    """

    def __init__(
        self, words: Sequence[str], *, size: tuple[int, int] = (80, 24), piped: bytes | None = None
    ) -> None:
        screens = {switch: pyte.Screen(*size) for switch in (_TO_MAIN, _TO_ALTERNATE)}
        self._streams = {switch: pyte.Stream(screen) for switch, screen in screens.items()}
        self._screens = screens
        self._shown = _TO_MAIN
        self._text = codecs.getincrementaldecoder("utf-8")("replace")
        self._unfinished = ""
        self._written = bytearray()
        self._answered = 0
        self._ended = False
        self._controller, terminal = os.openpty()
        self._set_size(size)
        self.settings_before = termios.tcgetattr(self._controller)
        self._program = subprocess.Popen(
            [sys.executable, "-c", _TAKE_TERMINAL, *words],
            stdin=terminal if piped is None else subprocess.PIPE,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)
        if self._program.stdin is not None:
            with self._program.stdin as pipe:
                pipe.write(piped or b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._controller)

    # ------------------------------------------------------------------ what the program sees

    def type(self, text: str) -> None:
        """Press keys: the text as a keyboard sends it, such as `q`, `\\r` or `\\x1b[B`."""
        os.write(self._controller, text.encode())

    def paste(self, text: str) -> None:
        """Paste as a terminal does for a program that asked to be told about it."""
        assert "2004" in self.modes, "bracketed paste is off"
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window; the program gets SIGWINCH."""
        for screen in self._screens.values():
            screen.resize(lines, columns)
        self._set_size((columns, lines))

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, lines = size
        fcntl.ioctl(self._controller, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    # ------------------------------------------------------------------ what the program shows

    @property
    def screen(self) -> str:
        """What is to be seen, without trailing blanks."""
        return "\n".join(line.rstrip() for line in self._screens[self._shown].display)

    @property
    def written(self) -> bytes:
        """Every byte that the program wrote to the terminal."""
        return bytes(self._written)

    @property
    def modes(self) -> frozenset[str]:
        """The DEC private modes that are on now, as in `CSI ? <mode> h`."""
        modes = set(PLAIN_MODES)
        for numbers, switch in _MODE.findall(self._written):
            change = modes.update if switch == b"h" else modes.difference_update
            change(numbers.decode().split(";"))
        return frozenset(modes)

    @property
    def settings(self) -> list[object]:
        """The settings of the line (termios): echo, line editing, signals."""
        return list(termios.tcgetattr(self._controller))

    def wait_for(self, *texts: str) -> None:
        """Read until all of these are on the screen."""
        self._wait(lambda: all(text in self.screen for text in texts), f"{texts} on the screen")

    def wait_for_exit(self) -> int:
        """Read until the program has ended; return its exit status."""
        self._wait(lambda: self._ended, "the end of the program")
        return self._program.wait(SECONDS)

    def _wait(self, awaited: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + SECONDS
        while not awaited():
            left = end - time.monotonic()
            assert left > 0 and not self._ended, f"waited in vain for {what}:\n{self.screen}"
            if select.select([self._controller], [], [], left)[0]:
                self._read()

    def _read(self) -> None:
        try:
            data = os.read(self._controller, 65536)
        except OSError as error:
            if error.errno != errno.EIO:  # how Linux says that nobody has the terminal open any more
                raise
            data = b""
        self._ended = not data
        self._written += data
        self._answer()
        self._draw(self._text.decode(data))

    def _answer(self) -> None:
        for query in _QUERY.finditer(self._written, self._answered):
            mode = query[1]
            os.write(self._controller, b"\x1b[?%b;%d$y" % (mode, _KNOWN_MODES.get(mode, 0)))
            self._answered = query.end()

    def _draw(self, text: str) -> None:
        text = self._unfinished + text
        whole = _UNFINISHED.sub("", text)
        self._unfinished = text[len(whole) :]
        for part in _SCREEN_SWITCH.split(_UNKNOWN_TO_PYTE.sub("", whole)):
            if part in self._streams:
                self._shown = part
            else:
                self._streams[self._shown].feed(part)
