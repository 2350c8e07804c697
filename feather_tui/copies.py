"""From the bytes of a document to a copy that can be shown."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from feather_tui.arrivals import Copy, ExtractionCopy, Provenance, SessionCopy, Source
from feather_tui.errors import DocumentUnreadable
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.session.model import Extraction, Session
from feather_tui.session.recalling import recall_extraction, recall_session, take_extraction, take_session
from feather_tui.session.shape import Reading
from feather_tui.session.summary import summarize
from feather_tui.session.timeline import build

if TYPE_CHECKING:
    from feather_tui.store.records import Stored

_LONGEST_QUOTE: Final = 40
"""Characters; an id has 36."""


def read_copy(kind: DocumentKind, session_id: SessionId, provenance: Provenance) -> Copy:
    """Return a document as understood, with its timeline and summary. Raises DocumentUnreadable."""
    with collector_paused():
        return read_document(kind, session_id, provenance)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from going through a growing document again and again.

    Measured: half the time of reading 10,000 messages. What was read lives on: it is not gone through later.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def read_document(kind: DocumentKind, session_id: SessionId, provenance: Provenance) -> Copy:
    """Do the same without haste: what is read in passing is gone soon, and not worth a pause.

    Raises DocumentUnreadable.
    """
    if kind is DocumentKind.EXTRACTION:
        extraction = _read_extraction(provenance)
        _require_same(kind, session_id, extraction.document.session_id)
        return ExtractionCopy(extraction=extraction.document, asides=extraction.asides, provenance=provenance)
    return _session_copy(session_id, _read_session(provenance), provenance)


def recall_at_once(session_id: SessionId, stored: Stored) -> SessionCopy | None:
    """Return a session from the cache if nothing in it needs a decision: that would take longer."""
    with collector_paused():
        reading = recall_session(stored.body)
        try:
            return _session_copy(session_id, reading, provenance_of(stored)) if reading else None
        except DocumentUnreadable:
            return None


def _session_copy(session_id: SessionId, reading: Reading[Session], provenance: Provenance) -> SessionCopy:
    session = reading.document
    _require_same(DocumentKind.ANALYSIS, session_id, session.session_id)
    timeline = build(session)
    return SessionCopy(
        session=session,
        asides=reading.asides,
        timeline=timeline,
        summary=summarize(session, timeline),
        provenance=provenance,
    )


def _read_session(provenance: Provenance) -> Reading[Session]:
    quickly = recall_session if provenance.source is Source.CACHE else take_session
    if reading := quickly(provenance.body):
        return reading
    # Here, because pydantic takes a tenth of a second to import, and most documents do without it.
    from feather_tui.session.reading import read_session

    return read_session(provenance.body)


def _read_extraction(provenance: Provenance) -> Reading[Extraction]:
    quickly = recall_extraction if provenance.source is Source.CACHE else take_extraction
    if reading := quickly(provenance.body):
        return reading
    from feather_tui.session.reading import read_extraction  # as above

    return read_extraction(provenance.body)


def _require_same(kind: DocumentKind, asked: SessionId, answered: str) -> None:
    if answered.replace("-", "").lower() != asked.replace("-", ""):
        raise DocumentUnreadable(
            f"The {kind.label} that came is about another session (“{_in_brief(answered)}”): "
            "it is not shown.",
            "Refresh; if it stays so, report it to the platform team.",
            path="session_id",
        )


def _in_brief(session_id: str) -> str:
    """Return what stands in place of an id, which may be any text, so that it fits into a sentence."""
    words = " ".join(session_id.split())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"


def provenance_of(stored: Stored) -> Provenance:
    """Return where a document from the cache came from, and when."""
    return Provenance(
        body=stored.body, source=Source.CACHE, fetched_at=stored.fetched_at, checked_at=stored.checked_at
    )
