"""Rows made from the documents of a session: each is kept beside the very document it was made of, or not.

The tables `pictures` and `cases` have such rows. Triggers take them away with any document of the session,
and whenever another is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from feather_tui.session.identity import DocumentKind
from feather_tui.store.documents import DocumentKey
from feather_tui.store.encoding import digest_of_columns, pack_text, pack_time

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from feather_tui.session.identity import SessionId
    from feather_tui.store.records import Scope

WHERE: Final = "origin = ? AND key_fingerprint = ? AND session_id = ? AND kind = ?"
"""For the columns of a `DocumentKey`."""


class Table(NamedTuple):
    """A table of such rows, and its column that holds what was made."""

    name: str
    content: str

    def write(
        self,
        connection: sqlite3.Connection,
        scope: Scope,
        session_id: SessionId,
        setting: str,
        of: datetime,
        content: bytes,
    ) -> None:
        """Keep what was made of the document received at `of`, if the cache has that one.

        Raises sqlite3.Error.
        """
        key = key_of(scope, session_id)
        made_in = pack_text(setting)
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                f"INSERT OR REPLACE INTO {self.name}"  # noqa: S608 - names of our own
                f" (origin, key_fingerprint, session_id, setting, {self.content}, digest)"
                f" SELECT origin, key_fingerprint, session_id, ?, ?, ? FROM documents WHERE {WHERE}"
                " AND fetched_at = ?",
                (made_in, content, digest_of(key, made_in, content), *key, pack_time(of)),
            )


def key_of(scope: Scope, session_id: SessionId) -> DocumentKey:
    """Return the key of the document that such a row belongs to: the analysis input."""
    return DocumentKey.of(scope, session_id, DocumentKind.ANALYSIS)


def digest_of(key: DocumentKey, setting: bytes, content: bytes) -> bytes:
    """Return what seals a row."""
    return digest_of_columns((*key, setting, content))
