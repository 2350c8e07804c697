"""What is asked of many sessions: what they share, since when, and how two of them differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import triage_incident
from robot import Robot, demo_library, opened
from textual.screen import Screen

from feather_tui.demo import incident
from feather_tui.library import Library
from feather_tui.triage.table import Narrowing
from feather_tui.ui.screens.common import CommonScreen
from feather_tui.ui.screens.compare import CompareScreen
from feather_tui.ui.screens.onset import OnsetScreen

CASES = triage_incident.cases(3)
FAILED = [case for case in CASES if case.failed]
WELL = [case for case in CASES if not case.failed]
HEADSET, KEYBOARD, GONE = map(incident.session_id, ("headset-refund", "keyboard-return", "past-retention"))


async def asked(robot: Robot, screen: Screen[Any], *keys: str) -> object:
    """Open a screen, press keys in it, and return what it is left for."""
    left: list[object] = []
    robot.app.push_screen(screen, left.append)
    await robot.settle()
    await robot.press(*keys)
    return left[0] if left else None


async def test_what_they_share_is_told_and_leads_to_them() -> None:
    async with opened(demo_library()) as robot:
        surroundings = robot.app.surroundings  # type: ignore[attr-defined]  # of this app
        query = await asked(robot, CommonScreen(surroundings, FAILED, WELL, "failed"), "enter")
        assert isinstance(query, str)
        assert sum(map(Narrowing.parse(query).keeps, CASES)) == 14

        assert await asked(robot, CommonScreen(surroundings, FAILED, WELL, "failed")) is None
        robot.sees("23 of 40 sessions failed; 14 of these", "only there", "18 values were compared")
        assert triage_incident.SIGNATURE in robot.cursor_line
        await robot.resize(80, 24)
        robot.sees("14/23 of these   0/17 others", "Enter narrow to it")
        await robot.press("G", "enter")
        robot.sees("no value on this line")
        await robot.press("C")
        robot.sees_not("commonality")

        await asked(robot, CommonScreen(surroundings, FAILED[:2], WELL[:1], "are marked"))
        robot.sees("2 of 3 sessions are marked. So few cannot tell", "Take more sessions of the same time")


async def test_since_when_is_told_and_leads_to_the_sessions_beside_it() -> None:
    async with opened(demo_library(), size=(80, 24), ascii_terminal=True) as robot:
        surroundings = robot.app.surroundings  # type: ignore[attr-defined]  # of this app
        await asked(robot, OnsetScreen(surroundings, CASES))
        robot.sees("Since 2026-11-20 14:16:59Z: refund_order", "08:00   09:00", "%%%%++++%%%%")
        assert robot.screen.isascii()
        await robot.press("enter")
        robot.sees("this line leads to no session")
        await robot.press("O")

        to_since = ("j",) * 9
        since = await asked(robot, OnsetScreen(surroundings, CASES), *to_since, "enter")
        assert since in {case.session_id for case in FAILED}
        before = await asked(robot, OnsetScreen(surroundings, CASES), *to_since, "j", "enter")
        assert before in {case.session_id for case in WELL}


async def test_two_are_compared_and_either_is_opened_where_they_part() -> None:
    async with opened(demo_library()) as robot:
        surroundings, library = robot.app.surroundings, robot.app.library  # type: ignore[attr-defined]  # of this app
        place = await asked(robot, CompareScreen(surroundings, library, HEADSET, KEYBOARD), "p", "enter")
        assert isinstance(place, tuple)
        assert place[0] == HEADSET
        assert place[1]
        only_in_a = await asked(
            robot, CompareScreen(surroundings, library, HEADSET, KEYBOARD), "tab", "p", "enter"
        )
        assert only_in_a == place

        await asked(robot, CompareScreen(surroundings, library, HEADSET, KEYBOARD))
        robot.sees(
            f"A {HEADSET}", f"│ B {KEYBOARD}", "they part at step 4 of 27: shop_refund_order error / nothing"
        )
        robot.sees("Enter: A")
        robot.sees("tool errors", "retrievals missed", "slowest reply", "extracted")
        await robot.press("n", "n", "n")
        assert robot.cursor_line.startswith("▌>> shop_refund_order error")
        await robot.press("n", "tab")
        assert robot.cursor_line.startswith("▌≠  assistant")
        robot.sees("Enter: B")
        await robot.press("N", "e", "p")
        robot.sees('"return_received"}')
        await robot.press("D")
        robot.sees_not("comparison")

        await robot.resize(80, 24)
        for keys in (("j",), ("n", "tab"), ("n", "j")):
            below = CompareScreen(surroundings, library, HEADSET, KEYBOARD)
            place = await asked(robot, below, *keys, "enter")
            assert isinstance(place, tuple)
            assert place[0] == KEYBOARD


async def test_one_that_does_not_come_is_told_and_the_other_is_shown() -> None:
    async with opened(demo_library()) as robot:
        surroundings, library = robot.app.surroundings, robot.app.library  # type: ignore[attr-defined]  # of this app
        await asked(robot, CompareScreen(surroundings, library, GONE, HEADSET))
        robot.sees("only B is here", f"A: Session {GONE} was not found (HTTP 404)", "shop_refund_order error")
        await robot.press("p")
        robot.sees("do not part")


async def test_from_the_board_an_answer_leads_to_sessions_and_back(
    cached_demo: Callable[[], Library],
) -> None:
    async with opened(cached_demo(), given=incident.session_ids()) as robot:
        robot.sees("44 sessions", "28 failed")
        await robot.press("C")
        robot.sees(
            "12 of these and none of the others have this tool error: shop_refund_order: upstream",
            "2 more are not here",
        )
        await robot.press("enter")
        robot.sees('error:="shop_refund_order: upstream timed out after <n> ms"', "12 of 44 shown")
        await robot.press("O")
        robot.sees(
            "44 sessions, the errors of 12", "Since 2026-11-20 13:58:40Z: shop_refund_order: upstream timed"
        )
        await robot.press("q", "slash", "ctrl+u")
        await robot.type("session:3f6c1a90")
        await robot.press("enter", "D", "p")
        robot.sees("they part at step 6 of 29: shop_refund_order error / ok")
        assert robot.cursor_line.startswith("▌>> shop_refund_order")
        await robot.press("enter")
        assert robot.cursor_line.startswith("▌          ▾ shop_refund_order")
        await robot.press("q")
        robot.sees("1 of 44 shown")
