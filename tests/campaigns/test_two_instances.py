"""Several programs on one cache, all busy: two on screens, one on the command line. Nobody sees an error."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest
from campaign import Tally, tries
from documents import analysis, extraction, row
from loopback import LoopbackApi
from pty_terminal import SECONDS, Terminal

PROGRAM: Final = (sys.executable, "-m", "feather_tui")
IDS: Final = [f"{number:08x}-7b1e-4c55-9a57-0d6f5a1c2e4b" for number in range(16)]
TROUBLE: Final = re.compile(
    r"[Tt]he cache (at|was|could)|was damaged|cannot be used|unexpected|locked|Traceback|not refreshed"
)
LOOKUP: Final = "paste an id"
VISITS: Final = 8
"""Sessions that are looked at on a screen before the program is started anew."""


def said(number: int) -> str:
    """What is said all along in a session, and nowhere in another one."""
    return f"Headset {number:03}? "


@pytest.fixture
def sessions(api: LoopbackApi, key: str) -> None:
    """Put sessions of a few kilobytes to half a megabyte on the server."""
    del key
    for number, session_id in enumerate(IDS):
        answer = said(number) * (10 << number % 13)
        api.serve(
            session_id,
            analysis=analysis(row("user", said(number)), row("assistant", answer, second=4))
            | {"session_id": session_id},
            extraction=extraction() | {"session_id": session_id},
        )


def look_around(end: float, chance: random.Random) -> Iterator[str]:
    """Look at sessions on a screen until the end; yield a word for each, or what was wrong."""
    while time.monotonic() < end:
        with Terminal(PROGRAM, size=(120, 36)) as terminal:
            for _ in range(VISITS):
                wait_for_instead(terminal, LOOKUP, of="Headset")
                number = chance.randrange(len(IDS))
                terminal.paste(IDS[number])
                wait_for_instead(terminal, said(number), of=LOOKUP)
                terminal.type(chance.choice(("", "r", "j", " ", "e", "jjk", "rr")))
                terminal.wait_for("feather")
                yield trouble(terminal.screen)
                terminal.type("q")
                if time.monotonic() > end:
                    break
            wait_for_instead(terminal, LOOKUP, of="Headset")
            terminal.type("q")
            status = terminal.wait_for_exit()
            yield "" if status == 0 else f"exit status {status}"


def wait_for_instead(terminal: Terminal, seen: str, *, of: str) -> None:
    """Wait until one text is on the screen and the other is gone: a frame comes in pieces."""
    terminal._wait(lambda: seen in terminal.screen and of not in terminal.screen, f"{seen} instead of {of}")


def type_commands(end: float, chance: random.Random) -> Iterator[str]:
    """Run one command after the other until the end; yield an empty text for each, or what was wrong."""
    while time.monotonic() < end:
        number = chance.randrange(len(IDS))
        commands = (
            *(("show", IDS[number]), ("show", IDS[number], "--refresh"), ("findings", IDS[number])),
            *(("cache", "info"), ("__complete", "sessions"), ("export", IDS[number]), ("cache", "clear")),
        )
        (words,) = chance.choices(commands, (6, 6, 2, 2, 2, 2, 1))
        done = subprocess.run(
            [*PROGRAM, *words], capture_output=True, check=False, text=True, timeout=3 * SECONDS
        )
        wrong = done.returncode != 0 or trouble(done.stderr.replace(CLEARED_LATER, ""))
        yield f"{words}: {done.returncode} {done.stderr}" if wrong else ""


CLEARED_LATER: Final = "What was removed leaves the disk when the other running feather-tui quits."


def trouble(text: str) -> str:
    return text if TROUBLE.search(" ".join(text.split())) else ""


@pytest.mark.usefixtures("sessions")
@tries(sample=1, full=600)
def test_nobody_sees_an_error_of_another(tries: range, tally: Tally, tmp_path: Path) -> None:
    del tmp_path
    end = time.monotonic() + len(tries)  # a try is a second of use
    users = [
        (use, random.Random(seed))  # noqa: S311 - no secret
        for seed, use in enumerate((look_around, look_around, type_commands))
    ]
    with ThreadPoolExecutor(len(users)) as threads:
        for found in threads.map(lambda user: list(user[0](end, user[1])), users):
            for wrong in found:
                with tally.attempt("use"):
                    assert not wrong
