"""`feather-tui [REFERENCE ...]`: open the terminal user interface."""

from __future__ import annotations

import math
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feather_tui.cli.list_options import query_of
from feather_tui.cli.sighting import show_first
from feather_tui.cli.wiring import desk, read_references
from feather_tui.errors import SettingsInvalid, UsageError
from feather_tui.rendering.clock import TimeMode
from feather_tui.rendering.safe import only_ascii
from feather_tui.ui import first_sight
from feather_tui.ui.ending.device import Terminal
from feather_tui.ui.ending.guard import Guard

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from feather_tui.cli.wiring import Desk
    from feather_tui.listed_sessions import ListedSessions
    from feather_tui.session.identity import SessionId
    from feather_tui.session.list_query.query import ListQuery

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
    with desk(arguments) as on_desk, only_ascii(when=on_desk.display.only_ascii):
        guard = Guard(Terminal())
        guard.watch()
        try:
            return _run(on_desk, arguments, Asked(given, query), guard)
        finally:
            guard.terminal.restore()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be opened: sessions, and those of the list that a query keeps."""

    session_ids: Sequence[SessionId]
    query: ListQuery | None

    @property
    def one(self) -> SessionId | None:
        """The session, if it is a single one."""
        return self.session_ids[0] if len(self.session_ids) == 1 else None


def _run(on_desk: Desk, arguments: argparse.Namespace, asked: Asked, guard: Guard) -> int:
    display = on_desk.display
    basis = first_sight.basis_of(on_desk.commands, on_desk.thresholds)
    sight, whole = None, False
    if display.differences:
        sight, whole = show_first(on_desk, asked.one, guard.terminal, basis, cached=not arguments.refresh)

    # start-up time: Textual, after everything that can fail without it
    from feather_tui.clipboard import Clipboard
    from feather_tui.lending import sweep
    from feather_tui.pager import Pager
    from feather_tui.ui.app import FeatherApp
    from feather_tui.ui.surroundings import Surroundings

    surroundings = Surroundings(
        place=on_desk.place,
        time_mode=TimeMode(on_desk.time_mode),
        commands=on_desk.commands,
        marks=on_desk.marks,
        theme=display.theme,
        only_ascii=display.only_ascii,
        basis=basis,
        requests_per_second=math.inf if arguments.demo else arguments.rate,
    )
    app = FeatherApp(
        on_desk.library,
        surroundings,
        given=asked.session_ids,
        listed=on_desk.given,
        asked=_listed(on_desk, asked.query),
        refresh=arguments.refresh,
        guard=guard,
    )
    surroundings.clipboard = Clipboard(os.environ, on_desk.state, app.write_sequence)
    surroundings.pager = Pager(environ=os.environ, state_dir=on_desk.state)
    with suppress(SettingsInvalid):  # told when the pager is asked for
        sweep(on_desk.state)
    if display.differences:
        app.write_differences(sight, whole=whole)
    app.run(mouse=display.mouse)  # by default without: the terminal keeps its own selection
    if app.crash is not None:
        raise app.crash
    return app.return_code or 0


def _listed(on_desk: Desk, query: ListQuery | None) -> ListedSessions | None:
    if query is None:
        return None
    from feather_tui.listed_sessions import ListedSessions  # start-up time: seldom asked for

    return ListedSessions(on_desk.library, query)


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
