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

pytestmark = pytest.mark.campaign  # its bounds are of time: a busy machine would break the quick suite

WATCHED_SECONDS: Final = 10.0
MOST_OF_A_CORE: Final = 0.01
BUSY: Final = {"loading", "receiving", "pausing"}
AT_REST: Final = [state for state in STATES if state.name not in BUSY]


@pytest.mark.skipif(sys.platform != "linux", reason="what a process used is read from /proc")
@each_of(AT_REST, sample=1)
@pytest.mark.usefixtures("key")
def test_nothing_is_written_and_next_to_nothing_used(
    cases: list[State], tally: Tally, api: LoopbackApi, request: pytest.FixtureRequest
) -> None:
    strictly = request.node.get_closest_marker("campaign") is not None
    seconds = WATCHED_SECONDS if strictly else 1.0
    for state in cases:
        with tally.attempt(str(state)), in_state(state, api) as terminal:
            come_to_rest(terminal)
            before = used_seconds(terminal.pid)
            written = terminal.read_for(seconds)
            used = (used_seconds(terminal.pid) - before) / seconds
            assert written == 0, terminal.written[-written:]
            assert not strictly or used < MOST_OF_A_CORE, f"{used:.2%} of a core"


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
