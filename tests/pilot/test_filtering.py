"""Narrowing the transcript: by keys, as a person does."""

from __future__ import annotations

from documents import SESSION_ID, analysis, call, extraction, row
from loopback import LoopbackApi
from robot import PHONE, Robot, demo_library, loopback_library, opened

from feather_tui.demo import incident
from feather_tui.session.identity import SessionId

HEADSET = incident.session_id("headset-refund")
ONLY_USER = " filter  only messages of user   7 of 38 entries shown, 31 hidden   F changes · Esc shows all"


async def filter_for(robot: Robot, text: str) -> None:
    await robot.press("F")
    await robot.type(text)
    await robot.press("enter")


async def test_only_what_is_kept_is_shown_and_the_rest_is_counted(demo: Robot) -> None:
    await filter_for(demo, "role:user")

    demo.sees("Hi, I sent my headset back", "It says nothing was refunded", ONLY_USER)
    demo.sees_not("I'm sorry about the wait", "shop_refund_order  ")


async def test_tab_takes_what_is_offered(demo: Robot) -> None:
    await demo.press("F")
    demo.sees("go on with  errors  findings  role:user")
    await demo.type("role:")
    await demo.press("down", "tab")
    assert demo.lines[-3] == " role:assistant"
    await demo.press("enter")

    demo.sees("only messages of assistant", "I'm sorry about the wait")
    demo.sees_not("Hi, I sent my headset back")


async def test_an_error_is_said_and_what_was_typed_stays(demo: Robot) -> None:
    await filter_for(demo, "eror")
    demo.sees(" eror", "“eror” is not part of a filter. Did you mean errors?", "Hi, I sent my headset back")

    await demo.press("backspace", "backspace", "backspace", "backspace")
    demo.sees_not("is not part of a filter")
    await demo.type("errors")
    await demo.press("enter")

    demo.sees("only errors   2 of 38 entries shown, 36 hidden")


async def test_escape_in_the_line_leaves_the_filter_as_it_was(demo: Robot) -> None:
    await filter_for(demo, "role:user")
    await demo.press("F")
    demo.sees(" role:user")
    await demo.type(" errors")
    await demo.press("escape")

    demo.sees(ONLY_USER)


async def test_an_empty_line_shows_all(demo: Robot) -> None:
    await filter_for(demo, "role:user")
    await demo.press("F", "ctrl+u", "enter")

    demo.sees("I'm sorry about the wait")
    demo.sees_not("entries shown")


async def test_up_brings_the_last_filter_back(demo: Robot) -> None:
    await filter_for(demo, "role:user")
    await demo.press("escape", "F", "up", "enter")

    demo.sees(ONLY_USER)


async def test_escape_ends_the_search_before_the_filter_and_the_status_says_so(demo: Robot) -> None:
    await filter_for(demo, "role:user")
    await demo.press("slash")
    await demo.type("refunded")
    await demo.press("enter")
    demo.sees("F changes", "Esc ends")
    demo.sees_not("Esc shows all")

    await demo.press("escape")
    demo.sees("F changes · Esc shows all")
    await demo.press("escape")
    demo.sees("I understand. It can take up to three days")
    demo.sees_not("F changes")


async def test_the_cursor_stays_on_its_entry_and_line_when_the_filter_goes_away(demo: Robot) -> None:
    await filter_for(demo, "role:user")
    await demo.press("right_curly_bracket", "right_curly_bracket")
    line = demo.lines.index(demo.cursor_line)
    assert demo.cursor_line.startswith("▌14:03:41  user")

    await demo.press("escape")

    assert demo.cursor_line.startswith("▌14:03:41  user")
    assert demo.lines.index(demo.cursor_line) == line
    demo.sees("14:03:29  assistant", "14:03:43  assistant")


async def test_turns_are_those_that_are_shown(demo: Robot) -> None:
    await filter_for(demo, "role:user")

    await demo.press("right_curly_bracket")
    assert "14:03:27  user" in demo.cursor_line
    await demo.press("left_curly_bracket")
    assert "14:02:11  user" in demo.cursor_line


async def test_what_is_unfolded_stays_so(demo: Robot) -> None:
    await filter_for(demo, "errors")
    await demo.press("enter")
    demo.sees("▾ shop_refund_order", "upstream timed out after 30000 ms")

    await demo.press("escape")
    demo.sees("▾ shop_refund_order", "upstream timed out after 30000 ms")


async def test_a_hidden_finding_is_shown_all_the_same_until_another_is_gone_to(demo: Robot) -> None:
    await filter_for(demo, "role:user")

    await demo.press("right_square_bracket")
    demo.sees("→ shown although the filter hides it", "▾ shop_refund_order", "14:02:13  assistant, hidden by")
    demo.sees("8 of 38 entries shown (1 although filtered out), 30 hidden")
    await demo.press("right_square_bracket")
    demo.sees("Your refund has been issued", "8 of 38 entries shown (1 although filtered out)")
    demo.sees_not("▾ shop_refund_order")

    await demo.press("escape")
    demo.sees_not("although")


async def test_a_search_finds_what_is_hidden_and_shows_it(demo: Robot) -> None:
    await filter_for(demo, "role:user")
    await demo.press("slash")
    await demo.type("upstream timed out")
    await demo.press("enter")

    assert "upstream timed out after 30000 ms" in demo.cursor_line
    demo.sees("shown although the filter hides it")


async def test_evidence_leads_to_hidden_entries(demo: Robot) -> None:
    await filter_for(demo, "role:assistant")
    await demo.press("right_curly_bracket", "x", "j", "enter")

    demo.sees("shown although the filter hides it", "(1 although filtered out)")


async def test_the_extraction_leads_to_hidden_messages(demo: Robot) -> None:
    await filter_for(demo, "errors")
    await demo.press("3", "z")
    while "order_id" not in demo.cursor_line:
        await demo.press("j")
    await demo.press("enter")

    demo.sees("Hi, I sent my headset back", "shown although the filter hides it")


async def test_a_filter_that_keeps_nothing_says_so_and_every_key_is_harmless(demo: Robot) -> None:
    await filter_for(demo, "kind:handoff errors")
    demo.sees("No entry is kept by the filter.", "0 of 38 entries shown, 38 hidden")

    await demo.press("j", "G", "space", "enter", "x", "m", "right_curly_bracket", "plus", "e", "g")
    demo.sees("No entry is kept by the filter.")
    await demo.press("escape")
    demo.sees("Hi, I sent my headset back")


async def test_the_filter_survives_another_time_and_another_size(demo: Robot) -> None:
    await filter_for(demo, "role:user")
    await demo.press("right_curly_bracket", "t", "t", "t")
    assert "+1:16     user" in demo.cursor_line
    demo.sees("only messages of user")

    await demo.resize(*PHONE)
    assert "+1:16    user" in demo.cursor_line
    demo.sees("7 of 38 entries shown, 31 hidden", "Esc shows all")


async def test_filter_and_place_survive_a_refresh(api: LoopbackApi) -> None:
    rows = [row("user", f"question {number}", turn=f"t{number}", second=number) for number in range(40)]
    rows[7] = row("assistant", "the answer", turn="t7", second=7)
    api.serve(SESSION_ID, analysis=analysis(*rows), extraction=extraction())
    async with opened(loopback_library(api), given=[SessionId(SESSION_ID)]) as robot:
        await filter_for(robot, "role:user")
        await robot.press("slash")
        await robot.type("the answer")
        await robot.press("enter", "escape")
        place = robot.cursor_line
        robot.sees("the answer", "shown although the filter hides it")

        grown = analysis(*rows, row("assistant", "afterthought", turn="t99", second=99))
        api.serve(SESSION_ID, analysis=grown, extraction=extraction())
        await robot.press("r")

        assert robot.cursor_line == place
        robot.sees("40 of 43 entries shown (1 although filtered out), 3 hidden")


async def test_another_session_begins_without_a_filter(demo: Robot) -> None:
    await filter_for(demo, "role:user")
    await demo.press("1")
    await demo.type(incident.session_id("dock-check-in"))
    await demo.press("enter")

    demo.sees_not("F changes", "3f6c1a90")


async def test_findings_are_kept_by_their_marks() -> None:
    async with opened(demo_library(), given=[HEADSET]) as robot:
        await filter_for(robot, "findings")

        robot.sees("only findings", "▸ shop_refund_order")
        robot.sees_not("I'm sorry about the wait", "▸ shop_lookup_order")


async def test_names_that_would_act_in_a_terminal_are_not_offered(api: LoopbackApi) -> None:
    hostile = call("c1", "\x1b]52;c;eA==\x07", turn="t1", result="ok")
    api.serve(SESSION_ID, analysis=analysis(row("user", "x", turn="t1"), tool_calls=[hostile]))
    async with opened(loopback_library(api), given=[SessionId(SESSION_ID)]) as robot:
        await robot.press("F")
        await robot.type("tool:")

        robot.sees_not("\x1b", "go on with")
