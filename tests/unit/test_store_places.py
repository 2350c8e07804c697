"""Places where no cache can be opened: memory takes over, and says why."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from store_samples import ANALYSIS, NOW, SCOPE, known, opened, session, stored

from feather_tui.store import database, files

if TYPE_CHECKING:
    from collections.abc import Callable


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


def pipe_instead(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    os.mkfifo(path)


def pipe_beside(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    os.mkfifo(path.with_name(f"{path.name}-journal"))  # SQLite reads it before all else


def link_beside(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.with_name(f"{path.name}-wal").symlink_to("elsewhere")


def directory_open_to_others(path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(0o777)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (file_above, "Not a directory"),
        (directory_instead, "not a regular file"),
        (link_instead, "symbolic link"),
        (pipe_instead, "not a regular file"),
        (pipe_beside, "sessions.sqlite3-journal is not a regular file"),
        (link_beside, "sessions.sqlite3-wal is a symbolic link"),
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


def test_a_file_that_another_program_is_just_making_is_not_taken_for_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    made: list[Path] = []

    def connect_while_another_makes_the_file(place: Path) -> sqlite3.Connection:
        connection = connect(place, timeout=0, isolation_level=None)

        def make_it_between_two_looks(statement: str) -> None:
            if "user_version" in statement and not made:
                made.append(place)
                with opened(place):
                    pass

        connection.set_trace_callback(make_it_between_two_looks)
        return connection

    change_connecting(monkeypatch, connect_while_another_makes_the_file)
    with opened(path) as store:
        assert store.notices == ()
        assert not store.info().in_memory
    assert made == [path]


def test_a_damaged_cache_that_cannot_be_set_aside_means_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(b"garbage")

    def refused(_path: Path, _moment: object) -> Path:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(files, "set_aside", refused)
    assert_memory(path, "Operation not permitted")


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
