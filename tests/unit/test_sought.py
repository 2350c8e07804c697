"""What is looked for in many sessions, and what one session has of it."""

from __future__ import annotations

import pytest

from feather_tui.errors import UsageError
from feather_tui.session.identity import SessionId
from feather_tui.session.query import Query
from feather_tui.session.saying import Said
from feather_tui.session.sought import MOST_CHARACTERS, Hit, Match, Sought, find

SESSION = SessionId("3f6c1a90-7b1e-4c55-9a57-0d6f5a1c2e4b")


def found(typed: str, *texts: str) -> Match | None:
    return find((Said("user", f"{number}", text) for number, text in enumerate(texts)), Sought.parse(typed))


def marked(match: Match | None) -> list[str]:
    """The field that was found, and what matches in it."""
    assert match is not None
    return [match.said.field, *(match.said.text[start:end] for start, end in match.spans)]


def test_the_first_text_that_holds_it_as_typed_is_found() -> None:
    assert marked(found("bank shows", "the bank", "shows", "The Bank shows it", "bank shows")) == [
        "2",
        "Bank shows",
    ]


def test_several_words_may_stand_apart_and_the_text_with_most_of_them_is_shown() -> None:
    match = found("refund (late) bank", "the bank", "a (late) refund, a refund", "nothing")
    assert marked(match) == ["1", "(late)", "refund", "refund"]
    assert match is not None
    assert str(match.query) == r"\vrefund|\(late\)|bank"


@pytest.mark.parametrize("typed", ["refund bank", "zebra", "refund\\v bank", r"\vref\d"])
def test_what_is_not_all_there_is_not_found(typed: str) -> None:
    assert found(typed, "the refund", "of today") is None


def test_of_an_expression_the_whole_counts() -> None:
    assert marked(found(r"\vre(fund|turn) of", "return it", "the Refund of today")) == ["1", "Refund of"]


def test_a_capital_counts_for_every_word() -> None:
    assert found("Refund bank", "a refund", "the bank") is None
    assert marked(found("Refund bank", "a Refund", "the bank")) == ["0", "Refund"]


def test_blanks_around_it_and_a_word_typed_twice_count_for_nothing() -> None:
    assert Sought.parse("  refund bank ") == Sought.parse("refund bank")
    assert Sought.parse("bank  bank").words == ("bank",)


def test_nothing_and_half_an_expression_are_refused() -> None:
    for typed in ("", "   ", r"\v("):
        with pytest.raises(UsageError):
            Sought.parse(typed)


def test_what_is_longer_than_a_piece_can_hold_whole_is_cut() -> None:
    assert str(Sought.parse("x" * (MOST_CHARACTERS + 1))) == "x" * MOST_CHARACTERS


def test_a_search_goes_no_further_than_the_first_text_that_holds_it() -> None:
    texts = iter([Said("user", "0", "the refund"), Said("user", "1", "more")])
    find(texts, Sought.parse("refund"))
    assert next(texts).field == "1"


def test_an_excerpt_has_what_stands_around_the_first_match() -> None:
    text = "x" * 500 + " refund " + "y" * 1_000 + " refund"
    query = Query.parse("refund")
    hit = Hit.of(SESSION, Match(Said("user", "content", text), query, query.spans(text)))
    assert [hit.excerpt[start:end] for start, end in hit.spans] == ["refund"]
    assert hit.excerpt in text
    assert (hit.begins, hit.ends) == (False, False)
    short = Hit.of(SESSION, Match(Said("user", "content", "a refund"), query, [(2, 8)]))
    assert (short.excerpt, short.begins, short.ends) == ("a refund", True, True)


def test_a_match_longer_than_the_excerpt_is_marked_to_its_end() -> None:
    text = "z" * 2_000
    hit = Hit.of(SESSION, Match(Said("user", "content", text), Query.parse("z"), [(0, 2_000)]))
    assert hit.spans == ((0, len(hit.excerpt)),)
    assert not hit.ends
