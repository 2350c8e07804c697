"""The program in a terminal while the network fails: keys are answered all the while, and the end is told."""

from __future__ import annotations

import os
import time
from copy import copy
from pathlib import Path
from typing import Final

import pytest
from campaign import Tally, each_of
from documents import SESSION_ID
from loopback import LoopbackApi, analysis_path, closed_address, deaf_address, extraction_path
from network_faults import CONNECTION, CONTENT, ENDLESS, FAULTS, LIES
from pty_terminal import Terminal
from screen_states import PROGRAM, SHOWN
from ways_out import PATIENCE

KEY_SECONDS: Final = 0.5
"""How long a key may take to show what it does, on a machine with other things to do."""
DEADLINE_SECONDS: Final = 20.0
SLACK_SECONDS: Final = 2.0
TOLD: Final = "r tries again"
HELP: Final = "Where am I"
PATHS: Final = (analysis_path(SESSION_ID), extraction_path(SESSION_ID))
WATCHED: Final = (
    *ENDLESS,
    *CONNECTION,
    *("web page", "empty", "bad gzip", "gzip bomb", "100 MB", "100 MB in chunks"),
    *("endless headers", "two lengths", "chunk shorter than it says", "chunk extension without an end"),
    *("302 to https://elsewhere.example/v1", "307 to /v1/elsewhere", "301 to file:///etc/passwd"),
    *(f"{status} with the API's words" for status in (401, 403, 404, 409, 422, 429, 500, 502, 503, 504)),
    *("503 with Retry-After: 19", "429 with Retry-After: 3600", "429 with Retry-After: soon"),
)
assert {*WATCHED} <= {*FAULTS, *CONTENT, *LIES}


@each_of(WATCHED, sample=1, slices=4)
@pytest.mark.usefixtures("key")
def test_keys_are_answered_until_the_fault_is_told_and_r_mends_it(
    cases: list[str], tally: Tally, api: LoopbackApi, request: pytest.FixtureRequest
) -> None:
    strictly = in_campaign(request)
    for name in cases:
        well = dict(api.answers)
        api.requests.clear()
        api.max_in_flight = 0
        api.answers |= {path: copy(FAULTS[name]) for path in PATHS}
        with tally.attempt(name), Terminal([*PROGRAM, "--no-cache", SESSION_ID]) as terminal:
            assert_answers_keys_until_told(terminal, strictly=strictly)
            assert {received.method for received in api.requests} == {"GET"}
            assert all(api.paths().count(path) <= 4 for path in PATHS), api.paths()
            assert api.max_in_flight <= 2
            api.answers = well
            terminal.type("r")
            terminal.wait_for(SHOWN)
        api.answers = well


@each_of(["refused", "deaf", "deaf to TLS"], sample=1)
@pytest.mark.usefixtures("key")
def test_keys_are_answered_while_nobody_can_be_reached(
    cases: list[str], tally: Tally, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    strictly = in_campaign(request)
    with deaf_address() as deaf:
        places = {"refused": closed_address(), "deaf": deaf, "deaf to TLS": deaf.replace("http:", "https:")}
        for name in cases:
            monkeypatch.setenv("FEATHER_BASE_URL", places[name])
            with tally.attempt(name), Terminal([*PROGRAM, "--no-cache", SESSION_ID]) as terminal:
                assert_answers_keys_until_told(terminal, strictly=strictly)


def in_campaign(request: pytest.FixtureRequest) -> bool:
    """Say whether this is the campaign; in the quick suite, what only the deadline ends has less of one."""
    campaign = request.node.get_closest_marker("campaign") is not None
    if not campaign:
        config = Path(os.environ["XDG_CONFIG_HOME"]) / "feather-tui" / "config.toml"
        config.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        config.write_text("[network]\ndeadline_seconds = 1\n")
        config.chmod(0o600)
    return campaign


def assert_answers_keys_until_told(terminal: Terminal, *, strictly: bool) -> None:
    """Go to the help and back until the screen says that it failed; fail if a key or the end comes late."""
    began, slowest = time.monotonic(), 0.0
    terminal.wait_for("? help")
    seconds_to_help_and_back(terminal)  # the keys are on the screen before anybody is there to take them
    while TOLD not in terminal.screen:
        slowest = max(slowest, seconds_to_help_and_back(terminal))
        terminal.read_for(0.2)
    took = time.monotonic() - began
    assert not strictly or slowest <= KEY_SECONDS * PATIENCE, f"a key took {slowest:.2f} s"
    assert not strictly or took <= DEADLINE_SECONDS + SLACK_SECONDS * PATIENCE, f"told after {took:.1f} s"


def seconds_to_help_and_back(terminal: Terminal) -> float:
    """Give the longer one of the two ways, in seconds."""
    began = time.monotonic()
    terminal.type("?")
    terminal.wait_for(HELP)
    there = time.monotonic()
    terminal.type("q")
    terminal._wait(lambda: HELP not in terminal.screen, "the way back from the help")
    return max(there - began, time.monotonic() - there)
