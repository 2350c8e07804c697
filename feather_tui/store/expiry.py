"""What leaves the cache, and how it leaves the disk as well.

`secure_delete` overwrites what is deleted; `give_back` then shortens the files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.store import texts
from feather_tui.store.measure import count_sessions, used_bytes

if TYPE_CHECKING:
    import sqlite3

_ROOM = 0.9  # what evicting leaves of the cap, so that not every document after it evicts again

_LEAST_RECENTLY_SEEN = """
    SELECT origin, key_fingerprint, session_id
    FROM (
        SELECT origin, key_fingerprint, session_id, checked_at AS seen_at FROM documents
        UNION ALL
        SELECT origin, key_fingerprint, session_id, seen_at FROM sessions
    )
    GROUP BY origin, key_fingerprint, session_id
    ORDER BY max(seen_at)
"""


def remove_older(connection: sqlite3.Connection, moment: int) -> None:
    """Remove documents received, and session rows seen, before a packed time. Raises sqlite3.Error."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM documents WHERE fetched_at < ?", (moment,))
        connection.execute("DELETE FROM sessions WHERE seen_at < ?", (moment,))


def remove_excess(connection: sqlite3.Connection, max_bytes: int) -> None:
    """Over the cap, forget the least recently seen sessions until there is room. Raises sqlite3.Error.

    What the index holds of them counts as gone already: it goes when that is tidied.
    """
    if used_bytes(connection) <= max_bytes:
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        orphaned = texts.orphaned_bytes(connection)
        for session in connection.execute(_LEAST_RECENTLY_SEEN).fetchall():
            if used_bytes(connection) - orphaned <= max_bytes * _ROOM:
                break
            orphaned += texts.bytes_of_session(connection, session)
            for table in ("documents", "sessions"):
                connection.execute(
                    f"DELETE FROM {table} WHERE origin = ? AND key_fingerprint = ? AND session_id = ?",  # noqa: S608
                    session,
                )


def remove_all(connection: sqlite3.Connection) -> int:
    """Remove everything; return how many sessions that was. Raises sqlite3.Error."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        removed = count_sessions(connection)
        connection.execute("DELETE FROM documents")
        connection.execute("DELETE FROM sessions")
    return removed


def give_back(connection: sqlite3.Connection) -> bool:
    """Cut free pages and the write-ahead log off the files. Raises sqlite3.Error.

    False when another connection still reads the log: what was deleted stays in it for now.
    """
    # Not `execute`: this pragma has a step for each page and no columns, and `execute` stops at one page.
    connection.executescript("PRAGMA incremental_vacuum")
    busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy
