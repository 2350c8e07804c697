"""Everything that can be made of two documents: each page, each file, each search; nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from documents import SESSION_ID, START
from shown_sessions import FETCHED, PLACE

from feather_tui.arrivals import ExtractionCopy, Failure, Provenance, SessionCopy, Source
from feather_tui.assessing import assess
from feather_tui.copies import read_document
from feather_tui.errors import DocumentUnreadable
from feather_tui.export.copyables import copyables
from feather_tui.export.document import Shown
from feather_tui.export.filtered import kept_of
from feather_tui.export.html import html_page
from feather_tui.export.json_text import json_text
from feather_tui.export.markdown import markdown
from feather_tui.export.note import IncidentNote, Mark
from feather_tui.export.text import text
from feather_tui.rendering.call_chain import call_blocks
from feather_tui.rendering.clock import Clock, TimeMode
from feather_tui.rendering.details import details_blocks
from feather_tui.rendering.evidence import answer_blocks
from feather_tui.rendering.extraction import extraction_blocks
from feather_tui.rendering.header import verdict_rows
from feather_tui.rendering.latency import latency_blocks
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.raw.outline import outline_of
from feather_tui.rendering.row import Row
from feather_tui.rendering.transcript import transcript_blocks
from feather_tui.session.call_chain import call_chain
from feather_tui.session.evidence import answer_chain
from feather_tui.session.filter import written_word
from feather_tui.session.filter_text import choices_of, parse
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.session.latency import answered_turns
from feather_tui.session.query import Query
from feather_tui.session.search import Searcher, extraction_matches
from feather_tui.session.timeline import CallEntry, MessageEntry

QUERY: Final = Query.parse("o")
ID: Final = SessionId(SESSION_ID)


def read(
    kind: DocumentKind, body: bytes, source: Source = Source.API
) -> SessionCopy | ExtractionCopy | Failure:
    """Read a document as the library does; what it refuses is a failure with a sentence."""
    provenance = Provenance(body=body, source=source, fetched_at=FETCHED, checked_at=FETCHED)
    try:
        return read_document(kind, ID, provenance)
    except DocumentUnreadable as error:
        return Failure(kind=kind, error=error, body=body)


def shown_of(analysis: bytes, extraction: bytes, source: Source = Source.API) -> Shown:
    """Read and judge both."""
    shown = Shown(session_id=ID)
    shown.take(read(DocumentKind.ANALYSIS, analysis, source))
    shown.take(read(DocumentKind.EXTRACTION, extraction, source))
    if shown.copy is not None:
        shown.take(
            assess(shown.copy, shown.extraction, extraction_absent=False, now=FETCHED, thresholds=None)
        )
    return shown


def every_row(shown: Shown, width: int, mode: TimeMode) -> Iterator[Row]:
    """Yield the rows of every page, folded and unfolded."""
    look = Look(width=width, clock=Clock(now=START + timedelta(hours=1), mode=mode, start=START))
    if (copy := shown.copy) is not None:
        yield from verdict_rows(copy.summary, look)
        yield from _rows(_pages(copy, look), look)
    if shown.extraction is not None:
        found = shown.extraction
        yield from _rows(extraction_blocks(found.extraction, found.asides, look, "fetched just now"), look)
        list(extraction_matches(found.extraction, QUERY))


def _pages(copy: SessionCopy, look: Look) -> Iterator[Block]:
    yield from transcript_blocks(copy.timeline, copy.asides)
    yield from details_blocks(copy.session, copy.summary, copy.asides, look, freshness="", body_bytes=9)
    turns = answered_turns(copy.timeline)
    yield from latency_blocks(turns, look, slowest_first=True)
    for entry in copy.timeline:
        if isinstance(entry, CallEntry):
            yield from call_blocks(call_chain(copy.session, copy.timeline, entry), look)
        elif isinstance(entry, MessageEntry):
            yield from answer_blocks(answer_chain(copy.session, copy.timeline, entry.row), look)
    searcher = Searcher(copy.timeline, QUERY)
    while not searcher.done:
        searcher.step()


def raw_rows(body: bytes, width: int) -> Iterator[Row]:
    """Yield the rows of a document as it was received, and search it."""
    look, outline = Look(width=width), outline_of(body)
    outline.unfold_all(look)
    yield from _rows(outline.lines[:2000], look)
    searcher = outline.searcher(QUERY)
    while not searcher.done:
        for place in searcher.step():
            yield from outline.match(place, QUERY, look).rows(look, expanded=True, parts=1)
            break


def _rows(blocks: Iterable[Block], look: Look) -> Iterator[Row]:
    for block in blocks:
        for expanded in (False, True):
            yield from block.rows(look, expanded=expanded, parts=1)


def every_file(shown: Shown) -> Iterator[str]:
    """Yield every form in which a session can be written out."""
    for only in (None, "summary", "findings"):
        yield text(shown, only, 80)
        yield markdown(shown, only)
        yield json_text(shown, only)
    yield html_page(shown, PLACE)
    yield html_page(shown, PLACE, unmasked=True)
    if (copy := shown.copy) is None:
        return
    tools = (written_word("tool", name) for name in choices_of(copy.timeline).tools[:1])
    for word in ("kind:message", "errors", *tools):
        kept = kept_of(shown, parse(word))
        yield markdown(shown, None, kept)
        yield json_text(shown, None, kept)
    for position in range(min(len(copy.timeline), 5)):
        yield from (choice.text for choice in copyables(copy, position, ID, None, None))
    marks = tuple(Mark(position=position, remark="why?") for position in range(min(len(copy.timeline), 3)))
    yield IncidentNote(shown, PLACE).written(marks, at=FETCHED)
