"""Another program in the place of this one: whose signals are whose, and what is told of its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from types import FrameType

import pytest

from feather_tui import foreground
from feather_tui.foreground import run_in_foreground


def run(*lines: str) -> str:
    """Run a few lines of Python in the foreground."""
    source = "import os, signal, sys, time\n" + "\n".join(lines)
    return run_in_foreground([sys.executable, "-c", source], dict(os.environ))


@pytest.fixture
def told() -> Iterator[list[int]]:
    """The signals that this program acted on: its handlers were called, or who reads of them was told."""
    heard: list[int] = []

    def take(number: int, frame: FrameType | None) -> None:
        del frame
        heard.append(number)

    news, wake = os.pipe()
    for end in (news, wake):
        os.set_blocking(end, False)
    numbers = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, take) for number in numbers}
    wakeup = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    yield heard
    assert signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False) == wake
    assert [signal.signal(number, handler) for number, handler in before.items()] == [take] * 4
    with pytest.raises(BlockingIOError):
        os.read(news, 1)
    os.close(news)
    os.close(wake)


def test_what_is_told_of_the_end() -> None:
    assert run("") == ""
    assert run("sys.exit(3)").endswith(" ended with status 3.")
    assert run("os.kill(os.getpid(), signal.SIGKILL)").endswith(" was ended by SIGKILL.")
    assert run_in_foreground(["/no/such/program"], {}) == (
        "/no/such/program cannot be started: No such file or directory."
    )


@pytest.mark.parametrize("name", ["SIGINT", "SIGQUIT"])
def test_what_the_keyboard_sends_is_not_for_us(told: list[int], name: str) -> None:
    assert run(f"os.kill(os.getppid(), signal.{name})") == ""
    assert told == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_who_asks_us_to_end_ends_both(told: list[int], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreground, "_PATIENCE_SECONDS", 60)
    assert run(f"os.kill(os.getppid(), signal.{name})", "time.sleep(60)").endswith(f" was ended by {name}.")
    assert told == [signal.Signals[name]]


def test_a_request_that_comes_while_it_is_started_reaches_it(
    told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = subprocess.Popen

    def started_late(words: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
        program = start(words, env=env)
        signal.raise_signal(signal.SIGTERM)
        return program

    monkeypatch.setattr(subprocess, "Popen", started_late)
    assert run("time.sleep(60)").endswith(" was ended by SIGTERM.")
    assert told == [signal.SIGTERM]


def test_a_program_that_does_not_listen_is_killed(told: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreground, "_PATIENCE_SECONDS", 0.05)
    deaf = ("signal.signal(signal.SIGTERM, signal.SIG_IGN)", "os.kill(os.getppid(), signal.SIGTERM)")
    assert run(*deaf, "time.sleep(60)").endswith(" was ended by SIGKILL.")
    assert told == [signal.SIGTERM]


def test_the_program_has_the_signals_as_they_were_made() -> None:
    assert run("assert signal.getsignal(signal.SIGINT) is signal.default_int_handler") == ""
