"""Textual's bindings, made from the command records."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from feather_tui.commands import COMMANDS, Command


def bindings(*ids: str) -> list[BindingType]:
    """Return the bindings of the commands with these ids; each runs the action of its name."""
    return [
        Binding(
            ",".join(command.keys),
            command.id,
            command.help,
            show=False,
            priority=command.always,
            id=command.id,
        )
        for command in COMMANDS
        if command.id in ids
    ]


def keymap(commands: Iterable[Command]) -> dict[str, str]:
    """Return the keys of commands as Textual's keymap: by binding id, parted by commas."""
    return {command.id: ",".join(command.keys) for command in commands}
