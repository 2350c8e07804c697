"""The index of what was said goes with its documents, and with the program and the SQLite that use it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from index_samples import SIGN, add_all, prospects, put, rows_of_index, texts, tidied, traces_on_disk
from store_samples import ANALYSIS, MEGABYTE, NOW, SCOPE, document, opened, session

from feather_tui.store import database, documents, schema, trigrams
from feather_tui.store.documents import DocumentKey
from feather_tui.store.store import open_store

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


def test_a_dropped_document_leaves_nothing_in_it(store: Store, path: Path) -> None:
    put(store, 1, SIGN)
    put(store, 2, "kept")
    assert traces_on_disk(path)
    store.drop(SCOPE, session(1), ANALYSIS)
    assert prospects(store, SIGN) == []
    assert rows_of_index(store) == 1
    assert_gone(store, path)


def test_a_replaced_document_is_found_by_its_new_words_alone(store: Store, path: Path) -> None:
    put(store, 1, SIGN)
    put(store, 1, "newer")
    assert prospects(store, "newer") == [session(1)]
    assert prospects(store, SIGN) == []
    tidied(store)
    assert rows_of_index(store) == 1
    assert texts(store, 1) == ["newer"]
    assert_gone(store, path)


def test_what_has_expired_is_found_no_more_and_leaves_the_disk(path: Path) -> None:
    with opened(path, days=30) as store:
        put(store, 1, SIGN, fetched_at=NOW - 20 * DAY)
        put(store, 2, "refund")
    with opened(path, days=10) as store:
        assert prospects(store, SIGN) == []
        assert store.index.prospects(SCOPE, ()).cached == 1
        store.expire()
        assert traces_on_disk(path) == 0
        assert rows_of_index(store) == 1
        assert prospects(store, "refund") == [session(2)]


def test_clearing_leaves_no_word_on_the_disk(path: Path) -> None:
    with opened(path) as store:
        put(store, 1, SIGN)
        put(store, 2, SIGN, scope=OTHER_KEY)
        assert traces_on_disk(path)
        assert store.clear() == 2
        assert traces_on_disk(path) == 0
        assert rows_of_index(store) == 0
        put(store, 3, "afterwards")
        assert prospects(store, "afterwards") == [session(3)]


def test_what_makes_room_takes_its_texts_with_it(path: Path) -> None:
    with opened(path, max_bytes=MEGABYTE) as store:
        for number in range(12):
            fetched_at = NOW + number * timedelta(minutes=1)
            store.put(SCOPE, session(number), ANALYSIS, document(number, 140_000), fetched_at)
            add_all(store, SIGN, *(f"{number} {place:x}" for place in range(1_500)))
        left = store.info().documents
        assert 2 < left < 7
        tidied(store)
        assert rows_of_index(store) == left
        store.expire()
        assert store.info().bytes_on_disk <= MEGABYTE


def test_sessions_are_not_forgotten_for_what_the_index_is_about_to_give_back(path: Path) -> None:
    """What is left of a replaced document counts as gone, though it is still to be tidied away."""
    with opened(path, max_bytes=MEGABYTE) as store:
        for number in (1, 2):
            store.put(SCOPE, session(number), ANALYSIS, document(number, 250_000), NOW)
            add_all(store, noise(110_000))
        for number in (1, 2):
            store.put(SCOPE, session(number), ANALYSIS, document(number, 250_001), NOW)
        store.put(SCOPE, session(3), ANALYSIS, document(3, 300_000), NOW)
        assert store.info().documents == 3


def test_a_session_that_makes_room_makes_that_of_its_texts_too(path: Path) -> None:
    with opened(path, max_bytes=MEGABYTE) as store:
        for number in (1, 2, 3):
            fetched_at = NOW + number * timedelta(minutes=1)
            store.put(SCOPE, session(number), ANALYSIS, document(number, 140_000), fetched_at)
            add_all(store, noise(60_000))
        store.put(SCOPE, session(4), ANALYSIS, document(4, 300_000), NOW + DAY)
        assert store.info().documents == 3


def test_texts_are_not_taken_for_those_of_a_document_that_came_under_the_same_number(store: Store) -> None:
    put(store, 1, "refund")
    connection = store._database.connection
    documents.remove(
        connection, DocumentKey.of(SCOPE, session(1), ANALYSIS)
    )  # as by a program that was killed
    store.put(SCOPE, session(2), ANALYSIS, b"body", NOW)
    assert connection.execute("SELECT id FROM documents").fetchall() == [(1,)]
    assert texts(store, 2) == []
    assert [lacking.session_id for lacking in store.index.lacking(SCOPE)] == [session(2)]
    tidied(store)
    assert rows_of_index(store) == 0
    assert store.notices == ()


def noise(size: int) -> str:
    """A text that packs to about so many bytes."""
    return Random(7).randbytes(size).hex()  # noqa: S311 - nothing secret


def assert_gone(store: Store, path: Path) -> None:
    """Whatever was said of SIGN is gone, once the log is written into the file."""
    store.expire()
    assert traces_on_disk(path) == 0


# ---------------------------------------------------------------------- other versions of file and SQLite


def test_a_cache_of_the_first_version_serves_at_once_and_is_indexed_later(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    first = schema.MIGRATIONS[:1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", first)
        patch.setattr(schema, "VERSION", 1)
        with closing(database._connect(path)) as connection:
            key = DocumentKey.of(SCOPE, session(1), ANALYSIS)
            documents.write(connection, key, b"older body", NOW)
    path.chmod(0o600)
    with opened(path) as store:
        assert store.index.prospects(SCOPE, ("refund",)).indexed == 0
        assert prospects(store, "refund") == [session(1)], "it may hold it"
        assert add_all(store, "refund") == 1
        assert prospects(store, "zebra") == []
        assert store.get(SCOPE, session(1), ANALYSIS) is not None
        assert store.notices == ()


def test_without_a_full_text_table_every_session_is_read_and_the_reason_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trigrams, "available", lambda: False)
    with opened(None) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
        found = store.index.prospects(SCOPE, ("refund",))
        assert [one.session_id for one in found.sessions] == [session(1)]
        assert (found.cached, found.indexed) == (1, 0)
        assert found.no_index == "this SQLite has no full-text index"
        assert store.index.lacking(SCOPE) == []
        store.expire()
        assert store.notices == ()


def test_without_a_full_text_table_an_index_made_elsewhere_is_removed(path: Path) -> None:
    with opened(path) as store:
        put(store, 1, SIGN)
        # So damaged, the table cannot be dropped either, as if its module were not here.
        store._database.connection.execute("DELETE FROM trigrams_config")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trigrams, "available", lambda: False)
        with opened(path) as store:
            store.expire()
            assert rows_of_index(store) == 0
            assert store.get(SCOPE, session(1), ANALYSIS) is not None
            assert store.notices == ()
            store.clear()
            assert traces_on_disk(path) == 0
    with opened(path) as store:
        put(store, 2, "refund")
        assert prospects(store, "refund") == [session(2)]
        assert store.notices == ()


def test_this_sqlite_has_the_table() -> None:
    assert trigrams.available()


def test_a_store_that_cannot_be_opened_is_searched_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory", encoding="utf-8")
    with closing(open_store(blocked / "x", days=1, max_bytes=MEGABYTE, now=lambda: NOW)) as store:
        put(store, 1, "refund")
        assert prospects(store, "refund") == [session(1)]
