from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from store_samples import (
    ANALYSIS,
    EXTRACTION,
    MEGABYTE,
    NOW,
    SCOPE,
    document,
    known,
    opened,
    session,
    stored,
)

from feather_tui.store.records import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feather_tui.store.store import Store

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, path: Path) -> Iterator[Store]:
    with opened(path if request.param == "disk" else None) as opened_store:
        yield opened_store


def test_a_document_comes_back_as_it_was_put(store: Store) -> None:
    store.put(SCOPE, session(1), ANALYSIS, b"analysis", NOW)
    store.put(SCOPE, session(1), EXTRACTION, b"extraction", LATER)
    store.put(SCOPE, session(2), ANALYSIS, b"another", NOW)
    assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"analysis")
    assert store.get(SCOPE, session(1), EXTRACTION) == stored(b"extraction", LATER)
    assert store.get(SCOPE, session(2), EXTRACTION) is None
    assert store.notices == ()


def test_a_newer_document_takes_the_place_of_the_older(store: Store) -> None:
    store.put(SCOPE, session(1), EXTRACTION, b"older", NOW)
    store.touch(SCOPE, session(1), EXTRACTION, NOW + timedelta(minutes=1))
    store.put(SCOPE, session(1), EXTRACTION, b"newer", LATER)
    assert store.get(SCOPE, session(1), EXTRACTION) == stored(b"newer", LATER)
    assert store.info().documents == 1


def test_a_confirmed_document_says_when_it_was_confirmed(store: Store) -> None:
    store.put(SCOPE, session(1), EXTRACTION, b"extraction", NOW)
    store.touch(SCOPE, session(1), EXTRACTION, LATER)
    store.touch(SCOPE, session(2), EXTRACTION, LATER)
    assert store.get(SCOPE, session(1), EXTRACTION) == stored(b"extraction", NOW, LATER)
    assert store.get(SCOPE, session(2), EXTRACTION) is None


def test_a_dropped_document_is_gone_and_the_other_one_stays(store: Store) -> None:
    store.put(SCOPE, session(1), ANALYSIS, b"analysis", NOW)
    store.put(SCOPE, session(1), EXTRACTION, b"extraction", NOW)
    store.drop(SCOPE, session(1), EXTRACTION)
    store.drop(SCOPE, session(2), EXTRACTION)
    assert store.get(SCOPE, session(1), EXTRACTION) is None
    assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"analysis")


@pytest.mark.parametrize(
    "other",
    [
        Scope(origin="https://other.example.test", key_fingerprint=SCOPE.key_fingerprint),
        Scope(origin=SCOPE.origin, key_fingerprint="f" * 16),
        # The same letters, cut elsewhere.
        Scope(origin=SCOPE.origin + SCOPE.key_fingerprint[:1], key_fingerprint=SCOPE.key_fingerprint[1:]),
    ],
    ids=["host", "key", "seam"],
)
def test_another_host_or_key_sees_and_changes_nothing(store: Store, other: Scope) -> None:
    store.put(SCOPE, session(1), ANALYSIS, b"ours", NOW)
    store.note(SCOPE, session(1), known(1))
    assert store.get(other, session(1), ANALYSIS) is None
    assert store.known(other) == []
    store.put(other, session(1), ANALYSIS, b"theirs", LATER)
    store.note(other, session(1), known(1, outcome="theirs"))
    store.touch(other, session(1), ANALYSIS, LATER)
    store.drop(other, session(1), ANALYSIS)
    assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"ours")
    assert store.known(SCOPE) == [known(1)]


def test_known_sessions_come_newest_start_first(store: Store) -> None:
    starts = {1: 10, 2: 30, 3: None, 4: 20, 5: 30}
    for number, minutes in starts.items():
        started_at = None if minutes is None else NOW + timedelta(minutes=minutes)
        seen_at = NOW + timedelta(seconds=number)
        store.note(SCOPE, session(number), known(number, started_at=started_at, seen_at=seen_at))
    assert [row.session_id for row in store.known(SCOPE)] == [session(n) for n in (5, 2, 4, 1, 3)]


def test_a_session_noted_again_is_one_row(store: Store) -> None:
    store.note(SCOPE, session(1), known(1, extraction=None, findings={}))
    store.note(SCOPE, session(1), known(1, extraction="failed", seen_at=LATER))
    assert store.known(SCOPE) == [known(1, extraction="failed", seen_at=LATER)]


def test_what_was_kept_is_there_after_a_restart(path: Path) -> None:
    with opened(path) as store:
        store.put(SCOPE, session(1), ANALYSIS, document(1), NOW)
        store.note(SCOPE, session(1), known(1))
    with opened(path) as store:
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(document(1))
        assert store.known(SCOPE) == [known(1)]
        assert store.notices == ()


def test_without_a_path_nothing_is_kept_and_nothing_is_complained_about(tmp_path: Path) -> None:
    for _ in range(2):
        with opened(None) as store:
            assert store.get(SCOPE, session(1), ANALYSIS) is None
            store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
            store.expire()
            assert store.info().in_memory
            assert store.info().documents == store.clear() == 1
            assert store.notices == ()
    assert list(tmp_path.iterdir()) == []


def test_memory_holds_less_than_the_disk_may() -> None:
    with opened(None) as store:
        store.put(SCOPE, session(1), ANALYSIS, bytes(65 * MEGABYTE), NOW)
        assert store.get(SCOPE, session(1), ANALYSIS) is None
        assert "larger than the cache may be (64 MB)" in store.notices[0]


def test_a_store_may_be_used_by_another_thread_than_the_one_that_opened_it(path: Path) -> None:
    with opened(path) as store, ThreadPoolExecutor(1) as worker:
        worker.submit(store.put, SCOPE, session(1), ANALYSIS, b"body", NOW).result()
        found = worker.submit(store.get, SCOPE, session(1), ANALYSIS).result()
        assert found == stored(b"body")
        assert store.notices == ()


def test_two_stores_on_one_file_see_each_other(path: Path) -> None:
    with opened(path) as first, opened(path) as second:
        first.put(SCOPE, session(1), ANALYSIS, b"one", NOW)
        second.put(SCOPE, session(2), ANALYSIS, b"two", NOW)
        assert first.get(SCOPE, session(2), ANALYSIS) == stored(b"two")
        assert second.get(SCOPE, session(1), ANALYSIS) == stored(b"one")
        assert first.notices == second.notices == ()


def test_info_counts_over_all_scopes(path: Path) -> None:
    other = Scope(origin="https://other.example.test", key_fingerprint="f" * 16)
    with opened(path) as store:
        empty = store.info()
        assert (empty.path, empty.in_memory) == (path, False)
        assert (empty.sessions, empty.documents, empty.oldest, empty.newest) == (0, 0, None, None)
        store.put(SCOPE, session(1), ANALYSIS, document(1), NOW)
        store.put(SCOPE, session(1), EXTRACTION, b"extraction", LATER)
        store.put(other, session(1), ANALYSIS, b"body", NOW)
        store.note(SCOPE, session(1), known(1))
        store.note(SCOPE, session(2), known(2))
        info = store.info()
        assert (info.sessions, info.documents, info.oldest, info.newest) == (3, 3, NOW, LATER)
        sizes = [file.stat().st_size for file in path.parent.iterdir()]
        assert info.bytes_on_disk == sum(sizes) > len(document(1))


@pytest.mark.parametrize("umask", [0o000, 0o022], ids=oct)
def test_no_file_of_the_cache_can_be_read_by_others(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with opened(path) as store:
            store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys((path.name, f"{path.name}-wal", f"{path.name}-shm"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_cache_that_others_could_read_is_closed_to_them(path: Path) -> None:
    with opened(path):
        pass
    path.chmod(0o644)
    with opened(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_the_database_is_left_after_closing(path: Path) -> None:
    with opened(path) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_closing_shortens_the_log_although_another_store_is_open(path: Path) -> None:
    with opened(path) as other:
        with opened(path) as store:
            store.put(SCOPE, session(1), ANALYSIS, document(1), NOW)
            assert path.with_name(f"{path.name}-wal").stat().st_size > 0
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0
        assert other.get(SCOPE, session(1), ANALYSIS) == stored(document(1))


def test_a_closed_store_can_be_closed_again_and_still_raises_nothing(path: Path) -> None:
    with opened(path) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"body", NOW)
        store.close()
        store.put(SCOPE, session(1), ANALYSIS, b"late", NOW)
        store.touch(SCOPE, session(1), ANALYSIS, LATER)
        store.drop(SCOPE, session(1), ANALYSIS)
        store.note(SCOPE, session(1), known(1))
        store.expire()
        assert store.get(SCOPE, session(1), ANALYSIS) is None
        assert store.known(SCOPE) == []
        assert store.info().documents == store.clear() == 0
        assert len(store.notices) == 5
    with opened(path) as store:
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"body")
