"""The pictures table: what a session looked like when it was opened last, to be shown at once the next time.

A session has one picture at most. It is of the documents that are in the cache now: triggers take it away
with any of them, and whenever another is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.session.identity import DocumentKind
from feather_tui.store import documents
from feather_tui.store.documents import DocumentKey
from feather_tui.store.encoding import digest_of_columns, pack_text, pack_time, unpack_time
from feather_tui.store.records import Picture

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from feather_tui.session.identity import SessionId
    from feather_tui.store.records import Scope

_WHERE = "origin = ? AND key_fingerprint = ? AND session_id = ? AND kind = ?"


def find(
    connection: sqlite3.Connection, scope: Scope, session_id: SessionId, setting: str, oldest: int
) -> Picture | None:
    """Return the picture taken in the same setting, unless it or its document is damaged or expired.

    Raises sqlite3.Error.
    """
    key = DocumentKey.of(scope, session_id, DocumentKind.ANALYSIS)
    found = connection.execute(
        f"SELECT setting, lines, pictures.digest, {documents.SIGNED}"  # noqa: S608 - names of our own
        f" FROM pictures JOIN documents USING (origin, key_fingerprint, session_id) WHERE {_WHERE}",
        key,
    ).fetchone()
    if found is None:
        return None
    (taken_in, lines, digest), signed = found[:3], found[3:]
    fetched_at, checked_at = signed[4:6]
    whole = digest == _digest(key, taken_in, lines) and documents.is_true(signed)
    if not whole or taken_in != pack_text(setting) or fetched_at < oldest:
        return None
    return Picture(lines=lines, fetched_at=unpack_time(fetched_at), checked_at=unpack_time(checked_at))


def write(
    connection: sqlite3.Connection,
    scope: Scope,
    session_id: SessionId,
    setting: str,
    of: datetime,
    lines: bytes,
) -> None:
    """Keep a picture of the document received at `of`, if the cache has that one. Raises sqlite3.Error."""
    key = DocumentKey.of(scope, session_id, DocumentKind.ANALYSIS)
    taken_in = pack_text(setting)
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT OR REPLACE INTO pictures (origin, key_fingerprint, session_id, setting, lines, digest)"  # noqa: S608 - as above
            f" SELECT origin, key_fingerprint, session_id, ?, ?, ? FROM documents WHERE {_WHERE}"
            " AND fetched_at = ?",
            (taken_in, lines, _digest(key, taken_in, lines), *key, pack_time(of)),
        )


def _digest(key: DocumentKey, setting: bytes, lines: bytes) -> bytes:
    return digest_of_columns((*key, setting, lines))
