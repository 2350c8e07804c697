"""The lookup: typing, pasting, filtering, choosing, leaving."""

from __future__ import annotations

from robot import PHONE, Robot, demo_library, key_event, opened
from textual import events

from feather_tui.demo import incident

HEADSET = incident.session_id("headset-refund")
KEYBOARD = incident.session_id("keyboard-return")


async def paste(robot: Robot, text: str) -> None:
    robot.app.post_message(events.Paste(text))
    await robot.settle()


async def test_known_sessions_are_listed_newest_first_with_what_counts(lookup: Robot) -> None:
    row = next(line for line in lookup.lines if "3f6c1a90" in line)
    for cell in (
        "11-20 14:02:11",
        "✗ escalated",
        "handoff_requested",
        "voice",
        "18",
        "2 / 5",
        "1 / 3",
        "partial",
    ):
        assert cell in row
    starts = [line[13:27] for line in lookup.lines if line[13:18] == "11-20"]
    assert len(starts) > 20
    assert starts == sorted(starts, reverse=True)


async def test_what_could_not_be_loaded_says_why(listed: Robot) -> None:
    listed.sees("594d2956  still live (409)", "c6fabdf9  not found (404)")


async def test_a_typed_id_opens_on_enter(lookup: Robot) -> None:
    await lookup.type(HEADSET)
    await lookup.press("enter")
    lookup.sees("Hi, I sent my headset back", "✗ escalated")


async def test_a_pasted_log_line_opens_at_once(lookup: Robot) -> None:
    await paste(lookup, f"14:09:02 ERROR handoff failed session_id={HEADSET} trace={'ab' * 16}")
    lookup.sees("Hi, I sent my headset back")


async def test_what_is_pasted_into_a_session_is_opened_as_well(demo: Robot) -> None:
    await paste(demo, KEYBOARD)
    demo.sees("42f05282", "✓ resolved")
    await paste(demo, "nothing of the kind")
    demo.sees("No session id found in “nothing of the kind”")


async def test_what_is_pasted_right_behind_the_key_to_the_lookup_is_not_lost(demo: Robot) -> None:
    demo.app.post_message(key_event("q"))
    await paste(demo, KEYBOARD)
    await demo.until("✓ resolved")
    demo.sees("42f05282")


async def test_several_pasted_ids_are_on_a_board_and_listed() -> None:
    async with opened(demo_library()) as robot:
        await paste(robot, f"{KEYBOARD}\n{HEADSET}\n")
        robot.sees("2 sessions", "✓ resolved")
        await robot.press("q")
        robot.sees("42f05282", "3f6c1a90")


async def test_text_without_an_id_stays_and_says_what_was_looked_for(lookup: Robot) -> None:
    await paste(lookup, "the customer called again")
    lookup.sees("the customer called again", "No session id found in “the customer called again”")


async def test_a_pasted_key_is_not_repeated() -> None:
    async with opened(demo_library()) as robot:
        await paste(robot, "fth_live_4T8zSecretSecret")
        robot.sees("looks like an API key")
        robot.sees_not("SecretSecret")


async def test_typing_filters_and_enter_opens_the_chosen(lookup: Robot) -> None:
    await lookup.type("voice esc")
    lookup.sees("3f6c1a90")
    lookup.sees_not("42f05282")
    await lookup.press("enter")
    lookup.sees("Hi, I sent my headset back")


async def test_a_filter_that_matches_nothing_says_so(lookup: Robot) -> None:
    await lookup.type("zzz")
    lookup.sees("None of the 44 sessions known here matches “zzz”")
    await lookup.press("escape")
    lookup.sees("3f6c1a90")


async def test_arrows_choose_a_session(lookup: Robot) -> None:
    await lookup.press("down", "down")
    chosen = lookup.cursor_line[3:11]
    await lookup.press("enter")
    lookup.sees(chosen)


async def test_q_goes_back_to_the_lookup_and_quits_from_an_empty_line(demo: Robot) -> None:
    await demo.press("q")
    demo.sees("paste an id")
    await demo.type("vq")
    demo.sees("vq")
    await demo.press("escape", "q")
    assert not demo.app.is_running


async def test_escape_on_an_empty_line_goes_back_to_the_session(demo: Robot) -> None:
    await demo.press("1", "escape")
    demo.sees("Hi, I sent my headset back")


async def test_with_nothing_known_it_says_what_to_do() -> None:
    async with opened(demo_library(), size=PHONE) as robot:
        robot.sees("No session is known here yet: paste an id and press Enter.")


async def test_what_was_not_captured_is_a_question_mark_and_not_a_zero(lookup: Robot) -> None:
    await lookup.type("ef67")
    row = next(line for line in lookup.lines if "ef670508" in line)
    assert " ? " in row
    assert "0 / 0" not in row
