"""The lookup asks the API which sessions there are: queries, pages, refusals, and the way there and back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from conversation_rows import listed, listed_id, page
from documents import analysis
from loopback import LoopbackApi
from loopback_answers import Hold, failure, ready, reset_before
from robot import NOW, PHONE, Pauses, Robot, key_event, loopback_library, memory_store, opened, scope
from textual import events

from feather_tui.api.conversations import Batch
from feather_tui.session.conversation import read_page
from feather_tui.session.identity import SessionId
from feather_tui.store.records import Known
from feather_tui.store.store import Store
from feather_tui.ui.widgets.lookup import LookupPane

LIST, OLDER_LIST = "/v1/conversations", "/v1/v2/conversations"


def rows(first: int, last: int, **changes: Any) -> list[dict[str, Any]]:
    return [listed(number, **changes) for number in range(first, last + 1)]


def lists_asked(api: LoopbackApi) -> list[str]:
    return [path for path in api.paths() if path.startswith((f"{LIST}?", f"{OLDER_LIST}?"))]


async def test_a_query_is_completed_asked_scrolled_through_opened_and_come_back_to(api: LoopbackApi) -> None:
    arrived = asyncio.Event()
    second = ready(page(*rows(51, 60)))
    api.answers[LIST] = [ready(page(*rows(1, 50), cursor="there")), second.after(Hold(arrived))]
    api.serve(listed_id(60), analysis=analysis(session_id=listed_id(60)))
    async with opened(loopback_library(api, pauses=Pauses())) as robot:
        await robot.type("stat")
        await robot.press("tab")
        await robot.type("clo")
        robot.sees("status:closed", "go on with  status:closed", "Enter asks the API: status clo")
        await robot.press("right")
        await robot.type(" since:2h")
        robot.sees("Enter asks the API: status closed · since 2026-11-20 13:30:00 UTC")
        assert not api.requests

        await robot.press("enter")
        robot.sees("50 sessions so far, asked 15:30:00Z: status closed · since", "Order 1")
        (asked,) = lists_asked(api)
        assert "status=closed" in asked
        assert "started_after=2026-11-20T13%3A30%3A00Z" in asked

        robot.app.post_message(key_event("pagedown"))
        robot.app.post_message(key_event("pagedown"))
        await robot.until("more: waits 2.0 s for its turn, then loads")
        arrived.set()
        await robot.settle()
        assert [path.partition("cursor=")[2] for path in lists_asked(api)] == ["", "there"]
        await robot.press("pagedown", "pagedown")
        robot.sees("end of the list: 60 sessions")
        await robot.press("up")
        place = robot.cursor_line
        assert "Order 60" in place

        await robot.press("enter", "q")
        robot.sees("status:closed since:2h", "60 sessions, asked 15:30")
        assert "Order 60" in robot.cursor_line
        assert robot.cursor_line != place  # what it came to is known now
        assert len(lists_asked(api)) == 2


def opened_before(store: Store, api: LoopbackApi, number: int, outcome: str) -> None:
    session_id = SessionId(listed_id(number))
    known = Known(
        session_id=session_id, started_at=NOW, outcome=outcome, reason=None, channel="chat",
        turns=1, tools=1, tools_failed=0, retrievals=0, retrievals_missed=0, extraction=None,
        seen_at=NOW, findings={"high": 2},
    )  # fmt: skip
    store.note(scope(api.base_url), session_id, known)


async def test_what_is_left_out_here_is_counted_and_what_is_known_is_shown(api: LoopbackApi) -> None:
    store = memory_store()
    opened_before(store, api, 2, "escalated")
    opened_before(store, api, 3, "resolved")
    api.answers[LIST] = ready(page(*rows(1, 4), {"id": "none"}, cursor=None, has_more=True))
    async with opened(loopback_library(api, store=store, pauses=Pauses())) as robot:
        await robot.type("outcome:escalated")
        robot.sees("Enter asks the API: every session; filtered here: outcome escalated")
        await robot.press("enter")
        robot.sees(
            "1 session, asked 15:30",
            "Of 4 sessions that the API gave, left out here: 2 never opened here",
            "1 row of the list without a usable id: not shown.",
            "The API says that the list of sessions goes on, but not where: there is more than came.",
            "✗ escalated",
            "● high 2",
        )
        assert robot.app.screen.query_one(LookupPane).listed_ids() == (listed_id(2),)

        opened_before(store, api, 1, "escalated")
        await robot.press("enter", "q")
        robot.sees("2 sessions, asked 15:30", "Order 1")
        assert "Order 2" in robot.cursor_line


async def test_words_are_asked_for_with_a_key_and_what_is_not_understood_is_marked(api: LoopbackApi) -> None:
    api.answers[LIST] = ready(page(listed(7, subject="The refund")))
    async with opened(loopback_library(api, pauses=Pauses()), size=PHONE) as robot:
        await robot.type("refund")
        robot.sees("0 of 0 known here; ^r asks the API")
        await robot.press("ctrl+r")
        robot.sees("1 session, asked 15:30", "The refund", "end of the list: 1 session")
        assert "q=refund" in lists_asked(api)[0]

        await robot.press("escape")
        robot.sees_not("The refund")
        await robot.type("status:error sinze:2h")
        robot.sees("              ^^^^^^^^", "Did you mean since:?")
        await robot.press("enter")
        assert len(lists_asked(api)) == 1

        await robot.press("escape", "ctrl+r")
        robot.sees("since:24h", "The refund")
        await robot.press("escape")
        await robot.type("agent:")
        robot.app.post_message(events.Paste("6f1e0e5c-3f0b-4a0b-8f5e-0a6a0b7d1c01"))
        await robot.settle()
        robot.sees("Enter asks the API: agent 6f1e0e5c-3f0b-4a0b-8f5e-0a6a0b7d1c01")
        await robot.type(" ")
        robot.app.post_message(events.Paste(listed_id(7)))
        await robot.settle()
        robot.sees(f"Session {listed_id(7)} was not found")
        await robot.press("q")
        robot.sees("Enter asks the API: agent 6f1e0e5c-3f0b-4a0b-8f5e-0a6a0b7d1c01")


async def test_another_question_gives_up_the_one_before(
    api: LoopbackApi,
) -> None:
    api.answers[LIST] = [ready(page(listed(1))).after(Hold(asyncio.Event())), ready(page(listed(2)))]
    async with opened(loopback_library(api, pauses=Pauses())) as robot:
        for key in ("a", "ctrl+r"):
            robot.app.post_message(key_event(key))
        async with asyncio.timeout(10):
            while not api.requests:
                await robot.pilot.pause(0.01)
        robot.sees("Asking the API: “a”")
        pane = robot.app.screen.query_one(LookupPane)
        given_up = pane.list_line.answer
        assert given_up is not None
        robot.app.post_message(key_event("b"))
        await robot.press("ctrl+r")
        robot.sees("1 session, asked 15:30:00Z: “ab” in subject or summary", "Order 2")

        (late,) = read_page(page(listed(1))).rows
        pane.take_page(given_up, Batch(rows=(late,), refused=0, repeated=0, more=False))
        assert pane.listed_ids() == (listed_id(2),)


@pytest.mark.parametrize("status", [403, 404])
async def test_without_a_list_ids_and_the_cache_go_on(api: LoopbackApi, status: int) -> None:
    api.answers |= {LIST: failure(status), OLDER_LIST: failure(status)}
    api.serve(listed_id(1), analysis=analysis(session_id=listed_id(1)))
    async with opened(loopback_library(api, pauses=Pauses())) as robot:
        await robot.type("status:error")
        await robot.press("enter")
        robot.sees(
            f"HTTP {status}",
            "The key, or the deployment, has no list to search. Ids and what is known here work as before.",
        )
        await robot.press("escape")
        await robot.type(listed_id(1))
        await robot.press("enter", "q")
        robot.sees("00000000", "resolved")


async def test_a_fault_in_the_middle_keeps_what_came_and_the_list_goes_on_from_there(
    api: LoopbackApi,
) -> None:
    time = [NOW]
    api.answers[LIST] = [ready(page(*rows(1, 3), cursor="there")), reset_before()]
    library = loopback_library(api, pauses=Pauses())
    async with opened(library, now=lambda: time[0]) as robot:
        await robot.type("since:2h")
        await robot.press("enter")
        robot.sees("3 sessions so far", "Order 3", "more did not come (unreachable): Enter asks again")

        api.answers[LIST] = ready(page(*rows(4, 5)))
        await robot.press("pagedown", "enter")
        robot.sees("5 sessions, asked 15:30", "Order 3", "Order 5", "end of the list: 5 sessions")
        assert "cursor=there" in lists_asked(api)[-1]

        asked = len(lists_asked(api))
        await robot.press("ctrl+r")
        robot.sees("Asked 0 s ago: the same list is asked for again after 10 s")
        assert len(lists_asked(api)) == asked
        time[0] += timedelta(seconds=11)
        api.answers[LIST] = [ready(b"{"), ready(page(*rows(2, 4)))]
        await robot.press("ctrl+r")
        robot.sees("Order 1", "What is listed is the answer before. ^r asks again.")
        await robot.press("pagedown", "enter")
        robot.sees("3 sessions, asked 15:30:11Z", "Order 4", "end of the list")
        robot.sees_not("Order 1 ", "Order 5")


async def test_a_board_is_made_of_what_is_listed(lookup: Robot) -> None:
    await lookup.type("channel:voice outcome:error since:7d")
    await lookup.press("enter")
    lookup.sees("^g makes a board of what is listed", "Of 14 sessions that the API gave")
    await lookup.press("ctrl+g")
    lookup.sees("1 session", "b65759e5", "first cause")
    await lookup.press("q")
    lookup.sees("channel:voice outcome:error since:7d", "1 session, asked 15:30")


async def test_offline_it_says_so(api: LoopbackApi) -> None:
    async with opened(loopback_library(api, offline=True)) as robot:
        await robot.type("status:error")
        await robot.press("enter")
        robot.sees("--offline asks nothing")
