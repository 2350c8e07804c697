"""Searching in the open session."""

from __future__ import annotations

from robot import Robot, demo_library, opened

from feather_tui.demo import incident


async def test_a_search_finds_what_is_folded_and_unfolds_it(demo: Robot) -> None:
    await demo.press("slash")
    await demo.type("upstream timed out")
    await demo.press("enter")
    demo.sees("▾ shop_refund_order", "1/2 places")
    assert "upstream timed out after 30000 ms" in demo.cursor_line


async def test_n_and_shift_n_go_round(demo: Robot) -> None:
    await demo.press("slash")
    await demo.type("refund")
    await demo.press("enter")
    first = demo.cursor_line
    await demo.press("n")
    assert demo.cursor_line != first
    await demo.press("N")
    assert demo.cursor_line == first


async def test_what_is_not_there_is_said_and_the_place_stays(demo: Robot) -> None:
    await demo.press("right_curly_bracket", "slash")
    await demo.type("zebra")
    await demo.press("enter")
    demo.sees("/zebra", "not found")
    assert "14:02:13  assistant" in demo.cursor_line


async def test_escape_ends_the_search_and_keeps_the_place(demo: Robot) -> None:
    await demo.press("slash")
    await demo.type("bank shows")
    await demo.press("enter")
    place = demo.cursor_line
    await demo.press("escape")
    demo.sees_not("/bank shows")
    assert demo.cursor_line == place


async def test_a_bad_regex_is_a_sentence_and_loses_nothing(demo: Robot) -> None:
    await demo.press("slash")
    await demo.type("\\v(")
    await demo.press("enter")
    demo.sees("Hi, I sent my headset back")


async def test_a_search_through_two_thousand_messages_says_how_many() -> None:
    async with opened(demo_library(), given=[incident.session_id("dock-check-in")]) as robot:
        await robot.press("slash")
        await robot.type("upstream timed out")
        await robot.press("enter")
        robot.sees("1/7 places")


async def test_the_extraction_is_searched_behind_the_transcript(demo: Robot) -> None:
    await demo.press("slash")
    await demo.type("whitlock")
    await demo.press("enter")
    demo.sees("/whitlock", "places")
    assert "Dana Whitlock" in demo.cursor_line


async def test_a_search_in_the_extraction_begins_there(demo: Robot) -> None:
    await demo.press("3", "slash")
    await demo.type("amount")
    await demo.press("enter")
    assert "amount" in demo.cursor_line
    demo.sees("refund.amount")


async def test_n_after_the_end_of_a_search_searches_again(demo: Robot) -> None:
    await demo.press("slash")
    await demo.type("upstream timed out")
    await demo.press("enter", "escape")
    demo.sees_not("/upstream timed out")
    await demo.press("n")
    demo.sees("/upstream timed out", "1/2 places")
