"""Rows and files that are not what they were: nothing false is ever served."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from store_samples import (
    ANALYSIS,
    EXTRACTION,
    NOW,
    SCOPE,
    SESSIONS,
    SIZES,
    assert_nothing_false,
    assert_works,
    document,
    fill,
    known,
    opened,
    session,
    stored,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


@pytest.fixture
def filled(path: Path) -> Path:
    with opened(path) as store:
        fill(store)
    return path


def spread(size: int, count: int) -> list[int]:
    """Places all over a file, each with another remainder: heads, cells, bodies and gaps of pages."""
    return [size * number // count + number for number in range(count)]


def test_a_flipped_bit_anywhere_never_serves_anything_false(filled: Path) -> None:
    sound = filled.read_bytes()
    for number, offset in enumerate(spread(len(sound) - 100, 40)):
        flipped = bytearray(sound)
        flipped[offset] ^= 1 << number % 8
        filled.write_bytes(flipped)
        with opened(filled) as store:
            assert_nothing_false(store)
        assert_works(filled)


def test_a_flipped_bit_in_a_body_is_reported_and_the_body_can_be_kept_anew(filled: Path) -> None:
    sound = filled.read_bytes()
    for offset in spread(20_000, 10):
        place = sound.index(document(2, 60)) + offset % 1000
        filled.write_bytes(sound[:place] + bytes([sound[place] ^ 4]) + sound[place + 1 :])
        with opened(filled) as store:
            assert store.get(SCOPE, session(2), ANALYSIS) is None
            assert store.notices == (
                f"The cached analysis input of session {session(2)} was damaged and is not shown.",
            )
            assert store.info().documents == len(SIZES) - 1
            assert store.get(SCOPE, session(3), ANALYSIS) == stored(document(3, SIZES[3]))
            store.put(SCOPE, session(2), ANALYSIS, b"anew", NOW)
            assert store.get(SCOPE, session(2), ANALYSIS) == stored(b"anew")


@pytest.mark.parametrize(
    "change",
    [
        "body = zeroblob(length(body))",
        "body = 7",
        "fetched_at = fetched_at + 1",
        "checked_at = checked_at + 1",
        "fetched_at = 9e99",
        "fetched_at = 'yesterday'",
        "digest = zeroblob(16)",
        "body_digest = zeroblob(16)",
        "session_id = CAST('00000000-0000-0000-0000-000000000009' AS BLOB)",
        "origin = CAST('https://other.example.test' AS BLOB)",
        "kind = CAST('extraction' AS BLOB)",
    ],
)
def test_a_document_changed_in_any_column_is_not_served(filled: Path, change: str) -> None:
    with opened(filled) as store:
        store._database.connection.execute(
            f"UPDATE documents SET {change} WHERE length(body) = {SIZES[2]}"  # noqa: S608 - the cases above
        )
        assert store.info().documents == len(SIZES)
        for number in (2, 9):
            for kind in (ANALYSIS, EXTRACTION):
                assert store.get(SCOPE, session(number), kind) is None
        assert store.info().newest == NOW
        assert all("was damaged" in notice for notice in store.notices)


def test_confirming_a_damaged_document_does_not_make_it_look_sound(filled: Path) -> None:
    with opened(filled) as store:
        store._database.connection.execute("UPDATE documents SET fetched_at = fetched_at + 1")
        store.touch(SCOPE, session(2), ANALYSIS, NOW)
        assert store.get(SCOPE, session(2), ANALYSIS) is None


@pytest.mark.parametrize(
    "change",
    [
        "turns = turns + 1",
        "outcome = CAST('escalated' AS BLOB)",
        "outcome = NULL",
        "findings = x'ff'",
        "started_at = 'soon'",
        "seen_at = 9223372036854775807",
        "digest = x''",
    ],
)
def test_a_changed_row_is_removed_from_the_list_and_the_others_are_shown(filled: Path, change: str) -> None:
    with opened(filled) as store:
        store._database.connection.execute(f"UPDATE sessions SET {change} WHERE turns = 5")  # noqa: S608 - the cases above
        others = [known(number) for number in SESSIONS if number != 5]
        assert store.known(SCOPE) == others
        assert store.notices == ("Damaged rows were removed from the list of known sessions.",)
    with opened(filled) as store:
        assert store.known(SCOPE) == others
        assert store.notices == ()


@pytest.mark.parametrize("left", [99, 4096, 8192, 20_000, -8192, -1])
def test_a_truncated_file_is_replaced(filled: Path, left: int) -> None:
    filled.write_bytes(filled.read_bytes()[:left])
    with opened(filled) as store:
        assert_nothing_false(store)
        assert any("was damaged" in notice for notice in store.notices)
    assert_works(filled)


def foreign_log(directory: Path) -> bytes:
    """Return the log that a killed program of another kind leaves."""
    other = directory / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE documents (body TEXT)")
        connection.execute("INSERT INTO documents VALUES ('somebody else''s')")
        connection.commit()
        return other.with_name("other.db-wal").read_bytes()


def log_of_another_cache(directory: Path) -> bytes:
    """Return the log of a cache like ours with other documents under the same ids."""
    other = directory / "other" / "sessions.sqlite3"
    with opened(other) as store:
        for number in SIZES:
            store.put(SCOPE, session(number), EXTRACTION, b"the other cache's", NOW)
    with opened(other) as store:
        store.put(SCOPE, session(9), EXTRACTION, bytes(30_000), NOW)
        return other.with_name(f"{other.name}-wal").read_bytes()


def test_the_log_of_another_program_is_not_served(filled: Path, tmp_path: Path) -> None:
    filled.with_name(f"{filled.name}-wal").write_bytes(foreign_log(tmp_path))
    with opened(filled) as store:
        assert_nothing_false(store)
        assert "set aside" in store.notices[0]
    assert_works(filled)


def test_the_log_of_another_cache_makes_nothing_false(filled: Path, tmp_path: Path) -> None:
    filled.with_name(f"{filled.name}-wal").write_bytes(log_of_another_cache(tmp_path))
    with opened(filled) as store:
        assert_nothing_false(store)
        for number in SIZES:  # what that cache held of the same scope is true as well
            assert store.get(SCOPE, session(number), EXTRACTION) in (None, stored(b"the other cache's"))
    assert_works(filled)


def test_a_log_without_its_database_is_not_taken_for_one(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.with_name(f"{path.name}-wal").write_bytes(foreign_log(tmp_path))
    assert_works(path)
