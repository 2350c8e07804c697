"""A robot that uses the app as a person does: it presses keys and reads the screen."""

from __future__ import annotations

import asyncio
import math
import unicodedata
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from datetime import UTC, datetime
from typing import Any

from loopback import LoopbackApi
from textual import events
from textual.driver import Driver
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from feather_tui.address import BaseUrl
from feather_tui.api.client import ApiClient
from feather_tui.api.conversations import ConversationList, PageSource
from feather_tui.clipboard import Clipboard
from feather_tui.command import Command
from feather_tui.commands import COMMANDS
from feather_tui.credentials import Key
from feather_tui.demo import incident
from feather_tui.demo.transport import DemoTransport
from feather_tui.library import Library
from feather_tui.listed_sessions import ListedSessions
from feather_tui.mark_files import MarkFiles
from feather_tui.rendering.masthead import Place
from feather_tui.rendering.safe import only_ascii
from feather_tui.session.identity import SessionId
from feather_tui.store.records import Scope
from feather_tui.store.store import Store, open_store
from feather_tui.ui.app import FeatherApp
from feather_tui.ui.surroundings import Surroundings

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
KEY = "fth_live_4T8zRobotRobotRobotRobot"
DESK = (120, 36)
_DEMO = DemoTransport()  # one for all tests: it tells each story once
PHONE = (80, 24)
_ROUNDS = 5
"""A message may start a worker that posts a message, and so on: so long is no such chain."""


def key_event(name: str) -> events.Key:
    """Return what a terminal sends for a key: its name as bindings have it, and the character it writes."""
    key = _character_to_key(name) if len(name) == 1 and not name.isalnum() else name
    try:
        return events.Key(key, unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key))))
    except KeyError:
        return events.Key(key, key if len(key) == 1 else None)


class Robot:
    """Presses keys, waits until nothing is under way, and reads."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.app = pilot.app

    async def press(self, *keys: str) -> Robot:
        """Press keys, and wait for what they started."""
        for name in keys:
            self.app.post_message(key_event(name))
            await self.settle()
        return self

    async def type(self, text: str) -> Robot:
        """Type a text into whatever has the focus, faster than the screen follows."""
        for character in text:
            key = {" ": "space", "-": "minus"}.get(character, character)
            self.app.post_message(events.Key(key, character))
        await self.settle()
        return self

    async def settle(self) -> None:
        """Wait for workers, and for the messages they posted: for what they do, never for a time."""
        for _ in range(_ROUNDS):
            for worker in list(self.app.workers):
                with suppress(WorkerCancelled):  # by a later one of its group
                    await worker.wait()
            await self.pilot.pause(0)

    async def until(self, text: str) -> None:
        """Wait until a text is on the screen, while something is still under way."""
        async with asyncio.timeout(10):
            while text not in self.screen:
                await self.pilot.pause(0.01)

    async def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    @property
    def lines(self) -> list[str]:
        """The screen, line by line, without trailing blanks."""
        screen = self.app.screen
        return [strip.text.rstrip() for strip in screen._compositor.render_strips(screen.size)]

    @property
    def screen(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def cursor_line(self) -> str:
        """The line with the cursor's mark."""
        marked = [line for line in self.lines if "▌" in line]
        assert len(marked) == 1, f"one cursor expected:\n{self.screen}"
        return marked[0]

    def sees(self, *texts: str) -> None:
        """Fail unless each text is on the screen."""
        for text in texts:
            assert text in self.screen, f"{text!r} is not on the screen:\n{self.screen}"

    def sees_not(self, *texts: str) -> None:
        """Fail if one of the texts is on the screen, or the screen is blank."""
        assert self.screen.strip(), "the screen is blank"
        for text in texts:
            assert text not in self.screen, f"{text!r} is on the screen:\n{self.screen}"


@asynccontextmanager
async def opened(
    library: Library,
    *,
    given: Sequence[SessionId] = (),
    listed: Sequence[SessionId] = (),
    size: tuple[int, int] = DESK,
    place: Place | None = None,
    now: Callable[[], datetime] = lambda: NOW,
    settled: bool = True,
    clipboard: Clipboard | None = None,
    commands: Sequence[Command] = COMMANDS,
    marks: MarkFiles | None = None,
    theme: str = "ansi",
    ascii_terminal: bool = False,
    driver: type[Driver] | None = None,
    differences: bool = True,
    asked: ListedSessions | None = None,
    requests_per_second: float = math.inf,
) -> AsyncIterator[Robot]:
    """Run the app over a library, and close both at the end. `settled`: wait for the first load to end.

    With a `driver` something is written: differences, or what Textual writes.
    """
    surroundings = Surroundings(
        place=place or Place(profile="test", host="127.0.0.1"),
        now=now,
        clipboard=clipboard,
        commands=commands,
        marks=marks or MarkFiles(),
        theme=theme,
        only_ascii=ascii_terminal,
        requests_per_second=requests_per_second,
    )
    with only_ascii() if ascii_terminal else nullcontext():
        app = FeatherApp(library, surroundings, given=given, listed=listed, asked=asked)
        if driver is not None:
            app.driver_class = driver
            if differences:
                app.write_differences()
        async with app.run_test(headless=driver is None, size=size) as pilot:
            robot = Robot(pilot)
            if settled:
                await robot.settle()
            yield robot


class Pauses:
    """Time for the list of sessions, which passes in its pauses only; they take none."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds
        await asyncio.sleep(0)

    def list_of(self, client: PageSource) -> ConversationList:
        """The list of a client's API, whose requests wait for one another in this time."""
        return ConversationList(client, clock=self, sleep=self.sleep)


def demo_library(store: Store | None = None) -> Library:
    """The demo: the real client and models over answers made in process."""
    pauses = Pauses()

    def connect() -> ApiClient:
        return ApiClient(
            incident.DEMO_BASE_URL,
            incident.demo_key(),
            transport=_DEMO,
            clock=pauses,
            sleep=pauses.sleep,
        )

    return Library(
        store=store or memory_store(),
        scope=scope("https://demo.invalid"),
        connect=connect,
        list_of=pauses.list_of,
        now=lambda: NOW,
    )


def loopback_library(
    api: LoopbackApi,
    *,
    store: Store | None = None,
    deadline_seconds: float = 5.0,
    offline: bool = False,
    pauses: Pauses | None = None,
) -> Library:
    """The real client over a real server; with `pauses`, those between requests and tries take no time."""

    def connect() -> ApiClient:
        own_time: dict[str, Any] = {"clock": pauses, "sleep": pauses.sleep} if pauses else {}
        return ApiClient(
            BaseUrl.parse(api.base_url), Key.parse(KEY), deadline_seconds=deadline_seconds, **own_time
        )

    return Library(
        store=store or memory_store(),
        scope=scope(api.base_url),
        connect=None if offline else connect,
        list_of=(pauses or Pauses()).list_of,
        now=lambda: NOW,
    )


def memory_store() -> Store:
    """A cache that is gone at the end."""
    return open_store(None, days=30, max_bytes=1 << 28, now=lambda: NOW)


def scope(origin: str) -> Scope:
    """The rows of one host and the robot's key."""
    return Scope(origin=origin, key_fingerprint="0" * 16)
