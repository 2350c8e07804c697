"""The cases table: the row of triage of each session, so that ten thousand need not be read again.

A row belongs to the documents that are in the cache now, as a picture does: triggers take it away with any of
them, and whenever another is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feather_tui.store import documents
from feather_tui.store.derived import WHERE, Table, digest_of, key_of
from feather_tui.store.encoding import pack_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from feather_tui.session.identity import SessionId
    from feather_tui.store.records import Scope

TABLE: Final = Table("cases", "line")


def find(
    connection: sqlite3.Connection, scope: Scope, session_ids: Iterable[SessionId], setting: str, oldest: int
) -> dict[SessionId, bytes]:
    """Return the rows that were made in this setting, unless they or their documents are damaged or expired.

    Raises sqlite3.Error.
    """
    made_in = pack_text(setting)
    found: dict[SessionId, bytes] = {}
    for session_id in session_ids:
        key = key_of(scope, session_id)
        kept = connection.execute(
            f"SELECT line, cases.digest, {documents.SIGNED}"  # noqa: S608 - names of our own
            f" FROM cases JOIN documents USING (origin, key_fingerprint, session_id) WHERE {WHERE}"
            " AND setting = ? AND fetched_at >= ?",
            (*key, made_in, oldest),
        ).fetchone()
        if kept is None:
            continue
        line, digest, *signed = kept
        if digest == digest_of(key, made_in, line) and documents.is_true(signed):
            found[session_id] = line
    return found
