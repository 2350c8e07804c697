"""The seal of the table of trigrams: a digest of all of it, from when it was last left in peace.

Its rows are FTS5's own and carry no digests as ours do, and a block that reads as empty, or a flipped bit,
makes it answer wrongly without a word. So it is digested when it is complete, which takes some three
milliseconds a megabyte, and compared when it is next relied on. While it is being written there is no seal.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_DIGEST_BYTES = 16
_PARTS = ("SELECT id, block FROM trigrams_data ORDER BY id", "SELECT * FROM trigrams_idx ORDER BY 1, 2")


def close(connection: sqlite3.Connection) -> None:
    """Seal the table as it is now. Raises sqlite3.Error."""
    connection.execute("INSERT INTO seal (digest) VALUES (?)", (_digest(connection),))


def is_closed(connection: sqlite3.Connection) -> bool:
    """Return whether there is a seal. Raises sqlite3.Error."""
    return connection.execute("SELECT 1 FROM seal").fetchone() is not None


def is_broken(connection: sqlite3.Connection) -> bool:
    """Return whether there is a seal, and the table is not what was sealed. Raises sqlite3.Error."""
    digests = connection.execute("SELECT digest FROM seal").fetchall()
    return bool(digests) and digests != [(_digest(connection),)]


def remove(connection: sqlite3.Connection) -> None:
    """Remove the seal, before the table is changed. Raises sqlite3.Error."""
    connection.execute("DELETE FROM seal")


def _digest(connection: sqlite3.Connection) -> bytes:
    digest = blake2b(digest_size=_DIGEST_BYTES)
    for part in _PARTS:
        for row in connection.execute(part):
            for column in row:
                digest.update(column if isinstance(column, bytes) else ascii(column).encode("ascii"))
    return digest.digest()
