"""The pages beside the panes: details, evidence, latency. Imported when one is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from feather_tui.arrivals import SessionCopy
from feather_tui.rendering.call_chain import call_blocks
from feather_tui.rendering.details import details_blocks
from feather_tui.rendering.evidence import answer_blocks
from feather_tui.rendering.latency import latency_blocks
from feather_tui.rendering.look import Look
from feather_tui.rendering.masthead import freshness_text
from feather_tui.rendering.page.blocks import Block
from feather_tui.session.call_chain import call_chain
from feather_tui.session.evidence import answer_chain
from feather_tui.session.identity import DocumentKind
from feather_tui.session.latency import answered_turns
from feather_tui.session.timeline import CallEntry, Entry, MessageEntry
from feather_tui.ui.opened import OpenedSession
from feather_tui.ui.screens.page import DetailsScreen, EvidenceScreen, LatencyScreen
from feather_tui.ui.widgets.page_view import MakeBlocks


def evidence_screen(copy: SessionCopy, position: int, look: Look) -> EvidenceScreen | None:
    """Return the evidence of an entry: of an answer what it stood on, of a call what came of it.

    None for entries that neither are nor belong to a message.
    """
    make = _evidence(copy, position)
    return None if make is None else EvidenceScreen(make, look)


def latency_screen(copy: SessionCopy, look: Look) -> LatencyScreen:
    """Return where the time of each turn went, in their order and the slowest first."""
    turns = answered_turns(copy.timeline)

    def in_time(look: Look) -> Sequence[Block]:
        return latency_blocks(turns, look, slowest_first=False)

    def slowest(look: Look) -> Sequence[Block]:
        return latency_blocks(turns, look, slowest_first=True)

    return LatencyScreen(in_time, slowest, look)


def _evidence(copy: SessionCopy, position: int) -> MakeBlocks | None:
    entry = copy.timeline[position]
    if isinstance(entry, CallEntry):
        calls = call_chain(copy.session, copy.timeline, entry)
        return lambda look: call_blocks(calls, look)
    row = _row_above(copy.timeline, position)
    if row is None:
        return None
    answer = answer_chain(copy.session, copy.timeline, row)
    return lambda look: answer_blocks(answer, look)


def _row_above(timeline: Sequence[Entry], position: int) -> int | None:
    """Return the row of the message that an entry is, or hangs under."""
    while position >= 0:
        entry = timeline[position]
        if isinstance(entry, MessageEntry):
            return entry.row
        position -= 1
    return None


def details_screen(opened: OpenedSession, look: Look) -> DetailsScreen:
    """Return the details of an opened session that has a copy."""

    def make(look: Look) -> Sequence[Block]:
        copy, freshness = opened.copy, opened.freshness(DocumentKind.ANALYSIS)
        if copy is None or freshness is None:
            return []
        return details_blocks(
            copy.session,
            copy.summary,
            copy.asides,
            look,
            freshness=freshness_text(freshness, look),
            body_bytes=len(copy.provenance.body),
        )

    return DetailsScreen(make, look)
