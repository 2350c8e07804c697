"""The file is a database, and not the right one; or there is a log beside it that is not its own."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from cache_damage.spoil import by_name, side
from feather_tui.store import schema


def _executed(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def of_another_program(path: Path, chance: random.Random) -> None:
    path.unlink()
    table = chance.choice(("documents", "sessions", "moz_places"))
    _executed(path, f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, body TEXT)")


def newer_version(path: Path, chance: random.Random) -> None:
    _executed(path, f"PRAGMA user_version = {schema.VERSION + chance.randrange(1, 9)}")


def impossible_version(path: Path, chance: random.Random) -> None:
    _executed(path, f"PRAGMA user_version = {chance.choice((0, -1, -(2**31)))}")


def other_tables(path: Path, chance: random.Random) -> None:
    statement = chance.choice(
        (
            "DROP TABLE documents",
            "DROP TABLE sessions",
            "ALTER TABLE documents DROP COLUMN body",
            "ALTER TABLE documents RENAME TO elsewhere",
            "ALTER TABLE sessions RENAME COLUMN turns TO rounds",
            "CREATE TRIGGER t AFTER INSERT ON documents BEGIN DELETE FROM documents; END",
        )
    )
    _executed(path, statement)


def other_rows(path: Path, chance: random.Random) -> None:
    statement = chance.choice(
        (
            "UPDATE documents SET body = CAST(replace(body, 'headset', 'handset') AS BLOB)",
            "UPDATE documents SET body = zeroblob(length(body))",
            "UPDATE documents SET fetched_at = 9e99",
            "UPDATE documents SET checked_at = 'tomorrow'",
            "UPDATE documents SET digest = x''",
            "UPDATE documents SET kind = CAST(replace(kind, 'extraction', 'analysis_inputs') AS BLOB)",
            "UPDATE sessions SET turns = turns + 1",
            "UPDATE sessions SET outcome = x'ff'",
            "UPDATE sessions SET seen_at = 9223372036854775807",
            "DELETE FROM documents",
        )
    )
    _executed(path, statement)


def other_log(path: Path, chance: random.Random) -> None:
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(f"PRAGMA page_size = {chance.choice((4096, 8192))}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE documents (body TEXT)")
        connection.execute("INSERT INTO documents VALUES ('somebody else''s')")
        connection.commit()
        shutil.copy(side(other, "-wal"), side(path, "-wal"))
        if chance.random() < 0.5:
            shutil.copy(side(other, "-shm"), side(path, "-shm"))
    for suffix in ("", "-wal", "-shm"):
        side(other, suffix).unlink(missing_ok=True)


def broken_log(path: Path, chance: random.Random) -> None:
    """Leave a log as a killed program does, with damage in it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE more AS SELECT randomblob(40000)")
        connection.execute("DROP TABLE more")
        connection.commit()
        log, index = side(path, "-wal").read_bytes(), side(path, "-shm").read_bytes()
    spoilt = bytearray(log)
    spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    side(path, "-wal").write_bytes(spoilt[: chance.choice((len(log), chance.randrange(len(log))))])
    side(path, "-shm").write_bytes(chance.choice((index, b"", chance.randbytes(len(index)))))


def other_journal(path: Path, chance: random.Random) -> None:
    """Leave the rollback journal of another database, which SQLite would play back into this one."""
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {chance.choice((4096, 8192))}")
        connection.execute("CREATE TABLE documents (body TEXT)")
        connection.execute("INSERT INTO documents VALUES ('somebody else''s')")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE documents SET body = 'changed'")
        connection.execute("CREATE TABLE more AS SELECT randomblob(100000)")
        shutil.copy(side(other, "-journal"), side(path, "-journal"))
    other.unlink()


def garbage_beside(path: Path, chance: random.Random) -> None:
    side(path, chance.choice(("-wal", "-shm", "-journal"))).write_bytes(
        chance.randbytes(chance.randrange(1, 70_000))
    )


def no_file_beside(path: Path, chance: random.Random) -> None:
    beside = side(path, chance.choice(("-wal", "-shm", "-journal")))
    chance.choice((beside.mkdir, lambda: os.mkfifo(beside), lambda: beside.symlink_to("/dev/null")))()


SPOILS: Final = by_name(
    *(of_another_program, newer_version, impossible_version, other_tables, other_rows),
    *(other_log, broken_log, other_journal, garbage_beside, no_file_beside),
)
