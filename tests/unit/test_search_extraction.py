"""Search in an extraction: every text is found, under its path, names and values apart."""

from __future__ import annotations

from typing import Any

import pytest
from documents import SESSION_ID, body, extraction, read_extracted
from hypothesis import assume, given
from hypothesis import strategies as st
from marked_document import MarkedDocument
from text_leaves import put, text_leaves
from wild_documents import extractions, quick

from feather_tui.session.entry_texts import extraction_texts
from feather_tui.session.model import Extraction
from feather_tui.session.query import Query
from feather_tui.session.reading import read_extraction
from feather_tui.session.search import extraction_matches

NEEDLE = "Nadel\N{LATIN SMALL LETTER U WITH DIAERESIS}7"


@given(extractions, st.data())
@quick
def test_a_needle_in_any_text_of_an_extraction_is_found(document: Any, data: st.DataObject) -> None:
    leaves = [
        path for path in text_leaves(document) if path[0] not in {"created_at", "updated_at", "session_id"}
    ]
    assume(leaves)
    path = data.draw(st.sampled_from(leaves))
    put(document, path, NEEDLE)

    matches = extraction_matches(read_extraction(body(document)).document, Query.parse(NEEDLE))

    assert tuple(str(step).replace("\ud800", "\ufffd") for step in path) in {match.path for match in matches}


@pytest.mark.parametrize(
    "field", [name for name in Extraction.__dataclass_fields__ if not name.endswith(("_at", "_ms"))]
)
def test_every_text_of_an_extraction_is_found(field: str) -> None:
    marked = MarkedDocument(Extraction, SESSION_ID)
    paths = {match.path[0] for match in extraction_matches(read_marked(marked), Query.parse("\\v[a-z0-9]"))}

    assert (field in paths) is not field.startswith(("tokens", "schema_version"))


def read_marked(marked: MarkedDocument) -> Extraction:
    return read_extraction(body(marked.tree)).document


@given(extractions, st.sampled_from(("a", "8812", "\\v\\w{3}")))
@quick
def test_every_match_in_an_extraction_is_in_its_text(document: Any, query: str) -> None:
    read = read_extraction(body(document)).document
    texts_at: dict[tuple[Any, ...], str] = {
        (path, is_name): text for path, is_name, text in extraction_texts(read)
    }
    for match in extraction_matches(read, Query.parse(query)):
        text = texts_at[match.path, match.is_name]
        assert (match.start, match.end) in Query.parse(query).spans(text)


def test_names_and_values_of_an_extraction_are_told_apart() -> None:
    read = read_extracted(
        extraction(extracted_data={"refund": {"items": ["a refund", 79.9, None]}}, error_message="no refund")
    )

    def places(query: str) -> list[tuple[tuple[str, ...], bool]]:
        return [(match.path, match.is_name) for match in extraction_matches(read, Query.parse(query))]

    assert places("refund") == [
        (("error_message",), False),
        (("extracted_data", "refund"), True),
        (("extracted_data", "refund", "items", "0"), False),
    ]
    assert places("79.9") == [(("extracted_data", "refund", "items", "1"), False)]
    assert places("null") == [(("extracted_data", "refund", "items", "2"), False)]
