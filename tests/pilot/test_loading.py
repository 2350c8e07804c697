"""What is seen while documents come, fail, are cached, or do not exist yet. A real server answers."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from loopback import LoopbackApi, analysis_path, extraction_path
from loopback_answers import Hold, failure, page, ready
from robot import NOW, loopback_library, memory_store, opened, scope
from textual import events

from feather_tui.demo import incident
from feather_tui.rendering.masthead import Place
from feather_tui.session.identity import DocumentKind

HEADSET = incident.session_id("headset-refund")
ANALYSIS, EXTRACTION = analysis_path(HEADSET), extraction_path(HEADSET)


@pytest.fixture
def served(api: LoopbackApi) -> LoopbackApi:
    """The server with the flagship session on it."""
    replies = incident.replies(HEADSET)
    api.serve(
        HEADSET,
        analysis=replies[DocumentKind.ANALYSIS].body,
        extraction=replies[DocumentKind.EXTRACTION].body,
    )
    return api


async def test_both_documents_are_asked_for_at_once_and_shown(served: LoopbackApi) -> None:
    async with opened(loopback_library(served), given=[HEADSET]) as robot:
        robot.sees("Hi, I sent my headset back", "fetched just now")
        await robot.press("3")
        robot.sees("extraction partial")
    assert sorted(served.paths()) == sorted([ANALYSIS, EXTRACTION])


async def test_a_transcript_is_shown_while_the_extraction_is_still_coming(served: LoopbackApi) -> None:
    gate = asyncio.Event()
    served.answers[EXTRACTION] = ready(incident.replies(HEADSET)[DocumentKind.EXTRACTION].body).after(
        Hold(gate)
    )
    async with opened(loopback_library(served), given=[HEADSET], settled=False) as robot:
        await robot.until("Hi, I sent my headset back")
        robot.sees("extraction       asking, 0 s", "Esc stops")
        gate.set()
        await robot.settle()
        robot.sees_not("asking")


async def test_loading_can_be_stopped_and_what_came_stays(served: LoopbackApi) -> None:
    served.answers[EXTRACTION] = ready({}).after(Hold(asyncio.Event()))
    async with opened(loopback_library(served), given=[HEADSET], settled=False) as robot:
        await robot.until("Hi, I sent my headset back")
        await robot.press("escape")
        robot.sees("Hi, I sent my headset back")
        robot.sees_not("asking")
        await robot.press("3")
        robot.sees("The loading was stopped")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "401"),
        (403, "403"),
        (404, "was not found"),
        (422, "422"),
        (500, "500"),
    ],
)
async def test_a_failure_is_a_panel_with_the_sentence_and_what_to_press(
    api: LoopbackApi, status: int, sentence: str
) -> None:
    api.answers[ANALYSIS] = api.answers[EXTRACTION] = failure(status)
    async with opened(loopback_library(api), given=[HEADSET]) as robot:
        robot.sees(sentence, "r tries again", "1 goes to the lookup")
        await robot.press("q")
        robot.sees("paste an id")


async def test_a_page_instead_of_a_document_is_told(api: LoopbackApi) -> None:
    api.answers[ANALYSIS] = api.answers[EXTRACTION] = page()
    async with opened(loopback_library(api), given=[HEADSET]) as robot:
        robot.sees("came a web page", "r tries again")


async def test_an_extraction_that_fails_does_not_hide_the_transcript(served: LoopbackApi) -> None:
    served.answers[EXTRACTION] = failure(404)
    async with opened(loopback_library(served), given=[HEADSET]) as robot:
        robot.sees("Hi, I sent my headset back")
        await robot.press("3")
        robot.sees("No extraction was found", "HTTP 404")


async def test_an_unreadable_analysis_does_not_hide_the_extraction(served: LoopbackApi) -> None:
    served.answers[ANALYSIS] = ready({"session_id": HEADSET, "messages": "none"})
    async with opened(loopback_library(served), given=[HEADSET]) as robot:
        robot.sees("The analysis input cannot be read at messages: a list was expected.")
        await robot.press("3")
        robot.sees("extraction partial")


async def test_a_failed_refresh_keeps_what_is_on_the_screen(served: LoopbackApi) -> None:
    async with opened(loopback_library(served), given=[HEADSET]) as robot:
        await robot.press("right_curly_bracket", "right_curly_bracket")
        place = robot.cursor_line
        served.answers[ANALYSIS] = failure(500)
        await robot.press("r")
        robot.sees("analysis input   ✗ not refreshed", "500")
        assert robot.cursor_line == place


async def test_a_refresh_shows_what_is_new_and_keeps_the_place(served: LoopbackApi) -> None:
    async with opened(loopback_library(served), given=[HEADSET]) as robot:
        await robot.press("right_curly_bracket")
        changed = dict(incident.replies(HEADSET)[DocumentKind.ANALYSIS].body)
        changed["completion_reason"] = "handoff_resolved"
        served.answers[ANALYSIS] = ready(changed)
        await robot.press("r")
        robot.sees("handoff_resolved")
        assert "14:02:13  assistant" in robot.cursor_line


async def test_a_cached_session_opens_without_the_server_and_says_its_age(served: LoopbackApi) -> None:
    store, before = memory_store(), NOW - timedelta(minutes=4)
    for kind, reply in incident.replies(HEADSET).items():
        store.put(scope(served.base_url), HEADSET, kind, json.dumps(reply.body).encode(), before)
    library = loopback_library(served, store=store)
    served.answers[ANALYSIS] = served.answers[EXTRACTION] = failure(500)
    async with opened(library, given=[HEADSET]) as robot:
        robot.sees("Hi, I sent my headset back", "cached 4 min ago", "extraction       ✗ not refreshed")
        await robot.press("3")
        robot.sees("extraction partial")


async def test_a_live_session_is_looked_at_again_until_it_ends(served: LoopbackApi) -> None:
    finished = served.answers[ANALYSIS]
    served.answers[ANALYSIS] = failure(409)
    clock = [NOW]
    async with opened(loopback_library(served), given=[HEADSET], now=lambda: clock[0]) as robot:
        robot.sees("409", "still live: looking again in 10 s")
        assert served.paths().count(ANALYSIS) == 1
        served.answers[ANALYSIS] = finished
        clock[0] += timedelta(seconds=11)
        await robot.until("Hi, I sent my headset back")
        await robot.settle()
        robot.sees_not("still live")


async def test_offline_says_what_is_not_cached(api: LoopbackApi) -> None:
    async with opened(loopback_library(api, offline=True), given=[HEADSET]) as robot:
        robot.sees("not in the cache", "Leave --offline out")
    assert api.requests == []


async def test_profile_and_host_are_on_the_screen_and_strange_hosts_are_marked(
    api: LoopbackApi,
) -> None:
    place = Place(profile="prod", host="api.example.com", foreign=True)
    async with opened(loopback_library(api), place=place) as robot:
        robot.sees("prod", "api.example.com", "not sandbox")
        await robot.resize(80, 24)
        robot.sees("prod", "api.example.com", "not sandbox")


async def test_opening_another_session_drops_late_news_of_the_first(served: LoopbackApi) -> None:
    keyboard = incident.session_id("keyboard-return")
    replies = incident.replies(keyboard)
    served.serve(keyboard, analysis=replies[DocumentKind.ANALYSIS].body)
    gate = asyncio.Event()
    slow = ready(incident.replies(HEADSET)[DocumentKind.ANALYSIS].body).after(Hold(gate))
    served.answers[ANALYSIS] = slow
    async with opened(loopback_library(served), given=[HEADSET], settled=False) as robot:
        await robot.until("asking")
        await robot.pilot.press("1")
        robot.app.post_message(events.Paste(keyboard))
        await robot.until("✓ resolved")
        gate.set()
        await robot.settle()
        robot.sees("42f05282", "✓ resolved")
        robot.sees_not("Hi, I sent my headset back")


async def test_an_expired_copy_is_asked_for_again_and_leaves_the_cache(served: LoopbackApi) -> None:
    store, long_ago = memory_store(), NOW - timedelta(days=31)
    other = incident.session_id("keyboard-return")
    for session_id in (HEADSET, other):
        store.put(scope(served.base_url), session_id, DocumentKind.ANALYSIS, b"{}", long_ago)
    async with opened(loopback_library(served, store=store), given=[HEADSET]) as robot:
        robot.sees("Hi, I sent my headset back", "fetched just now")
        assert store.info().sessions == 1
