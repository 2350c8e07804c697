"""The program left alone: it writes nothing, and takes next to no time of the machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import pytest
from campaign import Tally, each_of
from loopback import LoopbackApi
from pty_terminal import Terminal
from screen_states import STATES, State, in_state

WATCHED_SECONDS: Final = 10.0
MOST_OF_A_CORE: Final = 0.01
BUSY: Final = {"loading", "receiving", "pausing"}
AT_REST: Final = [state for state in STATES if state.name not in BUSY]


@pytest.mark.skipif(sys.platform != "linux", reason="what a process used is read from /proc")
@each_of(AT_REST, sample=0)
@pytest.mark.usefixtures("key")
def test_nothing_is_written_and_next_to_nothing_used(
    cases: list[State], tally: Tally, api: LoopbackApi
) -> None:
    for state in cases:
        with tally.attempt(str(state)), in_state(state, api) as terminal:
            come_to_rest(terminal)
            before = used_seconds(terminal.pid)
            written = terminal.read_for(WATCHED_SECONDS)
            used = (used_seconds(terminal.pid) - before) / WATCHED_SECONDS
            assert written == 0, terminal.written[-written:]
            assert used < MOST_OF_A_CORE, f"{used:.2%} of a core"


def come_to_rest(terminal: Terminal) -> None:
    """Wait until nothing more is written: the list of sessions follows the session."""
    rounds = 20
    while terminal.read_for(1.0) and (rounds := rounds - 1):
        pass


def used_seconds(process: int) -> float:
    """Give the time of a processor that a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return (user + system) / os.sysconf("SC_CLK_TCK")
