"""The pictures table: what a session looked like when it was opened last, to be shown at once the next time.

A session has one picture at most. It is of the documents that are in the cache now: triggers take it away
with any of them, and whenever another is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feather_tui.store import documents
from feather_tui.store.derived import WHERE, Table, digest_of, key_of
from feather_tui.store.encoding import pack_text, unpack_time
from feather_tui.store.records import Picture

if TYPE_CHECKING:
    import sqlite3

    from feather_tui.session.identity import SessionId
    from feather_tui.store.records import Scope

TABLE: Final = Table("pictures", "lines")


def find(
    connection: sqlite3.Connection, scope: Scope, session_id: SessionId, setting: str, oldest: int
) -> Picture | None:
    """Return the picture taken in the same setting, unless it or its document is damaged or expired.

    Raises sqlite3.Error.
    """
    key = key_of(scope, session_id)
    found = connection.execute(
        f"SELECT setting, lines, pictures.digest, {documents.SIGNED}"  # noqa: S608 - names of our own
        f" FROM pictures JOIN documents USING (origin, key_fingerprint, session_id) WHERE {WHERE}",
        key,
    ).fetchone()
    if found is None:
        return None
    (taken_in, lines, digest), signed = found[:3], found[3:]
    fetched_at, checked_at = signed[4:6]
    whole = digest == digest_of(key, taken_in, lines) and documents.is_true(signed)
    if not whole or taken_in != pack_text(setting) or fetched_at < oldest:
        return None
    return Picture(lines=lines, fetched_at=unpack_time(fetched_at), checked_at=unpack_time(checked_at))
