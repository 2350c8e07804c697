"""Themes, ASCII and the mouse, on every kind of screen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from rich.segment import Segment
from robot import DESK, PHONE, Robot, demo_library, opened

from feather_tui.demo import incident
from feather_tui.rendering.masthead import Place
from feather_tui.ui.app import FeatherApp
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.theme import Theme
from feather_tui.ui.themes import DARK, HIGH_CONTRAST, LIGHT, PLAIN, THEMES

HEADSET = incident.session_id("headset-refund")
GERMAN = incident.session_id("lampe-zurueck")
_SIGN_ESCAPED = re.compile(r"\\(?:u2[0-9a-f]{3}|x9[0-9a-f]|xb7|xd7)")
"""A sign of the program's own, or a control picture, that was taken for a customer's word."""
WALK = (
    *("right_square_bracket", "y", "q", "f", "q", "x", "q", "L", "q", "i", "q", "3", "e", "g", "2", "v", "q"),
    *(
        "slash",
        "f",
        "escape",
        "F",
        "escape",
        "m",
        "M",
        "escape",
        "q",
        "question_mark",
        "q",
        "colon",
        "escape",
    ),
    *("1", "slash", "z", "escape"),
)


async def walk(robot: Robot) -> AsyncIterator[str]:
    """Give each key that was pressed, on the way through every kind of screen."""
    for key in WALK:
        await robot.press(key)
        yield key


def segments(robot: Robot) -> list[Segment]:
    screen = robot.app.screen
    return [segment for strip in screen._compositor.render_strips(screen.size) for segment in strip]


def check_colours(robot: Robot, theme: Theme) -> None:
    """Every text is in a colour of the theme, on one of it; `plain` has none."""
    own = {
        color.get_truecolor()
        for style in theme.styles.values()
        for color in (style.color, style.bgcolor)
        if color is not None
    }
    for text, style, _ in segments(robot):
        if theme is PLAIN:
            assert style is None or (style.color, style.bgcolor) == (None, None), text
        else:
            assert style is not None, text
            assert style.bgcolor is not None, text
            assert style.bgcolor.get_truecolor() in own, text
            assert style.color is None or style.color.get_truecolor() in own, text
            assert style.color is not None or not text.strip(), text


COLOURED = pytest.mark.parametrize("theme", [DARK, LIGHT, HIGH_CONTRAST, PLAIN], ids=lambda theme: theme.name)


@pytest.mark.parametrize("theme", [LIGHT, PLAIN], ids=lambda theme: theme.name)  # all have the same tones
async def test_everything_on_every_screen_is_of_the_theme(theme: Theme) -> None:
    async with opened(demo_library(), given=[HEADSET], theme=theme.name) as robot:
        async for _ in walk(robot):
            check_colours(robot, theme)


@COLOURED
async def test_a_notice_is_of_the_theme(theme: Theme) -> None:
    surroundings = Surroundings(place=Place(profile="test", host="127.0.0.1"), theme=theme.name)
    app = FeatherApp(demo_library(), surroundings)
    async with app.run_test(notifications=True) as pilot:
        robot = Robot(pilot)
        await robot.settle()
        app.notify("This is not a regular expression.", severity="warning", markup=False)
        await robot.until("not a regular")
        check_colours(robot, theme)


@pytest.mark.parametrize(("session_id", "size"), [(HEADSET, PHONE), (GERMAN, DESK)])
async def test_in_ascii_every_screen_is_and_no_sign_is_taken_for_somebodys_word(
    session_id: str, size: tuple[int, int]
) -> None:
    async with opened(demo_library(), given=[session_id], size=size, ascii_terminal=True) as robot:  # type: ignore[list-item] # a SessionId
        async for key in walk(robot):
            assert robot.screen.isascii(), (key, robot.screen)
            if key != "M":  # the note is shown as its file will be
                assert not _SIGN_ESCAPED.search(robot.screen), (key, robot.screen)
            assert max(map(len, robot.lines)) <= size[0], (key, robot.screen)


@pytest.mark.parametrize("theme", THEMES)
async def test_an_input_line_shows_where_the_cursor_is(theme: str) -> None:
    async with opened(demo_library(), theme=theme) as robot:
        await robot.type("ab")
        (cursor,) = [style for _, style, _ in segments(robot) if style is not None and style.reverse]
        assert not cursor.dim


async def test_a_click_chooses_a_line_and_a_second_one_enters_it() -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        line = next(y for y, text in enumerate(robot.lines) if "▸ shop_refund_order" in text)
        await robot.pilot.click(offset=(20, line))
        await robot.settle()
        assert "▸ shop_refund_order" in robot.cursor_line

        await robot.pilot.click(offset=(20, line))
        await robot.settle()
        assert "▾ shop_refund_order" in robot.cursor_line


async def test_a_click_in_the_lookup_opens_the_session() -> None:
    async with opened(demo_library(), listed=[HEADSET, GERMAN]) as robot:
        line = next(y for y, text in enumerate(robot.lines) if HEADSET[:8] in text)
        await robot.pilot.click(offset=(20, line))
        await robot.settle()
        robot.sees("Hi, I sent my headset back")


async def test_a_click_beside_takes_the_other_pane_and_leaves_both_where_they_are() -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        await robot.press("3")
        robot.sees("Hi, I sent my headset", "extraction partial")
        line = next(y for y, text in enumerate(robot.lines) if "Hi, I sent my headset" in text)

        await robot.pilot.click(offset=(10, line))
        await robot.settle()

        robot.sees("extraction partial")
        assert "Hi, I sent my headset" in robot.cursor_line
        await robot.press("right_curly_bracket")
        assert "14:02:13" in robot.cursor_line
        await robot.resize(140, 36)
        robot.sees("extraction partial")


async def test_without_a_terminal_the_mouse_cannot_be_switched_and_that_is_said() -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        await robot.press("ctrl+t")
        robot.sees("The mouse cannot be switched here; --mouse starts with it.")
