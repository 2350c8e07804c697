"""An interactive shell in a terminal, which starts the program as one of its jobs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pty_terminal import SECONDS, Terminal

BASH: Final = shutil.which("bash")
FEATHER: Final = f"{sys.executable} -m feather_tui --no-cache"


class Shell(Terminal):
    """A bash with job control, and a prompt of its own."""

    _questions = 0

    def run(self, line: str) -> None:
        """Type a line at the prompt."""
        self.type(f"{line}\r")

    def foreground(self) -> None:
        """Let the program go on, and wait until it has taken the screen."""
        before = self.screens_taken
        self.run("fg")
        self.wait_for_screen(before + 1)

    def answer(self, command: str) -> str:
        """Run a command that ends by itself; return the last line that it prints."""
        self._questions += 1
        mark = f"answered {self._questions}"
        self.run(f"{command}; echo {mark[:3]}''{mark[3:]}")
        self.wait_for(mark)
        return self.screen.partition(mark)[0].rstrip("\n").rpartition("\n")[2]

    def wait_for_shell(self) -> None:
        """Wait until the program has given the terminal back."""
        self._wait(lambda: "1049" not in self.modes, "the main screen")

    def assert_as_before(self) -> None:
        """Fail unless the terminal is in the state that a shell expects."""
        assert self.modes <= {"7", "25", "2004"}, self.modes  # bash itself asks to be told of pasting
        assert not {"-icanon", "-echo", "-isig"} & set(self.answer("echo $(stty -a)").split())

    def processes(self, word: str = "feather_tui") -> list[int]:
        """Give the ids of what runs in this terminal with a word in its command line."""
        words = ["pgrep", "-s", str(self.pid), "-f", word]
        listed = subprocess.run(words, capture_output=True, check=False, text=True)
        return [int(line) for line in listed.stdout.split()]

    def wait_until_gone(self) -> float:
        """Wait until the program runs no more; return the seconds that took."""
        began = time.monotonic()
        while self.processes():
            assert time.monotonic() - began < SECONDS, "the program still runs"
            time.sleep(0.02)
        return time.monotonic() - began


@contextmanager
def shell(*, size: tuple[int, int] = (100, 30)) -> Iterator[Shell]:
    """Open a shell, and kill it at the end with all that it started."""
    with Shell([str(BASH), "--norc", "--noprofile", "--noediting", "-i"], size=size) as opened:
        opened.run("PS1='rea''dy> '")
        opened.wait_for("ready>")
        try:
            yield opened
        finally:
            for process in opened.processes("."):
                subprocess.run(["kill", "-9", str(process)], capture_output=True, check=False)
