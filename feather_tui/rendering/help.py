"""The footer and the help page, made from the command records."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from feather_tui.commands import COMMANDS, Command, Pane
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import BLANK, Row, Span, cells, joined, width_of
from feather_tui.rendering.wrap import wrap

_KEYS_WIDTH = 14
_ALWAYS_SHOWN = frozenset({"show_help", "back_or_quit"})


def footer_row(pane: Pane, look: Look, commands: Sequence[Command] = COMMANDS) -> Row:
    """Return the keys that matter most in a pane, as many as there is room for; the help has all."""
    here = [command for command in commands if command.footer and pane in command.panes]
    last = [_footer_part(command, pane) for command in here if command.id in _ALWAYS_SHOWN]
    shown: list[Row] = []
    for part in (_footer_part(command, pane) for command in here if command.id not in _ALWAYS_SHOWN):
        if width_of(joined([*shown, part, *last])) <= look.width - 2:
            shown.append(part)
    return ((" ", "text"), *joined([*shown, *last]))


def help_blocks(look: Look, commands: Sequence[Command] = COMMANDS) -> list[Block]:
    """Return every command, by section."""
    blocks: list[Block] = []
    for section, members in groupby(commands, key=lambda command: command.section):
        blocks.append(RowsBlock([((f" {section}", "strong"),)]))
        blocks += [RowsBlock(_help_rows(command, look)) for command in members]
        blocks.append(RowsBlock([BLANK]))
    return blocks


def _help_rows(command: Command, look: Look) -> list[Row]:
    keys: Span = (f"   {command.shown:<{_KEYS_WIDTH}} ", "accent")
    under: Span = (" " * cells(keys[0]), "text")
    lines = wrap(command.help, look.width - cells(keys[0]) - 2)
    return [(under if number else keys, (line, "text")) for number, line in enumerate(lines)]


def _footer_part(command: Command, pane: Pane) -> Row:
    word = command.lookup_footer if pane is Pane.LOOKUP and command.lookup_footer else command.footer
    return ((command.shown.split()[0], "accent"), (" ", "text"), (word, "dim"))
