"""Files that are not what they were: nothing false is ever served, and the cache works again."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from store_samples import ANALYSIS, EXTRACTION, NOW, SCOPE, document, known, opened, session, stored

from feather_tui.store import database, files, schema

if TYPE_CHECKING:
    from pathlib import Path

    from feather_tui.store.store import Store

SIZES = {1: 200, 2: 20_000, 3: 100_000}
SESSIONS = range(30)
STAMP = "damaged-20260813T101500Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


@pytest.fixture
def filled(path: Path) -> Path:
    with opened(path) as store:
        fill(store)
    return path


def fill(store: Store) -> None:
    for number, size in SIZES.items():
        store.put(SCOPE, session(number), ANALYSIS, document(number, size), NOW)
    for number in SESSIONS:
        store.note(SCOPE, session(number), known(number))


def assert_nothing_false(store: Store) -> None:
    """Whatever is served is exactly what was put or noted."""
    for number, size in SIZES.items():
        assert store.get(SCOPE, session(number), ANALYSIS) in (None, stored(document(number, size)))
    truth = {session(number): known(number) for number in SESSIONS}
    assert all(row == truth[row.session_id] for row in store.known(SCOPE))


def assert_works(path: Path) -> None:
    """The file takes a document and gives it back, now and after a restart."""
    with opened(path) as store:
        store.put(SCOPE, session(99), ANALYSIS, document(99), NOW)
    with opened(path) as store:
        assert store.get(SCOPE, session(99), ANALYSIS) == stored(document(99))
        assert not store.info().in_memory
        assert store.notices == ()


def set_aside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir() if "damaged" in file.name)


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
    assert sound.count(b"UNIQUE (origin") == 2
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
