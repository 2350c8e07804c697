"""The cases table: the row of triage of each session, so that ten thousand need not be read again.

A row belongs to the documents that are in the cache now, as a picture does: triggers take it away with any of
them, and whenever another is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.session.identity import DocumentKind
from feather_tui.store import documents
from feather_tui.store.documents import DocumentKey
from feather_tui.store.encoding import digest_of_columns, pack_text, pack_time

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from feather_tui.session.identity import SessionId
    from feather_tui.store.records import Scope

_WHERE = "origin = ? AND key_fingerprint = ? AND session_id = ? AND kind = ?"


def find(
    connection: sqlite3.Connection, scope: Scope, session_ids: Iterable[SessionId], setting: str, oldest: int
) -> dict[SessionId, bytes]:
    """Return the rows that were made in this setting, unless they or their documents are damaged or expired.

    Raises sqlite3.Error.
    """
    made_in = pack_text(setting)
    found: dict[SessionId, bytes] = {}
    for session_id in session_ids:
        key = DocumentKey.of(scope, session_id, DocumentKind.ANALYSIS)
        kept = connection.execute(
            f"SELECT line, cases.digest, {documents.SIGNED}"  # noqa: S608 - names of our own
            f" FROM cases JOIN documents USING (origin, key_fingerprint, session_id) WHERE {_WHERE}"
            " AND setting = ? AND fetched_at >= ?",
            (*key, made_in, oldest),
        ).fetchone()
        if kept is None:
            continue
        line, digest, *signed = kept
        if digest == _digest(key, made_in, line) and documents.is_true(signed):
            found[session_id] = line
    return found


def write(
    connection: sqlite3.Connection,
    scope: Scope,
    session_id: SessionId,
    setting: str,
    of: datetime,
    line: bytes,
) -> None:
    """Keep the row of the document received at `of`, if the cache has that one. Raises sqlite3.Error."""
    key = DocumentKey.of(scope, session_id, DocumentKind.ANALYSIS)
    made_in = pack_text(setting)
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT OR REPLACE INTO cases (origin, key_fingerprint, session_id, setting, line, digest)"  # noqa: S608 - as above
            f" SELECT origin, key_fingerprint, session_id, ?, ?, ? FROM documents WHERE {_WHERE}"
            " AND fetched_at = ?",
            (made_in, line, _digest(key, made_in, line), *key, pack_time(of)),
        )


def _digest(key: DocumentKey, setting: bytes, line: bytes) -> bytes:
    return digest_of_columns((*key, setting, line))
