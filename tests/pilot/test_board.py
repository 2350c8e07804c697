"""The triage board as somebody uses it: it fills, is sorted, narrowed and grouped, and leads to sessions."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable

import pytest
import triage_incident
from limited_api import LimitedApi
from loopback import LoopbackApi, analysis_path
from loopback_answers import Answer, failure, ready
from robot import NOW, PHONE, Pauses, Robot, key_event, loopback_library, opened
from textual import events

from feather_tui.demo import incident
from feather_tui.library import Library
from feather_tui.listed_sessions import ListedSessions
from feather_tui.session.identity import SessionId
from feather_tui.session.list_query.query import ListQuery

SAMPLES = tuple(triage_incident.sessions(5))
UUID = re.compile(r" [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} ")
IDS = tuple(sample.session_id for sample in SAMPLES)


@pytest.fixture
def served(api: LoopbackApi) -> LoopbackApi:
    for sample in SAMPLES:
        api.serve(sample.session_id, analysis=sample.analysis, extraction=sample.extraction)
    return api


class GatedApi(LimitedApi):
    """Answers about as many sessions as it is told to, those first that are asked for first."""

    def __init__(self) -> None:
        super().__init__()
        self._gates: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._let = 0
        self._path = ""

    def let(self, sessions: int) -> None:
        self._let += sessions
        for gate in [*self._gates.values()][: self._let]:
            gate.set()

    def _turn(self, path: str) -> Answer:
        self.in_flight += 1
        self._path = path
        return super()._turn(path)

    async def _answer(
        self, given: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        gate = self._gates[self._path.split("/")[3]]  # of the turn just taken
        if len(self._gates) <= self._let:
            gate.set()
        await gate.wait()
        self.in_flight -= 1
        await super()._answer(given, reader, writer)


def strike(robot: Robot, *keys: str) -> None:
    """Press keys while something is under way."""
    for key in keys:
        robot.app.post_message(key_event(key))


def cursor(robot: Robot) -> tuple[int, str]:
    """Where the cursor's line is, and what is in it besides the scroll bar."""
    return robot.lines.index(robot.cursor_line), robot.cursor_line.rstrip("┃ ")


async def paste(robot: Robot, text: str) -> None:
    robot.app.post_message(events.Paste(text))
    await robot.settle()


def column(robot: Robot, start: int, stop: int) -> list[str]:
    """What stands in some columns of the rows of the table."""
    rules = [number for number, line in enumerate(robot.lines) if line.startswith("──")]
    return [line[start:stop].strip() for line in robot.lines[rules[0] + 2 : rules[1]] if line.strip()]


async def test_a_pasted_log_opens_a_board_to_sort_narrow_group_mark_and_come_back_to(
    cached_demo: Callable[[], Library],
) -> None:
    ids = incident.session_ids()[:12]
    async with opened(cached_demo(), size=PHONE) as robot:
        await paste(robot, "\n".join(f"14:02:11 ERROR session_id={each} gone wrong" for each in ids))
        robot.sees("11 sessions", "newest first", "+7 columns in a wider terminal", "missing: 1 still live")
        starts = [cell for cell in column(robot, 3, 17) if cell.startswith("11-20")]
        assert len(starts) == 11
        assert starts == sorted(starts, reverse=True)

        await robot.press("S", "G")
        robot.sees("oldest first")
        assert "▌" in robot.cursor_line
        await robot.press("s", "S", "g")
        robot.sees("by outcome")

        await robot.press("slash")
        await robot.type("nonsense:1")
        await robot.press("enter")
        robot.sees("There is no column “nonsense”.")
        await robot.press("escape", "slash")
        await robot.type("ch")
        robot.sees("go on with  channel:")
        await robot.press("tab")
        await robot.type("voice")
        await robot.press("enter")
        voices = len(column(robot, 3, 17))
        assert 2 <= voices < 11
        robot.sees(f"filter  channel:voice   {voices} of 11 shown, {11 - voices} hidden   Esc shows all")

        await robot.press("j")
        line = robot.cursor_line
        session_id = next(line for line in robot.lines if UUID.match(line))[1:9]
        await robot.press("m", "enter")
        robot.sees(session_id)
        robot.sees_not("triage")
        await robot.press("q")
        assert robot.cursor_line == line.replace("▌  ", "▌◆ ")
        robot.sees("1 marked", "channel:voice")

        await robot.press("escape", "tab")
        robot.sees("by  cause", "sessions    failed  cause")
        await robot.press("enter")
        robot.sees("▾")
        await robot.press("e", "escape")
        robot.sees_not("by  cause")
        await robot.press("apostrophe")
        assert "◆" in robot.cursor_line

        await robot.press("q")
        robot.sees("paste an id")
        await robot.press("B")
        robot.sees("1 marked")
        assert "◆" in robot.cursor_line


async def test_a_network_lost_in_the_middle_takes_nothing_and_r_goes_on(served: LoopbackApi) -> None:
    whole = dict(served.answers)
    lost = {analysis_path(each): failure(503) for each in IDS[20:]}
    served.answers |= lost
    async with opened(loopback_library(served, pauses=Pauses()), given=IDS) as robot:
        robot.sees(
            "20 sessions", "20 of 40 are here", "not asked for; r asks again", "not here: server failed"
        )
        await robot.press("G")
        robot.sees("HTTP 503")

        served.answers = whole
        served.requests.clear()
        await robot.press("r")
        robot.sees("40 sessions", "✓ all 40 are here")
        robot.sees_not("missing", "not here")
        paths = [request.path for request in served.requests]
        assert len(paths) == len(set(paths)) < 40  # what had come of them is not asked for again
        await robot.press("r")
        robot.sees("Nothing is missing.")

        await paste(robot, f"session_id={IDS[3]} again")
        robot.sees("I looked it up for you.")
        await robot.press("B")
        robot.sees("40 sessions")


async def test_rows_that_arrive_do_not_move_the_cursor_and_p_and_escape_hold_them_back() -> None:
    async with GatedApi() as api:
        api.serve_all(SAMPLES)
        async with opened(loopback_library(api), given=IDS, settled=False) as robot:
            api.let(30)
            await robot.until("30 of 40")
            strike(robot, "j", "j", "p")
            await robot.until("paused: p goes on")
            line = cursor(robot)
            api.let(8)
            await robot.until("34 of 40   paused")
            assert api.in_flight == 0
            assert cursor(robot) == line

            strike(robot, "p")
            await robot.until("38 of 40")
            strike(robot, "escape")
            await robot.until("stopped: r goes on")
            assert cursor(robot) == line
            api.let(40)
            await robot.press("r")
            robot.sees("✓ all 40 are here")
            assert cursor(robot) == line


async def test_the_list_names_the_sessions_page_by_page_and_its_odd_end_is_said(served: LoopbackApi) -> None:
    rows = [{"id": each, "session_type": "live"} for each in IDS[:30]]
    rows[0]["session_type"] = "test"
    served.answers["/v1/conversations"] = [
        ready({"items": rows[:20], "next_cursor": "20", "has_more": True}),
        ready({"items": rows[20:], "next_cursor": None, "has_more": True}),
    ]
    library = loopback_library(served, pauses=Pauses())
    listed = ListedSessions(library, ListQuery.parse("type:live since:2h", NOW))
    async with opened(library, asked=listed) as robot:
        robot.sees("29 sessions", "✓ all 29 are here")
        robot.sees("Of 30 sessions that the API gave, left out here: 1 by type:.")
        robot.sees("there is more than came")
        assert SessionId(IDS[0]) not in robot.screen


async def test_without_a_network_the_list_says_so_and_the_board_keeps_its_keys(api: LoopbackApi) -> None:
    library = loopback_library(api, pauses=Pauses())
    async with opened(library, asked=ListedSessions(library, ListQuery.parse("", NOW))) as robot:
        robot.sees("0 sessions", "The list ends early, after 0 sessions.", "HTTP 404")
        await robot.press("j", "enter", "m", "D", "tab", "e", "enter", "q")
        robot.sees("paste an id")
