"""A session in a terminal: what only a terminal shows of opening, reading and leaving it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from documents import SESSION_ID
from in_terminal import Serving, Start
from loopback import LoopbackApi
from pty_terminal import MOUSE_MODES, SECONDS

from feather_tui.demo import incident

OTHER_ID = "9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42"


def open_once() -> None:
    """Read the session with `show`, which puts it into the cache."""
    command = [sys.executable, "-m", "feather_tui", "show", SESSION_ID]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_the_demo_shows_its_session_and_keeps_to_the_size_it_is_given(
    start: Start, size: tuple[int, int]
) -> None:
    terminal = start("--demo", incident.session_id("headset-refund"), size=size)
    terminal.wait_for("✗ escalated", "tools 5 (2 failed)", "Hi, I sent my headset back", "? help")

    terminal.resize(35, 8)
    terminal.wait_for("35x8 is too small")
    assert "escalated" not in terminal.screen

    terminal.resize(*size)
    terminal.wait_for("✗ escalated", "Hi, I sent my headset back", "? help")


def test_q_goes_back_and_then_out_and_leaves_the_terminal_as_it_was(start: Start, api: LoopbackApi) -> None:
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?", "✓ resolved", "fetched just now", "nothing found in")
    assert "2004" in terminal.modes
    assert len(api.requests) == 2

    terminal.type("q")
    terminal.wait_for("paste an id", "3f6c1a90", "✓ resolved")
    terminal.type("q")

    assert terminal.wait_for_exit() == 0
    terminal.assert_restored()
    assert not terminal.modes_ever & MOUSE_MODES
    assert terminal.screen.strip() == ""


def test_keys_typed_faster_than_the_screen_changes_all_count(start: Start, api: LoopbackApi) -> None:
    del api
    terminal = start(SESSION_ID)
    terminal.wait_for("Where is my headset?")

    terminal.type("qvoice")
    terminal.wait_for("None of the 1 sessions known here matches “voice”.")


def test_a_session_seen_before_opens_without_the_server_and_says_so(start: Start, serving: Serving) -> None:
    with serving():
        open_once()

    terminal = start(SESSION_ID)

    terminal.wait_for("Where is my headset?", "✓ resolved", "cached")


def test_ids_from_a_pipe_leave_the_keys_to_the_terminal(start: Start, api: LoopbackApi) -> None:
    del api
    log = f"ERROR session={SESSION_ID} handoff failed\nWARN session={OTHER_ID}\n"

    terminal = start(piped=log.encode())
    terminal.wait_for("1 session", "✓ resolved", "9d2f5b70  ✗ not here: not found")
    terminal.type("q")
    terminal.wait_for("3f6c1a90  11-20 14:02:11", "9d2f5b70  not found (404)")
    terminal.type("q")

    assert terminal.wait_for_exit() == 0
    terminal.assert_restored()


def test_a_pasted_log_line_opens_its_session(start: Start, api: LoopbackApi) -> None:
    del api
    terminal = start()
    terminal.wait_for("paste an id")

    terminal.paste(f"2026-11-20T14:08:23Z ERROR worker-7 session={SESSION_ID} q handoff failed\n")

    terminal.wait_for("Where is my headset?", "✓ resolved")


def test_without_a_terminal_to_draw_on_it_points_to_show() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "feather_tui", "--demo"],
        capture_output=True,
        check=False,
        text=True,
        timeout=SECONDS,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Standard output is not a terminal" in done.stderr
    assert "feather-tui show" in done.stderr
