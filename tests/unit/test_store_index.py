"""The index of what was said: what it finds, what stands in it, and whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_samples import add_all, piece, prospects, put, rows_of_index, texts
from store_samples import ANALYSIS, EXTRACTION, MEGABYTE, NOW, SCOPE, document, known, opened, session
from wild_documents import quick
from wild_documents import texts as wild_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feather_tui.store.store import Store

DAY = timedelta(days=1)
OTHER_KEY = replace(SCOPE, key_fingerprint="fedcba9876543210")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with opened(path) as opened_store:
        yield opened_store


# ---------------------------------------------------------------------- finding


def test_a_word_a_part_of_one_and_an_id_name_their_sessions(store: Store) -> None:
    put(store, 1, "the refund of SKU-4711-B did not arrive")
    put(store, 2, "thanks")
    put(store, 3, "返金はまだです")
    for word in ("refund", "REFUND", "efun", "SKU-4711", "4711-b"):
        assert prospects(store, word) == [session(1)]
    assert prospects(store, "返金は") == [session(3)]
    assert prospects(store, "zebra") == []


def test_all_words_must_be_there_and_may_stand_apart(store: Store) -> None:
    put(store, 1, "the refund did not arrive")
    store.put(SCOPE, session(1), EXTRACTION, b"{}", NOW)
    add_all(store, "order 8812")
    put(store, 2, "the refund arrived")
    assert prospects(store, "refund", "8812") == [session(1)]


def test_a_word_too_short_for_the_table_narrows_nothing_down(store: Store) -> None:
    put(store, 1, "no")
    put(store, 2, "refund")
    assert set(prospects(store, "no")) == {session(1), session(2)}
    assert prospects(store, "no", "refund") == [session(2)]


def test_sessions_come_newest_start_first(store: Store) -> None:
    for number in (1, 2, 3):
        put(store, number, "refund")
        store.note(SCOPE, session(number), known(number, started_at=NOW + number % 3 * DAY))
    assert prospects(store, "refund") == [session(2), session(1), session(3)]


@pytest.mark.parametrize(
    "text", ['say "hi" (now)', "a* OR b*", "NEAR(x y)", "-not ^this", "col:umn", "'; --"]
)
def test_what_looks_like_a_query_is_text(store: Store, text: str) -> None:
    put(store, 1, text)
    put(store, 2, "something else")
    for word in text.split():
        assert session(1) in prospects(store, word)
    assert prospects(store, text) == [session(1)]
    assert store.notices == ()


@given(wild_texts, st.integers(0, 40), st.integers(1, 40))
@quick
def test_no_text_is_missed_by_a_part_of_it(text: str, start: int, length: int) -> None:
    part = text[start : start + length].replace("\0", "")
    with opened(None) as store:
        put(store, 1, "before")
        store.put(SCOPE, session(2), ANALYSIS, b"body", NOW)
        add_all(store, "first", text.replace("\0", ""), "last")
        assert not part or session(2) in prospects(store, part)
        assert store.notices == ()


# ---------------------------------------------------------------------- what stands in it


def test_only_documents_that_lack_their_texts_are_named_and_the_last_checked_first(store: Store) -> None:
    put(store, 1, "said")
    for number in (2, 3):
        store.put(SCOPE, session(number), ANALYSIS, b"body", NOW + number * timedelta(minutes=1))
    assert [lacking.session_id for lacking in store.index.lacking(SCOPE)] == [session(3), session(2)]
    found = store.index.prospects(SCOPE, ("zebra",))
    assert (found.cached, found.indexed, found.no_index) == (3, 1, "")
    assert [one.session_id for one in found.sessions if not one.indexed] == [session(3), session(2)]


def test_a_session_is_indexed_when_all_pieces_of_all_its_documents_are_there(store: Store) -> None:
    store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
    store.put(SCOPE, session(1), EXTRACTION, b"{}", NOW)
    first, second = sorted(store.index.lacking(SCOPE), key=lambda lacking: lacking.kind)
    for document_, some in (
        (first, piece("one", last=False)),
        (first, piece("two", number=1)),
        (second, piece("three")),
    ):
        assert texts(store, 1) == []
        assert store.index.prospects(SCOPE, ()).indexed == 0
        assert store.index.add(document_, some)
    assert texts(store, 1) == ["one", "two", "three"]
    assert store.index.prospects(SCOPE, ()).indexed == 1


def test_another_key_neither_finds_nor_fills(store: Store) -> None:
    put(store, 1, "refund")
    assert prospects(store, "refund", scope=OTHER_KEY) == []
    assert store.index.prospects(OTHER_KEY, ()).cached == 0
    assert texts(store, 1, scope=OTHER_KEY) == []
    store.put(SCOPE, session(2), ANALYSIS, b"body", NOW)
    assert store.index.lacking(OTHER_KEY) == []


def test_two_programs_that_fill_it_at_once_do_no_harm(path: Path) -> None:
    with opened(path) as one, opened(path) as other:
        one.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
        (lacking,) = one.index.lacking(SCOPE)
        assert other.index.add(lacking, piece("refund"))
        assert one.index.add(lacking, piece("refund"))
        assert rows_of_index(one) == 1
        one.drop(SCOPE, session(1), ANALYSIS)
        assert other.index.add(lacking, piece("refund")), "gone is no fault"
        assert rows_of_index(one) == 0


def test_the_texts_of_a_document_that_was_replaced_meanwhile_are_not_taken(store: Store) -> None:
    store.put(SCOPE, session(1), ANALYSIS, b"older", NOW)
    (older,) = store.index.lacking(SCOPE)
    store.put(SCOPE, session(1), ANALYSIS, b"newer", NOW)
    assert store.index.add(older, piece("older"))
    assert rows_of_index(store) == 0


def test_it_takes_no_room_that_the_cache_does_not_have(path: Path) -> None:
    with opened(path, max_bytes=MEGABYTE) as store:
        store.put(SCOPE, session(1), ANALYSIS, document(1, 900_000), NOW)
        (lacking,) = store.index.lacking(SCOPE)
        assert not store.index.add(lacking, piece(*(f"{number:x}" * 20 for number in range(30_000))))
        assert store.index.prospects(SCOPE, ()).indexed == 0
        assert store.notices == ()
