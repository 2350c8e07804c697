"""Waiting for sessions to arrive whole, for the commands that print them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from feather_tui.cli.messages import say
from feather_tui.export.document import Shown
from feather_tui.library import Library
from feather_tui.session.identity import SessionId

if TYPE_CHECKING:
    from feather_tui.api.progress import Progress


async def collect(library: Library, session_ids: Iterable[SessionId], *, refresh: bool) -> list[Shown]:
    """Open sessions one after the other and close the library; the last that came of each document counts.

    One at a time, because the rate limit is shared with production.
    """
    try:
        collected = [await open_whole(library, session_id, refresh=refresh) for session_id in session_ids]
        await library.tidy()
        for first in collected[:1]:
            first.notices = library.notices  # of the one cache, whichever session they came up with
    finally:
        await library.close()
    return collected


async def open_whole(library: Library, session_id: SessionId, *, refresh: bool) -> Shown:
    """Open a session and wait for everything of it."""
    shown = Shown(session_id=session_id)
    async for arrival in library.open(session_id, _tell, refresh=refresh):
        shown.take(arrival)
    return shown


def _tell(progress: Progress) -> None:
    if progress.wait_seconds:
        say(f"{progress.kind.label}: {progress.reason}, trying again in {progress.wait_seconds:.0f} s")
