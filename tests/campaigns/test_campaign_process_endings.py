"""Ending the program in every way and in every state: in time, with its status, the terminal as it was."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

import pytest
from campaign import Tally, each_of
from loopback import LoopbackApi
from screen_states import LENT, SHOWN, STATES, State, in_state, reached
from stuck_program import STUCK
from ways_out import SIGNAL_SECONDS, WAYS, Way, end

TESTS: Final = Path(__file__).parents[1]


OF_THE_PAGER: Final = {"Ctrl-C", "SIGINT", "SIGQUIT"}
WAYS_OUT: Final = [
    *product(STATES, WAYS),
    *((LENT, way) for way in WAYS if way.name not in OF_THE_PAGER and not way.unread),
]


@each_of(WAYS_OUT, sample=0, slices=4)
@pytest.mark.usefixtures("key")
def test_every_way_out_of_every_state(cases: list[tuple[State, Way]], tally: Tally, api: LoopbackApi) -> None:
    for state, way in cases:
        with tally.attempt(f"{way} in {state}"), in_state(state, api) as terminal:
            end(terminal, way, state)


# ------------------------------------------------------------------------------------- stuck and broken


IDLE = STATES[1]
IN_A_THREAD: Final = reached("stuck in a thread", STUCK, back="q")
WHILE_COPYING: Final = reached("stuck while copying", STUCK, typed=(SHOWN, "y", "session id", "\r"), back="q")
IN_THE_LOOP: Final = reached("stuck in the event loop", STUCK, typed=("paste an id", "?"))
STUCK_CASES: Final = (
    *product(["name server", "reading"], [IN_A_THREAD], ["q", "Ctrl-C", "SIGTERM"]),
    *product(["copying"], [WHILE_COPYING], ["q", "Ctrl-C", "SIGTERM"]),
    *product(["sleep", "endless loop"], [IN_THE_LOOP], ["Ctrl-C", "SIGTERM", "SIGINT", "terminal gone"]),
    *product(["closing"], [IDLE], ["q", "SIGHUP"]),
)
"""Where `stuck_program.py` is stuck, the state it is then in, and how it is ended."""


@each_of(STUCK_CASES, sample=0, slices=2)
@pytest.mark.usefixtures("key")
def test_a_program_that_is_stuck_ends_as_soon(
    cases: list[tuple[str, State, str]],
    tally: Tally,
    api: LoopbackApi,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(
        "FEATHER_BASE_URL", api.base_url.replace("127.0.0.1", "localhost")
    )  # a name to look up
    ways = {str(way): way for way in WAYS}
    for place, state, name in cases:
        program = (sys.executable, TESTS / "stuck_program.py", place)
        with tally.attempt(f"{name}, {place} stuck"), in_state(state, api, program) as terminal:
            end(terminal, ways[name], state)


@each_of(["SIGTERM", "SIGHUP"], sample=0)
@pytest.mark.usefixtures("key")
def test_a_pager_that_does_not_listen_goes_with_it(
    cases: list[str],
    tally: Tally,
    api: LoopbackApi,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    pager = tmp_path / "deaf"
    pager.write_text("#!/bin/sh\ntrap '' TERM HUP\necho deaf to all\nexec sleep 60\n")
    pager.chmod(0o700)
    monkeypatch.setenv("FEATHER_PAGER", str(pager))
    ways = {str(way): way for way in WAYS}
    deaf = replace(LENT, seen=("deaf to all",))
    for name in cases:
        with tally.attempt(name), in_state(deaf, api) as terminal:
            end(terminal, ways[name], deaf)


@each_of(STATES, sample=0)
@pytest.mark.usefixtures("key")
def test_a_crash_gives_the_terminal_back_and_says_so(
    cases: list[State], tally: Tally, api: LoopbackApi
) -> None:
    crash = Way("crash", lambda terminal, _: terminal.type("\x1b[20~"), 1, SIGNAL_SECONDS)
    for state in cases:
        program = (sys.executable, TESTS / "terminal" / "crashing_program.py")
        with tally.attempt(f"crash in {state}"), in_state(state, api, program) as terminal:
            end(terminal, crash, state)
            assert "Something unexpected happened" in terminal.screen
