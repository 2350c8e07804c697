"""The keys of the command records."""

from __future__ import annotations

from feather_tui.command import Overlay, Pane
from feather_tui.commands import COMMANDS


def test_no_key_has_two_commands_in_one_place() -> None:
    for place in (*Pane, *Overlay):
        keys = [key for command in COMMANDS if place in command.places for key in command.keys]
        assert keys
        assert len(keys) == len(set(keys)), place


def test_nothing_depends_on_keys_that_terminals_swallow() -> None:
    swallowed = {"ctrl+q", "ctrl+s", *(f"f{number}" for number in range(1, 25))}
    for command in COMMANDS:
        assert any(key not in swallowed and "alt+" not in key for key in command.keys), command.id
