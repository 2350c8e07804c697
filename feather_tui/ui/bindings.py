"""Textual's bindings, made from the command records."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from feather_tui.commands import COMMANDS


def bindings(*ids: str) -> list[BindingType]:
    """Return the bindings of the commands with these ids; each runs the action of its name."""
    return [
        Binding(",".join(command.keys), command.id, command.help, show=False, priority=command.always)
        for command in COMMANDS
        if command.id in ids
    ]
