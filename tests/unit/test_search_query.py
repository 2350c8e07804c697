"""What a query matches, and that its places are right whatever case folding does to lengths."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick, texts

from feather_tui.errors import UsageError
from feather_tui.session.query import Query

ODD = "aAbBßẞsSσΣςİiıIﬁfFŉn漢 "  # noqa: RUF001 - letters whose case is odd are what this is about
needles = st.one_of(
    st.sampled_from(("a", "ab", "ss", "f", "[", "\\", "\u0301")),
    st.text(alphabet=ODD, min_size=1, max_size=3),
    texts,
).filter(lambda text: bool(text.strip()) and not text.startswith("\\v"))
odd_texts = st.one_of(texts, st.text(alphabet=ODD, max_size=30))


def matched(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in Query.parse(query).spans(text)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("refund", "Refund, refund, REFUND.", ["Refund", "refund", "REFUND"]),
        ("Refund", "Refund, refund, REFUND.", ["Refund"]),
        ("aa", "aaaaa", ["aa", "aa"]),
        ("a.c", "abc a.c", ["a.c"]),
        (" is", "This is", [" is"]),
        ("straße", "STRASSE Straße STRAẞE", ["STRASSE", "Straße", "STRAẞE"]),
        ("strasse", "die Straße dort", ["Straße"]),
        ("dort", "ẞßİﬁ dort", ["dort"]),
        ("i\u0307x", "İx", ["İx"]),
        ("σας", "ΣΑΣ σας", ["ΣΑΣ", "σας"]),
        ("s", "ß", ["ß"]),
        ("🙂", "ok 🙂!", ["🙂"]),
        (r"\vre\w+", "Refund, result", ["Refund", "result"]),
        (r"\vRe\w+", "Refund, result", ["Refund"]),
        (r"\v\S+und", "a Refund", ["Refund"]),
        (r"\vx*", "axxb", ["xx"]),
        (r"\v^b|d$", "ad\nbd", ["d", "b", "d"]),
        (r"\v[[a]", "a[", ["a", "["]),
    ],
)
def test_what_is_matched(query: str, text: str, expected: list[str]) -> None:
    assert matched(query, text) == expected


@given(needles, odd_texts)
@quick
def test_every_match_is_in_the_text_at_its_place(needle: str, text: str) -> None:
    query = Query.parse(needle)
    end = 0
    for start, stop in query.spans(text):
        assert end <= start < stop <= len(text)
        found = text[start:stop]
        assert needle in found if query.regard_case else needle.casefold() in found.casefold()
        end = stop


@given(odd_texts, needles, odd_texts)
@quick
def test_what_is_planted_is_found(before: str, needle: str, after: str) -> None:
    text = before + needle + after
    planted = range(len(before), len(before) + len(needle))

    spans = Query.parse(needle).spans(text)

    assert any(start < planted.stop and planted.start < end for start, end in spans)


@given(needles, odd_texts)
@quick
def test_exact_search_agrees_with_the_engine_of_regular_expressions(needle: str, text: str) -> None:
    query = Query(text=needle, regard_case=True)

    assert query.spans(text) == [match.span() for match in re.finditer(re.escape(needle), text)]


@given(needles)
@quick
def test_a_query_written_down_is_the_query(needle: str) -> None:
    assert Query.parse(str(Query.parse(needle))) == Query.parse(needle)


def test_a_regular_expression_is_asked_for_by_mark_or_by_switch() -> None:
    by_mark = Query.parse(r"\va.c")

    assert by_mark == Query.parse("a.c", regex=True) == Query.parse(r"\va.c", regex=True)
    assert by_mark != Query.parse("a.c")
    assert str(by_mark) == r"\va.c"


@pytest.mark.parametrize("text", ["", "  ", "\\v", "\\v "])
def test_a_query_for_nothing_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"There is nothing to search for\."):
        Query.parse(text)
