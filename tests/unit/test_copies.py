"""From the bytes of a document to a copy: what is about another session is refused, in one sentence."""

from __future__ import annotations

import pytest
from documents import SESSION_ID, START, Document, analysis, body, extraction, row
from store_samples import stored

from feather_tui.arrivals import Provenance, Source
from feather_tui.copies import provenance_of, read_copy, recall_at_once
from feather_tui.errors import DocumentUnreadable
from feather_tui.session.identity import DocumentKind, SessionId

DOCUMENTS = {DocumentKind.ANALYSIS: analysis(), DocumentKind.EXTRACTION: extraction()}


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize(
    ("answered", "quoted"),
    [
        ("9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42", "“9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42”"),
        ("two\nlines", "“two lines”"),
        ("x" * 10_000, f"“{'x' * 40}…”"),
        ("", "“”"),
    ],
)
def test_a_document_of_another_session_is_refused_in_one_short_sentence(
    kind: DocumentKind, answered: str, quoted: str
) -> None:
    document = body(DOCUMENTS[kind] | {"session_id": answered})
    provenance = Provenance(body=document, source=Source.API, fetched_at=START, checked_at=START)

    with pytest.raises(DocumentUnreadable) as raised:
        read_copy(kind, SessionId(SESSION_ID), provenance)

    assert quoted in raised.value.sentence
    assert "\n" not in raised.value.sentence


def test_a_cached_session_is_recalled_as_it_would_be_read() -> None:
    document = stored(body(analysis(row("user", "Where is my headset?"), row("assistant", "Let me see."))))

    recalled = recall_at_once(SessionId(SESSION_ID), document)

    assert recalled is not None
    assert len(recalled.session.messages) == 2
    assert recalled == read_copy(DocumentKind.ANALYSIS, SessionId(SESSION_ID), provenance_of(document))


@pytest.mark.parametrize(
    "document",
    [
        analysis(row("user", "Hello", model_used=5)),
        analysis(session_id="9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42"),
    ],
    ids=["a value of another type", "another session"],
)
def test_what_takes_longer_or_fails_is_not_recalled_at_once(document: Document) -> None:
    assert recall_at_once(SessionId(SESSION_ID), stored(body(document))) is None
