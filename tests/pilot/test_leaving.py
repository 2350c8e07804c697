"""Keys that come faster than screens change: each screen is left once."""

from __future__ import annotations

import pytest
from robot import demo_library, opened

from feather_tui.demo import incident
from feather_tui.ui.app import FeatherApp

HEADSET = incident.session_id("headset-refund")


@pytest.mark.parametrize("way", ["B", "B C", "B O", "question_mark", "i", "v", "M", "colon", "y"])
async def test_a_screen_that_is_left_twice_takes_no_other_with_it(way: str) -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        await robot.press(*way.split())
        beneath, screen = robot.app.screen_stack[-2:]

        screen.dismiss(None)
        screen.dismiss(None)
        await robot.settle()

        assert robot.app.screen is beneath


async def test_a_board_that_is_asked_for_twice_is_there_once() -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        assert isinstance(robot.app, FeatherApp)
        robot.app.main.action_show_board()
        robot.app.main.action_show_board()
        await robot.settle()

        assert len(robot.app.screen_stack) == 2
