"""A session as plain text: the rows of the screen, with every tool call and retrieval unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from feather_tui.arrivals import ExtractionCopy, SessionCopy
from feather_tui.export.document import Shown
from feather_tui.export.findings import assessment_lines
from feather_tui.findings.finding import Severity
from feather_tui.rendering.clock import Clock, age
from feather_tui.rendering.details import details_blocks
from feather_tui.rendering.extraction import extraction_blocks
from feather_tui.rendering.header import verdict_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.row import text_of
from feather_tui.rendering.transcript import EntryBlock, transcript_blocks
from feather_tui.session.timeline import CallEntry, Entry, ExposureEntry, HandoffEntry, RetrievalEntry

_ALL_PARTS = 1_000_000
"""Nothing is cut in a file: as many parts of a long value as there may be."""
_KINDS: dict[str, tuple[type[Entry], ...]] = {
    "tools": (CallEntry,),
    "rag": (RetrievalEntry, ExposureEntry),
}


def text(shown: Shown, only: str | None, width: int) -> str:
    """Return the session, or the part of it that `only` names, as lines of at most `width` cells."""
    look = Look(width=width, clock=Clock(now=datetime.now(UTC)))
    return "".join(f"{line}\n" for line in _lines(shown, only, look))


def _lines(shown: Shown, only: str | None, look: Look) -> Iterator[str]:
    if shown.copy is not None:
        copy = shown.copy
        if only in {None, "summary"}:
            yield from _summary(shown, copy, look)
        if only in {None, "findings"}:
            yield from assessment_lines(shown, Severity.INFO, look.width)
            yield ""
        if only in {None, "transcript"}:
            yield from _entries(transcript_blocks(copy.timeline, copy.asides), look, unfolded=only is None)
        if only in _KINDS:
            yield from _chosen(copy, _KINDS[only], look)
    if only in {None, "extraction"}:
        yield from _extraction(shown.extraction, look)


def _summary(shown: Shown, copy: SessionCopy, look: Look) -> Iterator[str]:
    yield f" session {shown.session_id}"
    yield from map(text_of, verdict_rows(copy.summary, look))
    yield ""
    blocks = details_blocks(
        copy.session,
        copy.summary,
        copy.asides,
        look,
        freshness=_age(copy.provenance.fetched_at, look),
        body_bytes=len(copy.provenance.body),
        parts=_ALL_PARTS,
    )
    yield from _rows(blocks, look)


def _chosen(copy: SessionCopy, kinds: tuple[type[Entry], ...], look: Look) -> Iterator[str]:
    blocks = [
        block for block in transcript_blocks(copy.timeline, copy.asides) if isinstance(block.entry, kinds)
    ]
    if not blocks:
        gaps = ", ".join(copy.summary.gaps)
        yield f" none in this session{f' (not captured: {gaps})' if gaps else ''}"
    yield from _entries(blocks, look, unfolded=True)


def _entries(blocks: Iterable[EntryBlock], look: Look, *, unfolded: bool) -> Iterator[str]:
    for block in blocks:
        hanging = isinstance(block.entry, CallEntry | RetrievalEntry | ExposureEntry | HandoffEntry)
        rows = block.rows(look, expanded=unfolded and hanging, parts=_ALL_PARTS)
        yield from map(text_of, rows)


def _extraction(copy: ExtractionCopy | None, look: Look) -> Iterator[str]:
    yield ""
    if copy is None:
        yield " extraction: none to show (the reason is on standard error)"
        return
    age_words = _age(copy.provenance.fetched_at, look)
    yield from _rows(extraction_blocks(copy.extraction, copy.asides, look, age_words, parts=_ALL_PARTS), look)


def _rows(blocks: Iterable[Block], look: Look) -> Iterator[str]:
    for block in blocks:
        yield from map(text_of, block.rows(look, expanded=True, parts=_ALL_PARTS))


def _age(fetched_at: datetime, look: Look) -> str:
    return f"fetched {age(look.clock.now - fetched_at)}"
