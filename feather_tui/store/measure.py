"""How much the cache holds, all scopes together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feather_tui.store.encoding import LAST_TIME, unpack_time

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

_COUNT_SESSIONS = """
    SELECT count(*) FROM (
        SELECT origin, key_fingerprint, session_id FROM documents
        UNION
        SELECT origin, key_fingerprint, session_id FROM sessions
    )
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is there; `oldest` and `newest` are times of receipt, None without documents."""

    sessions: int = 0
    documents: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None


def count(connection: sqlite3.Connection) -> Counts:
    """Count without reading a body or verifying a row. Raises sqlite3.Error."""
    (documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
    first, last = connection.execute(
        "SELECT min(fetched_at), max(fetched_at) FROM documents WHERE fetched_at BETWEEN 0 AND ?",
        (LAST_TIME,),  # a damaged row can hold any number, and not every number is a time
    ).fetchone()
    return Counts(
        sessions=count_sessions(connection),
        documents=documents,
        oldest=None if first is None else unpack_time(first),
        newest=None if last is None else unpack_time(last),
    )


def count_sessions(connection: sqlite3.Connection) -> int:
    """Count the sessions that have a document or a row of their own. Raises sqlite3.Error."""
    sessions: int = connection.execute(_COUNT_SESSIONS).fetchone()[0]
    return sessions


def used_bytes(connection: sqlite3.Connection) -> int:
    """Return the bytes of all pages that hold something. Raises sqlite3.Error."""
    pages, free, page_size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    used: int = (pages - free) * page_size
    return used
