"""The API key, and what a crash leaves behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from documents import SESSION_ID
from in_terminal import SECRET, Start
from loopback import WHOAMI, LoopbackApi, analysis_path
from loopback_answers import failure, ready
from pty_terminal import SECONDS, Terminal

CRASHING = Path(__file__).with_name("crashing_program.py")


def files_with(text: str, directory: Path) -> list[str]:
    """Name the files anywhere under `directory` that hold `text`."""
    files = (path for path in directory.rglob("*") if path.is_file())
    return [path.name for path in files if text.encode() in path.read_bytes()]


def test_the_key_is_in_its_own_file_and_nowhere_else(
    start: Start, api: LoopbackApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FEATHER_API_KEY")
    monkeypatch.setenv("FEATHER_DEBUG", "1")
    monkeypatch.setenv("TEXTUAL_LOG", str(tmp_path / "textual.log"))
    api.answers[WHOAMI] = ready({"role": "org:viewer"})
    said = ""

    def run(*words: str, piped: str = "") -> None:
        nonlocal said
        done = subprocess.run(
            [sys.executable, "-m", "feather_tui", *words],
            capture_output=True,
            check=False,
            input=piped,
            text=True,
            timeout=SECONDS,
        )
        said += done.stdout + done.stderr

    run("auth", "login", piped=SECRET)
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?", "fetched")
    api.answers[analysis_path(SESSION_ID)] = failure(401, message="revoked")
    terminal.type("r")
    terminal.wait_for("not refreshed")
    terminal.type("qq")
    assert terminal.wait_for_exit() == 0
    run("show", SESSION_ID, "--refresh", "--format", "json")
    run("auth", "status")

    assert {request.headers.get("x-api-key") for request in api.requests} == {SECRET}
    assert "fth_live_4T… (from " in said
    assert SECRET not in said
    assert SECRET.encode() not in terminal.written
    assert (tmp_path / "textual.log").stat().st_size
    assert files_with(SECRET, tmp_path) == ["sandbox.key"]


def test_a_crash_restores_the_terminal_and_prints_no_values(api: LoopbackApi) -> None:
    del api
    with Terminal([sys.executable, str(CRASHING), SESSION_ID]) as terminal:
        terminal.wait_for("Where is my headset?")
        terminal.type("\x1b[20~")
        status = terminal.wait_for_exit()
        terminal.assert_restored()
        left = terminal.screen.replace("\n", "").strip()

    assert status == 1
    assert left.startswith("feather-tui: Something unexpected happened in feather-tui itself")
    assert "(RuntimeError in render)" in left
    for secret in (SECRET, "Example Road", "\x1b]52"):
        assert secret.encode() not in terminal.written
