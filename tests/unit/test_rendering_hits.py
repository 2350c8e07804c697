"""The sessions in which something was said: the sum of them, and two rows each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents import SESSION_ID, START
from hypothesis import given
from hypothesis import strategies as st
from looks import look, tone_of
from wild_documents import quick, texts

from feather_tui.rendering.highlight import MATCH
from feather_tui.rendering.hits import WHERE, HitBlock, excerpt_row, hits_heading, invitation_rows
from feather_tui.rendering.lookup import ListedSession
from feather_tui.rendering.row import Row, text_of, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.session.identity import SessionId
from feather_tui.session.query import Query
from feather_tui.session.saying import Said
from feather_tui.session.sought import Found, Hit, Match, Sought

LISTED = ListedSession(session_id=SESSION_ID, started_at=START, outcome="escalated")


def hit(text: str, typed: str = "refund", *, who: str = "user", field: str = "content") -> Hit:
    query = Query.parse(typed)
    return Hit.of(SessionId(SESSION_ID), Match(Said(who, field, text), query, query.spans(text)))


def found(number: int, typed: str = "refund", **changes: object) -> Found:
    some = Found(sought=Sought.parse(typed), hits=(hit("a refund", typed),) * number, cached=340, indexed=340)
    return replace(some, **changes)  # type: ignore[arg-type]  # fields of the record


def said(heading: list[Row]) -> str:
    return " ".join(text_of(row).strip() for row in heading)


def test_two_rows_say_which_session_who_said_it_and_what() -> None:
    block = HitBlock(hit("Is my refund late?", who="assistant"), LISTED)
    rows = block.rows(look(80), expanded=False, parts=1)
    assert [text_of(row) for row in rows] == [
        "   3f6c1a90  11-20 14:02:11  ✗ escalated     assistant · content",
        "             Is my refund late?",
    ]
    assert tone_of(rows, "refund") == MATCH
    assert tone_of(rows, "assistant") == "assistant"
    assert block.estimate(look(80)) == len(rows)
    assert not block.foldable


def test_a_session_of_which_nothing_else_is_known_is_shown_too() -> None:
    rows = HitBlock(hit("refund"), ListedSession(session_id=SESSION_ID)).rows(look(), expanded=False, parts=1)
    assert "3f6c1a90" in text_of(rows[0])
    assert "not recorded" in text_of(rows[0])


def test_a_long_text_is_cut_visibly_and_the_match_stays_in_sight() -> None:
    row = excerpt_row(hit("before " * 100 + "refund" + " behind" * 100), look(80))
    assert text_of(row).strip().startswith("…")
    assert text_of(row).endswith("…")
    assert tone_of([row], "refund") == MATCH
    assert width_of(row) < 80


@given(texts, st.integers(0, 60), st.integers(1, 20), st.sampled_from((40, 80, 200)))
@quick
def test_whatever_was_said_keeps_its_row_and_shows_the_match(
    text: str, start: int, length: int, width: int
) -> None:
    part = text[start : start + length]
    if not part.strip() or not safe_line(part):
        return  # nothing that can be seen
    row = excerpt_row(hit(text, part), look(width))
    assert width_of(row) < width
    assert any(tone == MATCH for _, tone in row)
    assert "\x1b" not in text_of(row)


@pytest.mark.parametrize(
    ("some", "sentence"),
    [
        (found(12), "12 sessions of 340 cached hold “refund”"),
        (found(1), "1 session of 340 cached holds “refund”"),
        (
            found(3, left=120),
            "Looking for “refund”: 3 sessions so far, 120 of 340 cached left to look through",
        ),
        (found(2, "refund bank"), "2 sessions of 340 cached hold “refund bank”"),
        (
            found(2, "refund bank", hits=(hit("a refund", "refund"),) * 2),
            "2 sessions of 340 cached hold all words of “refund bank”",
        ),
        (
            found(0),
            f"None of the 340 cached sessions holds “refund” in its {WHERE}.",
        ),
        (found(0, cached=0, indexed=0), "No session is cached yet, so there is nothing to search."),
        (
            found(5, indexed=200),
            "5 sessions of 340 cached hold “refund” index of 200 of 340, the others are read one by one",
        ),
        (
            found(5, indexed=0, no_index="this SQLite has no full-text index"),
            "5 sessions of 340 cached hold “refund” scanning, this SQLite has no full-text index",
        ),
        (found(1, "\x1b[31m"), "1 session of 340 cached holds “␛[31m”"),
        (found(1, "x" * 50), f"1 session of 340 cached holds “{'x' * 40}…”"),
    ],
)
def test_the_sum_says_how_many_of_how_many_and_what_of_the_index(some: Found, sentence: str) -> None:
    heading = hits_heading(some, look(200))
    columns = "session   start (UTC)     outcome         said by"
    assert said(heading) == (f"{sentence} {columns}" if some.hits else sentence)


@pytest.mark.parametrize("width", [40, 80])
def test_nothing_of_the_sum_is_cut_on_narrow_screens(width: int) -> None:
    for rows in (hits_heading(found(0), look(width)), invitation_rows(340, look(width))):
        assert all(width_of(row) <= width for row in rows)
        assert "…" not in said(rows)
    assert "340 sessions known here" in said(invitation_rows(340, look(width)))
