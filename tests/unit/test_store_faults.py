"""Places and moments where no cache can be had: everything still answers, and says why."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from store_samples import ANALYSIS, NOW, SCOPE, document, known, opened, session, stored

from feather_tui.store import database, faults, files

if TYPE_CHECKING:
    from collections.abc import Callable

    from feather_tui.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.05)


def no_file_system_locks(_descriptor: int, _how: int) -> None:
    raise OSError(37, "No locks available")


def file_above(path: Path) -> None:
    path.parent.write_text("in the way")


def directory_instead(path: Path) -> None:
    path.mkdir(parents=True)
    path.parent.chmod(0o700)


def link_instead(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.symlink_to("/dev/zero")


def directory_open_to_others(path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(0o777)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (file_above, "Not a directory"),
        (directory_instead, "not a regular file"),
        (link_instead, "symbolic link"),
        (directory_open_to_others, "Other users may write"),
    ],
)
def test_an_unusable_place_means_memory_and_a_notice(
    path: Path, spoil: Callable[[Path], None], reason: str
) -> None:
    spoil(path)
    assert_memory(path, reason)


def assert_memory(path: Path, reason: str) -> None:
    with opened(path) as store:
        (notice,) = store.notices
        assert notice.startswith(f"The cache at {path} cannot be used: sessions are kept in memory")
        assert reason in notice
        store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
        store.note(SCOPE, session(1), known(1))
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"body")
        assert store.known(SCOPE) == [known(1)]
        info = store.info()
        assert (info.in_memory, info.path, info.documents) == (True, path, 1)
        store.expire()
        assert store.clear() == 1
        assert store.notices == (notice,)


def test_a_file_system_without_locks_means_memory(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", no_file_system_locks)
    assert_memory(path, "No locks available")


def change_connecting(monkeypatch: pytest.MonkeyPatch, connect: Callable[[Path], sqlite3.Connection]) -> None:
    """Make a file be connected to in another way; memory stays as it is."""
    original = sqlite3.connect

    def changed(place: Path | str, **options: Any) -> sqlite3.Connection:
        return original(place, **options) if place == ":memory:" else connect(Path(place))

    monkeypatch.setattr(sqlite3, "connect", changed)


def test_a_file_system_without_shared_memory_means_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    change_connecting(
        monkeypatch,
        lambda place: connect(f"file:{place}?vfs=unix-dotfile", uri=True, isolation_level=None),
    )
    assert_memory(path, "no write-ahead log")


def test_a_full_disk_means_memory_at_the_start(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def connect_to_full_disk(place: Path) -> sqlite3.Connection:
        connection = connect(place, isolation_level=None)
        connection.execute("PRAGMA max_page_count = 2")
        return connection

    change_connecting(monkeypatch, connect_to_full_disk)
    assert_memory(path, "its disk is full")


def test_a_cache_locked_for_too_long_means_memory(path: Path) -> None:
    with opened(path):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        assert_memory(path, "held it locked for too long")


def test_a_cache_locked_for_a_moment_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path):
        pass
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 60.0)
    connect, tries = sqlite3.connect, []
    other = connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")

    def connect_without_waiting(place: Path) -> sqlite3.Connection:
        tries.append(place)
        if len(tries) == 3:
            other.close()
        return connect(place, timeout=0, isolation_level=None)

    change_connecting(monkeypatch, connect_without_waiting)
    with opened(path) as store:
        assert store.notices == ()
        assert not store.info().in_memory
    assert len(tries) == 3


def fill_disk(store: Store) -> None:
    pages = store._database.connection.execute("PRAGMA page_count").fetchone()[0]
    store._database.connection.execute(f"PRAGMA max_page_count = {pages}")


def make_read_only(store: Store) -> None:
    store._database.connection.execute("PRAGMA query_only = ON")


@pytest.mark.parametrize(
    ("spoil", "reason"), [(fill_disk, "its disk is full"), (make_read_only, "it may only be read")]
)
def test_what_cannot_be_written_is_not_kept_and_the_rest_is_still_read(
    path: Path, spoil: Callable[[Store], None], reason: str
) -> None:
    with opened(path) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"before", NOW)
        store.note(SCOPE, session(1), known(1))
        spoil(store)
        store.put(SCOPE, session(2), ANALYSIS, document(2), NOW)
        store.put(SCOPE, session(3), ANALYSIS, document(3), NOW)
        assert store.notices == (f"The cache could not be written because {reason}. All else works.",)
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"before")
        assert store.get(SCOPE, session(2), ANALYSIS) is None
        assert store.known(SCOPE) == [known(1)]


def test_every_writing_call_survives_a_cache_that_may_only_be_read(path: Path) -> None:
    with opened(path) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"before", NOW)
        store.note(SCOPE, session(1), known(1))
        make_read_only(store)
        store.touch(SCOPE, session(1), ANALYSIS, NOW)
        store.drop(SCOPE, session(1), ANALYSIS)
        store.note(SCOPE, session(2), known(2))
        store.expire()
        assert store.clear() == 0
        assert store.notices == (
            "The cache could not be written because it may only be read. All else works.",
            "The cache could not be tidied because it may only be read. All else works.",
            (
                "The cache could not be cleared because it may only be read."
                " Delete its files by hand while no feather-tui is running."
            ),
        )
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"before")
        assert store.known(SCOPE) == [known(1)]


def test_a_damaged_row_that_cannot_be_removed_is_still_not_served(path: Path) -> None:
    with opened(path) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"before", NOW)
        for number in (1, 2):
            store.note(SCOPE, session(number), known(number))
        store._database.connection.execute("UPDATE documents SET fetched_at = 0")
        store._database.connection.execute("UPDATE sessions SET turns = 9 WHERE turns = 2")
        make_read_only(store)
        assert store.get(SCOPE, session(1), ANALYSIS) is None
        assert store.known(SCOPE) == [known(1)]
        assert len(store.notices) == 3


def test_a_put_that_finds_the_cache_locked_is_not_kept(path: Path) -> None:
    with opened(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.put(SCOPE, session(1), ANALYSIS, b"before", NOW)
        other.execute("BEGIN IMMEDIATE")
        store.put(SCOPE, session(2), ANALYSIS, b"during", NOW)
        assert "held it locked for too long" in store.notices[0]
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"before")
        other.execute("ROLLBACK")
        store.put(SCOPE, session(2), ANALYSIS, b"after", NOW)
        assert store.get(SCOPE, session(2), ANALYSIS) == stored(b"after")


def test_a_damaged_cache_that_cannot_be_set_aside_means_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(b"garbage")

    def refused(_path: Path, _moment: object) -> Path:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(files, "set_aside", refused)
    assert_memory(path, "Operation not permitted")


def test_set_aside_files_that_cannot_be_removed_are_reported(path: Path) -> None:
    with opened(path) as store:
        path.with_name(f"{path.name}.damaged-20200101T000000Z").mkdir()  # unlink refuses a directory
        store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
        assert store.clear() == 1
        (notice,) = store.notices
        assert notice.startswith("The cache could not be cleared: Is a directory")


def test_no_descriptor_is_left_open_whatever_happened(path: Path) -> None:
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208 - counted only
    for spoil in (file_above, directory_instead):
        spoil(path)
        assert_memory(path, "")
        path.parent.rename(path.parent.with_name(spoil.__name__))
    with opened(path):
        path.write_bytes(b"garbage" * 4000)
        with opened(path):
            pass
    with opened(path):
        pass
    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208 - counted only


def test_sqlites_finer_codes_mean_what_their_families_mean() -> None:
    def error(code: int) -> sqlite3.OperationalError:
        made = sqlite3.OperationalError("as SQLite puts it")
        made.sqlite_errorcode = code
        return made

    assert faults.is_damage(error(sqlite3.SQLITE_CORRUPT_INDEX))
    assert faults.is_busy(error(sqlite3.SQLITE_BUSY_RECOVERY))
    assert faults.in_words(error(sqlite3.SQLITE_IOERR_WRITE)) == "its disk failed to read or write"
    assert faults.in_words(error(sqlite3.SQLITE_TOOBIG)) == "as SQLite puts it"
