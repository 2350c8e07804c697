"""A damaged index is made anew or done without: it hides no session, and costs no document."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from index_samples import add_all, prospects, put, rows_of_index, texts
from store_samples import ANALYSIS, NOW, SCOPE, assert_works, opened, session

from feather_tui.store import seal, trigrams
from feather_tui.store.text_index import TextIndex

if TYPE_CHECKING:
    from pathlib import Path

    from feather_tui.store.store import Store

NUMBERS = (1, 2, 3)
MADE_ANEW = "The index of what was said was damaged: it is made anew. No session is lost."


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "cache" / "sessions.sqlite3"
    with opened(path) as store:
        for number in NUMBERS:
            put(store, number, f"the refund of order 8812-{number}")
    return path


def damage(path: Path, statement: str) -> None:
    with opened(path) as store:
        store._database.connection.execute(statement)


def assert_all_can_be_found(store: Store) -> None:
    """No search leaves out a session that holds the word, and every document is there."""
    for number in NUMBERS:
        assert session(number) in prospects(store, "refund")
        assert session(number) in prospects(store, f"8812-{number}")
        assert store.get(SCOPE, session(number), ANALYSIS) is not None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM trigrams_data",
        "DELETE FROM trigrams_config",
        "DROP TABLE trigrams_data",
        "DROP TABLE trigrams_idx",
        "DROP TABLE trigrams",
        "UPDATE trigrams_data SET block = zeroblob(40)",
        "UPDATE trigrams_data SET block = x'ffffffffffffffff'",
        "UPDATE trigrams_data SET block = substr(block, 1, length(block) - 1)",
        "UPDATE seal SET digest = x'00'",
        "INSERT INTO trigrams (rowid, folded) VALUES (99, 'not ours')",
    ],
)
def test_a_damaged_table_is_made_anew(filled: Path, statement: str) -> None:
    damage(filled, statement)
    with opened(filled) as store:
        assert_all_can_be_found(store)
        assert store.notices == (MADE_ANEW,)
        assert add_all(store, "the refund of order 8812-1") == len(NUMBERS)
        assert len(prospects(store, "refund")) == len(NUMBERS)
        assert prospects(store, "zebra") == []
        assert store.notices == (MADE_ANEW,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE texts SET packed = x'00'",
        "UPDATE texts SET packed = 7",
        "UPDATE texts SET digest = x''",
        "UPDATE texts SET last = 7",
        "UPDATE texts SET piece = piece + 1",
    ],
)
def test_damaged_texts_are_not_served(filled: Path, statement: str) -> None:
    damage(filled, statement)
    with opened(filled) as store:
        assert texts(store, 1) == []
        assert store.notices == (MADE_ANEW,)
        assert rows_of_index(store) == 0
        assert_all_can_be_found(store)


def test_damaged_texts_of_a_document_that_is_gone_can_be_removed(filled: Path) -> None:
    damage(filled, "UPDATE texts SET packed = x'00'")
    with opened(filled) as store:
        store.drop(SCOPE, session(1), ANALYSIS)
        assert rows_of_index(store) == 0
        assert store.notices == (MADE_ANEW,)


def test_an_index_that_cannot_be_removed_is_done_without(filled: Path) -> None:
    damage(filled, "DROP TABLE texts")
    with opened(filled) as store:
        assert_all_can_be_found(store)
        assert store.index.prospects(SCOPE, ("zebra",)).no_index == "the index is damaged"
        assert store.index.lacking(SCOPE) == []
        store.expire()
        (notice,) = store.notices
        assert "damaged and cannot be removed: searches read the cached sessions one by one" in notice
        assert store.clear() == len(NUMBERS)
    assert [file.name for file in filled.parent.iterdir()] == [filled.name]
    assert_works(filled)


def test_memory_that_a_damaged_table_asks_for_in_vain_is_damage(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def greedy(_: sqlite3.Connection) -> bool:
        raise MemoryError

    with opened(filled) as store:
        with monkeypatch.context() as patch:
            patch.setattr(seal, "is_broken", greedy)
            assert_all_can_be_found(store)
        assert store.notices == (MADE_ANEW,)


def test_a_flipped_bit_in_the_table_hides_nothing(filled: Path) -> None:
    with opened(filled) as store:
        blocks = store._database.connection.execute("SELECT block FROM trigrams_data WHERE id > 10")
        block = max((block for (block,) in blocks), key=len)
    sound = filled.read_bytes()
    place = sound.index(block)
    for number, offset in enumerate(range(place, place + len(block), len(block) // 30)):
        filled.write_bytes(sound[:offset] + bytes([sound[offset] ^ 1 << number % 8]) + sound[offset + 1 :])
        with opened(filled) as store:
            assert_all_can_be_found(store)


def test_a_fault_that_is_no_damage_is_told_and_the_index_stays(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def fail(*_: object) -> None:
        raise full

    with opened(filled) as store:
        store.put(SCOPE, session(4), ANALYSIS, b"body", NOW)
        (lacking,) = store.index.lacking(SCOPE)
        with monkeypatch.context() as patch:
            patch.setattr(trigrams, "add", fail)
            assert not store.index.add(lacking, store.index.pieces(SCOPE, session(1))[0])
        assert [notice.partition(".")[0] for notice in store.notices] == [
            "The index of what was said could not be written because its disk is full"
        ]
        assert rows_of_index(store) == len(NUMBERS)
        assert len(prospects(store, "refund")) == len(NUMBERS) + 1


def test_the_table_is_looked_through_once_a_run(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    is_broken = seal.is_broken

    def counting(connection: sqlite3.Connection) -> bool:
        looked.append(connection)
        return is_broken(connection)

    monkeypatch.setattr(seal, "is_broken", counting)
    with opened(filled) as store:
        index: TextIndex = store.index
        for _ in range(3):
            index.prospects(SCOPE, ("refund",))
            index.lacking(SCOPE)
        assert len(looked) == 1


@pytest.mark.parametrize(
    "change",
    [
        "kind = CAST('analysis_inputs' AS BLOB)",
        "session_id = x'ff'",
        "session_id = 7",
        "session_id = CAST('00000000-0000-0000-0000-000000000009' AS BLOB)",
        "body_digest = 7",
    ],
)
def test_a_damaged_document_is_neither_found_nor_in_the_way_of_the_others(filled: Path, change: str) -> None:
    damage(filled, f"UPDATE documents SET {change} WHERE id = 2")  # noqa: S608 - the cases above
    with opened(filled) as store:
        for number in (1, 3):
            assert session(number) in prospects(store, "refund")
            assert texts(store, number)
        assert [texts(store, number) for number in (2, 9)] == [[], []]
        assert session(9) not in {document.session_id for document in store.index.lacking(SCOPE)}
        assert store.get(SCOPE, session(9), ANALYSIS) is None


def test_an_sqlite_without_full_text_search_is_known_for_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lacking(sqlite3.Connection):
        def execute(self, *_: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("no such module: fts5")

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda place: connect(place, factory=Lacking))

    assert trigrams.available.__wrapped__() is False
