"""Rows of triage in the cache: given back in the same setting, and only while their documents are cached."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from store_samples import ANALYSIS, EXTRACTION, NOW, SCOPE, document, opened, session

from feather_tui.session.identity import SessionId
from feather_tui.store import schema
from feather_tui.store.store import Store

ONE, OTHER = session(1), session(2)
LINE = b"what the session came to, in a line"


def keep(store: Store) -> None:
    for session_id in (ONE, OTHER):
        store.put(SCOPE, session_id, ANALYSIS, document(1), NOW)
        store.put(SCOPE, session_id, EXTRACTION, document(1), NOW)
        store.keep_case(SCOPE, session_id, "rules 1", NOW, LINE)


def rows(store: Store, setting: str = "rules 1") -> dict[SessionId, bytes]:
    return store.cases(SCOPE, [session(3), OTHER, ONE], setting)


def test_rows_come_back_in_their_setting(tmp_path: Path) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
        store.touch(SCOPE, ONE, ANALYSIS, NOW + timedelta(hours=1))
    with opened(tmp_path / "sessions.sqlite3") as store:
        assert rows(store) == {ONE: LINE, OTHER: LINE}
        assert rows(store, "rules 2") == {}
        assert store.cases(replace(SCOPE, key_fingerprint="another"), [ONE], "rules 1") == {}


def test_no_row_is_kept_of_a_document_that_is_not_the_cached_one(tmp_path: Path) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        store.keep_case(SCOPE, ONE, "rules 1", NOW, LINE)
        store.put(SCOPE, ONE, ANALYSIS, document(1), NOW)
        store.keep_case(SCOPE, ONE, "rules 1", NOW - timedelta(seconds=1), LINE)
        assert rows(store) == {}


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
def test_a_change_of_either_document_takes_its_row_with_it(
    tmp_path: Path, change: Callable[[Store], None]
) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
        change(store)
        assert rows(store) == {OTHER: LINE}
    with closing(sqlite3.connect(tmp_path / "sessions.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM cases").fetchone() == (1,)


def test_what_expires_or_is_cleared_leaves_no_row_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    with opened(path) as store:
        keep(store)
    assert LINE in path.read_bytes()
    with opened(path, now=NOW + timedelta(days=31)) as later:
        assert rows(later) == {}
        later.expire()
    assert LINE not in path.read_bytes()
    with opened(path) as store:
        keep(store)
        store.clear()
    assert LINE not in path.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE cases SET line = line || x'20' WHERE id = 1",
        "UPDATE cases SET session_id = x'00' WHERE id = 1",
        "UPDATE documents SET checked_at = checked_at + 1 WHERE id = 1",
    ],
)
def test_a_damaged_row_is_not_given_back(tmp_path: Path, damage: str) -> None:
    with opened(tmp_path / "sessions.sqlite3") as store:
        keep(store)
    with closing(sqlite3.connect(tmp_path / "sessions.sqlite3")) as connection, connection:
        connection.execute(damage)
    with opened(tmp_path / "sessions.sqlite3") as store:
        assert rows(store) == {OTHER: LINE}


def test_a_cache_of_the_release_before_gets_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:3])
        before.setattr(schema, "VERSION", 3)
        with opened(tmp_path / "sessions.sqlite3") as store:
            store.put(SCOPE, ONE, ANALYSIS, document(1), NOW)
    with opened(tmp_path / "sessions.sqlite3") as store:
        store.keep_case(SCOPE, ONE, "rules 1", NOW, LINE)
        assert rows(store) == {ONE: LINE}
        assert store.notices == ()


def test_a_cache_without_its_table_is_replaced_and_works_again(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    with opened(path) as store:
        keep(store)
    with opened(path) as store:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DROP TABLE cases")
        assert rows(store) == {}
        assert any("The cache was damaged" in notice for notice in store.notices)
        keep(store)
        assert rows(store) == {ONE: LINE, OTHER: LINE}
