"""What is to be seen before the framework is imported, and what becomes of it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Protocol

import pytest
from documents import SESSION_ID
from in_terminal import SECRET, Serving
from loopback import analysis_path, extraction_path
from loopback_answers import stall_before
from pty_terminal import SECONDS, Terminal

SIZE = (100, 30)
OTHER_ID = "9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42"


class Late(Protocol):
    """Starts the program with these words; its framework is there once `gate` is gone."""

    def __call__(self, *words: str, size: tuple[int, int] = SIZE) -> Terminal: ...


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    file = tmp_path / "gate"
    file.touch()
    return file


@pytest.fixture
def late(gate: Path) -> Iterator[Late]:
    program = Path(__file__).with_name("late_program.py")
    with ExitStack() as terminals:

        def start(*words: str, size: tuple[int, int] = SIZE) -> Terminal:
            command = [sys.executable, str(program), str(gate), *words]
            return terminals.enter_context(Terminal(command, size=size))

        yield start


@pytest.fixture
def open_once(serving: Serving, late: Late, gate: Path) -> Callable[..., None]:
    """Open the session with these words, until the program has kept what is on its screen."""

    def run(*words: str) -> None:
        gate.unlink()
        with serving():
            terminal = late(*words, SESSION_ID)
            terminal.wait_for("Where is my headset?", "resolved", "fetched just now", "? help")
            end = time.monotonic() + SECONDS
            while not pictures():
                assert time.monotonic() < end, f"no picture was kept of\n{terminal.screen}"
                terminal.read_for(0.02)
            terminal.type("qq")
            assert terminal.wait_for_exit() == 0
        gate.touch()

    return run


@pytest.fixture(scope="module")
def once_seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the cache is kept in which the session was opened once, for all tests that begin with it."""
    return tmp_path_factory.mktemp("seen")


@pytest.fixture
def seen(open_once: Callable[..., None], once_seen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that was opened once, and is in the cache; its server is gone."""
    cache, server = Path(os.environ["XDG_CACHE_HOME"]), once_seen / "server"
    if server.exists():
        shutil.copytree(once_seen / "cache", cache)
        monkeypatch.setenv("FEATHER_BASE_URL", server.read_text(encoding="utf-8"))
        monkeypatch.setenv("FEATHER_API_KEY", SECRET)
    else:
        open_once()
        shutil.copytree(cache, once_seen / "cache")
        server.write_text(os.environ["FEATHER_BASE_URL"], encoding="utf-8")


def pictures() -> int:
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "feather-tui" / "sessions.sqlite3"
    with closing(sqlite3.connect(cache)) as connection:
        return int(connection.execute("SELECT count(*) FROM pictures").fetchone()[0])


@pytest.mark.usefixtures("seen")
def test_a_session_is_seen_at_once_as_it_was_and_stays(late: Late, gate: Path) -> None:
    terminal = late("--offline", SESSION_ID)
    terminal.wait_for("Where is my headset?", "✓ resolved", "cached", "offline", "Space page", "? help")
    gate.unlink()
    terminal.type("q")
    terminal.wait_for("paste an id")
    assert terminal.written.count(b"Where is my headset?") == 1


@pytest.mark.usefixtures("seen")
def test_what_is_typed_meanwhile_is_not_seen_and_counts(late: Late, gate: Path) -> None:
    terminal = late("--offline", SESSION_ID)
    terminal.wait_for("Where is my headset?")
    before = terminal.screen
    terminal.type("qvoice")
    assert terminal.read_for(0.1) == 0
    assert terminal.screen == before

    gate.unlink()

    terminal.wait_for("None of the 1 sessions known here matches “voice”.")


@pytest.mark.usefixtures("seen")
def test_a_key_about_the_text_waits_for_the_text(late: Late, gate: Path) -> None:
    terminal = late("--offline", SESSION_ID)
    terminal.wait_for("Where is my headset?")
    terminal.type("G")
    gate.unlink()
    terminal.wait_for("▌          ── ended 14:08:23")


@pytest.mark.usefixtures("seen")
def test_keys_that_a_shell_takes_in_another_way_are_keys_already(late: Late, gate: Path) -> None:
    terminal = late("--offline", SESSION_ID)
    terminal.wait_for("Where is my headset?")
    terminal.type("\x1c\x1a\x13\x16jjjjj\r")  # what quits, stops, holds and quotes in a shell
    gate.unlink()
    terminal.wait_for("▾ lookup_order", "arguments")


@pytest.mark.parametrize("words", [("--ascii",), ("--theme", "dark")], ids=["ascii", "dark"])
def test_it_is_in_the_signs_and_colours_that_were_asked_for(
    late: Late, gate: Path, open_once: Callable[..., None], words: tuple[str, ...]
) -> None:
    open_once(*words)
    terminal = late("--offline", *words, SESSION_ID)
    terminal.wait_for("Where is my headset?", "resolved", "? help")
    before = terminal.cells
    gate.unlink()
    terminal.type("?")
    terminal.wait_for("Where am I")
    terminal.type("q")
    terminal._wait(lambda: terminal.cells == before, "the same signs and colours")


@pytest.mark.parametrize("words", [(), ("--refresh",), ("--no-cache",)], ids=["new", "refresh", "no cache"])
def test_a_session_of_the_api_is_read_before_the_framework_is_there_and_asked_for_once(
    late: Late, serving: Serving, gate: Path, words: tuple[str, ...]
) -> None:
    with serving() as api:
        terminal = late(*words, SESSION_ID)
        terminal.wait_for("feather", SESSION_ID[:8], "Space page", "? help")
        terminal.wait_for("Where is my headset?", "fetched just now", "looking for what went wrong")
        gate.unlink()
        terminal.wait_for("nothing found in")
        assert terminal.written.count(b"Where is my headset?") == 1
        terminal.type("3")
        terminal.wait_for("completed")
        assert sorted(api.paths()) == sorted([analysis_path(SESSION_ID), extraction_path(SESSION_ID)])


def test_an_api_that_does_not_answer_is_waited_for_by_whoever_comes(
    late: Late, serving: Serving, gate: Path
) -> None:
    with serving() as api:
        api.serve(SESSION_ID, analysis=stall_before(), extraction=stall_before())
        terminal = late(SESSION_ID)
        terminal.wait_for("feather", SESSION_ID[:8], "? help")
        gate.unlink()
        terminal.wait_for("asking, 1 s", "Esc stops")
        terminal.type("\x1b")
        terminal.wait_for("The loading was stopped before anything came.")
        terminal.type("qq")
        assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_while_the_api_is_waited_for(
    late: Late, serving: Serving, number: signal.Signals
) -> None:
    with serving() as api:
        api.serve(SESSION_ID, analysis=stall_before(), extraction=stall_before())
        terminal = late(SESSION_ID)
        terminal.wait_for("feather", SESSION_ID[:8], "? help")
        terminal.signal(number)
        assert terminal.wait_for_exit() == 128 + number
        terminal.assert_restored()


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize(
    ("words", "size"),
    [
        (("--offline", OTHER_ID), SIZE),
        (("--refresh", SESSION_ID), SIZE),  # its server is gone
        (("--no-cache", SESSION_ID), SIZE),
    ],
    ids=["another session", "refresh", "no cache"],
)
def test_where_it_would_be_something_else_nothing_is_shown_of_it(
    late: Late, words: tuple[str, ...], size: tuple[int, int]
) -> None:
    terminal = late(*words, size=size)
    terminal.wait_for("feather", "? help")
    assert terminal.read_for(0.3) == 0
    assert "headset" not in terminal.screen


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("size", [(80, 24), (99, 30), (120, 12), (200, 50)])
def test_a_session_never_seen_in_this_size_is_read_from_the_cache_at_once_and_stays(
    late: Late, gate: Path, size: tuple[int, int]
) -> None:
    terminal = late("--offline", SESSION_ID, size=size)
    terminal.wait_for("Where is my headset?", "looking for what went wrong", "cached", "offline", "? help")
    before = _page(terminal)
    gate.unlink()
    terminal.wait_for("nothing found in")
    assert terminal.written.count(b"Where is my headset?") == 1
    after = _page(terminal)
    assert [*zip(before, after, strict=False)] == [(line, line) for line in after]


def _page(terminal: Terminal) -> list[str]:
    """Return the lines of the transcript, which the verdict above it may have moved."""
    lines = terminal.screen.splitlines()
    first = next(y for y, line in enumerate(lines) if "Where is my headset?" in line)
    return lines[first - 1 : -2]


@pytest.mark.usefixtures("seen")
def test_ctrl_c_ends_it_there_and_then(late: Late) -> None:
    terminal = late("--offline", SESSION_ID)
    terminal.wait_for("Where is my headset?")
    terminal.type("\x03")
    assert terminal.wait_for_exit() == 130
    terminal.assert_restored()


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_there_and_then(late: Late, number: signal.Signals) -> None:
    terminal = late("--offline", SESSION_ID)
    terminal.wait_for("Where is my headset?")
    terminal.signal(number)
    assert terminal.wait_for_exit() == 128 + number
    terminal.assert_restored()


@pytest.mark.usefixtures("seen")
def test_what_fails_afterwards_is_told_on_the_screen_that_was_there(late: Late, gate: Path) -> None:
    gate.write_text("fail", encoding="utf-8")
    terminal = late("--offline", SESSION_ID)
    assert terminal.wait_for_exit() == 1
    terminal.assert_restored()
    assert "Something unexpected happened in feather-tui itself (RuntimeError" in terminal.screen


def test_a_terminal_too_small_for_the_panes_is_left_alone_until_that_can_be_said(
    late: Late, gate: Path
) -> None:
    terminal = late("--demo", size=(35, 8))
    gate.unlink()
    terminal.wait_for("35x8 is too small")
