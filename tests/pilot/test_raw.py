"""The documents as they were received: unfolded, searched, copied, also where they could not be read."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from documents import SESSION_ID, analysis, body, call, extraction, row
from loopback import LoopbackApi
from loopback_answers import Hold, ready
from robot import PHONE, Robot, demo_library, loopback_library, opened

from feather_tui.clipboard import Clipboard, copied_file
from feather_tui.demo import incident
from feather_tui.pager import Pager
from feather_tui.session.identity import SessionId
from feather_tui.ui.app import FeatherApp

HEADSET = incident.session_id("headset-refund")
ID = SessionId(SESSION_ID)
ODD = body(
    analysis(
        row("user", "Where is my headset?", turn="turn-0"),
        row("assistant", "Let me see.", second=4),
        tool_calls=[call("call-1", arguments='{"amount": 79.90, "currency": "eu"}')],
    )
).replace(b'"channel": "chat"', b'"channel": "chat", "rate": 1e5, "price": 79.90')


async def to(robot: Robot, text: str) -> None:
    """Go down to the line with a text."""
    while text not in robot.cursor_line:
        before = robot.cursor_line
        await robot.press("j")
        assert robot.cursor_line != before, f"{text!r} is not below:\n{robot.screen}"


async def search(robot: Robot, text: str) -> None:
    await robot.press("slash")
    await robot.type(text)
    await robot.press("enter")


async def test_it_opens_at_the_record_under_the_cursor_and_goes_back(demo: Robot) -> None:
    await demo.press("right_square_bracket", "v")
    demo.sees(
        "raw  analysis input   tool_calls[1] ", '"error": "upstream timed out after 30000 ms"', "K bytes"
    )
    assert "▾ 1: {8 keys}" in demo.cursor_line
    await demo.press("v")
    demo.sees("suspected", "upstream timed out after 30000 ms")


async def test_the_path_follows_the_cursor_into_json_in_strings(demo: Robot) -> None:
    await demo.press("right_square_bracket", "v")
    await to(demo, '"arguments"')
    await demo.press("enter")
    demo.sees('▾ "arguments": JSON in a string, {3 keys}')
    await demo.press("j")
    demo.sees("tool_calls[1].arguments|fromjson.order_id")
    await demo.press("k", "enter")
    demo.sees('▸ "arguments": "{\\"order_id\\": \\"8812-4410\\"')


async def test_o_shows_the_other_document_and_comes_back_to_the_place(demo: Robot) -> None:
    await demo.press("right_square_bracket", "v", "j", "j")
    place = demo.cursor_line
    await demo.press("o")
    demo.sees("raw  extraction   the whole document", '"status": "partial"')
    await demo.press("o")
    demo.sees("raw  analysis input")
    assert demo.cursor_line == place


async def test_from_the_extraction_it_opens_at_the_field(demo: Robot) -> None:
    await demo.press("3")
    await to(demo, "refund.currency")
    await demo.press("v")
    demo.sees("raw  extraction   validation_errors[0]")


async def test_everything_unfolds_and_folds_and_the_cursor_stays_where_it_can(demo: Robot) -> None:
    await demo.press("right_square_bracket", "v", "j", "e")
    assert '"tool_call_id"' in demo.cursor_line
    await demo.press("e")
    assert "▸ 1: {8 keys}" in demo.cursor_line
    demo.sees_not("▾ 1: {8 keys}")


async def test_a_search_unfolds_what_it_finds_and_counts(demo: Robot) -> None:
    await demo.press("v")
    await search(demo, "arrived_on")
    demo.sees("/arrived_on  1/2", "|fromjson.returns[0].arrived_on")
    await search(demo, "8812-4410")
    first = demo.cursor_line
    demo.sees("/8812-4410  4/20")
    await demo.press("n")
    demo.sees("/8812-4410  5/20")
    await demo.press("N")
    assert demo.cursor_line == first
    await search(demo, "\\v^zebra")
    demo.sees("/\\v^zebra  not found")
    await search(demo, "\\v(")
    demo.sees("This is not a regular expression")


async def test_numbers_stand_as_they_were_received(api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=ODD, extraction=extraction())
    async with opened(loopback_library(api), given=[ID]) as robot:
        await robot.press("v", "g")
        robot.sees('"rate": 1e5', '"price": 79.90')


@pytest.fixture
async def taking(tmp_path: Path) -> AsyncIterator[Robot]:
    """The flagship session, with a clipboard that has no way but its file."""
    clipboard = Clipboard({"STY": "1", "PATH": "/nowhere"}, tmp_path / "state", lambda _: None)
    async with opened(demo_library(), given=[HEADSET], clipboard=clipboard) as robot:
        yield robot


async def test_the_value_and_the_path_of_a_line_are_copied(taking: Robot, tmp_path: Path) -> None:
    await taking.press("right_square_bracket", "v")
    await to(taking, '"arguments"')
    for steps, copied in [
        (0, '{"order_id": "8812-4410", "amount": 79.9, "reason": "return_received"}'),
        (1, r'"{\"order_id\": \"8812-4410\", \"amount\": 79.9, \"reason\": \"return_received\"}"'),
        (2, "tool_calls[1].arguments"),
    ]:
        await taking.press("y", *["j"] * steps, "enter")
        assert copied_file(tmp_path / "state").read_text() == copied
        taking.sees(f"{len(copied)} characters, only in")


async def test_what_could_not_be_read_is_shown_as_it_came(api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=b'{"session_id": 7, "messages": "none"}', extraction=extraction())
    async with opened(loopback_library(api), given=[ID]) as robot:
        robot.sees("cannot be read", "v shows what came")
        await robot.press("v")
        robot.sees("raw  analysis input, not readable", '"messages": "none"', "cannot be read at")


async def test_what_is_no_json_is_shown_as_text(api: LoopbackApi) -> None:
    api.serve(
        SESSION_ID, analysis=ready(b'{"session_id": "3f6c\nsecond \x1b[31m line'), extraction=extraction()
    )
    async with opened(loopback_library(api), given=[ID]) as robot:
        await robot.press("v")
        robot.sees("It is shown as lines of text.", '{"session_id": "3f6c', "second ␛[31m line", "   line 1 ")
        await search(robot, "SECOND".lower())
        robot.sees("/second  1/1", "   line 2 ")


async def test_an_answer_that_cannot_be_read_is_beside_the_copy_that_can(api: LoopbackApi) -> None:
    api.serve(SESSION_ID, analysis=ODD, extraction=extraction())
    async with opened(loopback_library(api), given=[ID]) as robot:
        api.serve(SESSION_ID, analysis=b"{}")
        await robot.press("r", "v")
        robot.sees("raw  analysis input   messages[0]")
        await robot.press("o")
        robot.sees("raw  analysis input, not readable   the whole document", "session_id: it is missing")


async def test_without_a_document_v_says_so(api: LoopbackApi) -> None:
    async with opened(loopback_library(api), given=[ID]) as robot:
        await robot.press("v")
        robot.sees("no document has come yet")
        await robot.press("E")
        robot.sees("no document has come yet")


async def test_what_was_being_loaded_is_asked_for_again_after_the_pager(
    api: LoopbackApi, tmp_path: Path
) -> None:
    held = asyncio.Event()
    api.serve(SESSION_ID, analysis=ODD, extraction=ready(extraction()).after(Hold(held)))
    async with opened(loopback_library(api), given=[ID], settled=False) as robot:
        await robot.until("Where is my headset?")
        assert isinstance(robot.app, FeatherApp)
        environ = {"PAGER": "true", "PATH": os.environ["PATH"]}
        robot.app.surroundings.pager = Pager(environ=environ, state_dir=tmp_path)
        assert len(api.requests) == 2
        await robot.pilot.press("E")
        await robot.until("The terminal cannot be given to another program from here.")
        held.set()
        await robot.settle()
        assert len(api.requests) == 4
        robot.sees("Where is my headset?")


async def test_long_values_and_keys_are_readable_at_80_columns() -> None:
    async with opened(demo_library(), given=[HEADSET], size=PHONE) as robot:
        await robot.press("v")
        await to(robot, '"content"')
        assert robot.cursor_line.rstrip("┃ ").endswith("90 characters")
        await robot.press("enter")
        robot.sees("Hi, I sent my headset back two weeks ago and the money still", "Order 8812-4410.")
        robot.sees("Enter unfold", "y copy", "o other", "E pager", "q back")
        assert all(len(line) <= 80 for line in robot.lines)
