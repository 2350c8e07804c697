"""Copying what the cursor is on: the menu, the route that is told, the private file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from robot import Robot, demo_library, opened

from feather_tui.address import BaseUrl
from feather_tui.clipboard import Clipboard, copied_file
from feather_tui.demo import incident
from feather_tui.rendering.masthead import Place

HEADSET = incident.session_id("headset-refund")


@pytest.fixture
def sent() -> list[str]:
    """The escape sequences that were written to the terminal."""
    return []


@pytest.fixture
async def robot(tmp_path: Path, sent: list[str]) -> AsyncIterator[Robot]:
    """The flagship session, at a terminal over SSH without tmux."""
    place = Place(
        profile="test",
        host="api.example.com",
        base_url=BaseUrl.parse("https://api.example.com"),
        url_template="https://app.example.com/sessions/{session_id}",
    )
    clipboard = Clipboard({"SSH_TTY": "/dev/pts/9", "PATH": "/nowhere"}, tmp_path / "state", sent.append)
    async with opened(demo_library(), given=[HEADSET], place=place, clipboard=clipboard) as robot:
        yield robot


async def test_the_error_of_a_call_is_copied_as_it_is(robot: Robot, tmp_path: Path, sent: list[str]) -> None:
    await robot.press("right_square_bracket", "y")
    robot.sees("arguments", "error", "tool call id", "session id", "permalink", "curl for the analysis input")
    await robot.press("j", "enter")
    assert copied_file(tmp_path / "state").read_text() == "upstream timed out after 30000 ms"
    assert len(sent) == 1
    robot.sees("33 characters sent to the terminal (OSC 52); whether it took it cannot be known.")


async def test_a_curl_line_never_holds_the_key(robot: Robot, tmp_path: Path) -> None:
    await robot.press("y")
    while "curl for the analysis input" not in robot.cursor_line:
        await robot.press("j")
    await robot.press("enter")
    line = copied_file(tmp_path / "state").read_text()
    assert line.endswith(f"https://api.example.com/v1/sessions/{HEADSET}/analysis-input")
    assert "$FEATHER_API_KEY" in line
    assert "fth_" not in line


async def test_leaving_the_menu_copies_nothing(robot: Robot, tmp_path: Path, sent: list[str]) -> None:
    await robot.press("y", "q")
    robot.sees("Hi, I sent my headset back")
    assert sent == []
    assert not copied_file(tmp_path / "state").exists()
