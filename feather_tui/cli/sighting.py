"""What is shown of a session before Textual is imported: a picture of it, or its first page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feather_tui.rendering.clock import Clock, TimeMode
from feather_tui.rendering.look import Look
from feather_tui.rendering.masthead import Freshness
from feather_tui.session.identity import DocumentKind
from feather_tui.ui import first_sight, skeleton
from feather_tui.ui.first_sight import FirstSight, Subject

if TYPE_CHECKING:
    from feather_tui.arrivals import SessionCopy
    from feather_tui.cli.wiring import Desk
    from feather_tui.session.identity import SessionId
    from feather_tui.ui.ending.device import Terminal


def show_first(
    on_desk: Desk, session_id: SessionId | None, terminal: Terminal, basis: str, *, cached: bool
) -> FirstSight | None:
    """Show what can be shown, and ask for the session if nothing can; `cached`: the cache will do.

    Returns what is shown, which may become more until it is handed over.
    """
    if not skeleton.has_room(terminal):
        return None
    width, height = skeleton.size_of(terminal)
    mode = TimeMode(on_desk.time_mode)
    look = Look(width=width, clock=Clock(now=datetime.now(UTC), mode=mode), commands=on_desk.commands)
    first = FirstSight(terminal, look, height, on_desk.display.theme)
    if session_id is not None and cached and _show_picture(on_desk, session_id, first, basis):
        return first
    first.show(Subject(on_desk.place, session_id))  # to read a long session, or to ask for one, takes a while
    if session_id is not None and not (cached and _show_cached(on_desk, session_id, first)):
        on_desk.ask_ahead(session_id, lambda copy: first.show(_page(on_desk, session_id, copy, first)))
    return first


def _show_picture(on_desk: Desk, session_id: SessionId, first: FirstSight, basis: str) -> bool:
    """Show what the session looked like when it was opened last; False if that is not known."""
    setting = first_sight.setting_of(basis, first.look.width, first.height, first.look.clock.mode)
    picture = on_desk.store.picture(on_desk.scope, session_id, setting)
    seen = first_sight.seen_in(picture, first.height) if picture else None
    if picture is None or seen is None:
        return False
    freshness = Freshness(cached=True, fetched_at=picture.fetched_at, checked_at=picture.checked_at)
    first.show(Subject(on_desk.place, session_id, seen, freshness))
    return True


def _show_cached(on_desk: Desk, session_id: SessionId, first: FirstSight) -> bool:
    """Show the first page of a session, if it can be read quickly; False if it is not in the cache."""
    stored = on_desk.store.get(on_desk.scope, session_id, DocumentKind.ANALYSIS)
    if stored is not None and (copy := on_desk.recall(session_id, stored)):
        first.show(_page(on_desk, session_id, copy, first))
    return stored is not None


def _page(on_desk: Desk, session_id: SessionId, copy: SessionCopy, first: FirstSight) -> Subject:
    # start-up time: for a session of which there is no picture
    from feather_tui.arrivals import Source
    from feather_tui.ui.first_page import first_page

    provenance = copy.provenance
    freshness = Freshness(
        cached=provenance.source is Source.CACHE,
        fetched_at=provenance.fetched_at,
        checked_at=provenance.checked_at,
    )
    return Subject(on_desk.place, session_id, first_page(copy, first.look, first.height), freshness)
