"""A cache for tests: fixed scope, times and rows, so that what comes back can be compared whole."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.store.records import Known, Scope, Stored
from feather_tui.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feather_tui.store.store import Store

NOW = datetime(2026, 8, 13, 10, 15, tzinfo=UTC)
SCOPE = Scope(origin="https://api.example.test", key_fingerprint="0123456789abcdef")
ANALYSIS, EXTRACTION = DocumentKind.ANALYSIS, DocumentKind.EXTRACTION
MEGABYTE = 1 << 20
SIZES = {1: 200, 2: 20_000, 3: 100_000}
"""The analysis inputs of `fill`: session number -> bytes. One fits its row, the others overflow it."""
SESSIONS = range(30)
"""The known sessions of `fill`."""


def session(number: int) -> SessionId:
    return SessionId(str(UUID(int=number)))


def document(number: int, size: int = 60_000) -> bytes:
    """A body that says which session it is of, all along."""
    line = f"the body of session {number:05}; ".encode()
    return (line * (size // len(line) + 1))[:size]


def known(number: int, **changes: Any) -> Known:
    row = Known(
        session_id=session(number),
        started_at=NOW - timedelta(minutes=number),
        outcome="resolved",
        reason=None,
        channel="voice",
        turns=number,
        tools=5,
        tools_failed=2,
        retrievals=3,
        retrievals_missed=1,
        extraction="partial",
        seen_at=NOW,
        findings={"high": 2, "low": 1},
    )
    return replace(row, **changes)


def stored(body: bytes, fetched_at: datetime = NOW, checked_at: datetime | None = None) -> Stored:
    return Stored(body=body, fetched_at=fetched_at, checked_at=checked_at or fetched_at)


@contextmanager
def opened(
    path: Path | None, *, days: int = 30, max_bytes: int = 512 * MEGABYTE, now: datetime = NOW
) -> Iterator[Store]:
    with closing(open_store(path, days=days, max_bytes=max_bytes, now=lambda: now)) as store:
        yield store


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
