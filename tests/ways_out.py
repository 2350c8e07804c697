"""The ways of ending the program, and what has to be so afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pty_terminal import Terminal
from screen_states import State

QUIT_SECONDS: Final = 0.5
SIGNAL_SECONDS: Final = 2.5
PATIENCE: Final = float(os.environ.get("FEATHER_PATIENCE", "1"))
"""What the seconds above are multiplied by, for a machine that is busy with other things."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way of ending: what is done, with which status it ends, and within how many seconds.

    `unread`: nothing is read of what the program writes, so that it cannot write; `gone`: there is no
    terminal left to be looked at.
    """

    name: str
    done: Callable[[Terminal, State], None]
    status: int
    seconds: float
    unread: bool = False
    gone: bool = False

    def __str__(self) -> str:
        return f"{self.name}, output stalled" if self.unread else self.name


def quit_by_key(terminal: Terminal, state: State) -> None:
    terminal.type(f"{state.way_back}q")


def interrupt(terminal: Terminal, state: State) -> None:
    del state
    terminal.type("\x03")


def hang_up(terminal: Terminal, state: State) -> None:
    del state
    terminal.hang_up()


def signalled(number: signal.Signals) -> Callable[[Terminal, State], None]:
    return lambda terminal, _: terminal.signal(number)


WAYS: Final = (
    Way("q", quit_by_key, 0, QUIT_SECONDS),
    Way("Ctrl-C", interrupt, 130, QUIT_SECONDS),
    *(
        Way(number.name, signalled(number), 128 + number, SIGNAL_SECONDS)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    ),
    Way("SIGINT", signalled(signal.SIGINT), 130, QUIT_SECONDS),
    Way("terminal gone", hang_up, 129, SIGNAL_SECONDS, gone=True),
    Way("q", quit_by_key, 0, QUIT_SECONDS, unread=True),
    Way("Ctrl-C", interrupt, 130, QUIT_SECONDS, unread=True),
    Way("SIGTERM", signalled(signal.SIGTERM), 143, SIGNAL_SECONDS, unread=True),
)


def stall(terminal: Terminal) -> None:
    """Let the program write more than the terminal holds, and the queue before it; read none of it."""
    for number in range(40):
        terminal.resize(150 + number, 50)
        time.sleep(0.03)  # each size is to be painted


def end(terminal: Terminal, way: Way, state: State) -> None:
    """End the program; fail unless it is gone in time, with its status, and the terminal is as it was."""
    if way.unread:
        stall(terminal)
    began = time.monotonic()
    way.done(terminal, state)
    status = terminal.wait_unread() if way.unread or way.gone else terminal.wait_for_exit()
    took = time.monotonic() - began
    if way.unread:
        terminal.wait_for_exit()  # what is read late still has the last words in it
    if not way.gone:
        terminal.assert_restored()
    assert status == way.status, f"status {status}"
    assert in_session(terminal.pid) == []
    assert took <= way.seconds * PATIENCE, f"{took:.2f} s"


def in_session(leader: int) -> list[str]:
    """Give what still runs in the session of this process, itself included."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "sess=,stat=,args="], capture_output=True, check=True, text=True
    )
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    return [row[2] for row in rows if row[0] == str(leader) and not row[1].startswith("Z")]
