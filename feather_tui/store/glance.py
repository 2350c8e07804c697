"""A look at the cache for a shell that waits: the ids alone, without a claim, a repair or a new file."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

from feather_tui.store.encoding import pack_text, unpack_text

if TYPE_CHECKING:
    from pathlib import Path

    from feather_tui.store.records import Scope

_PATIENCE_SECONDS = 0.1


def glance(path: Path, scope: Scope, *, most: int) -> list[str]:
    """Return the session ids noted for a scope, newest start first, at most so many.

    Digests are not looked at, so an id may be any text. Raises one of `faults.FAULTS`, or OSError.
    """
    if not stat.S_ISREG(path.lstat().st_mode):  # SQLite would wait for somebody to write into a pipe
        return []
    with closing(_connect(path)) as connection:
        rows = connection.execute(
            "SELECT session_id FROM sessions WHERE origin = ? AND key_fingerprint = ?"
            " AND typeof(session_id) = 'blob' ORDER BY started_at DESC, seen_at DESC LIMIT ?",
            (pack_text(scope.origin), pack_text(scope.key_fingerprint), most),
        )
        return [unpack_text(session_id) for (session_id,) in rows]


def _connect(path: Path) -> sqlite3.Connection:
    """Connect for reading.

    Where nobody has the database open there is no write-ahead log, and to say that it cannot change keeps
    SQLite from making one. Somebody who opens it now may spoil this one look, and nothing else.
    """
    in_use = path.with_name(f"{path.name}-wal").exists()
    mode = "mode=ro" if in_use else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True, timeout=_PATIENCE_SECONDS)
