"""Highlighting changes the tones of a row, never its text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick, texts

from feather_tui.rendering.highlight import MATCH, highlighted
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.query import Query

tones = st.sampled_from(("text", "dim", "bad"))
rows: st.SearchStrategy[Row] = st.lists(st.tuples(texts.map(safe_line), tones), max_size=5).map(tuple)  # type: ignore[arg-type]  # tones are literals
queries = st.sampled_from(("a", "b a", "漢", "\\v\\w+", "\\v.b", "word", "É")).map(Query.parse)


def text_of_all(row: Row) -> str:
    return "".join(text for text, _ in row)


def tones_of(row: Row) -> list[str]:
    """The tone of each character."""
    return [tone for text, tone in row for _ in text]


@given(rows, queries)
@quick
def test_the_text_stays_and_the_matches_alone_change_their_tone(row: Row, query: Query) -> None:
    marked = highlighted(row, query)
    inside = {place for start, end in query.spans(text_of_all(row)) for place in range(start, end)}

    assert text_of_all(marked) == text_of_all(row)
    assert tones_of(marked) == [
        MATCH if place in inside else tone for place, tone in enumerate(tones_of(row))
    ]


def test_a_match_across_spans_becomes_one_span() -> None:
    row: Row = ((" ref", "dim"), ("und", "bad"), (" refund", "text"))

    assert highlighted(row, Query.parse("refund")) == (
        (" ", "dim"),
        ("refund", MATCH),
        (" ", "text"),
        ("refund", MATCH),
    )


def test_a_row_without_a_match_is_the_row_itself() -> None:
    row: Row = ((" refund", "text"), ("", "dim"))

    assert highlighted(row, Query.parse("order")) is row
