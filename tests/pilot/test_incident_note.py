"""The incident note on the screen: masked, looked at, copied, saved."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from documents import SESSION_ID, analysis, extraction, row
from loopback import LoopbackApi
from loopback_answers import failure
from robot import PHONE, Robot, demo_library, loopback_library, opened

from feather_tui.clipboard import Clipboard, copied_file
from feather_tui.demo import incident
from feather_tui.session.identity import SessionId
from feather_tui.ui.screens.note import NoteScreen

HEADSET = incident.session_id("headset-refund")
SESSION = SessionId(SESSION_ID)
NAME = "feather-note-3f6c1a90-20261120T153000Z.md"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, which is empty."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
async def robot(api: LoopbackApi, here: Path, tmp_path: Path) -> AsyncIterator[Robot]:
    """A session with personal data, at a terminal over SSH."""
    assert names_in(here) == []
    messages = [
        row("user", "I am dana@mail.example, where is order 8812-4410?", turn="t1"),
        row("assistant", "Let me see.", turn="t2", second=4),
    ]
    api.serve(SESSION_ID, analysis=analysis(*messages), extraction=extraction())
    clipboard = Clipboard({"SSH_TTY": "/dev/pts/9", "PATH": "/nowhere"}, tmp_path / "state", lambda _: None)
    async with opened(loopback_library(api), given=[SESSION], clipboard=clipboard) as robot:
        yield robot


def words(robot: Robot) -> str:
    """The screen without its line breaks: paths of tests are long."""
    return " ".join(robot.screen.split())


def names_in(directory: Path) -> list[str]:
    return [path.name for path in directory.iterdir()]


async def note_of_the_first_entry(robot: Robot) -> None:
    await robot.press("a")
    await robot.type("ask rob@mail.example")
    await robot.press("enter", "M")


async def test_the_note_is_shown_masked_and_says_how_much(robot: Robot) -> None:
    await note_of_the_first_entry(robot)

    robot.sees("incident note   masked: 2 e-mails   1 entry marked", "- profile: test")
    await robot.press("G")
    robot.sees(
        "### Marked 1 of 1: ask \\[masked e-mail\\]", "> I am \\[masked e-mail\\], where is order 8812"
    )
    robot.sees_not("mail.example")


async def test_unmasked_the_title_warns_and_u_masks_again(robot: Robot) -> None:
    await note_of_the_first_entry(robot)

    await robot.press("u", "G")
    robot.sees("NOT MASKED: personal data leaves with it", "I am dana@mail.example")
    await robot.press("u")
    robot.sees("masked: 2 e-mails")
    robot.sees_not("mail.example", "NOT MASKED")


async def test_what_is_copied_is_what_is_shown(robot: Robot, tmp_path: Path) -> None:
    await note_of_the_first_entry(robot)

    await robot.press("y")

    text = copied_file(tmp_path / "state").read_text()
    assert text.startswith("# Incident note\n")
    assert "mail.example" not in text
    assert "characters sent to the terminal (OSC 52)" in words(robot)
    assert "Masked: 2 e-mails." in words(robot)

    await robot.press("u", "y")
    assert "I am dana@mail.example" in copied_file(tmp_path / "state").read_text()
    assert "Not masked: personal data may stand in it." in words(robot)


async def test_it_is_saved_for_its_owner_under_the_name_that_is_offered(robot: Robot, here: Path) -> None:
    await note_of_the_first_entry(robot)
    await robot.press("s")
    robot.sees(NAME, "Save as a new file in")
    assert str(here) in "".join(robot.screen.split())

    await robot.press("enter")

    file = here / NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().count("[masked e-mail\\]") == 2
    assert "which only you can read. Masked: 2 e-mails." in words(robot)
    robot.sees("Written to", "incident note")


async def test_what_exists_is_replaced_only_by_a_yes(robot: Robot, here: Path) -> None:
    (here / "mine.md").write_text("mine")
    await robot.press("M")

    for answer, text in (("", "mine"), ("n", "mine"), ("y", "# Incident note")):
        await robot.press("s", "ctrl+u")
        await robot.type("mine.md")
        await robot.press("enter")
        robot.sees("mine.md exists already. Replace it?")
        await robot.type(answer)
        await robot.press("enter")
        assert (here / "mine.md").read_text().startswith(text)
        assert ("Nothing was written." if text == "mine" else "which only you can read") in words(robot)


async def test_leaving_the_line_writes_nothing(robot: Robot, here: Path) -> None:
    await robot.press("M", "s", "escape")

    assert names_in(here) == []
    robot.sees("incident note")


@pytest.mark.parametrize("name", ["nowhere/x.md", "~nobody-at-all/x.md", "/dev/null/x"])
async def test_a_file_that_cannot_be_is_a_sentence(robot: Robot, here: Path, name: str) -> None:
    await robot.press("M", "s", "ctrl+u")
    await robot.type(name)
    await robot.press("enter")

    robot.sees("incident note")
    assert "written" in robot.screen or "home" in robot.screen
    assert names_in(here) == []


async def test_enter_on_a_marked_entry_changes_its_remark(robot: Robot) -> None:
    await note_of_the_first_entry(robot)
    await robot.press("G", "enter")
    robot.sees("Remark on the message of user at 2026")
    await robot.press("ctrl+u")
    await robot.type("two weeks")
    await robot.press("enter")
    robot.sees("### Marked 1 of 1: two weeks", "masked: 1 e-mail ")

    await robot.press("q")
    robot.sees("◆ marked: two weeks")


async def test_where_no_entry_is_marked_enter_says_so(robot: Robot) -> None:
    await robot.press("M")
    robot.sees("no entries marked")
    await robot.press("G")
    robot.sees("*no entry is marked*")

    await robot.press("enter")
    robot.sees("There is no marked entry here to remark on.")


async def test_what_comes_late_to_a_note_that_was_left_is_no_crash(robot: Robot) -> None:
    await robot.press("M")
    note = robot.app.screen
    assert isinstance(note, NoteScreen)
    await robot.press("q")

    await note._write_in_thread()
    note._say("copied")

    robot.sees_not("incident note")


@pytest.mark.parametrize("key", ["q", "escape", "M"])
async def test_keys_lead_back(robot: Robot, key: str) -> None:
    await robot.press("M", key)

    robot.sees("Let me see.")
    robot.sees_not("incident note")


async def test_the_note_says_what_the_filter_hid(robot: Robot) -> None:
    await robot.press("F")
    await robot.type("role:user")
    await robot.press("enter", "M")

    robot.sees("- filter: only messages of user: 1 of 3 entries shown, 2 hidden")


async def test_a_session_that_cannot_be_read_has_a_note_too(api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=failure(404), extraction=failure(404))
    async with opened(loopback_library(api), given=[SESSION]) as robot:
        await robot.press("M")

        robot.sees("- said while loading:", "HTTP 404")


async def test_on_a_small_screen_nothing_is_cut() -> None:
    async with opened(demo_library(), given=[HEADSET], size=PHONE) as robot:
        await robot.press("m", "M")

        robot.sees("masked: nothing was found to mask   1 entry marked", "- written: 2026-11-20T15:30:00Z")
        assert not any("…" in line for line in robot.lines)
        robot.sees("s save", "y copy", "q back")
