"""The program ended while it is still starting, and refused where it could not be used."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from itertools import product
from pathlib import Path
from typing import Final

import pytest
from campaign import Tally, each_of, tries
from documents import SESSION_ID
from pty_terminal import SECONDS, Terminal
from screen_states import PROGRAM
from ways_out import PATIENCE, SIGNAL_SECONDS, in_session

START_SECONDS: Final = 0.8
"""How long a start takes at most here; signals come within this time."""
SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
PYTHONS_OWN: Final = {signal.SIGTERM: (), signal.SIGHUP: (), signal.SIGQUIT: (), signal.SIGINT: (1,)}
"""What Python makes of them before a line of ours has run, besides ending by them."""


@tries(sample=0, full=160, slices=2)
def test_a_start_can_be_broken_off_at_any_moment(tries: range, tally: Tally) -> None:
    for number in tries:
        moment = random.Random(number).uniform(0, START_SECONDS)  # noqa: S311 - the same moments each time
        chosen = SIGNALS[number % len(SIGNALS)]
        with (
            tally.attempt(f"{chosen.name} after {moment:.3f} s"),
            Terminal([*PROGRAM, "--demo", "--no-cache"]) as terminal,
        ):
            terminal.read_for(moment)
            began = time.monotonic()
            terminal.signal(chosen)
            status = terminal.wait_for_exit()
            took = time.monotonic() - began
            terminal.assert_restored()
            if b"feather-tui:" in terminal.written:
                assert status == 128 + chosen, terminal.screen
            assert status in {128 + chosen, -chosen, *PYTHONS_OWN[chosen]}, terminal.screen
            assert b"in main" not in terminal.written, terminal.screen
            assert in_session(terminal.pid) == []
            assert took <= SIGNAL_SECONDS * PATIENCE, f"{took:.2f} s"


INPUTS: Final = {
    "empty": "{feather} </dev/null",
    "closed": "{feather} <&-",
    "an id": f"echo {SESSION_ID} | {{feather}}",
    "a file": "{feather} <lines.txt",
}
OUTPUTS: Final = {
    "a terminal": "",
    "output closed": ">&-",
    "output to a file": ">said.txt",
    "errors to a file": "2>said.txt",
}


@each_of([*product(INPUTS, OUTPUTS)], sample=0)
def test_without_a_terminal_for_keys_or_screens_it_is_refused_in_a_sentence(
    cases: list[tuple[str, str]], tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "said.txt"
    (tmp_path / "lines.txt").write_text(f"ERROR {SESSION_ID}\n")
    for given, drawn in cases:
        with tally.attempt(f"input {given}, {drawn}"):
            file.write_text("")
            line = INPUTS[given].format(feather=" ".join([*PROGRAM, "--demo"]))
            status, shown = run_without_control(f"({line}) {OUTPUTS[drawn]}")
            said = shown + file.read_text()
            assert status == 2, said
            assert said.count("feather-tui: ") == said.count("\n") == 1, said
            assert said.count(". ") == 1, f"what happened, and what to do: {said}"
            assert "\x1b" not in said


def run_without_control(line: str) -> tuple[int, str]:
    """Run a line of shell where no terminal controls it; return its status, and what its terminal shows."""
    controller, terminal = os.openpty()
    done = subprocess.run(
        ["sh", "-c", line],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        check=False,
        timeout=SECONDS,
    )
    os.write(terminal, b"|")  # so that there is something to read
    os.close(terminal)
    shown = os.read(controller, 4096).decode().replace("\r\n", "\n")
    os.close(controller)
    return done.returncode, shown.removesuffix("|")
