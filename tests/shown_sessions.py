"""Sessions as exports get them: read, joined and judged as the library does."""

from __future__ import annotations

from datetime import timedelta

from documents import SESSION_ID, START, Document, body

from feather_tui.arrivals import Assessment, ExtractionCopy, Provenance, SessionCopy, Source
from feather_tui.export.document import Shown
from feather_tui.findings.evaluate import evaluate
from feather_tui.findings.verdict import suspect
from feather_tui.rendering.masthead import Place
from feather_tui.session import timeline
from feather_tui.session.identity import SessionId
from feather_tui.session.reading import read_extraction, read_session
from feather_tui.session.summary import summarize

FETCHED = START + timedelta(minutes=10)
PLACE = Place(profile="prod", host="api.feather.example", foreign=True)


def shown(session: Document, extraction: Document | None = None) -> Shown:
    """What is shown of these documents."""
    reading = read_session(body(session))
    entries = timeline.build(reading.document)
    copy = None if extraction is None else _extraction(extraction)
    asides = (*reading.asides, *(copy.asides if copy else ()))
    findings = evaluate(
        reading.document,
        copy.extraction if copy else None,
        now=FETCHED,
        timeline=entries,
        extraction_absent=copy is None,
        asides=asides,
    )
    return Shown(
        session_id=SessionId(SESSION_ID),
        copy=SessionCopy(
            session=reading.document,
            asides=reading.asides,
            timeline=entries,
            summary=summarize(reading.document, entries),
            provenance=_provenance(session),
        ),
        extraction=copy,
        assessment=Assessment(findings=findings, verdict=suspect(findings)),
    )


def _extraction(document: Document) -> ExtractionCopy:
    reading = read_extraction(body(document))
    return ExtractionCopy(
        extraction=reading.document, asides=reading.asides, provenance=_provenance(document)
    )


def _provenance(document: Document) -> Provenance:
    return Provenance(body=body(document), source=Source.API, fetched_at=FETCHED, checked_at=FETCHED)
