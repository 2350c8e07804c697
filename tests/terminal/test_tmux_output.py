"""The program in tmux, in differences and plain: a terminal that is none of our own making sees the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from pty_terminal import SECONDS
from terminal_cells import Drawing, Shown, text_shown

from feather_tui.demo import incident

TMUX = shutil.which("tmux")
WIDTH, HEIGHT = 100, 24
CURSOR = "▌"

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")

READING = [
    ([], "suspected"),  # the last to come; the head grows by it
    (["j"] * 25, "It can take up to three days"),
    (["k"] * 12, f"{CURSOR}          ▸ retrieval   4 chunks"),
    (["PageDown"], "Thank you for waiting"),
    (["End"], "── ended"),
    (["PageUp"], f"{CURSOR}14:07:12"),
    (["e"], "turn id"),
    (["Home"], f"{CURSOR}14:02:11"),
    (["z"], "extraction partial"),
    (["j"] * 30, f'{CURSOR}            "sku"'),
    (["?"], "Where am I"),
    (["q"], f'{CURSOR}            "sku"'),
]
"""Keys as tmux names them, and what is seen in the end."""


class Panes:
    """A tmux server of this test alone, with the program in one window for each way of writing."""

    def __init__(self, directory: str) -> None:
        self._words = (str(TMUX), "-S", f"{directory}/{uuid4().hex[:8]}", "-f", "/dev/null")
        command = f"{sys.executable} -m feather_tui --demo {incident.session_id('headset-refund')}"
        for output in ("difference", "plain"):
            self.ask(
                *("new-session", "-d", "-s", output, "-x", str(WIDTH), "-y", str(HEIGHT)),
                *("-e", f"FEATHER_OUTPUT={output}", "-e", "COLORTERM=truecolor", command),
            )

    def ask(self, *words: str) -> str:
        """Give tmux a command; return what it says."""
        environ = dict(os.environ)  # else it gets what readline put behind Python's back: COLUMNS, LINES
        command = [*self._words, *words]
        asked = subprocess.run(command, check=True, capture_output=True, timeout=SECONDS, env=environ)
        return asked.stdout.decode()

    def text(self, output: str) -> str:
        """What a window shows."""
        return self.ask("capture-pane", "-p", "-t", output)

    def cells(self, output: str) -> Shown:
        """What a window shows, cell by cell."""
        lines = self.ask("capture-pane", "-p", "-e", "-t", output).split("\n")
        drawing = Drawing(WIDTH, HEIGHT)
        for y, line in enumerate(lines[:HEIGHT], 1):
            drawing.write(f"\x1b[{y}H{line}")
        told_the_time = [row for row in drawing.cells if {"ago", "now"} & set(text_shown([row]).split())]
        return [row for row in drawing.cells if row not in told_the_time]


@pytest.fixture
def panes() -> Iterator[Panes]:
    with tempfile.TemporaryDirectory(prefix="ft-", dir="/tmp") as directory:  # sockets need a short name
        panes = Panes(directory)
        yield panes
        panes.ask("kill-server")


def wait_until_same(panes: Panes, seen: str) -> None:
    end = time.monotonic() + SECONDS
    while not all(seen in panes.text(output) for output in ("difference", "plain")):
        assert time.monotonic() < end, f"no {seen} in\n{panes.text('difference')}\n{panes.text('plain')}"
    while (found := panes.cells("difference")) != (expected := panes.cells("plain")):
        assert time.monotonic() < end, f"{text_shown(found)}\n\ninstead of\n\n{text_shown(expected)}"


def test_every_screen_of_a_reading_is_the_same_in_tmux(panes: Panes) -> None:
    for keys, seen in READING:
        if keys:
            for output in ("difference", "plain"):
                panes.ask("send-keys", "-t", output, *keys)
        wait_until_same(panes, seen)
    for width, height in ((80, 20), (60, 12), (WIDTH, HEIGHT)):
        for output in ("difference", "plain"):
            panes.ask("resize-window", "-t", output, "-x", str(width), "-y", str(height))
            panes.ask("send-keys", "-t", output, "j")
        wait_until_same(panes, CURSOR)
