"""Faults after the opening: every call still returns, and what can be served is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_samples import ANALYSIS, NOW, SCOPE, document, known, opened, session, stored

from feather_tui.store import database, faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from feather_tui.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.05)


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


def test_set_aside_files_that_cannot_be_removed_are_reported(path: Path) -> None:
    with opened(path) as store:
        path.with_name(f"{path.name}.damaged-20200101T000000Z").mkdir()  # unlink refuses a directory
        store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
        assert store.clear() == 1
        (notice,) = store.notices
        assert notice.startswith("The cache could not be cleared: Is a directory")


def test_sqlites_finer_codes_mean_what_their_families_mean() -> None:
    def error(code: int) -> sqlite3.OperationalError:
        made = sqlite3.OperationalError("as SQLite puts it")
        made.sqlite_errorcode = code
        return made

    assert faults.is_damage(error(sqlite3.SQLITE_CORRUPT_INDEX))
    assert faults.is_busy(error(sqlite3.SQLITE_BUSY_RECOVERY))
    assert faults.in_words(error(sqlite3.SQLITE_IOERR_WRITE)) == "its disk failed to read or write"
    assert faults.in_words(error(sqlite3.SQLITE_TOOBIG)) == "as SQLite puts it"
