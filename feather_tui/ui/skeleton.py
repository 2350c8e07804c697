"""The very first thing on the screen: the program's name, while settings, key and cache are looked at.

It is there after a fifth of what a start of Textual takes, in the colours that every terminal has, and it
stays where it is: whatever comes next has the name there too.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from feather_tui.ui.output.afresh import AFRESH

if TYPE_CHECKING:
    from feather_tui.ui.ending.device import Terminal

LEAST_WIDTH, LEAST_HEIGHT = 40, 10
"""Below this there is no room for the panes, and nothing is painted."""
NAME: Final = " feather"
NAME_CODES: Final = "1"
"""The parameters of SGR (ECMA-48 8.3.117) of the name, as those of a title in the theme `ansi`."""


def has_room(terminal: Terminal) -> bool:
    """Return whether a terminal has room for the panes."""
    width, height = size_of(terminal)
    return width >= LEAST_WIDTH and height >= LEAST_HEIGHT


def size_of(terminal: Terminal) -> tuple[int, int]:
    """Return columns and lines of a terminal, (0, 0) if it does not say."""
    try:
        return os.get_terminal_size(terminal.fileno())
    except OSError:
        return 0, 0


def paint(terminal: Terminal) -> None:
    """Take the terminal, and write the name."""
    terminal.take(f"{AFRESH}\x1b[{NAME_CODES}m{NAME}\x1b[m")
