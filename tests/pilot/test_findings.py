"""Why it failed: the suspicion, the rail, going to the evidence and back."""

from __future__ import annotations

from robot import PHONE, Robot, demo_library, opened

from feather_tui.demo import incident

HEADSET = incident.session_id("headset-refund")


async def test_the_suspected_first_cause_stands_under_the_verdict(demo: Robot) -> None:
    demo.sees("suspected   shop_refund_order timed out 30.0 s → answered anyway → asked for a human")
    demo.sees("→ customer repeated 2× →", "transferred")


async def test_at_80x24_the_suspicion_is_whole() -> None:
    async with opened(demo_library(), given=[HEADSET], size=PHONE) as robot:
        robot.sees("shop_refund_order timed out 30.0 s", "→ transferred")


async def test_a_healthy_session_says_what_was_looked_at() -> None:
    async with opened(demo_library(), given=[incident.session_id("keyboard-return")]) as robot:
        robot.sees("verdict   nothing found in: ending, tools, speed")


async def test_a_session_without_traces_says_what_could_not_be_looked_at() -> None:
    async with opened(demo_library(), given=[incident.session_id("older-record")]) as robot:
        await robot.press("f")
        robot.sees("not evaluated, no_tool_trace")


async def test_entries_carry_their_worst_finding(demo: Robot) -> None:
    line = next(line for line in demo.lines if "shop_refund_order   order_id" in line)
    assert line.rstrip(" ┃").endswith("● high")
    healthy = next(line for line in demo.lines if "shop_lookup_order" in line)
    assert "●" not in healthy


async def test_brackets_go_from_finding_to_finding_and_unfold_the_evidence(demo: Robot) -> None:
    await demo.press("right_square_bracket")
    assert "▾ shop_refund_order" in demo.cursor_line
    demo.sees("1/21  ● high", "upstream timed out after 30000 ms")
    await demo.press("right_square_bracket")
    demo.sees("2/21  ● high")
    assert "14:02:46  assistant" in demo.cursor_line
    await demo.press("left_square_bracket", "left_square_bracket")
    demo.sees("21/21")


async def test_the_rail_lists_findings_and_enter_goes_to_the_evidence(demo: Robot) -> None:
    await demo.press("f")
    demo.sees("findings   ● 10 high   ● 7 medium   ● 4 info")
    await demo.press("j", "j", "j", "enter")
    demo.sees("3/21  ● high")
    assert "▾ retrieval" in demo.cursor_line
    demo.sees("answerability gate", "not_answerable")


async def test_q_leaves_the_rail_before_it_leaves_the_session(demo: Robot) -> None:
    await demo.press("f", "q")
    demo.sees_not("● 10 high")
    demo.sees("Hi, I sent my headset back")
    await demo.press("f", "f")
    demo.sees_not("● 10 high")


async def test_a_finding_of_the_extraction_goes_to_the_field(demo: Robot) -> None:
    for _ in range(9):
        await demo.press("right_square_bracket")
    demo.sees("9/21", "refund.currency: must be one of EUR, USD, GBP")
    assert demo.app.focused is demo.app.screen.query_one("#extraction")
    assert "refund.currency" in demo.cursor_line


async def test_more_than_three_of_a_rule_are_one_line_with_a_count() -> None:
    async with opened(demo_library(), given=[incident.session_id("dock-check-in")]) as robot:
        await robot.press("f")
        robot.sees("more like it")
        await robot.press("e")
        robot.sees_not("more like it")


async def test_the_lookup_shows_the_worst_and_how_many(lookup: Robot) -> None:
    row = next(line for line in lookup.lines if "3f6c1a90" in line)
    assert "● high 10" in row
    await lookup.type("42f0")
    healthy = next(line for line in lookup.lines if "42f05282" in line)
    assert "· none" in healthy


async def test_x_on_an_answer_shows_what_it_stood_on(demo: Robot) -> None:
    await demo.press("right_curly_bracket", "right_curly_bracket", "x")
    demo.sees(
        "question", "4 chunks found", "not shown", "0.31, below the low threshold 0.45", "not_answerable"
    )
    demo.sees("shadow: it records its verdict and holds nothing back")


async def test_x_on_a_call_shows_what_was_said_next_and_the_retries(demo: Robot) -> None:
    await demo.press("right_square_bracket", "x")
    demo.sees("said next", "Your refund has been issued", "later calls of shop_refund_order")
    demo.sees("the same arguments")


async def test_enter_in_the_evidence_goes_to_the_entry(demo: Robot) -> None:
    await demo.press("right_square_bracket", "x")
    while "said next" not in demo.cursor_line:
        await demo.press("j")
    await demo.press("j", "enter")
    assert "14:02:46  assistant" in demo.cursor_line
    demo.sees("✗ escalated")


async def test_latency_shows_the_slowest_first_on_demand(demo: Robot) -> None:
    await demo.press("L")
    demo.sees("in order of time", "~~ model or unaccounted")
    await demo.press("L")
    demo.sees("slowest first")
    while "14:02:46" not in demo.cursor_line:
        await demo.press("j")
    await demo.press("enter")
    assert "14:02:46  assistant" in demo.cursor_line


async def test_a_lost_field_leads_to_where_it_should_be(demo: Robot) -> None:
    await demo.press("3")
    demo.sees("said 14:02:11 by user", "? not found in the")
    while "refund.amount" not in demo.cursor_line:
        await demo.press("j")
    await demo.press("enter")
    assert demo.app.focused is demo.app.screen.query_one("#transcript")
    assert "14:02:13  assistant" in demo.cursor_line


async def test_an_extracted_value_leads_to_who_said_it(demo: Robot) -> None:
    await demo.press("right_curly_bracket", "right_curly_bracket", "3")
    while "order_id            8812" not in demo.cursor_line:
        await demo.press("j")
    await demo.press("enter")
    assert "14:02:11  user" in demo.cursor_line
