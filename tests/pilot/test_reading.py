"""Reading a session: moving, folding, turns, panes, details, help, times."""

from __future__ import annotations

from robot import PHONE, Robot, demo_library, opened

from feather_tui.command import Pane
from feather_tui.commands import COMMANDS
from feather_tui.demo import incident
from feather_tui.keymap import with_overrides

HEADSET = incident.session_id("headset-refund")


async def test_the_session_is_on_the_screen_with_its_verdict(demo: Robot) -> None:
    demo.sees("✗ escalated", "handoff_requested", "voice", "2026-11-20 14:02:11Z", "6m 12s", "18 turns")
    demo.sees("tools 5 (2 failed)", "retrieval 3 (1 miss)", "3f6c1a90", "UTC")
    demo.sees("the money still isn't there. Order 8812-4410.", "✗ error   30.0 s")


async def test_at_80x24_the_failed_tool_is_on_the_first_screen() -> None:
    async with opened(demo_library(), given=[HEADSET], size=PHONE) as robot:
        robot.sees("✗ escalated", "shop_refund_order", "✗ error", "30.0 s")


async def test_enter_unfolds_the_call_under_the_cursor_and_folds_it_again(demo: Robot) -> None:
    await demo.press("j", "j", "j", "j", "j", "j")
    assert "▸ shop_refund_order" in demo.cursor_line
    await demo.press("enter")
    demo.sees("▾ shop_refund_order", "upstream timed out after 30000 ms", "call_9bXq4LkT0vWm2RsYdHc7PzJe")
    await demo.press("enter")
    demo.sees_not("upstream timed out after 30000 ms")


async def test_e_unfolds_everything_and_folds_everything(demo: Robot) -> None:
    await demo.press("e")
    demo.sees("▾ shop_lookup_order")
    demo.sees_not("▸")
    await demo.press("e")
    demo.sees("▸ shop_lookup_order")


async def test_turn_keys_go_from_message_to_message(demo: Robot) -> None:
    await demo.press("right_curly_bracket")
    assert "14:02:13  assistant" in demo.cursor_line
    await demo.press("right_curly_bracket")
    assert "14:02:46  assistant" in demo.cursor_line
    await demo.press("left_curly_bracket")
    assert "14:02:13  assistant" in demo.cursor_line


async def test_end_shows_how_it_ended_and_home_the_beginning(demo: Robot) -> None:
    await demo.press("G")
    demo.sees("ended 14:08:23  escalated  handoff_requested")
    await demo.press("g")
    demo.sees("Hi, I sent my headset back")


async def test_space_pages_and_keeps_two_lines_in_sight(demo: Robot) -> None:
    view = demo.app.screen.query_one("#transcript")
    before = demo.lines[view.region.y : view.region.bottom]
    await demo.press("space")
    after = demo.lines[view.region.y : view.region.bottom]
    assert [line.strip("▌ ┃") for line in after[:2]] == [line.strip("▌ ┃") for line in before[-2:]]


async def test_the_extraction_is_beside_the_transcript_on_a_wide_screen(demo: Robot) -> None:
    await demo.press("3")
    demo.sees("extraction partial", "missing, required", "Hi, I sent my headset back")
    await demo.press("z")
    demo.sees("must be one of EUR, USD, GBP")
    demo.sees_not("Hi, I sent my headset back")


async def test_below_100_columns_there_is_one_pane_at_a_time() -> None:
    async with opened(demo_library(), given=[HEADSET], size=PHONE) as robot:
        await robot.press("3")
        robot.sees("extraction partial", "refund.amount", "missing, required", "said 14:02:11 by user")
        robot.sees_not("Hi, I sent my headset back")
        await robot.press("2")
        robot.sees("Hi, I sent my headset back")


async def test_tab_goes_round_the_panes(demo: Robot) -> None:
    await demo.press("tab")
    assert demo.app.focused is demo.app.screen.query_one("#extraction")
    await demo.press("tab")
    demo.sees("paste an id")
    await demo.press("tab")
    assert demo.app.focused is demo.app.screen.query_one("#transcript")
    await demo.press("shift+tab")
    demo.sees("paste an id")


async def test_details_open_over_the_session_and_leave_it_where_it_was(demo: Robot) -> None:
    await demo.press("j", "j", "i")
    demo.sees("organization id", "active document versions", "no satisfaction score")
    await demo.press("G")
    demo.sees("customer metadata", "loyalty_tier")
    await demo.press("q")
    assert demo.lines.index(demo.cursor_line) == demo.app.screen.query_one("#transcript").region.y + 2


async def test_help_has_every_command(demo: Robot) -> None:
    await demo.resize(120, 160)
    await demo.press("question_mark")
    for command in COMMANDS:
        demo.sees(command.help)
    await demo.press("escape")
    demo.sees("Hi, I sent my headset back")


async def test_the_footer_says_how_to_get_help_and_back_in_every_pane(demo: Robot) -> None:
    for key, pane in (("2", Pane.TRANSCRIPT), ("3", Pane.EXTRACTION), ("1", Pane.LOOKUP)):
        await demo.press(key)
        assert "? help" in demo.lines[-1], pane
        assert ("q quit" if pane is Pane.LOOKUP else "q back") in demo.lines[-1], pane


async def test_t_writes_times_in_four_ways(demo: Robot) -> None:
    await demo.press("t")
    demo.sees("2026-11-20 14:02:11 UTC", "14:02:11  user")
    await demo.press("t")
    demo.sees("1 h       user", "ago")
    await demo.press("t")
    demo.sees("+0:00     user", " +0:35     assistant", "from start")
    await demo.press("t")
    demo.sees("14:02:11  user", "2026-11-20 14:02:11Z")


async def test_the_place_stays_when_the_terminal_changes_its_size(demo: Robot) -> None:
    await demo.press(*["right_curly_bracket"] * 8)
    said = demo.cursor_line.strip("▌┃ ").split("  ")[0]
    for size in ((80, 24), (61, 15), (200, 50)):
        await demo.resize(*size)
        assert demo.cursor_line.lstrip("▌ ").startswith(said)


async def test_a_terminal_that_is_too_small_says_so_and_recovers(demo: Robot) -> None:
    await demo.resize(39, 9)
    demo.sees("39x9 is too small")
    demo.sees_not("escalated")
    await demo.resize(40, 10)
    demo.sees("escalated")
    before = demo.cursor_line
    await demo.press("j")
    assert demo.cursor_line != before  # the keys came back with the panes


async def test_two_thousand_messages_open_and_page() -> None:
    async with opened(demo_library(), given=[incident.session_id("dock-check-in")]) as robot:
        robot.sees("1958 turns")
        await robot.press("G")
        robot.sees("ended ")
        await robot.press("pageup", "pageup", "g")
        assert "12:18:30" in robot.cursor_line


async def test_configured_keys_take_the_place_of_the_others_and_are_shown() -> None:
    commands = with_overrides(COMMANDS, {"toggle_all": ["ctrl+e"]})
    async with opened(demo_library(), given=[HEADSET], commands=commands) as robot:
        await robot.press("e")
        robot.sees("▸ shop_lookup_order")
        await robot.press("ctrl+e")
        robot.sees("▾ shop_lookup_order", "^e all")
