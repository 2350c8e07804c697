"""Pictures of sessions: given back in the same setting, and only while the documents on them are cached."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from store_samples import ANALYSIS, EXTRACTION, NOW, SCOPE, document, opened, session

from feather_tui.store.records import Picture
from feather_tui.store.store import Store

ONE, OTHER = session(1), session(2)
LINES = b"who said what, on the screen"


def keep(store: Store) -> None:
    for session_id in (ONE, OTHER):
        store.put(SCOPE, session_id, ANALYSIS, document(1), NOW)
        store.put(SCOPE, session_id, EXTRACTION, document(1), NOW)
        store.keep_picture(SCOPE, session_id, "80x24", NOW, LINES)


def test_a_picture_comes_back_in_its_setting(tmp_path: Path) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
        store.touch(SCOPE, ONE, ANALYSIS, NOW + timedelta(hours=1))
        assert store.picture(SCOPE, ONE, "80x24") == Picture(
            lines=LINES, fetched_at=NOW, checked_at=NOW + timedelta(hours=1)
        )
        assert store.picture(SCOPE, ONE, "120x36") is None
        assert store.picture(replace(SCOPE, key_fingerprint="another"), ONE, "80x24") is None
        assert store.picture(SCOPE, session(3), "80x24") is None


def test_the_last_picture_is_the_one(tmp_path: Path) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
        store.keep_picture(SCOPE, ONE, "120x36", NOW, b"wider")
        assert store.picture(SCOPE, ONE, "80x24") is None
        picture = store.picture(SCOPE, ONE, "120x36")
        assert picture is not None
        assert picture.lines == b"wider"


def test_no_picture_is_kept_of_a_document_that_is_not_the_cached_one(tmp_path: Path) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        store.keep_picture(SCOPE, ONE, "80x24", NOW, LINES)
        store.put(SCOPE, ONE, ANALYSIS, document(1), NOW)
        store.keep_picture(SCOPE, ONE, "80x24", NOW - timedelta(seconds=1), LINES)
        assert store.picture(SCOPE, ONE, "80x24") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.put(SCOPE, ONE, ANALYSIS, document(9), NOW),
        lambda store: store.put(SCOPE, ONE, EXTRACTION, document(9), NOW),
        lambda store: store.drop(SCOPE, ONE, ANALYSIS),
        lambda store: store.drop(SCOPE, ONE, EXTRACTION),
    ],
    ids=["other analysis", "other extraction", "no analysis", "no extraction"],
)
def test_a_change_of_either_document_takes_its_picture_with_it(
    tmp_path: Path, change: Callable[[Store], None]
) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
        change(store)
        assert store.picture(SCOPE, ONE, "80x24") is None
        assert store.picture(SCOPE, OTHER, "80x24") is not None
    with closing(sqlite3.connect(tmp_path / "sessions.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM pictures").fetchone() == (1,)


def test_what_expires_or_is_cleared_leaves_no_picture_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
    assert LINES in path.read_bytes()
    with opened(tmp_path / "sessions.sqlite3", now=NOW + timedelta(days=31)) as later:
        assert later.picture(SCOPE, ONE, "80x24") is None
        later.expire()
    assert LINES not in path.read_bytes()
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
        store.clear()
    assert LINES not in path.read_bytes()


@pytest.mark.parametrize("damage", ["lines = lines || x'20'", "setting = x'00'", "session_id = x'00'"])
def test_a_damaged_picture_is_not_given_back(tmp_path: Path, damage: str) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
    with closing(sqlite3.connect(tmp_path / "sessions.sqlite3")) as connection, connection:
        connection.execute(f"UPDATE pictures SET {damage} WHERE id = 1")  # noqa: S608 - constants above
    with opened(tmp_path / "sessions.sqlite3") as store:
        assert store.picture(SCOPE, ONE, "80x24") is None


def test_a_picture_of_a_damaged_document_is_not_given_back(tmp_path: Path) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
    with closing(sqlite3.connect(tmp_path / "sessions.sqlite3")) as connection, connection:
        connection.execute("UPDATE documents SET checked_at = checked_at + 1")
    with opened(tmp_path / "sessions.sqlite3") as store:
        assert store.picture(SCOPE, ONE, "80x24") is None


def test_a_cache_without_their_table_is_replaced_and_works_again(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    with opened(path) as store:
        keep(store)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DROP TABLE pictures")
        assert store.picture(SCOPE, ONE, "80x24") is None
        assert any("The cache was damaged" in notice for notice in store.notices)
        keep(store)
        assert store.picture(SCOPE, ONE, "80x24") is not None
