"""What leaves the cache, when, and that it leaves the disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
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

from feather_tui.store import database
from feather_tui.store.records import Scope

if TYPE_CHECKING:
    from pathlib import Path

DAY = timedelta(days=1)
MARKER = b"the body of session"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sessions.sqlite3"


def marks_on_disk(path: Path) -> int:
    """Count what can still be read of any body in any file of the cache."""
    return sum(file.read_bytes().count(MARKER) for file in path.parent.iterdir())


def test_documents_expire_by_the_day_they_were_received(path: Path) -> None:
    with opened(path, days=30) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"kept", NOW - 30 * DAY)
        store.put(SCOPE, session(2), ANALYSIS, b"old", NOW - 30 * DAY - timedelta(microseconds=1))
        store.touch(SCOPE, session(2), ANALYSIS, NOW)
        store.expire()
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"kept", NOW - 30 * DAY)
        assert store.get(SCOPE, session(2), ANALYSIS) is None
        assert store.notices == ()


def test_an_expired_document_is_not_served_even_before_it_is_removed(path: Path) -> None:
    with opened(path, days=30) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"old", NOW - 31 * DAY)
        assert store.get(SCOPE, session(1), ANALYSIS) is None
        assert store.info().documents == 1


def test_known_sessions_expire_by_the_day_they_were_last_seen(path: Path) -> None:
    with opened(path, days=30) as store:
        store.note(SCOPE, session(1), known(1, started_at=NOW - 90 * DAY, seen_at=NOW))
        store.note(SCOPE, session(2), known(2, seen_at=NOW - 31 * DAY))
        store.expire()
        assert [row.session_id for row in store.known(SCOPE)] == [session(1)]


@pytest.mark.parametrize("days", [0, 10**12], ids=["none", "forever"])
def test_any_number_of_days_will_do(path: Path, days: int) -> None:
    with opened(path, days=days) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"body", NOW - timedelta(seconds=1))
        store.expire()
        assert (store.get(SCOPE, session(1), ANALYSIS) is None) == (days == 0)
        assert store.notices == ()


def test_what_expired_is_no_longer_on_the_disk(path: Path) -> None:
    with opened(path, days=30) as store:
        for number in range(20):
            store.put(SCOPE, session(number), ANALYSIS, document(number), NOW - 40 * DAY)
    size = path.stat().st_size
    assert marks_on_disk(path) > 0
    with opened(path, days=30) as store:
        store.expire()
        assert marks_on_disk(path) == 0
        assert path.stat().st_size < size / 10


def test_over_the_cap_the_least_recently_seen_sessions_go_first(path: Path) -> None:
    with opened(path, max_bytes=MEGABYTE) as store:
        for number in range(1, 5):
            fetched_at = NOW + timedelta(minutes=number)
            store.put(SCOPE, session(number), ANALYSIS, document(number, 200_000), fetched_at)
            store.put(SCOPE, session(number), EXTRACTION, b"{}", fetched_at)
            store.note(SCOPE, session(number), known(number, seen_at=fetched_at))
        store.note(SCOPE, session(1), known(1, seen_at=NOW + timedelta(hours=1)))
        store.touch(SCOPE, session(2), EXTRACTION, NOW + timedelta(hours=1))
        store.put(SCOPE, session(5), ANALYSIS, document(5, 200_000), NOW + timedelta(minutes=5))
        kept = [n for n in range(1, 6) if store.get(SCOPE, session(n), ANALYSIS) is not None]
        assert kept == [1, 2, 4, 5]
        assert store.get(SCOPE, session(3), EXTRACTION) is None
        assert session(3) not in [row.session_id for row in store.known(SCOPE)]
        assert store.notices == ()


def test_the_cap_holds_however_much_is_put(path: Path) -> None:
    with opened(path, max_bytes=MEGABYTE) as store:
        for number in range(30):
            store.put(SCOPE, session(number), ANALYSIS, document(number, 150_000), NOW + number * DAY)
            assert store.get(SCOPE, session(number), ANALYSIS) is not None
        store.expire()
        assert store.info().bytes_on_disk <= MEGABYTE


def test_a_smaller_cap_takes_effect_when_the_cache_is_tidied(path: Path) -> None:
    with opened(path) as store:
        for number in range(10):
            store.put(SCOPE, session(number), ANALYSIS, document(number, 150_000), NOW)
    with opened(path, max_bytes=MEGABYTE) as store:
        store.expire()
        assert 0 < store.info().documents < 7
    assert path.stat().st_size <= MEGABYTE


def test_a_document_larger_than_the_cap_is_not_kept_and_costs_no_other(path: Path) -> None:
    with opened(path, max_bytes=MEGABYTE) as store:
        store.put(SCOPE, session(1), ANALYSIS, b"small", NOW)
        store.put(SCOPE, session(2), ANALYSIS, bytes(2 * MEGABYTE), NOW)
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"small")
        assert store.get(SCOPE, session(2), ANALYSIS) is None
        (notice,) = store.notices
        assert notice.startswith(f"The analysis input of session {session(2)} is not kept")
        assert notice.endswith("larger than the cache may be (1 MB).")


def test_a_cap_too_small_for_anything_keeps_nothing_and_is_no_fault(path: Path) -> None:
    with opened(path, max_bytes=30_000) as store:
        store.put(SCOPE, session(1), ANALYSIS, bytes(20_000), NOW)
        store.expire()
        assert store.get(SCOPE, session(1), ANALYSIS) is None
        assert store.notices == ()


def test_clearing_removes_every_byte_from_the_disk(path: Path) -> None:
    other = Scope(origin="https://other.example.test", key_fingerprint="f" * 16)
    with opened(path) as store:
        for number in range(10):
            store.put(SCOPE, session(number), ANALYSIS, document(number), NOW)
        store.put(SCOPE, session(1), ANALYSIS, document(1, 100), NOW)
        store.drop(SCOPE, session(2), ANALYSIS)
        store.put(other, session(1), EXTRACTION, document(1), NOW)
        store.note(SCOPE, session(20), known(20, reason=MARKER.decode()))
        damaged = path.with_name(f"{path.name}.damaged-20260813T000000Z-wal")
        damaged.write_bytes(MARKER)
        assert marks_on_disk(path) > 0
        assert store.clear() == 11
        assert marks_on_disk(path) == 0
        assert not damaged.exists()
        info = store.info()
        assert (info.sessions, info.documents) == (0, 0)
        assert path.stat().st_size < 120_000
        store.put(SCOPE, session(1), ANALYSIS, b"again", NOW)
        assert store.get(SCOPE, session(1), ANALYSIS) == stored(b"again")
        assert store.notices == ()


def test_clearing_says_when_another_program_still_holds_what_was_removed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.05)
    with opened(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as reader:
        store.put(SCOPE, session(1), ANALYSIS, document(1), NOW)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM documents").fetchone()
        assert store.clear() == 1
        assert store.notices == (
            "What was removed leaves the disk when the other running feather-tui quits.",
        )
    assert marks_on_disk(path) == 0


def test_a_dropped_or_replaced_document_is_overwritten_by_the_time_of_closing(path: Path) -> None:
    with opened(path) as store:
        for number in range(3):
            store.put(SCOPE, session(number), ANALYSIS, document(number), NOW)
        store.drop(SCOPE, session(0), ANALYSIS)
        store.put(SCOPE, session(1), ANALYSIS, b"short", NOW)
        store.drop(SCOPE, session(2), ANALYSIS)
    assert marks_on_disk(path) == 0


def test_a_damaged_cache_that_was_set_aside_expires_too(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(MARKER)
    with opened(path, now=NOW):
        pass
    with opened(path, now=NOW + 30 * DAY) as store:
        store.expire()
        assert marks_on_disk(path) == 1
    with opened(path, now=NOW + 31 * DAY) as store:
        store.expire()
        assert marks_on_disk(path) == 0
