"""The footer of a pane or an overlay, made from the command records."""

from __future__ import annotations

from feather_tui.command import Command, Overlay, Pane
from feather_tui.key_names import written
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, joined, width_of

_ALWAYS_SHOWN = frozenset({"show_help", "back_or_quit", "leave", "leave_line"})


def footer_row(place: Pane | Overlay, look: Look) -> Row:
    """Return the keys that matter most in a place, as many as there is room for; the help has all."""
    here = [command for command in look.commands if command.word(place)]
    last = [_part(command, place) for command in here if command.id in _ALWAYS_SHOWN]
    shown: list[Row] = []
    for part in (_part(command, place) for command in here if command.id not in _ALWAYS_SHOWN):
        if width_of(joined([*shown, part, *last])) <= look.width - 2:
            shown.append(part)
    return ((" ", "text"), *joined([*shown, *last]))


def _part(command: Command, place: Pane | Overlay) -> Row:
    return ((written(command.keys[0]), "accent"), (" ", "text"), (command.word(place), "dim"))
