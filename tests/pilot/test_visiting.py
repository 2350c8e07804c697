"""Back and forward between sessions, to where the reader was."""

from __future__ import annotations

from robot import Robot, demo_library, opened

from feather_tui.demo import incident

HEADSET = incident.session_id("headset-refund")
DOCK = incident.session_id("dock-check-in")


async def open_dock(robot: Robot) -> None:
    await robot.press("1")
    await robot.type(DOCK)
    await robot.press("enter")
    robot.sees(DOCK[:8])


async def test_going_back_leads_to_the_line_that_was_left_with_its_folds() -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        await robot.press("right_square_bracket", "down", "down")
        left, line = robot.screen, robot.cursor_line
        await open_dock(robot)
        await robot.press("less_than_sign")
        robot.sees(HEADSET[:8])
        assert robot.cursor_line == line
        assert "▾ shop_refund_order" in left
        robot.sees("▾ shop_refund_order")


async def test_forward_again_and_then_there_is_no_further() -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        await open_dock(robot)
        await robot.press("ctrl+o", "greater_than_sign")
        robot.sees(DOCK[:8])
        await robot.press("greater_than_sign")
        robot.sees(DOCK[:8], "the last session that was opened")


async def test_the_pane_is_the_one_that_was_read() -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        await robot.press("3", "down", "down", "down")
        line = robot.cursor_line
        await open_dock(robot)
        await robot.press("ctrl+o")
        assert robot.cursor_line == line


async def test_from_the_lookup_back_is_the_open_session() -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        await robot.press("3", "1")
        robot.sees("paste an id")
        await robot.press("ctrl+o")
        robot.sees("extraction partial")
        robot.sees_not("paste an id")
