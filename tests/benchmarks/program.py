"""A program in a pty, measured: when something is on its screen, what a key costs in bytes and CPU."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pty_terminal import Display

SIZE = (120, 36)
_QUIET_SECONDS = 0.12
"""A burst of output ends when nothing came for so long and the program used no CPU meanwhile."""
_PATIENCE_SECONDS = 60.0
_IDLE_NANOSECONDS = 1_500_000
_PACKET = 256
"""Bytes read at once from a slow line."""
_FRAME = re.compile(rb"\x1b\[\?2026h.*?\x1b\[\?2026l|(?:(?!\x1b\[\?2026h).)+", re.DOTALL)
"""A frame within its marks, in a terminal that said it knows synchronized output; or one without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What something cost: milliseconds until its last byte, CPU milliseconds, bytes and frames written."""

    wall_ms: float
    cpu_ms: float
    bytes: int
    frames: int = 0


class Program:
    """Runs in a terminal of its own; killed at the end of the block.

    `bytes_per_second`: what the line to the terminal carries; None for no bound.
    """

    def __init__(
        self, words: Sequence[str], environ: Mapping[str, str], *, bytes_per_second: int | None = None
    ) -> None:
        self._rate = bytes_per_second
        self._display = Display(SIZE)
        self._controller, terminal = os.openpty()
        self.resize(SIZE)
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            words, stdin=terminal, stdout=terminal, stderr=terminal, env=environ, start_new_session=True
        )
        os.close(terminal)
        self._written = 0
        self._last_byte = self._started

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._controller)

    @property
    def screen(self) -> str:
        """What is to be seen."""
        return self._display.text

    @property
    def cpu_ms(self) -> float:
        """CPU time of all threads so far."""
        return self._cpu_ns() / 1e6

    @property
    def peak_megabytes(self) -> float:
        """The most memory the program held."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024

    def resize(self, size: tuple[int, int]) -> None:
        """Change the size of the window."""
        columns, lines = size
        fcntl.ioctl(self._controller, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._display.resize(columns, lines)

    def until(self, text: str) -> Cost:
        """Wait until a text is on the screen, or anything for no text; the cost since the start."""
        while text not in self.screen or not self.screen.strip():
            if not self._read(_PATIENCE_SECONDS):
                raise RuntimeError(f"waited in vain for {text!r}:\n{self.screen}")
        return Cost(wall_ms=self._since(self._started), cpu_ms=self.cpu_ms, bytes=self._written)

    def answer(self, key: str) -> Cost:
        """Send a key and wait for what comes of it and nothing else; the cost since the start."""
        before = self.screen
        self.type(key)
        while self.screen == before:
            if not self._read(_PATIENCE_SECONDS):
                raise RuntimeError(f"waited in vain for an answer to {key!r}:\n{self.screen}")
        return Cost(wall_ms=self._since(self._started), cpu_ms=self.cpu_ms, bytes=self._written)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        before = self._cpu_ns()
        while self._read(_QUIET_SECONDS) or self._cpu_ns() - before > _IDLE_NANOSECONDS:
            before = self._cpu_ns()

    def type(self, keys: str) -> None:
        """Send keys, and wait for nothing."""
        os.write(self._controller, keys.encode())

    def press(self, keys: str) -> Cost:
        """Send keys in one write, and wait for all that comes of it."""
        return self._measured(lambda: self.type(keys))

    def press_until(self, keys: str, text: str) -> Cost:
        """Send keys in one write, and wait until a text is on the screen."""
        self.settle()
        cpu, written, start = self._cpu_ns(), self._written, time.monotonic()
        self.type(keys)
        self.until(text)
        cpu_ms = (self._cpu_ns() - cpu) / 1e6
        return Cost(wall_ms=self._since(start), cpu_ms=cpu_ms, bytes=self._written - written)

    def resized(self, size: tuple[int, int]) -> Cost:
        """Change the size of the window, and wait for all that comes of it."""
        return self._measured(lambda: self._tell(size))

    def hold(self, keys: str, times: int, per_second: float) -> float:
        """Send keys at a rate without waiting; the milliseconds from the last key to the last byte."""
        for _ in range(times):
            self.type(keys)
            end = time.monotonic() + 1 / per_second
            while (left := end - time.monotonic()) > 0:
                self._read(left)
        last_key = time.monotonic()
        self.settle()
        return max((self._last_byte - last_key) * 1e3, 0.0)

    def idle(self, seconds: float) -> Cost:
        """Do nothing for so long; the cost of it."""
        cpu, written, end = self._cpu_ns(), self._written, time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return Cost(wall_ms=seconds * 1e3, cpu_ms=(self._cpu_ns() - cpu) / 1e6, bytes=self._written - written)

    def _tell(self, size: tuple[int, int]) -> None:
        self.resize(size)
        self._process.send_signal(signal.SIGWINCH)  # the terminal is nobody's controlling one

    def _measured(self, act: Callable[[], object]) -> Cost:
        self.settle()
        cpu, written, start = self._cpu_ns(), self._written, time.monotonic()
        act()
        self._last_byte = start
        self.settle()
        return Cost(
            wall_ms=self._since(start),
            cpu_ms=(self._cpu_ns() - cpu) / 1e6,
            bytes=self._written - written,
            frames=len(_FRAME.findall(self._display.written, written)),
        )

    def _since(self, start: float) -> float:
        return (self._last_byte - start) * 1e3

    def _cpu_ns(self) -> int:
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks)

    def _read(self, seconds: float) -> bool:
        """Read what comes within so long; return whether anything did."""
        if not select.select([self._controller], [], [], max(seconds, 0))[0]:
            return False
        try:
            written = os.read(self._controller, _PACKET if self._rate else 1 << 16)
        except OSError:  # how Linux says that the program has ended
            return False
        if self._rate:
            time.sleep(len(written) / self._rate)
        self._last_byte = time.monotonic()
        self._written += len(written)
        self._display.write(written)
        if answers := self._display.answers():
            os.write(self._controller, answers)
        return bool(written)
