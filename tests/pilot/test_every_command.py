"""Every command by its keys, its own and others: what the records say is what works."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest
from every_key import OTHER_KEYS
from robot import Robot, demo_library, opened
from textual import events

from feather_tui.command import LINES, Command, Overlay, Pane
from feather_tui.commands import COMMANDS
from feather_tui.demo import incident
from feather_tui.key_names import is_typed
from feather_tui.keymap import with_overrides
from feather_tui.library import Library
from feather_tui.rendering.footer import footer_row
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import text_of

HEADSET = incident.session_id("headset-refund")
OVERRIDDEN = with_overrides(COMMANDS, OTHER_KEYS)
KEYMAPS = pytest.mark.parametrize("commands", [COMMANDS, OVERRIDDEN], ids=["own keys", "other keys"])
PLACES: tuple[Pane | Overlay, ...] = (*Pane, *Overlay)
WIDE = (200, 50)
WAY: dict[Pane | Overlay, tuple[str, ...]] = {
    Pane.LOOKUP: ("show_lookup",),
    Pane.TRANSCRIPT: (),
    Pane.EXTRACTION: ("show_extraction",),
    Overlay.FINDINGS: ("show_findings",),
    Overlay.DETAILS: ("show_details",),
    Overlay.EVIDENCE: ("show_evidence",),
    Overlay.LATENCY: ("show_latency",),
    Overlay.COPY: ("copy",),
    Overlay.RAW: ("show_raw",),
    Overlay.HELP: ("show_help",),
    Overlay.HELP_LINE: ("show_help", "search"),
    Overlay.PALETTE: ("show_palette",),
    Overlay.SEARCH: ("search",),
    Overlay.FILTER: ("filter",),
    Overlay.NOTE: ("show_note",),
    Overlay.ANSWER: ("remark",),
    Overlay.BOARD: ("show_board",),
    Overlay.BOARD_LINE: ("show_board", "search"),
    Overlay.COMMON: ("show_board", "show_common"),
    Overlay.ONSET: ("show_board", "show_onset"),
    Overlay.COMPARE: ("show_board", "show_comparison"),
}
"""The commands that lead from the transcript to each place."""
AMONG_SEVERAL = {Pane.LOOKUP, Overlay.COMPARE}
"""Places that need more than one session."""


def keys_of(commands: Sequence[Command], *ids: str) -> list[str]:
    """The first keys of commands."""
    first = {command.id: command.keys[0] for command in commands}
    return [first[command_id] for command_id in ids]


def arrive(keys: set[str], place: Pane | Overlay) -> set[str]:
    """The keys that reach the bindings: what is typed goes into a line."""
    return {key for key in keys if not (place in LINES and is_typed(key))}


def working(robot: Robot) -> dict[str, set[str]]:
    """The keys that Textual knows now, by the id of their command."""
    found: dict[str, set[str]] = {}
    for key, active in robot.app.screen.active_bindings.items():
        if active.binding.id is not None:
            found.setdefault(active.binding.id, set()).add(key)
    return found


@KEYMAPS
@pytest.mark.parametrize("place", PLACES)
async def test_in_each_place_the_keys_that_work_are_those_of_the_records(
    place: Pane | Overlay, commands: Sequence[Command], cached_demo: Callable[[], Library]
) -> None:
    library = cached_demo if place in AMONG_SEVERAL else demo_library
    async with opened(library(), given=[HEADSET], size=WIDE, commands=commands) as robot:
        for key in keys_of(commands, *WAY[place]):
            await robot.press(key)
        found = working(robot)

        for command in commands:
            if place in command.places:
                expected = arrive(set(command.keys), place)
                assert arrive(found.get(command.id, set()), place) == expected, command.id
        footer = text_of(footer_row(place, Look(width=WIDE[0], commands=commands)))
        assert robot.lines[-1] == footer
        if isinstance(place, Overlay) and place not in BESIDE_THE_PANES:
            told = {command.id for command in commands if place in command.places or command.always}
            assert {command_id for command_id, keys in found.items() if arrive(keys, place)} <= told | FOLDING


BESIDE_THE_PANES = {Overlay.FINDINGS, Overlay.SEARCH, Overlay.FILTER, Overlay.ANSWER, Overlay.BOARD_LINE}
"""The keys of the screen work there too."""
FOLDING = {"toggle_fold", "toggle_all", "show_more"}
"""Every page knows these, also where there is nothing to fold."""
FIRST: dict[str, tuple[str, ...]] = {
    "move_up": ("G",),
    "page_up": ("G",),
    "half_page_up": ("G",),
    "go_home": ("G",),
    "previous_turn": ("G",),
    "show_transcript": ("3",),
    "cancel": ("n",),
    "select_previous": ("down",),
    "select_page_up": ("pagedown",),
    "recall_line": ("x", "enter", "slash"),
}
"""Keys without which a command would have nothing to do."""
IN_A_TERMINAL_ONLY = {"suspend_process", "open_in_pager", "redraw"}
"""Here there is no job to stop, no pager to start, and nothing that others wrote: see tests/terminal."""


@pytest.mark.parametrize(
    "command",
    [command for command in COMMANDS if command.id not in IN_A_TERMINAL_ONLY],
    ids=lambda command: command.id,
)
async def test_each_command_does_something_or_says_why_not(
    command: Command, cached_demo: Callable[[], Library]
) -> None:
    """By its first key; that the others are the same command's is shown above."""
    place = next(place for place in (Pane.TRANSCRIPT, *PLACES) if place in command.places)
    library = cached_demo if place in AMONG_SEVERAL else demo_library
    async with opened(library(), given=[HEADSET]) as robot:
        for first in (*keys_of(COMMANDS, *WAY[place]), *FIRST.get(command.id, ())):
            await robot.press(first)
        before = robot.screen
        robot.app.post_message(events.Key(command.keys[0], None))
        changed = await changes(robot, before)
        await robot.settle()
        assert changed, f"{command.keys[0]} did nothing:\n{before}"


async def changes(robot: Robot, before: str) -> bool:
    """Whether the screen becomes another, if only for a moment, or the app ends."""
    for _ in range(200):
        await asyncio.sleep(0)
        if not robot.app.is_running or robot.screen != before:
            return True
    await robot.settle()
    return not robot.app.is_running or robot.screen != before
