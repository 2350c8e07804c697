"""Sessions in which strangers wrote every text, on every screen: none of it acts, all of it is seen."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Final

from campaign import Tally, tries
from documents import SESSION_ID
from hostile_answers import hostile_failure
from hostile_sessions import HostileSession
from hostile_texts import SEQUENCES, hostile_line, stand_in
from loopback import LoopbackApi
from rich.cells import cell_len
from robot import Robot, key_event, loopback_library, opened
from tape import Tape, complaints
from textual import events

from feather_tui.clipboard import Clipboard
from feather_tui.rendering.masthead import Place
from feather_tui.session.identity import SessionId
from feather_tui.ui.app import FeatherApp

SIZES: Final = ((40, 24), (80, 24), (120, 36), (200, 50), (30, 10))
TOO_SMALL: Final = (30, 10)
"""Here the program says so, and nothing else."""
WIDE: Final = frozenset({(120, 36), (200, 50)})
ALONE: Final = ("z",)
"""Gives a pane the whole width where it would stand beside another."""
PAGES: Final = 150
"""As many are read at most, from the beginning to the end of a pane."""
READ_ALL: Final = ("e", *["pagedown"] * PAGES)
PLACES: Final[tuple[tuple[str, ...], ...]] = (
    ("i", "pagedown", "pagedown", "q"),
    ("f", "down", "down", "enter", "f"),
    ("x", "e", "pagedown", "q"),
    ("L", "e", "pagedown", "q"),
    ("v", "pagedown", "enter", "end", "o", "pagedown", "q"),
    ("M", "pagedown", "q"),
    ("y", "down", "enter"),
    ("y", "down", "down", "down", "enter"),
    ("m", "a", "paste", "enter", "apostrophe", "M", "u", "q"),
    ("slash", "paste", "enter", "n", "N", "escape"),
    ("F", "paste", "enter", "escape"),
    ("colon", "paste", "escape"),
    ("question_mark", "slash", "paste", "enter", "q"),
    ("v", "slash", "paste", "enter", "n", "y", "q", "q"),
    ("1", "paste", "enter", "down", "slash"),
)
"""What is pressed from the transcript; `paste` is a hostile line."""
OF_DOUBTFUL_WIDTH: Final = {ord("\ufe0f"): "", 0x1F3FD: "", **dict.fromkeys(range(0x1F1E6, 0x1F200), "")}
"""Terminals disagree about them. `safe` takes care of them; here it is about what is pasted into a line."""
PART: Final = 10
LONG: Final = 4
"""Sequences shorter than this may be the beginning of one of ours."""


class Reader:
    """Presses keys on a tape. Each screen has to be what the program means to show; it notes where not."""

    def __init__(self, robot: Robot, chance: Random) -> None:
        assert isinstance(robot.app._driver, Tape)
        assert isinstance(robot.app, FeatherApp)
        self.robot, self.app, self.tape, self.chance = robot, robot.app, robot.app._driver, chance
        self.wrong: list[str] = []
        self.seen: list[str] = []

    async def press(self, *keys: str) -> None:
        """Press keys one after the other; a page that shows nothing new is the last one."""
        before, now = None, self.tape.lines
        for key in keys:
            if key == "pagedown" and before == now:
                continue
            if key == "pagedown":  # so many, that it must not take long
                self.app.post_message(key_event(key))
                await self.robot.pilot.pause(0)
                await self.robot.pilot.pause(0)
            elif key == "paste":
                self.app.post_message(events.Paste(hostile_line(self.chance).translate(OF_DOUBTFUL_WIDTH)))
                await self.robot.settle()
            else:
                await self.robot.press(key)
            before, now = now if key == "pagedown" else None, self.tape.lines
            self._look(key, now)

    def _look(self, key: str, lines: Sequence[str]) -> None:
        width = self.app.size.width
        for shown, meant in zip(lines, self.robot.lines, strict=True):
            if composed(shown) != composed(meant) or cell_len(meant) > width:
                self.wrong.append(f"after {key}: {shown!r} instead of {meant!r}")
        self.seen += lines

    def complaints(self) -> list[str]:
        """Return all that was wrong."""
        raw = [text for text in SEQUENCES if len(text) > LONG and text in self.tape.written]
        return (
            self.wrong
            + complaints(self.tape.written, self.app.size)
            + [f"{text!r} as it came" for text in raw]
        )

    def unseen(self, texts: Sequence[str]) -> list[str]:
        """Return the parts of texts whose stand-ins were on no screen, across the ends of lines."""
        seen = squeezed("".join(line.strip("▌┃ ") for line in self.seen))
        return [part for text in texts for part in parts(text) if part not in seen]


def parts(text: str) -> Iterator[str]:
    """Yield stand-ins so short that each is whole on one page: pages have two lines in common."""
    for line in text.replace("\r\n", "\n").split("\n"):
        seen = composed(stand_in(line))
        yield from (seen[start : start + PART] for start in range(0, len(seen), PART))


def squeezed(text: str) -> str:
    return composed("".join(text.split()))


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@asynccontextmanager
async def reading(session: HostileSession, state: Path) -> AsyncIterator[Reader]:
    """Open it in one of the sizes, of the outputs and of the kinds of terminal."""
    number, chance = session.number, Random(session.number)  # noqa: S311 - the same each time
    written: list[str] = []
    async with LoopbackApi() as api:
        api.serve(SESSION_ID, analysis=session.analysis, extraction=session.extraction)
        if number % 9 == 4:
            session.said.remove(session.error)
            api.serve(SESSION_ID, extraction=hostile_failure(chance))
        async with opened(
            loopback_library(api),
            given=[SessionId(SESSION_ID)],
            size=SIZES[number % len(SIZES)],
            place=Place(profile=hostile_line(chance), host=hostile_line(chance)),
            clipboard=Clipboard({}, state, written.append),
            ascii_terminal=number % 11 == 10,
            driver=Tape,
            differences=number // len(SIZES) % 2 == 0,
        ) as robot:
            yield Reader(robot, chance)


@tries(sample=2, full=1000, slices=4)
async def test_no_text_acts_and_all_that_is_said_is_seen(tries: range, tally: Tally, tmp_path: Path) -> None:
    for number in tries:
        session = HostileSession(number)
        state = tmp_path / f"{number} \x1b]0;x\x07\u202e[/x]"
        with tally.attempt(f"session {number}, {SIZES[number % len(SIZES)]}"):
            async with reading(session, state) as reader:
                await reader.press(
                    *READ_ALL, "3", *(ALONE if reader.app.size in WIDE else ()), *READ_ALL, "2"
                )
                for place in (number, number * 7 + 3, number // len(PLACES)):
                    await reader.press(*PLACES[place % len(PLACES)])
                assert reader.complaints() == []
                if reader.app.size == TOO_SMALL:
                    assert "too small" in "".join(reader.seen)
                elif reader.app.surroundings.only_ascii:
                    assert reader.tape.written.isascii()
                else:
                    assert reader.unseen(session.said) == []
