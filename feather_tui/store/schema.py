"""The tables, as numbered migrations.

`PRAGMA user_version` counts the migrations that a file has been through, `PRAGMA application_id`
says that it is a cache of this program. A migration is never edited once released: add the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.errors import SettingsInvalid
from feather_tui.store.faults import NotACache

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x46745549  # "FtUI"

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # The body comes last: a row's other columns are then read without its overflow pages.
        """
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY,
            origin BLOB NOT NULL,
            key_fingerprint BLOB NOT NULL,
            session_id BLOB NOT NULL,
            kind BLOB NOT NULL,
            fetched_at INTEGER NOT NULL,
            checked_at INTEGER NOT NULL,
            digest BLOB NOT NULL,
            body_digest BLOB NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (origin, key_fingerprint, session_id, kind)
        )
        """,
        """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY,
            origin BLOB NOT NULL,
            key_fingerprint BLOB NOT NULL,
            session_id BLOB NOT NULL,
            started_at INTEGER,
            outcome BLOB,
            reason BLOB,
            channel BLOB NOT NULL,
            turns INTEGER NOT NULL,
            tools INTEGER,
            tools_failed INTEGER NOT NULL,
            retrievals INTEGER,
            retrievals_missed INTEGER NOT NULL,
            extraction BLOB,
            seen_at INTEGER NOT NULL,
            findings BLOB NOT NULL,
            digest BLOB NOT NULL,
            UNIQUE (origin, key_fingerprint, session_id)
        )
        """,
    ),
    (
        # What the documents say, filled in later. The table of trigrams is made with its first row, because
        # not every SQLite has it.
        """
        CREATE TABLE texts (
            id INTEGER PRIMARY KEY,
            document INTEGER NOT NULL,
            body_digest BLOB NOT NULL,
            piece INTEGER NOT NULL,
            last INTEGER NOT NULL,
            digest BLOB NOT NULL,
            packed BLOB NOT NULL,
            UNIQUE (document, body_digest, piece)
        )
        """,
        "CREATE TABLE seal (digest BLOB NOT NULL)",
    ),
    (
        """
        CREATE TABLE pictures (
            id INTEGER PRIMARY KEY,
            origin BLOB NOT NULL,
            key_fingerprint BLOB NOT NULL,
            session_id BLOB NOT NULL,
            setting BLOB NOT NULL,
            digest BLOB NOT NULL,
            lines BLOB NOT NULL,
            UNIQUE (origin, key_fingerprint, session_id)
        )
        """,
        """
        CREATE TRIGGER document_gone AFTER DELETE ON documents BEGIN
            DELETE FROM pictures WHERE origin = old.origin
            AND key_fingerprint = old.key_fingerprint AND session_id = old.session_id;
        END
        """,
        """
        CREATE TRIGGER document_came AFTER INSERT ON documents BEGIN
            DELETE FROM pictures WHERE origin = new.origin
            AND key_fingerprint = new.key_fingerprint AND session_id = new.session_id;
        END
        """,
    ),
    (
        """
        CREATE TABLE cases (
            id INTEGER PRIMARY KEY,
            origin BLOB NOT NULL,
            key_fingerprint BLOB NOT NULL,
            session_id BLOB NOT NULL,
            setting BLOB NOT NULL,
            digest BLOB NOT NULL,
            line BLOB NOT NULL,
            UNIQUE (origin, key_fingerprint, session_id)
        )
        """,
        """
        CREATE TRIGGER document_of_case_gone AFTER DELETE ON documents BEGIN
            DELETE FROM cases WHERE origin = old.origin
            AND key_fingerprint = old.key_fingerprint AND session_id = old.session_id;
        END
        """,
        """
        CREATE TRIGGER document_of_case_came AFTER INSERT ON documents BEGIN
            DELETE FROM cases WHERE origin = new.origin
            AND key_fingerprint = new.key_fingerprint AND session_id = new.session_id;
        END
        """,
    ),
)

VERSION = len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """Return how many migrations the file has been through, 0 for a new one. Reads only.

    Several values are read, so call it in a transaction: another program may be making the file.
    Raises NotACache when it is another program's database, SettingsInvalid when a newer release of
    this program has changed the tables.
    """
    application = _pragma(connection, "application_id")
    number = _pragma(connection, "user_version")
    if application == APPLICATION_ID and number > VERSION:
        raise SettingsInvalid(
            f"It was made by a newer feather-tui (version {number} of its tables, {VERSION} known here).",
            "Update feather-tui, or delete the cache's files to start a new one.",
        )
    if application == APPLICATION_ID and number > 0:
        return number
    if application == number == _pragma(connection, "schema_version") == 0:
        return 0
    raise NotACache("it is not a feather-tui cache")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to VERSION, wholly or not at all.

    Raises as `version` does, and sqlite3.Error.
    """
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for statements in MIGRATIONS[version(connection) :]:  # asked again: others may have been faster
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value
