"""Crashes, signals, and whatever makes Python and Textual say more than they do."""

from __future__ import annotations

import resource
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Final

from documents import SESSION_ID
from loopback import analysis_path
from loopback_answers import stall_inside

from key_scenes.broken_program import PLACES, SIGNALS
from key_scenes.stage import SEEN, Play, Stage, ended

_BROKEN: Final = (sys.executable, str(Path(__file__).with_name("broken_program.py")))
_SCREEN_ONLY: Final = ("composing", "mounting", "rendering", "key press", "copying")


def crash(place: str, debug: str, stage: Stage) -> None:
    stage.set(FEATHER_DEBUG=debug, PYTHONFAULTHANDLER="1")
    said = stage.show(program=(*_BROKEN, place))
    assert b"RuntimeError in" in said, said
    assert (b"Traceback" in said) == (debug == "1")
    assert b"\x1b" not in said


def crash_on_screen(place: str, debug: str, stage: Stage) -> None:
    stage.set(FEATHER_DEBUG=debug)
    with stage.opened(place, SESSION_ID, program=_BROKEN) as terminal:
        if place == "key press":
            terminal.wait_for(SEEN)
            terminal.type("?")
        if place == "copying":
            terminal.wait_for(SEEN)
            terminal.type("y")
            terminal.wait_for("session id")
            terminal.type("\r")
        ended(terminal, 1)
        assert "Something unexpected happened in feather-tui itself" in terminal.screen, terminal.screen


def fatal_signal(place: str, stage: Stage) -> None:
    def allow_core_files() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)

    said = stage.show(program=(*_BROKEN, place), preexec_fn=allow_core_files)
    assert b"Fatal Python error" in said, said
    assert not [path for path in stage.home.rglob("*") if "core" in path.name]


def logged(stage: Stage) -> None:
    stage.set(FEATHER_DEBUG="1")
    assert SEEN.encode() in stage.show(program=(*_BROKEN, "nowhere, logging everything"))
    assert (stage.home / "debug.log").exists()


def python_says_more(variable: str, value: str, stage: Stage) -> None:
    stage.set(FEATHER_DEBUG="1", **{variable: value})
    assert SEEN.encode() in stage.show()
    with stage.opened(SESSION_ID) as terminal:
        terminal.wait_for(SEEN)
        terminal.type("qq")
        ended(terminal)


def textual_says_more(stage: Stage) -> None:
    picture = {"TEXTUAL_SCREENSHOT": "2", "TEXTUAL_SCREENSHOT_LOCATION": str(stage.home)}
    stage.set(TEXTUAL_LOG=str(stage.home / "textual.log"), TEXTUAL="debug", **picture)
    with stage.opened(SESSION_ID) as terminal:
        ended(terminal)  # once the picture is taken
    assert (stage.home / "textual.log").stat().st_size
    assert list(stage.home.glob("*.svg"))


def signalled(number: signal.Signals, stage: Stage) -> None:
    stage.api.answers[analysis_path(SESSION_ID)] = stall_inside(b"{" * 1000)
    with stage.opened(SESSION_ID) as terminal:
        terminal.wait_for("receiving")
        terminal.signal(number)
        ended(terminal)


SCENES: Final[dict[str, Play]] = {
    **{
        f"crash: {place}, FEATHER_DEBUG={debug}": partial(crash, place, debug)
        for place in PLACES
        if place not in _SCREEN_ONLY
        for debug in ("0", "1")
    },
    **{
        f"crash on the screen: {place}, FEATHER_DEBUG={debug}": partial(crash_on_screen, place, debug)
        for place in (*_SCREEN_ONLY, "worker", "transport")
        for debug in ("0", "1")
    },
    **{f"fault in C: {place}": partial(fatal_signal, place) for place in SIGNALS},
    **{f"signal: {number.name}": partial(signalled, number) for number in (signal.SIGTERM, signal.SIGHUP)},
    "signal: SIGKILL": partial(signalled, signal.SIGKILL),
    "everything logged": logged,
    "Python's development mode": partial(python_says_more, "PYTHONDEVMODE", "1"),
    "asyncio's debug mode": partial(python_says_more, "PYTHONASYNCIODEBUG", "1"),
    "Textual's log and picture": textual_says_more,
}
