"""The program as a job of a shell: stopped and continued, ended while it is stopped, left by its parent."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Final

import pytest
from campaign import Tally, each_of
from job_shell import BASH, FEATHER, Shell, shell
from loopback import LoopbackApi
from pty_terminal import Terminal
from screen_states import PROGRAM, STATES, State, answering
from ways_out import PATIENCE, SIGNAL_SECONDS

pytestmark = [
    pytest.mark.skipif(BASH is None, reason="bash is not installed"),
    pytest.mark.usefixtures("key"),
]

LOOKUP, IDLE, LOADING, HELP = (
    state for state in STATES if state.name in {"lookup", "idle", "loading", "help"}
)
IN_A_SCRIPT: Final = f"sh -c '{FEATHER} {{words}}; echo script went on'"


def start(terminal: Shell, state: State, line: str = f"{FEATHER} {{words}}") -> int:
    """Start the program, bring it into a state, and return its process id."""
    terminal.run(line.format(words=" ".join(state.words)))
    state.bring_about(terminal)
    (program,) = (process for process in terminal.processes(f"^{sys.executable}"))
    return program


def by_key(terminal: Shell, program: int) -> None:
    del program
    terminal.type("\x1a")


def by_signal(number: signal.Signals, terminal: Shell, program: int) -> None:
    del terminal
    os.kill(program, number)


SETTLING_SECONDS: Final = 0.3
"""For what a terminal answers to the program: if that is stopped before, a shell would read it."""
STOPS: Final[dict[str, Callable[[Shell, int], None]]] = {
    "Ctrl-Z": by_key,
    "SIGTSTP": partial(by_signal, signal.SIGTSTP),
    "SIGSTOP": partial(by_signal, signal.SIGSTOP),
}


@each_of([*product(STATES, STOPS)], sample=0, slices=2)
def test_a_job_that_was_stopped_comes_back_drawn_and_usable(
    cases: list[tuple[State, str]], tally: Tally, api: LoopbackApi
) -> None:
    for state, stop in cases:
        with tally.attempt(f"{stop} in {state}"), answering(state, api), shell() as terminal:
            program = start(terminal, state)
            for _ in range(2):
                terminal.read_for(SETTLING_SECONDS)
                STOPS[stop](terminal, program)
                terminal.wait_for("Stopped")
                if stop != "SIGSTOP":  # which leaves no time to give the terminal back
                    terminal.assert_as_before()
                terminal.foreground()
                terminal.wait_for(*state.seen)
            terminal.type(f"{state.way_back}q")
            terminal.wait_for_shell()
            assert terminal.answer("echo status $?").endswith("status 0")
            terminal.assert_as_before()
            assert terminal.processes() == []


@each_of([LOOKUP, HELP], sample=0)
def test_in_a_script_all_of_the_job_stops_and_goes_on(
    cases: list[State], tally: Tally, api: LoopbackApi
) -> None:
    for state in cases:
        with tally.attempt(str(state)), answering(state, api), shell() as terminal:
            start(terminal, state, IN_A_SCRIPT)
            terminal.type("\x1a")
            terminal.wait_for("Stopped")
            terminal.foreground()
            terminal.wait_for(*state.seen)
            terminal.type(f"{state.way_back}q")
            terminal.wait_for("script went on")
            terminal.assert_as_before()


@each_of(STATES, sample=0)
def test_where_nobody_could_continue_it_nothing_stops(
    cases: list[State], tally: Tally, api: LoopbackApi
) -> None:
    for state in cases:
        words = [*PROGRAM, "--no-cache", *state.words]
        with tally.attempt(str(state)), answering(state, api), Terminal(words) as terminal:
            state.bring_about(terminal)
            screens = terminal.screens_taken
            terminal.type("\x1a")
            terminal.wait_for_screen(screens + 1)
            terminal.wait_for(*state.seen)
            terminal.type(f"{state.way_back}q")
            assert terminal.wait_for_exit() == 0
            terminal.assert_restored()


def killed_while_stopped(terminal: Shell) -> None:
    terminal.type("\x1a")
    terminal.wait_for("Stopped")
    terminal.run("kill %1")


def killed_in_the_background(terminal: Shell) -> None:
    terminal.type("\x1a")
    terminal.wait_for("Stopped")
    terminal.run("bg")
    terminal.wait_for("&")
    terminal.run("kill %1")


def shell_killed(terminal: Shell) -> None:
    terminal.signal(signal.SIGKILL)


def shell_killed_while_stopped(terminal: Shell) -> None:
    terminal.type("\x1a")
    terminal.wait_for("Stopped")
    terminal.signal(signal.SIGKILL)


def script_killed(terminal: Shell) -> None:
    (script,) = terminal.processes("^sh -c")
    os.kill(script, signal.SIGKILL)


def terminal_gone(terminal: Shell) -> None:
    terminal.hang_up()


ENDINGS: Final = (
    (killed_while_stopped, FEATHER_ALONE := f"{FEATHER} {{words}}", True),
    (killed_in_the_background, FEATHER_ALONE, True),
    (shell_killed, FEATHER_ALONE, False),
    (shell_killed_while_stopped, FEATHER_ALONE, False),
    (script_killed, IN_A_SCRIPT, True),
    (terminal_gone, FEATHER_ALONE, False),
)
"""What happens, how the program was started, and whether there is a shell left to look from."""


@each_of([*product(STATES, ENDINGS)], sample=0, slices=2)
def test_nothing_is_left_of_a_job_that_nobody_wants(
    cases: list[tuple[State, tuple[Callable[[Shell], None], str, bool]]],
    tally: Tally,
    api: LoopbackApi,
) -> None:
    for state, (happens, line, shell_left) in cases:
        with tally.attempt(f"{happens.__name__}, {state}"), answering(state, api), shell() as terminal:
            start(terminal, state, line)
            happens(terminal)
            seconds = terminal.wait_until_gone()
            if shell_left:
                terminal.wait_for_shell()
                terminal.assert_as_before()
            assert seconds <= SIGNAL_SECONDS * PATIENCE, f"{seconds:.2f} s"
