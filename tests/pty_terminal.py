"""A terminal for one program: a real pty, and a screen that shows what was written to it.

    with Terminal([sys.executable, "-m", "feather_tui", "--demo"]) as terminal:
        terminal.wait_for("? help")
        terminal.type("q")
        assert terminal.wait_for_exit() == 0
        terminal.assert_restored()

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
from collections.abc import Callable, Iterator, Sequence
from typing import Self

import pyte
from terminal_cells import Shown, shown

SECONDS = 20.0
"""How long anything awaited may take, on a machine that is busy with other tests."""
MOUSE_MODES = frozenset({"9", "1000", "1001", "1002", "1003", "1005", "1006", "1015", "1016"})
"""The DEC modes that send what the mouse does to the program, and take it from the terminal's user."""

# Makes the terminal the controlling one of the new session, so that the program can open /dev/tty.
_TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(1, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
_MODES_AT_START = frozenset({"7", "25"})  # lines wrap, the cursor shows
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_MODE_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_KNOWN_MODES = {b"2026": 2}  # synchronized output is known and off; 0 would be: never heard of it
_KEYBOARD_PUSH, _KEYBOARD_POP = re.compile(rb"\x1b\[>[0-9;]*u"), re.compile(rb"\x1b\[<[0-9;]*u")
_TO_MAIN, _TO_ALTERNATE = "\x1b[?1049l", "\x1b[?1049h"
_SCREEN_SWITCH = re.compile(r"(\x1b\[\?1049[hl])")
_UNKNOWN_TO_PYTE = re.compile(r"\x1b\[<[0-9;]*u")
_UNFINISHED = re.compile(r"\x1b(\[[0-?]*[ -/]*)?\Z")


class Display:
    """What bytes become in a terminal of `size` (columns, lines): two screens, one shown, and modes."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.written = bytearray()
        self._screens = {switch: pyte.Screen(*size) for switch in (_TO_MAIN, _TO_ALTERNATE)}
        self._streams = {switch: pyte.Stream(screen) for switch, screen in self._screens.items()}
        self._shown = _TO_MAIN
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._unfinished = ""
        self._answered = 0

    @property
    def text(self) -> str:
        """What is to be seen, without trailing blanks."""
        return "\n".join(line.rstrip() for line in self._screens[self._shown].display)

    @property
    def cells(self) -> Shown:
        """What is to be seen, cell by cell."""
        return shown(self._screens[self._shown])

    def modes(self) -> Iterator[frozenset[str]]:
        """Give the DEC private modes that were on at the start, and after each change."""
        modes = set(_MODES_AT_START)
        yield frozenset(modes)
        for numbers, switch in _MODE.findall(self.written):
            change = modes.update if switch == b"h" else modes.difference_update
            change(numbers.decode().split(";"))
            yield frozenset(modes)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of both screens."""
        for screen in self._screens.values():
            screen.resize(lines, columns)

    def write(self, data: bytes) -> None:
        """Show what the program wrote."""
        self.written += data
        self.show(self._decoder.decode(data))

    def show(self, text: str) -> None:
        """Show a text, whoever wrote it."""
        text = self._unfinished + text
        whole = _UNFINISHED.sub("", text)
        self._unfinished = text[len(whole) :]
        for part in _SCREEN_SWITCH.split(_UNKNOWN_TO_PYTE.sub("", whole)):
            if part in self._streams:
                self._shown = part
                if part == _TO_ALTERNATE:
                    self._screens[part].erase_in_display(2)
            else:
                self._streams[self._shown].feed(part)

    def answers(self) -> bytes:
        """Give what a terminal says to the queries that came since this was last called."""
        said = b""
        for query in _MODE_QUERY.finditer(self.written, self._answered):
            said += b"\x1b[?%b;%d$y" % (query[1], _KNOWN_MODES.get(query[1], 0))
            self._answered = query.end()
        return said


class Terminal:
    """A program (its path and arguments) alone in a terminal of `size` (columns, lines).

    `piped` goes to its standard input, which is the terminal otherwise. The program is killed at the end
    of the block if it still runs.
    """

    def __init__(
        self, words: Sequence[str], *, size: tuple[int, int] = (80, 24), piped: bytes | None = None
    ) -> None:
        self._display = Display(size)
        self._ended = self._hung_up = False
        self._controller, terminal = os.openpty()
        self._set_size(size)
        self._settings_at_start = termios.tcgetattr(self._controller)
        self._program = subprocess.Popen(
            [sys.executable, "-c", _TAKE_TERMINAL, *words],
            stdin=terminal if piped is None else subprocess.PIPE,
            stdout=terminal,
            stderr=terminal,
            env=dict(os.environ),  # else it gets what readline put behind Python's back: COLUMNS, LINES
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
        if not self._hung_up:
            os.close(self._controller)

    def type(self, text: str) -> None:
        """Press keys: the text as a keyboard sends it, such as `q`, `\\r` or `\\x1b[B`."""
        self.send(text.encode())

    def send(self, data: bytes) -> None:
        """Send bytes of any kind in place of keys."""
        os.write(self._controller, data)

    def paste(self, text: str) -> None:
        """Paste as a terminal does for a program that asked to be told about it."""
        assert "2004" in self.modes, "bracketed paste is off"
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window; the program gets SIGWINCH."""
        self._display.resize(columns, lines)
        self._set_size((columns, lines))

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, lines = size
        fcntl.ioctl(self._controller, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    @property
    def pid(self) -> int:
        """The process id of the program, which leads the session of the terminal."""
        return self._program.pid

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self._program.send_signal(number)

    def hang_up(self) -> None:
        """Take the terminal away, as a connection that breaks does."""
        os.close(self._controller)
        self._hung_up = True

    @property
    def screen(self) -> str:
        """What is to be seen, without trailing blanks."""
        return self._display.text

    @property
    def cells(self) -> Shown:
        """What is to be seen, cell by cell."""
        return self._display.cells

    def disturb(self, text: str) -> None:
        """Write to the screen, as another program in the same terminal does."""
        self._display.show(text)

    @property
    def written(self) -> bytes:
        """Every byte that the program wrote to the terminal."""
        return bytes(self._display.written)

    @property
    def modes(self) -> frozenset[str]:
        """The DEC private modes that are on now."""
        return list(self._display.modes())[-1]

    @property
    def modes_ever(self) -> frozenset[str]:
        """The DEC private modes that were on at any time."""
        return frozenset().union(*self._display.modes())

    def wait_for(self, *texts: str) -> None:
        """Read until all of these are on the screen."""
        self._wait(lambda: all(text in self.screen for text in texts), f"{texts} on the screen")

    @property
    def screens_taken(self) -> int:
        """How often a program took the alternate screen."""
        return self.written.count(_TO_ALTERNATE.encode())

    def wait_for_screen(self, times: int) -> None:
        """Read until a program has taken the alternate screen so many times."""
        self._wait(lambda: self.screens_taken >= times, f"screen number {times}")

    def read_for(self, seconds: float) -> int:
        """Read for so long; return how many bytes came."""
        before, end = len(self.written), time.monotonic() + seconds
        while not self._ended and (left := end - time.monotonic()) > 0:
            if select.select([self._controller], [], [], left)[0]:
                self._read()
        return len(self.written) - before

    def wait_for_exit(self) -> int:
        """Read until the program has ended; return its exit status."""
        self._wait(lambda: self._ended, "the end of the program")
        return self._program.wait(SECONDS)

    @property
    def runs(self) -> bool:
        """Whether the program has not ended yet, as far as was read."""
        return not self._ended

    def wait_unread(self) -> int:
        """Wait for the end of the program, reading nothing of what it writes; return its exit status."""
        return self._program.wait(SECONDS)

    def assert_restored(self) -> None:
        """Fail unless screen, cursor, paste, keyboard and the line's settings are as they were."""
        assert self.modes == _MODES_AT_START
        assert termios.tcgetattr(self._controller) == self._settings_at_start
        # To put back a keyboard that was not taken yet changes nothing.
        assert len(_KEYBOARD_PUSH.findall(self.written)) <= len(_KEYBOARD_POP.findall(self.written))

    def _wait(self, awaited: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + SECONDS
        while not awaited():
            left = end - time.monotonic()
            assert left > 0, f"waited in vain for {what}:\n{self.screen}"
            assert not self._ended, f"the program ended before {what}:\n{self.screen}"
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
        self._display.write(data)
        if answers := self._display.answers():
            os.write(self._controller, answers)
