"""The palette: every command, those that can work first, found by some of their letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feather_tui.command import Command
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import Row, cells, fit, spread

_KEYS_WIDTH = 14
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A command that was found. `obstacle`: why it cannot work now, empty if it can."""

    command: Command
    obstacle: str = ""


def found(commands: Iterable[Command], obstacles: Mapping[str, str], typed: str) -> list[Choice]:
    """Return the commands that what was typed may mean, the best first, those that cannot work now last.

    `obstacles`: by command id, why it cannot work now. Nothing typed means all, in their own order.
    """
    ranked = [
        (bool(obstacle), rank, Choice(command=command, obstacle=obstacle))
        for command in commands
        if (rank := _rank(command, typed)) is not None
        for obstacle in (obstacles.get(command.id, ""),)
    ]
    return [choice for _, _, choice in sorted(ranked, key=lambda entry: entry[:2])]


def palette_blocks(choices: Sequence[Choice], look: Look) -> list[Block]:
    """Return a line a command: its keys, what it does, and why it cannot work now or what it belongs to."""
    return [RowsBlock([_row(choice, look)]) for choice in choices]


def _rank(command: Command, typed: str) -> int | None:
    """Say how well a command fits what was typed, 0 best; None if it does not.

    Its key, or the beginning of its name; words that begin like all that was typed, in its name or its
    help; the words anywhere; the letters in their order in its name. Letters scattered over a whole
    sentence would fit everything.
    """
    words, name = typed.lower().split(), command.id.replace("_", " ")
    text = f"{name} {command.section} {command.help}".lower()
    if not words or typed.strip() in command.shown.split() or name.startswith(" ".join(words)):
        return 0
    if _begin(words, name):
        return 1
    if _begin(words, text):
        return 2
    if all(word in text for word in words):
        return 3
    return 4 if _in_order("".join(words), name) else None


def _begin(words: Iterable[str], text: str) -> bool:
    """Return whether each of the words is the beginning of a word of the text."""
    beginnings = _WORD.findall(text)
    return all(any(beginning.startswith(word) for beginning in beginnings) for word in words)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _row(choice: Choice, look: Look) -> Row:
    keys = fit(choice.command.shown, _KEYS_WIDTH)
    lead = f" {keys}{' ' * (_KEYS_WIDTH - cells(keys))} "
    if choice.obstacle:
        left: Row = ((lead + choice.command.help, "dim"),)
        return spread(left, ((choice.obstacle, "dim"),), look.width - 2)
    left = ((lead, "accent"), (choice.command.help, "text"))
    section = choice.command.section.lower() if look.wide else ""
    return spread(left, ((section, "dim"),), look.width - 2)
