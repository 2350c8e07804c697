"""Keys for every command, none of which is a command's own."""

from __future__ import annotations

from itertools import count

from feather_tui.command import LINES
from feather_tui.commands import COMMANDS

_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_GEORGIAN = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def _other_keys() -> dict[str, list[str]]:
    """Characters that no command has; where characters are typed, function keys."""
    letters = iter([*_GREEK, *_CYRILLIC, *_GEORGIAN])
    numbers = count(5)
    return {
        command.id: [f"f{next(numbers)}" if command.always or command.places <= LINES else next(letters)]
        for command in COMMANDS
    }


OTHER_KEYS = _other_keys()
