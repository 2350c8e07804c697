"""Files that are no sound cache: set aside whole, one set at most, and a new cache takes their place."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from store_samples import (
    ANALYSIS,
    NOW,
    SCOPE,
    assert_nothing_false,
    assert_works,
    fill,
    opened,
    session,
    stored,
)

from feather_tui.store import database, files, schema

if TYPE_CHECKING:
    from pathlib import Path

STAMP = "damaged-20260813T101500Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


@pytest.fixture
def filled(path: Path) -> Path:
    with opened(path) as store:
        fill(store)
    return path


def set_aside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir() if "damaged" in file.name)


@pytest.mark.parametrize("garbage", [b"garbage", b"\x00" * 20_000, b"SQLite format 3\x00" + b"\xa0" * 20_000])
def test_a_file_that_is_no_database_is_set_aside_with_its_bytes(path: Path, garbage: bytes) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(garbage)
    path.chmod(0o644)
    with opened(path) as store:
        assert store.get(SCOPE, session(1), ANALYSIS) is None
        assert not store.info().in_memory
        (notice,) = store.notices
        assert f"{path}.{STAMP}" in notice
        assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    assert path.with_name(f"{path.name}.{STAMP}").read_bytes() == garbage
    assert_works(path)


@pytest.mark.parametrize("content", [b"", b"S"])
def test_a_file_without_a_page_is_a_new_cache(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(content)
    assert_works(path)


def foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE holidays (place TEXT)")
        connection.commit()


def test_another_programs_database_is_set_aside_whole(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    foreign_database(path)
    with opened(path) as store:
        assert "set aside" in store.notices[0]
    with closing(sqlite3.connect(path.with_name(f"{path.name}.{STAMP}"))) as connection:
        assert connection.execute("SELECT count(*) FROM holidays").fetchone() == (0,)
    assert_works(path)


def test_the_three_files_are_set_aside_together(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    for side in ("", "-wal", "-shm"):
        path.with_name(path.name + side).write_text(f"what was in {side}")
    target = files.set_aside(path, NOW)
    assert target.name == f"{path.name}.{STAMP}"
    contents = {file.name: file.read_text() for file in path.parent.iterdir()}
    assert contents == {target.name + side: f"what was in {side}" for side in ("", "-wal", "-shm")}


def test_only_the_last_damaged_set_is_kept(filled: Path) -> None:
    old = filled.with_name(f"{filled.name}.damaged-20260101T000000Z")
    for side in ("", "-wal"):
        old.with_name(old.name + side).write_bytes(b"older")
    filled.write_bytes(b"garbage")
    with opened(filled) as store:
        assert "in place of any earlier one" in store.notices[0]
    assert set_aside(filled) == [f"{filled.name}.{STAMP}"]


@pytest.mark.parametrize("statement", ["DROP TABLE documents", "ALTER TABLE documents DROP COLUMN body"])
def test_tables_that_are_not_what_their_version_says_are_replaced(filled: Path, statement: str) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(statement)
        connection.commit()
    with opened(filled) as store:
        assert store.get(SCOPE, session(1), ANALYSIS) is None
        assert "set aside" in store.notices[0]
    assert_works(filled)


def test_damage_that_sqlite_cannot_even_name_is_replaced(filled: Path) -> None:
    sound = filled.read_bytes()
    assert sound.count(b"UNIQUE (origin") == 4
    filled.write_bytes(sound.replace(b"UNIQUE (origin", b"UNIQUE (\xa0rigin"))
    with opened(filled) as store:  # the error's text quotes the byte, so it is no text
        assert_nothing_false(store)
        assert "set aside" in store.notices[0]
    assert_works(filled)


def test_damage_to_a_file_that_was_deleted_meanwhile_needs_no_setting_aside(filled: Path) -> None:
    with opened(filled) as store:
        damaged = store._database.identity
        store.close()
        filled.unlink()
        store._database = store._open(suspect=damaged)
        assert store.notices == ()
    assert_works(filled)
    assert set_aside(filled) == []


def test_damage_that_shows_up_in_the_middle_is_replaced_at_once(filled: Path) -> None:
    with opened(filled) as store:
        size = filled.stat().st_size
        with filled.open("r+b") as file:
            file.seek(8192)
            file.write(b"\xff" * (size - 8192))
        assert store.get(SCOPE, session(3), ANALYSIS) is None
        assert "set aside" in store.notices[0]
        store.put(SCOPE, session(3), ANALYSIS, b"anew", NOW)
        assert store.get(SCOPE, session(3), ANALYSIS) == stored(b"anew")
    assert_works(filled)


def test_damage_that_another_program_still_has_open_is_left_to_it(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.05)
    with opened(filled) as other:
        filled.write_bytes(b"garbage" * 9000)
        with opened(filled) as store:
            assert store.info().in_memory
            assert "another feather-tui still has it open" in store.notices[0]
            store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
            assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"body")
        assert set_aside(filled) == []
        assert other.get(SCOPE, session(3), ANALYSIS) is None
        assert "set aside" in other.notices[0]
        assert f"{filled.name}.{STAMP}" in set_aside(filled)
    assert_works(filled)


def test_damage_seen_by_two_is_replaced_once_and_both_go_on(filled: Path) -> None:
    with opened(filled) as first:
        damaged = first._database.identity
        first.close()
        with opened(filled) as second:
            second._database.close()
            second._database = second._open(suspect=damaged)
            first._database = first._open(suspect=damaged)
            second.put(SCOPE, session(1), ANALYSIS, b"anew", NOW)
            assert first.get(SCOPE, session(1), ANALYSIS) == stored(b"anew")
            assert len(second.notices) == 1
            assert first.notices == ()
    assert set_aside(filled) == [f"{filled.name}.{STAMP}"]


@pytest.mark.parametrize("number", [0, -1])
def test_a_version_that_cannot_be_is_damage(filled: Path, number: int) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(f"PRAGMA user_version = {number}")
    with opened(filled) as store:
        assert "set aside" in store.notices[0]
    assert_works(filled)


def test_a_newer_version_is_left_alone(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    newer = filled.read_bytes()
    with opened(filled) as store:
        assert store.info().in_memory
        (notice,) = store.notices
        assert "made by a newer feather-tui" in notice
        assert "Update feather-tui" in notice
        assert str(filled) in notice
        store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"body")
        store.expire()
        assert store.clear() == 1
    assert filled.read_bytes() == newer
    assert set_aside(filled) == []
