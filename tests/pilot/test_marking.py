"""Marking entries and remarking on them; the marks stay with their entries, here and in the next run."""

from __future__ import annotations

from pathlib import Path

from documents import SESSION_ID, Document, analysis, extraction, row
from loopback import LoopbackApi
from robot import Robot, demo_library, loopback_library, opened

from feather_tui.demo import incident
from feather_tui.mark_files import MarkFiles
from feather_tui.session.identity import SessionId

HEADSET = incident.session_id("headset-refund")
SESSION = SessionId(SESSION_ID)


def rows(*contents: str) -> list[Document]:
    return [
        row("user", content, turn=f"turn of {content}", second=number * 2)
        for number, content in enumerate(contents)
    ]


async def test_m_marks_the_entry_under_the_cursor_and_unmarks_it(demo: Robot) -> None:
    await demo.press("right_curly_bracket", "m")
    above, marked, text = around_mark(demo)
    assert above.startswith("▌14:02:13  assistant")
    assert marked.strip() == "◆ marked"
    assert "I'm sorry about the wait" in text

    await demo.press("m")
    demo.sees_not("◆")
    demo.sees("▌14:02:13  assistant")


async def test_a_marks_and_asks_for_a_remark(demo: Robot) -> None:
    await demo.press("a")
    demo.sees("◆ marked")
    await demo.type("two weeks!")
    await demo.press("enter")

    demo.sees("◆ marked: two weeks!")
    await demo.press("a")
    await demo.type(" really?")
    await demo.press("enter")
    demo.sees("◆ marked: two weeks! really?")


async def test_leaving_the_line_keeps_mark_and_remark_as_they_were(demo: Robot) -> None:
    await demo.press("a")
    await demo.type("never said")
    await demo.press("escape")
    assert around_mark(demo)[1].strip() == "◆ marked"

    await demo.press("a")
    await demo.type("said")
    await demo.press("enter", "a", "backspace", "escape")
    demo.sees("◆ marked: said")


async def test_a_remark_is_not_lost_by_a_slip(demo: Robot) -> None:
    await demo.press("a")
    await demo.type("two weeks")
    await demo.press("enter", "m")
    demo.sees("Unmarked, with its remark “two weeks”: marking again brings both back.")
    demo.sees_not("◆")

    await demo.press("m")
    demo.sees("◆ marked: two weeks")


async def test_the_apostrophe_goes_from_mark_to_mark_and_round(demo: Robot) -> None:
    await demo.press("right_curly_bracket", "m", "right_curly_bracket", "right_curly_bracket", "m", "g")

    await demo.press("apostrophe")
    assert "14:02:13  assistant" in demo.cursor_line
    await demo.press("apostrophe")
    assert "14:03:27  user" in demo.cursor_line
    await demo.press("apostrophe")
    assert "14:02:13  assistant" in demo.cursor_line


async def test_the_apostrophe_leads_from_the_extraction_and_to_hidden_entries(demo: Robot) -> None:
    await demo.press("m", "F")
    await demo.type("errors")
    await demo.press("enter", "3", "apostrophe")

    demo.sees("shown although the filter hides it", "◆ marked")


async def test_without_marks_the_apostrophe_says_so(demo: Robot) -> None:
    await demo.press("apostrophe")

    demo.sees("No entry of this session is marked.")


async def test_marks_stand_beside_those_of_findings(demo: Robot) -> None:
    await demo.press("right_square_bracket", "m")

    above, marked, _ = around_mark(demo)
    assert "● high" in above
    assert marked.strip() == "◆ marked"


async def test_marks_of_each_session_are_its_own() -> None:
    other = incident.session_id("dock-check-in")
    async with opened(demo_library(), given=[HEADSET]) as robot:
        await robot.press("m", "1")
        await robot.type(other)
        await robot.press("enter")
        robot.sees_not("◆")
        await robot.press("less_than_sign")
        robot.sees("◆ marked", "Hi, I sent my headset back")


# ---------------------------------------------------------------------- across refreshes and runs


async def test_a_mark_stays_with_its_entry_when_the_session_grows(api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=analysis(*rows("one", "two")), extraction=extraction())
    async with opened(loopback_library(api), given=[SESSION]) as robot:
        await robot.press("right_curly_bracket", "m")
        assert "two" in around_mark(robot)[2]

        earlier = row("system", "before all", turn="t0", second=-9)
        api.serve(SESSION_ID, analysis=analysis(earlier, *rows("one", "two")), extraction=extraction())
        await robot.press("r")

        robot.sees("before all")
        assert "two" in around_mark(robot)[2]


async def test_a_mark_whose_entry_is_gone_is_told_in_the_note(api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=analysis(*rows("one", "two")), extraction=extraction())
    async with opened(loopback_library(api), given=[SESSION]) as robot:
        await robot.press("right_curly_bracket", "m")
        api.serve(SESSION_ID, analysis=analysis(*rows("one")), extraction=extraction())
        await robot.press("r")
        robot.sees_not("◆")

        await robot.press("M", "G")
        robot.sees("no longer in this session: message of user at 2026")


async def test_the_next_run_has_the_marks(tmp_path: Path) -> None:
    directory = tmp_path / "state" / "marks"
    async with opened(demo_library(), given=[HEADSET], marks=MarkFiles(directory, days=30)) as robot:
        await robot.press("a")
        await robot.type("two weeks")
        await robot.press("enter")
        robot.sees_not("kept only")

    async with opened(demo_library(), given=[HEADSET], marks=MarkFiles(directory, days=30)) as robot:
        robot.sees("◆ marked: two weeks")


async def test_marks_that_cannot_be_kept_are_said_and_work(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    marks = MarkFiles(tmp_path / "state" / "marks", days=30)
    async with opened(demo_library(), given=[HEADSET], marks=marks) as robot:
        robot.sees("where marks are kept, cannot be used")
        await robot.press("escape", "m")

        robot.sees("◆ marked", "Marks are kept only while the program runs.")


def around_mark(robot: Robot) -> tuple[str, str, str]:
    """The line of the only mark, with the one above and the one below."""
    (place,) = [number for number, line in enumerate(robot.lines) if "◆ marked" in line]
    above, marked, below = robot.lines[place - 1 : place + 2]
    return above, marked.rstrip("┃").rstrip(), below
