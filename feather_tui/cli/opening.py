"""Opens the screens: what can fail first, then what is known of the session, then Textual."""

from __future__ import annotations

import math
import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from feather_tui.cli.sighting import show_first
from feather_tui.cli.wiring import desk
from feather_tui.errors import SettingsInvalid
from feather_tui.rendering.clock import TimeMode
from feather_tui.rendering.safe import only_ascii
from feather_tui.ui import first_sight

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from feather_tui.cli.wiring import Desk
    from feather_tui.listed_sessions import ListedSessions
    from feather_tui.session.identity import SessionId
    from feather_tui.session.list_query.query import ListQuery
    from feather_tui.ui.ending.guard import Guard


class Asked(NamedTuple):
    """What is to be opened: sessions, and those of the list that a query keeps."""

    session_ids: Sequence[SessionId]
    query: ListQuery | None

    @property
    def one(self) -> SessionId | None:
        """The session, if it is a single one."""
        return self.session_ids[0] if len(self.session_ids) == 1 else None


def open_screens(arguments: argparse.Namespace, asked: Asked, guard: Guard) -> int:
    """Open what was asked for, until somebody leaves; return the exit status.

    Raises SettingsInvalid, KeyMissing, KeyUnusable.
    """
    with desk(arguments) as on_desk, only_ascii(when=on_desk.display.only_ascii):
        return _run(on_desk, arguments, asked, guard)


def _run(on_desk: Desk, arguments: argparse.Namespace, asked: Asked, guard: Guard) -> int:
    display = on_desk.display
    basis = first_sight.basis_of(on_desk.commands, on_desk.thresholds)
    first = None
    if display.differences:
        first = show_first(on_desk, asked.one, guard.terminal, basis, cached=not arguments.refresh)

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
        sight, whole = first.hand_over() if first else (None, False)
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
