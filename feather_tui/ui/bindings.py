"""Textual's bindings, made from the command records."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from feather_tui.command import Command
from feather_tui.commands import COMMANDS

_COMMANDS = {command.id: command for command in COMMANDS}


def bindings(*ids: str) -> list[BindingType]:
    """Return the bindings of the commands with these ids; each runs the action of its name."""
    return [binding(command_id, command_id) for command_id in ids]


def binding(command_id: str, action: str, *, first: bool = False) -> Binding:
    """Return the keys of a command for what it means here.

    `first`: before the widget with the focus has its say. Keys that were configured for the command are
    its keys here too.
    """
    command = _COMMANDS[command_id]
    return Binding(
        ",".join(command.keys),
        action,
        command.help,
        show=False,
        priority=first or command.always,
        id=command_id,
    )


def keys_of(command_id: str, commands: Iterable[Command]) -> frozenset[str]:
    """Return the keys of one command."""
    return frozenset(key for command in commands if command.id == command_id for key in command.keys)


def keymap(commands: Iterable[Command]) -> dict[str, str]:
    """Return the keys that were configured, as Textual's keymap: by binding id, parted by commas.

    Textual goes through the keymap with each key that is pressed, so that the others would slow down all.
    """
    return {
        command.id: ",".join(command.keys)
        for command in commands
        if command.keys != _COMMANDS[command.id].keys
    }
