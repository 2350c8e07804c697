"""The first page of a session from the cache, as it will be when the application has started."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feather_tui.rendering.header import head_rows
from feather_tui.rendering.masthead import rule_row
from feather_tui.rendering.page.page import Page
from feather_tui.rendering.transcript import transcript_blocks, transcript_look

if TYPE_CHECKING:
    from feather_tui.arrivals import SessionCopy
    from feather_tui.rendering.look import Look
    from feather_tui.rendering.row import Line


def first_page(copy: SessionCopy, look: Look, height: int) -> list[Line]:
    """Return what is between the first line of a screen of `height` lines and its last one."""
    session = copy.session
    look = replace(look, clock=replace(look.clock, start=session.started_at))
    head = [*head_rows(copy.summary, None, look, height, looking=True), rule_row(look)]
    room = max(height - len(head) - 2, 0)
    blocks = transcript_blocks(copy.timeline, copy.asides)
    page = Page(blocks, transcript_look(look, session), room)
    return [*((row, "", "") for row in head), *page.lines(marked=True)][: height - 2]
