"""The documents table: bodies as received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from feather_tui.store.encoding import digest_of_body, digest_of_columns, pack_text, pack_time, unpack_time
from feather_tui.store.records import Stored

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from feather_tui.session.identity import DocumentKind, SessionId
    from feather_tui.store.records import Scope

SIGNED: Final = (
    "documents.origin, documents.key_fingerprint, documents.session_id, documents.kind,"
    " documents.fetched_at, documents.checked_at, documents.body_digest, documents.digest"
)
"""The columns of a row that `is_true` takes."""

_WHERE = "WHERE origin = ? AND key_fingerprint = ? AND session_id = ? AND kind = ?"


class DocumentKey(NamedTuple):
    """The key columns of one document, in the order of its unique index."""

    origin: bytes
    key_fingerprint: bytes
    session_id: bytes
    kind: bytes

    @classmethod
    def of(cls, scope: Scope, session_id: SessionId, kind: DocumentKind) -> DocumentKey:
        """Make the key of one document of one session."""
        return cls(*map(pack_text, (scope.origin, scope.key_fingerprint, session_id, kind.value)))


class DocumentRow(NamedTuple):
    """The other columns as they were read; only `verified` knows whether they were so written."""

    fetched_at: Any
    checked_at: Any
    digest: Any
    body_digest: Any
    body: Any

    def verified(self, key: DocumentKey) -> Stored | None:
        """Return the document if the row is exactly what was written under `key`, else None."""
        if not isinstance(self.body, bytes) or self.body_digest != digest_of_body(self.body):
            return None
        if self.digest != _digest(key, self.fetched_at, self.checked_at, self.body_digest):
            return None
        return Stored(
            body=self.body,
            fetched_at=unpack_time(self.fetched_at),
            checked_at=unpack_time(self.checked_at),
        )


def is_true(signed: Sequence[Any]) -> bool:
    """Return whether the columns SIGNED are what was written; of the body they know the digest."""
    *columns, digest = signed
    return bool(digest == digest_of_columns(columns))


def find(connection: sqlite3.Connection, key: DocumentKey) -> DocumentRow | None:
    """Read one row, unverified. Raises sqlite3.Error."""
    with connection:
        connection.execute("BEGIN")  # the row and its body are of one moment
        row = connection.execute(
            f"SELECT id, typeof(body), fetched_at, checked_at, digest, body_digest FROM documents {_WHERE}",  # noqa: S608
            key,
        ).fetchone()
        if row is None:
            return None
        number, kind, fetched_at, checked_at, digest, body_digest = row
        body = _body(connection, number) if kind == "blob" else None
        return DocumentRow(fetched_at, checked_at, digest, body_digest, body)


def _body(connection: sqlite3.Connection, number: int) -> bytes:
    """Read a body straight into its bytes: as a column it would be copied once more, in twice the time."""
    with connection.blobopen("documents", "body", number, readonly=True) as blob:
        return blob.read()


def write(connection: sqlite3.Connection, key: DocumentKey, body: bytes, fetched_at: datetime) -> None:
    """Write one document in place of what was there. Raises sqlite3.Error."""
    moment, body_digest = pack_time(fetched_at), digest_of_body(body)
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT OR REPLACE INTO documents (origin, key_fingerprint, session_id, kind,"
            " fetched_at, checked_at, digest, body_digest, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*key, moment, moment, _digest(key, moment, moment, body_digest), body_digest, body),
        )


def touch(connection: sqlite3.Connection, key: DocumentKey, checked_at: datetime) -> None:
    """Note that the API confirmed the document; nothing happens without one. Raises sqlite3.Error."""
    moment = pack_time(checked_at)
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        row = connection.execute(
            f"SELECT fetched_at, checked_at, body_digest, digest FROM documents {_WHERE}",  # noqa: S608
            key,
        ).fetchone()
        # A damaged row keeps its false digest: a new one would make the damage look true.
        if row is not None and row[-1] == _digest(key, *row[:-1]):
            fetched_at, _, body_digest, _ = row
            connection.execute(
                f"UPDATE documents SET checked_at = ?, digest = ? {_WHERE}",  # noqa: S608
                (moment, _digest(key, fetched_at, moment, body_digest), *key),
            )


def remove(connection: sqlite3.Connection, key: DocumentKey) -> None:
    """Remove one document, if it is there. Raises sqlite3.Error."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"DELETE FROM documents {_WHERE}", key)  # noqa: S608


def _digest(key: DocumentKey, fetched_at: int, checked_at: int, body_digest: bytes) -> bytes:
    """Digest a row. The body takes part by its own digest, so that `touch` need not read it."""
    return digest_of_columns((*key, fetched_at, checked_at, body_digest))
