"""From the bytes of a document to a copy: what is about another session is refused, in one sentence."""

from __future__ import annotations

import pytest
from documents import SESSION_ID, START, analysis, body, extraction

from feather_tui.arrivals import Provenance, Source
from feather_tui.copies import read_copy
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
