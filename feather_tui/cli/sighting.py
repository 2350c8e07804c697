"""What is shown of a session before Textual is imported: a picture of it, or else its first page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feather_tui.rendering.clock import Clock, TimeMode
from feather_tui.rendering.look import Look
from feather_tui.rendering.masthead import Freshness
from feather_tui.ui import first_sight, skeleton
from feather_tui.ui.first_sight import FirstSight, Subject

if TYPE_CHECKING:
    from feather_tui.cli.wiring import Desk
    from feather_tui.session.identity import SessionId
    from feather_tui.ui.ending.device import Terminal
    from feather_tui.ui.output.cells import Sight


def show_first(
    on_desk: Desk, session_id: SessionId | None, terminal: Terminal, basis: str, *, cached: bool
) -> tuple[Sight | None, bool]:
    """Show what can be shown; `cached`: of what is in the cache as well.

    Returns what is shown, and whether it is a page of text.
    """
    if not skeleton.has_room(terminal):
        return None, False
    width, height = skeleton.size_of(terminal)
    mode = TimeMode(on_desk.time_mode)
    look = Look(width=width, clock=Clock(now=datetime.now(UTC), mode=mode), commands=on_desk.commands)
    first = FirstSight(terminal, look, height, on_desk.display.theme)
    page = None
    if session_id is not None and cached:
        setting = first_sight.setting_of(basis, width, height, mode)
        page = _pictured(on_desk, session_id, setting, height)
        if page is None:
            first.show(Subject(on_desk.place, session_id))  # a long session takes a while to read
            page = _read(on_desk, session_id, look, height)
    first.show(page or Subject(on_desk.place, session_id))
    return first.sight, page is not None


def _pictured(on_desk: Desk, session_id: SessionId, setting: str, height: int) -> Subject | None:
    picture = on_desk.store.picture(on_desk.scope, session_id, setting)
    seen = first_sight.seen_in(picture, height) if picture else None
    if picture is None or seen is None:
        return None
    return Subject(on_desk.place, session_id, seen, _freshness(picture.fetched_at, picture.checked_at))


def _read(on_desk: Desk, session_id: SessionId, look: Look, height: int) -> Subject | None:
    copy = on_desk.recall(session_id)
    if copy is None:
        return None
    from feather_tui.ui.first_page import first_page  # start-up time: where there is no picture

    seen, provenance = first_page(copy, look, height), copy.provenance
    return Subject(on_desk.place, session_id, seen, _freshness(provenance.fetched_at, provenance.checked_at))


def _freshness(fetched_at: datetime, checked_at: datetime) -> Freshness:
    return Freshness(cached=True, fetched_at=fetched_at, checked_at=checked_at)
