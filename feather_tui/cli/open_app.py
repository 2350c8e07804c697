"""`feather-tui [REFERENCE ...]`: open the terminal user interface."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from feather_tui.cli.list_options import query_of
from feather_tui.cli.references import read_references
from feather_tui.errors import UsageError
from feather_tui.key_forms import ENVIRONMENT_VARIABLE
from feather_tui.locations import Locations
from feather_tui.ui import skeleton
from feather_tui.ui.ending.device import Terminal
from feather_tui.ui.ending.guard import Guard

if TYPE_CHECKING:
    import argparse

_STDIN, _STDERR = 0, 2


def run(arguments: argparse.Namespace) -> int:
    """Open the sessions named as words, on standard input or by the list, or the lookup.

    Returns the exit status. Raises UsageError without a terminal, ReferenceUnreadable, QueryUnreadable,
    SettingsInvalid, KeyMissing, KeyUnusable.
    """
    _require_screen()
    query = query_of(arguments)
    words = arguments.references or ([] if query is not None or os.isatty(_STDIN) else ["-"])
    given = read_references(words) if words else ()
    if not os.isatty(_STDIN):
        _take_keys_from_terminal()
    guard = Guard(Terminal())
    guard.watch()
    try:
        if skeleton.has_room(guard.terminal) and _may_have_key(arguments):
            skeleton.paint(guard.terminal)
        from feather_tui.cli.opening import Asked, open_screens  # start-up time: all the rest

        return open_screens(arguments, Asked(given, query), guard)
    finally:
        guard.terminal.restore()


def _may_have_key(arguments: argparse.Namespace) -> bool:
    """Return whether a key is likely to be found; where there is none, the screen is not taken to say so."""
    if arguments.demo or os.environ.get(ENVIRONMENT_VARIABLE):
        return True
    return any(Locations.default().config.glob("keys/*.key"))


def _require_screen() -> None:
    hint = "Use `feather-tui show REFERENCE` for output to a file or a pipe."
    if sys.stdout is None or not sys.stdout.isatty():
        raise UsageError("Standard output is not a terminal, so the screens cannot be shown.", hint)
    if sys.stdin is None:  # the shell closed it (`<&-`)
        raise UsageError("Standard input is closed, so no keys can be read.", hint)
    if not os.isatty(_STDERR):
        raise UsageError("Standard error is not a terminal, and the screens are drawn there.", hint)


def _take_keys_from_terminal() -> None:
    """Read keys from the terminal itself where standard input brought the ids."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UsageError(
            "Standard input is not a terminal, and there is no other one to read keys from.",
            "Start feather-tui from a terminal, or use `feather-tui show`.",
        ) from error
    os.dup2(terminal, _STDIN)
    os.close(terminal)
