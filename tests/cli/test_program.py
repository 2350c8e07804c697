"""The program as a process of its own: what only that can show."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from loopback import WHOAMI, run_in_thread
from loopback_answers import ready

SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"
SECONDS = 30

Program: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Give the least environment a process needs, with a home of its own."""
    return {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "LANG": "C.UTF-8",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }


@pytest.fixture
def program(environment: dict[str, str]) -> Program:
    """Run `python -m feather_tui` with these words, and with more environment or another standard output."""

    def run(
        *words: str, more: dict[str, str] | None = None, **given: Any
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "feather_tui", *words],
            env=environment | (more or {}),
            timeout=SECONDS,
            text=True,
            check=False,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | given,
        )

    return run


def test_version_imports_next_to_nothing(program: Program) -> None:
    done = program("--version", more={"PYTHONPROFILEIMPORTTIME": "1"})

    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert (done.returncode, done.stdout.startswith("feather-tui ")) == (0, True)
    assert not imported & {"argparse", "feather_tui.errors", "platformdirs", "httpx", "textual", "pydantic"}


@pytest.mark.parametrize("words", [["--help"], ["config", "path"], ["auth", "status"], ["cache", "path"]])
def test_the_small_commands_import_nothing_heavy(program: Program, words: list[str]) -> None:
    done = program(*words, more={"PYTHONPROFILEIMPORTTIME": "1"})

    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "argparse" in imported
    assert not imported & {"httpx", "textual", "pydantic"}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--version"], 0),
        (["cache", "path"], 0),
        (["--no-such-option"], 2),
        (["config", "show", "--profile", "nowhere"], 2),
        (["auth", "status"], 3),
    ],
)
def test_exit_status(program: Program, words: list[str], status: int) -> None:
    done = program(*words)

    assert done.returncode == status
    assert done.stderr.count("\n") == (1 if status else 0)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_noise(program: Program, unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = program("config", "show", more={"PYTHONUNBUFFERED": unbuffered}, stdout=writing)
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(
    ("line", "status", "out", "err"),
    [
        ("config path >&-", 0, "", ""),
        ("auth nonsense 2>&-", 2, "", ""),
        (
            "config show > /dev/full",
            1,
            "",
            "feather-tui: Standard output cannot be written: No space left on device.\n",
        ),
        (
            "auth login <&-",
            3,
            "",
            "feather-tui: No API key was given, so nothing was stored. Type it, or pipe one line.\n",
        ),
    ],
)
def test_closed_and_full_streams(
    environment: dict[str, str], line: str, status: int, out: str, err: str
) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m feather_tui {line}"],
        env=environment,
        timeout=SECONDS,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (status, out, err)


def test_a_file_name_that_is_no_text_and_a_locale_without_unicode(program: Program, tmp_path: Path) -> None:
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\x1b[2J\xe2\x80\xa6")

    done = program(
        "config",
        "path",
        more={"XDG_CONFIG_HOME": strange, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert done.stdout.endswith("config.toml\n")


def test_login_on_a_terminal_does_not_echo_the_key(environment: dict[str, str], tmp_path: Path) -> None:
    controller, terminal = pty.openpty()
    with run_in_thread() as api:
        api.answers[WHOAMI] = ready({"role": "org:admin"})
        process = subprocess.Popen(
            [sys.executable, "-m", "feather_tui", "auth", "login"],
            env=environment | {"FEATHER_BASE_URL": api.base_url},
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)
        screen = _read_until(controller, b"(not shown): ")
        os.write(controller, f"{SECRET}\n".encode())
        screen += _read_until(controller, b"Stored in")
        assert process.wait(SECONDS) == 0
    os.close(controller)

    assert SECRET.encode() not in screen
    assert SECRET in (tmp_path / "config" / "feather-tui" / "keys" / "sandbox.key").read_text()


def _read_until(controller: int, end: bytes) -> bytes:
    seen = b""
    while end not in seen:
        assert select.select([controller], [], [], SECONDS)[0], seen
        seen += os.read(controller, 4096)
    return seen
