"""The texts table: what each document says, piece by piece, ready to be looked through.

Reading it costs a third of reading the document, which may be long, and it stops at the first hit. A row
belongs to a document by its number and its digest: of another body under the same number it says nothing.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.session.saying import Said
from feather_tui.store import documents
from feather_tui.store.encoding import digest_of_body, digest_of_columns, pack_text, unpack_text
from feather_tui.store.faults import DamagedIndex

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from feather_tui.store.records import Scope

TAKEN_BY_A_PACKED_BYTE = 2
"""Bytes that a byte of packed texts takes up together with their trigrams."""

_DOCUMENT = "texts.document = documents.id AND texts.body_digest = documents.body_digest"
_SCOPE = "documents.origin = ? AND documents.key_fingerprint = ? AND documents.fetched_at >= ?"
_KINDS = {pack_text(kind.value): kind for kind in DocumentKind}
_IS_WHOLE = f"EXISTS (SELECT 1 FROM texts WHERE {_DOCUMENT} AND texts.last)"  # noqa: S608 - names of our own


class Lacking(NamedTuple):
    """A document without its texts; `row` and `body_digest` tell it from one that took its place."""

    session_id: SessionId
    kind: DocumentKind
    row: int
    body_digest: bytes


class Piece(NamedTuple):
    """Some of a document's texts, as they are written; `last` is true of the one that completes them."""

    number: int
    last: bool
    packed: bytes

    @classmethod
    def of(cls, number: int, said: Sequence[Said], *, last: bool) -> Self:
        """Pack texts; costs about a millisecond for 30,000 characters."""
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return cls(number, last, zlib.compress(pack_text(text)))

    def said(self) -> Iterator[Said]:
        """Yield the texts."""
        return (Said(*text) for text in json.loads(unpack_text(zlib.decompress(self.packed))))


class SearchedSession(NamedTuple):
    """A session that a search may look through, and the bytes of its documents.

    `indexed`: their texts are all there.
    """

    session_id: SessionId
    indexed: bool
    size: int


def sessions(
    connection: sqlite3.Connection, scope: Scope, oldest: int, *, indexed: bool
) -> list[SearchedSession]:
    """Return the sessions with a document received since `oldest`; newest start first, then last checked.

    Without `indexed` the index is not asked, and none is said to stand in it. Raises sqlite3.Error.
    """
    whole = _IS_WHOLE if indexed else "0"
    rows = connection.execute(
        f"SELECT documents.session_id, min({whole}), total(length(body)) FROM documents"  # noqa: S608 - names of our own
        " LEFT JOIN sessions USING (origin, key_fingerprint, session_id)"
        f" WHERE {_SCOPE} GROUP BY documents.session_id"
        " ORDER BY sessions.started_at DESC, max(documents.checked_at) DESC",
        _whose(scope, oldest),
    )
    return [
        SearchedSession(session_id, bool(whole), int(size))
        for packed, whole, size in rows
        if (session_id := _session_id(packed)) is not None
    ]


def sessions_matching(connection: sqlite3.Connection, scope: Scope, expression: str) -> set[SessionId]:
    """Return the sessions of a scope with a row of texts for which the trigrams' expression holds.

    Raises sqlite3.Error.
    """
    rows = connection.execute(
        "SELECT DISTINCT documents.session_id FROM trigrams"  # noqa: S608 - names of our own
        f" JOIN texts ON texts.id = trigrams.rowid JOIN documents ON {_DOCUMENT}"
        f" WHERE trigrams MATCH ? AND {_SCOPE}",
        (expression, *_whose(scope, 0)),
    )
    return {session_id for (packed,) in rows if (session_id := _session_id(packed)) is not None}


def lacking(connection: sqlite3.Connection, scope: Scope, oldest: int) -> list[Lacking]:
    """Return the documents received since `oldest` without their texts, the last checked first.

    Raises sqlite3.Error.
    """
    rows = connection.execute(
        "SELECT session_id, kind, id, body_digest FROM documents"  # noqa: S608 - names of our own
        f" WHERE {_SCOPE} AND NOT {_IS_WHOLE} ORDER BY checked_at DESC",
        _whose(scope, oldest),
    )
    return [
        Lacking(session_id, _KINDS[kind], row, body_digest)
        for packed, kind, row, body_digest in rows
        if (session_id := _session_id(packed)) is not None and kind in _KINDS
    ]


def write(connection: sqlite3.Connection, document: Lacking, piece: Piece) -> int | None:
    """Write a piece, and return its row's number; None if it is there already, or its document is not.

    Raises sqlite3.Error.
    """
    owner = (document.row, document.body_digest)
    if not connection.execute("SELECT 1 FROM documents WHERE id = ? AND body_digest = ?", owner).fetchone():
        return None
    cursor = connection.execute(
        "INSERT OR IGNORE INTO texts (document, body_digest, piece, last, digest, packed)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (*owner, piece.number, piece.last, _digest(*owner, piece), piece.packed),
    )
    return cursor.lastrowid if cursor.rowcount > 0 else None


def of_session(
    connection: sqlite3.Connection, scope: Scope, session_id: SessionId, oldest: int
) -> list[Piece]:
    """Return the pieces of a session's documents in their order; none if any are missing, or a row is false.

    Raises sqlite3.Error, DamagedIndex.
    """
    rows = connection.execute(
        f"SELECT {documents.SIGNED}, documents.id, documents.body_digest, piece, last, packed, texts.digest"  # noqa: S608 - names of our own
        f" FROM documents LEFT JOIN texts ON {_DOCUMENT}"
        f" WHERE {_SCOPE} AND documents.session_id = ? ORDER BY documents.kind, piece DESC",
        (*_whose(scope, oldest), pack_text(session_id)),
    ).fetchall()
    by_document: dict[int, list[Piece]] = {}
    for *signed, document, body_digest, number, last, packed, digest in rows:
        if not documents.is_true(signed):
            return []
        known = by_document.setdefault(document, [])
        if number is not None:
            known.insert(0, _verified(document, body_digest, number, last, packed, digest))
    whole = all(known and known[-1].last for known in by_document.values())
    return [piece for known in by_document.values() for piece in known] if whole else []


def orphans(connection: sqlite3.Connection, most: int) -> list[tuple[int, Piece]]:
    """Return rows, at most so many, whose document is gone or was replaced.

    Raises sqlite3.Error, DamagedIndex.
    """
    rows = connection.execute(
        "SELECT id, document, body_digest, piece, last, packed, digest FROM texts WHERE NOT EXISTS"  # noqa: S608 - names of our own
        f" (SELECT 1 FROM documents WHERE {_DOCUMENT}) LIMIT ?",
        (most,),
    )
    return [(row, _verified(*columns)) for row, *columns in rows]


def orphaned_bytes(connection: sqlite3.Connection) -> int:
    """Return about how much the index holds of documents that are gone. Raises sqlite3.Error."""
    (packed,) = connection.execute(
        "SELECT sum(length(packed)) FROM texts WHERE NOT EXISTS"  # noqa: S608 - names of our own
        f" (SELECT 1 FROM documents WHERE {_DOCUMENT})"
    ).fetchone()
    return TAKEN_BY_A_PACKED_BYTE * (packed or 0)


def bytes_of_session(connection: sqlite3.Connection, session: tuple[bytes, bytes, bytes]) -> int:
    """Return about how much the index holds of a session, given by its key columns. Raises sqlite3.Error."""
    (packed,) = connection.execute(
        f"SELECT sum(length(packed)) FROM texts JOIN documents ON {_DOCUMENT}"  # noqa: S608 - names of our own
        " WHERE origin = ? AND key_fingerprint = ? AND session_id = ?",
        session,
    ).fetchone()
    return TAKEN_BY_A_PACKED_BYTE * (packed or 0)


def are_there(connection: sqlite3.Connection) -> bool:
    """Return whether there are any rows. Raises sqlite3.Error."""
    return connection.execute("SELECT 1 FROM texts LIMIT 1").fetchone() is not None


def remove(connection: sqlite3.Connection, row: int) -> None:
    """Remove one row. Raises sqlite3.Error."""
    connection.execute("DELETE FROM texts WHERE id = ?", (row,))


def remove_all(connection: sqlite3.Connection) -> None:
    """Remove every row. Raises sqlite3.Error."""
    connection.execute("DELETE FROM texts")


def _session_id(packed: object) -> SessionId | None:
    """Read an id; None where damage has made something else of it."""
    try:
        return SessionId(unpack_text(packed)) if isinstance(packed, bytes) else None
    except UnicodeDecodeError:
        return None


def _verified(document: Any, body_digest: Any, number: Any, last: Any, packed: Any, digest: Any) -> Piece:
    if not isinstance(packed, bytes) or last not in (0, 1):
        raise DamagedIndex
    piece = Piece(number, bool(last), packed)
    if digest != _digest(document, body_digest, piece):
        raise DamagedIndex
    return piece


def _digest(document: int, body_digest: bytes, piece: Piece) -> bytes:
    return digest_of_columns(
        (document, body_digest, piece.number, int(piece.last), digest_of_body(piece.packed))
    )


def _whose(scope: Scope, oldest: int) -> tuple[bytes, bytes, int]:
    return pack_text(scope.origin), pack_text(scope.key_fingerprint), oldest
