"""What an SQLite error means for the cache, and how to say it."""

from __future__ import annotations

import sqlite3

Fault = sqlite3.Error | UnicodeDecodeError
"""What a statement may raise: SQLite's message can quote damaged bytes, which Python then cannot decode."""

FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""The same, for an `except` clause."""

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

# SQLITE_ERROR complains about a statement. Ours are right for the tables they were written for, so it
# says that the tables are not what the file's version number claims.
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})

_PLAIN_WORDS = {
    sqlite3.SQLITE_BUSY: "another program has held it locked for too long",
    sqlite3.SQLITE_LOCKED: "another program has held it locked for too long",
    sqlite3.SQLITE_PROTOCOL: "its file system does not lock files properly",
    sqlite3.SQLITE_NOLFS: "its file system cannot hold such a large file",
    sqlite3.SQLITE_FULL: "its disk is full",
    sqlite3.SQLITE_IOERR: "its disk failed to read or write",
    sqlite3.SQLITE_READONLY: "it may only be read",
    sqlite3.SQLITE_PERM: "permission was denied",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
}


class NotACache(sqlite3.DatabaseError):
    """A sound database that is not this program's cache: somebody else's, or hit by damage."""

    sqlite_errorcode = sqlite3.SQLITE_NOTADB


class DamagedIndex(sqlite3.DatabaseError):
    """A row of the index of what was said is not what was written."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def is_busy(error: Fault) -> bool:
    """Tell whether trying again may help."""
    return _code(error) in _BUSY


def is_damage(error: Fault) -> bool:
    """Tell whether the file itself is at fault, so that only a new one helps."""
    return _code(error) in _DAMAGE


def in_words(error: Fault) -> str:
    """Say why the cache could not be used, as a clause; SQLite's own words at worst."""
    return _PLAIN_WORDS.get(_code(error), str(error))


def _code(error: Fault) -> int:
    """Return the primary result code; errors of the Python module itself have none."""
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF
