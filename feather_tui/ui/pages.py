"""What each pane shows of the opened session, whatever has arrived of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from feather_tui.arrivals import Assessment, SessionCopy
from feather_tui.findings.faults import steps
from feather_tui.rendering.look import Look
from feather_tui.rendering.masthead import freshness_text
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.places import Places
from feather_tui.rendering.record_blocks import FieldBlock
from feather_tui.rendering.transcript import transcript_blocks, transcript_look
from feather_tui.session.filter import EntryFilter
from feather_tui.session.identity import DocumentKind
from feather_tui.session.kept import Kept
from feather_tui.ui.opened import OpenedSession
from feather_tui.ui.widgets.page_view import MakeBlocks, PageView
from feather_tui.ui.widgets.transcript import ShownTimeline, TranscriptView

if TYPE_CHECKING:
    from feather_tui.rendering.extraction_tree import SaidIn


def transcript_page(opened: OpenedSession, view: TranscriptView, look: Look, *, keep_place: bool) -> None:
    """Show the timeline, or why there is none."""
    if opened.copy is None:
        view.show(_explanation(opened, DocumentKind.ANALYSIS), look)
        return
    copy, assessed = opened.copy, opened.assessment
    look = transcript_look(look, copy.session)
    if view.shows(copy, assessed, opened.filter):
        view.update_look(look)
    else:
        view.show_timeline(_timeline(copy, assessed, opened.filter), look, keep_place=keep_place)
    opened.marks.place(copy.timeline)
    view.show_marks(opened.marks.placed())


def _timeline(copy: SessionCopy, assessed: Assessment | None, by: EntryFilter) -> ShownTimeline:
    found = Places(copy.timeline).worst(assessed.findings.found) if assessed else {}
    kept = None if by == EntryFilter() else Kept.of(copy.timeline, by, found)
    blocks = transcript_blocks(copy.timeline, copy.asides, found, kept.positions if kept else None)
    return ShownTimeline(copy=copy, assessed=assessed, blocks=blocks, kept=kept)


def extraction_page(opened: OpenedSession) -> MakeBlocks:
    """Return the extraction's page, or why there is none."""
    copy = opened.extraction
    if copy is None:
        return _explanation(opened, DocumentKind.EXTRACTION)

    def make(look: Look) -> Sequence[Block]:
        # start-up time: the transcript is read first, and this room reads values, dates and numbers too
        from feather_tui.rendering.extraction import extraction_blocks

        freshness = opened.freshness(DocumentKind.EXTRACTION)
        words = freshness_text(freshness, look) if freshness else ""
        return extraction_blocks(copy.extraction, copy.asides, look, words, said=_said_in(opened))

    return make


def _said_in(opened: OpenedSession) -> SaidIn | None:
    if opened.copy is None or opened.assessment is None or opened.assessment.origins is None:
        return None
    from feather_tui.rendering.extraction_tree import SaidIn  # start-up time, as above

    return SaidIn(opened.copy.session, opened.assessment.origins)


def go_to_field(view: PageView, path: str) -> None:
    """Go to the first line about a field of the extraction, named by its dotted path, else to the top."""
    blocks = view.page.blocks if view.page is not None else ()
    wanted = steps(path)
    for position, block in enumerate(blocks):
        if isinstance(block, FieldBlock) and block.path == wanted:
            view.jump(position)
            return
    view.jump(0)


def _explanation(opened: OpenedSession, kind: DocumentKind) -> MakeBlocks:
    return lambda look: [RowsBlock(opened.explanation(kind, look))]
