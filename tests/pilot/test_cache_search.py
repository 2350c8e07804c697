"""Finding cached sessions by what was said in them: from the lookup, behind a slash."""

from __future__ import annotations

from pathlib import Path

import pytest
from robot import NOW, PHONE, Robot, demo_library, opened
from textual import events

from feather_tui.commands import COMMANDS
from feather_tui.demo import incident
from feather_tui.keymap import with_overrides
from feather_tui.session.sought import Found, Sought
from feather_tui.store import trigrams
from feather_tui.store.store import open_store
from feather_tui.ui.messages import CacheSearched

HEADSET = incident.session_id("headset-refund")
NOT_A_SESSION = "22b8f3cf-d16e-5bd7-b8d6-145e9e7107d9"
"""The id of a turn of the headset's session."""
TO_HEADSET = ("down",) * 7
"""From the first session that holds “upstream” to the headset's."""


async def search(robot: Robot, text: str) -> None:
    await robot.press("slash")
    await robot.type(text)


async def paste(robot: Robot, text: str) -> None:
    robot.app.post_message(events.Paste(text))
    await robot.settle()


def shown_ids(robot: Robot) -> list[str]:
    """The sessions of the list, by the beginning of their ids."""
    return [line[3:11] for line in robot.lines if line[3:11].isalnum() and line[13:18] == "11-20"]


async def test_sessions_are_found_by_what_was_said_and_the_hit_is_shown(lookup: Robot) -> None:
    await search(lookup, "upstream timed")
    lookup.sees("13 sessions of 45 cached hold “upstream timed”", "said by")
    lookup.sees("✗ escalated     tool shop_refund_order · error", "upstream timed out after 30000 ms")
    assert len(shown_ids(lookup)) == 13
    lookup.sees_not("index of")


async def test_enter_opens_the_session_at_its_first_match_and_n_goes_on(lookup: Robot) -> None:
    await search(lookup, "upstream")
    await lookup.press(*TO_HEADSET, "enter")
    lookup.sees("3f6c1a90", "/upstream  1/2 places")
    assert "upstream timed out after 30000 ms" in lookup.cursor_line
    await lookup.press("n")
    lookup.sees("2/2 places")


async def test_what_was_found_is_still_there_on_the_way_back(lookup: Robot) -> None:
    await search(lookup, "upstream")
    await lookup.press(*TO_HEADSET, "enter", "1")
    lookup.sees("/upstream", "13 sessions of 45 cached hold “upstream”")
    assert "3f6c1a90" in lookup.cursor_line
    await lookup.press("down", "enter")
    lookup.sees("46b355e8", "/upstream  1/")


async def test_opened_again_it_is_the_first_match_once_more(lookup: Robot) -> None:
    await search(lookup, "upstream")
    await lookup.press(*TO_HEADSET, "enter", "n", "1", "enter")
    lookup.sees("/upstream  1/2 places")


async def test_a_hit_in_the_extraction_is_gone_to_there(lookup: Robot) -> None:
    await search(lookup, "refund.currency")
    lookup.sees("extraction · ")
    await lookup.press("enter")
    lookup.sees("/refund.currency  1/")
    assert "refund.currency" in lookup.cursor_line


async def test_words_that_stand_apart_are_found_and_gone_through(lookup: Robot) -> None:
    await search(lookup, "upstream escalated")
    lookup.sees("cached hold all words of “upstream escalated”")
    await lookup.press("enter")
    lookup.sees("/\\vescalated|upstream  1/")


async def test_what_nobody_said_is_said_plainly(lookup: Robot) -> None:
    await search(lookup, "zebra")
    lookup.sees(
        "None of the 45 cached sessions holds “zebra” in its messages, tool calls, retrievals, handoffs"
    )
    await lookup.press("enter")
    lookup.sees("None of the 45 cached")
    await lookup.press("escape")
    lookup.sees("extraction", "3f6c1a90")


async def test_a_slash_alone_asks_for_the_words_and_searches_nothing(lookup: Robot) -> None:
    await lookup.press("slash")
    lookup.sees("Type what was said", "3f6c1a90")
    await lookup.press("enter")
    lookup.sees("Type what was said")


async def test_half_an_expression_is_a_sentence(lookup: Robot) -> None:
    await search(lookup, "\\v(")
    lookup.sees("This is not a regular expression")
    await lookup.type("time|late)")
    lookup.sees("cached hold “\\v(time|late)”")


async def test_the_list_follows_every_character(lookup: Robot) -> None:
    await search(lookup, "関")
    lookup.sees("5c94e07c")
    await lookup.type("税")
    lookup.sees("1 session of 45 cached holds “関税”")
    await lookup.press("backspace", "backspace")
    await lookup.type("upstream")
    lookup.sees("13 sessions of 45 cached hold “upstream”")
    lookup.sees_not("5c94e07c")


async def test_what_comes_late_of_an_older_line_is_dropped(lookup: Robot) -> None:
    await search(lookup, "upstream")
    lookup.app.screen.post_message(CacheSearched(Found(sought=Sought.parse("up"), cached=1)))
    await lookup.settle()
    lookup.sees("13 sessions of 45 cached hold “upstream”")


async def test_a_path_with_an_id_is_opened_as_a_reference(lookup: Robot) -> None:
    await search(lookup, f"v1/sessions/{HEADSET}/analysis-input")
    await lookup.press("enter")
    lookup.sees("Hi, I sent my headset back")


async def test_a_pasted_path_with_an_id_is_opened_at_once(lookup: Robot) -> None:
    await paste(lookup, f"/sessions/{HEADSET}")
    lookup.sees("Hi, I sent my headset back")


async def test_an_id_of_something_else_finds_the_session_that_holds_it(lookup: Robot) -> None:
    await search(lookup, NOT_A_SESSION)
    lookup.sees("1 session of 45 cached holds")
    await lookup.press("enter")
    lookup.sees("3f6c1a90", f"/{NOT_A_SESSION}  1/")


async def test_what_is_pasted_behind_a_slash_is_searched_for(lookup: Robot) -> None:
    await lookup.press("slash")
    await paste(lookup, "upstream timed out\n  after 30000 ms\n")
    lookup.sees("/upstream timed out after 30000 ms", "13 sessions of 45 cached hold")
    await lookup.press("escape", "slash")
    await paste(lookup, NOT_A_SESSION)
    lookup.sees(f"/{NOT_A_SESSION}", "1 session of 45")


async def test_a_key_behind_a_slash_is_not_kept(lookup: Robot) -> None:
    await lookup.press("slash")
    await paste(lookup, "fth_live_4T8zSecretSecret")
    lookup.sees("looks like an API key")
    lookup.sees_not("SecretSecret")


async def test_on_a_phone_nothing_of_the_sentence_is_lost() -> None:
    async with opened(demo_library(), size=PHONE) as robot:
        await search(robot, "refund")
        robot.sees("No session is cached yet, so there is nothing to search.")


async def test_without_a_full_text_table_it_says_that_it_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trigrams, "available", lambda: False)
    async with opened(demo_library(), listed=[HEADSET]) as robot:
        await search(robot, "upstream")
        robot.sees("1 session of 1 cached holds “upstream”", "scanning, this SQLite has no full-text index")


async def test_an_index_under_way_says_how_far_it_is_and_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache as an older release left it, and no time for its index until the search was seen."""
    path = tmp_path / "cache" / "sessions.sqlite3"
    store = open_store(path, days=30, max_bytes=1 << 28, now=lambda: NOW)
    monkeypatch.setattr(store.index, "add", lambda *_: False)
    async with opened(demo_library(store), listed=[HEADSET]) as robot:
        await search(robot, "upstream")
        robot.sees(
            "1 session of 1 cached holds “upstream”", "index of 0 of 1, the others are read one by one"
        )
        monkeypatch.undo()
        robot.app.main._index()  # type: ignore[attr-defined]  # as at the end of every load
        await robot.settle()
        robot.sees("1 session of 1 cached holds “upstream”")
        robot.sees_not("index of")


# ---------------------------------------------------------------------- the keys of an empty line


async def test_configured_keys_work_on_an_empty_line() -> None:
    keys = {"back_or_quit": ["Q"], "show_help": ["h"], "search": ["ctrl+f"], "show_palette": ["slash"]}
    commands = with_overrides(COMMANDS, keys)
    async with opened(demo_library(), commands=commands) as robot:
        await robot.press("question_mark", "q")
        robot.sees(" ?q")
        await robot.press("escape", "slash")
        robot.sees("Type what was said")
        await robot.press("escape", "h")
        robot.sees("Where am I")
        await robot.press("escape", "Q")
        assert not robot.app.is_running
