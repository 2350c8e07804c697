"""feather-tui that gets stuck at a chosen place, and never comes back from there by itself.

python stuck_program.py PLACE [WORD ...]
"""

from __future__ import annotations

import os
import pkgutil
import sys
import threading
from typing import Any, Final, NoReturn

STUCK: Final = "stuck here"
"""What is written to the terminal when it has happened, at the beginning of a line."""
HANGS: Final = {
    "name server": "socket:getaddrinfo",
    "reading": "feather_tui.library:Library._receive",
    "copying": "feather_tui.clipboard:Clipboard.copy",
    "closing": "feather_tui.store.store:Store.close",
    "sleep": "feather_tui.ui.screens.main:MainScreen.action_show_help",
}
"""Places where something waits that never comes, in a thread or in the event loop."""
LOOPS: Final = {"endless loop": "feather_tui.ui.screens.main:MainScreen.action_show_help"}
"""Places that use all the time there is."""


def hang(*_: Any, **__: Any) -> NoReturn:
    os.write(2, f"\r{STUCK}".encode())
    while True:
        threading.Event().wait()


def loop(*_: Any, **__: Any) -> NoReturn:
    os.write(2, f"\r{STUCK}".encode())
    while True:
        pass


def stick_at(place: str) -> None:
    owner, _, name = (HANGS | LOOPS)[place].replace(":", ".").rpartition(".")
    setattr(pkgutil.resolve_name(owner), name, loop if place in LOOPS else hang)


if __name__ == "__main__":
    from feather_tui.cli import main

    stick_at(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
