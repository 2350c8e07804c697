"""Ways in which a cache, its directory or its disk goes bad: for each a function that does it to a sound one.

`FILES` change what lies on the disk. `PLACES` make the disk itself a bad one, for as long as the program runs.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import random
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest import mock

from feather_tui.store import database, schema

Spoil = Callable[[Path, random.Random], None]
"""Does the damage to the cache at a path; where exactly, chance says."""

_PAGE: Final = 8192


def _side(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _changed(path: Path, change: Callable[[bytearray], object]) -> None:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)


def _executed(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def flipped_bits(path: Path, chance: random.Random) -> None:
    def flip(content: bytearray) -> None:
        for _ in range(chance.choice((1, 1, 1, 8, 64))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)

    _changed(path, flip)


def flipped_in_header(path: Path, chance: random.Random) -> None:
    def flip(content: bytearray) -> None:
        content[chance.randrange(100)] ^= 1 << chance.randrange(8)

    _changed(path, flip)


def flipped_in_schema(path: Path, chance: random.Random) -> None:
    def flip(content: bytearray) -> None:
        content[chance.randrange(100, _PAGE)] ^= 1 << chance.randrange(8)

    _changed(path, flip)


def truncated(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def cut_at_a_page(path: Path, chance: random.Random) -> None:
    os.truncate(path, _PAGE * chance.randrange(path.stat().st_size // _PAGE))


def lengthened(path: Path, chance: random.Random) -> None:
    with path.open("ab") as file:
        file.write(chance.randbytes(chance.randrange(1, 3 * _PAGE)))


def zeroed_page(path: Path, chance: random.Random) -> None:
    page = chance.randrange(path.stat().st_size // _PAGE) * _PAGE
    _changed(path, lambda content: content.__setitem__(slice(page, page + _PAGE), bytes(_PAGE)))


def random_page(path: Path, chance: random.Random) -> None:
    page = chance.randrange(path.stat().st_size // _PAGE) * _PAGE
    _changed(path, lambda content: content.__setitem__(slice(page, page + _PAGE), chance.randbytes(_PAGE)))


def swapped_pages(path: Path, chance: random.Random) -> None:
    def swap(content: bytearray) -> None:
        one, other = (_PAGE * number for number in chance.sample(range(len(content) // _PAGE), 2))
        content[one : one + _PAGE], content[other : other + _PAGE] = (
            content[other : other + _PAGE],
            content[one : one + _PAGE],
        )

    _changed(path, swap)


def not_a_database(path: Path, chance: random.Random) -> None:
    contents = (
        b"garbage" * chance.randrange(1, 9000),
        chance.randbytes(chance.randrange(1, 90_000)),
        bytes(chance.randrange(1, 90_000)),
        b"SQLite format 3\x00" + chance.randbytes(20_000),
        b"SQLite format 3\x00",
        gzip.compress(path.read_bytes()),
        b'{"an": "export"}\n',
    )
    path.write_bytes(chance.choice(contents))


def empty(path: Path, chance: random.Random) -> None:
    del chance
    path.write_bytes(b"")


def huge(path: Path, chance: random.Random) -> None:
    if chance.random() < 0.5:
        path.write_bytes(b"garbage")
    os.truncate(path, 20 << 30)


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
            "UPDATE documents SET body = replace(CAST(body AS TEXT), 'headset', 'handset')",
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
        shutil.copy(_side(other, "-wal"), _side(path, "-wal"))
        if chance.random() < 0.5:
            shutil.copy(_side(other, "-shm"), _side(path, "-shm"))
    for suffix in ("", "-wal", "-shm"):
        _side(other, suffix).unlink(missing_ok=True)


def broken_log(path: Path, chance: random.Random) -> None:
    """Leave a log as a killed program does, with damage in it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE more AS SELECT randomblob(40000)")
        connection.execute("DROP TABLE more")
        connection.commit()
        log, index = _side(path, "-wal").read_bytes(), _side(path, "-shm").read_bytes()
    spoilt = bytearray(log)
    spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    _side(path, "-wal").write_bytes(spoilt[: chance.choice((len(log), chance.randrange(len(log))))])
    _side(path, "-shm").write_bytes(chance.choice((index, b"", chance.randbytes(len(index)))))


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
        shutil.copy(_side(other, "-journal"), _side(path, "-journal"))
    other.unlink()


def garbage_beside(path: Path, chance: random.Random) -> None:
    _side(path, chance.choice(("-wal", "-shm", "-journal"))).write_bytes(
        chance.randbytes(chance.randrange(1, 70_000))
    )


def no_file_beside(path: Path, chance: random.Random) -> None:
    beside = _side(path, chance.choice(("-wal", "-shm", "-journal")))
    chance.choice((beside.mkdir, lambda: os.mkfifo(beside), lambda: beside.symlink_to("/dev/null")))()


def directory(path: Path, chance: random.Random) -> None:
    path.unlink()
    path.mkdir()
    if chance.random() < 0.5:
        (path / "something").write_text("in it")


def pipe(path: Path, chance: random.Random) -> None:
    del chance
    path.unlink()
    os.mkfifo(path)


def unix_socket(path: Path, chance: random.Random) -> None:
    del chance
    path.unlink()
    with socket.socket(socket.AF_UNIX) as listener:
        before = Path.cwd()
        os.chdir(path.parent)  # the name of a socket is short
        try:
            listener.bind(path.name)
        finally:
            os.chdir(before)


def link(path: Path, chance: random.Random) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(chance.choice(("elsewhere", "nowhere", path.name, "/dev/zero", "/dev/full", "/")))


def file_above(path: Path, chance: random.Random) -> None:
    del chance
    shutil.rmtree(path.parent)
    path.parent.write_text("in the way")


def missing(path: Path, chance: random.Random) -> None:
    """Take away what is there, but for something beside it."""
    path.unlink()
    if chance.random() < 0.5:
        _side(path, "-wal").write_bytes(chance.randbytes(5000))


def open_to_others(path: Path, chance: random.Random) -> None:
    path.chmod(0o666)
    if chance.random() < 0.5:
        path.parent.chmod(0o777)


FILES: Final[dict[str, Spoil]] = {
    spoil.__name__: spoil
    for spoil in (
        *(flipped_bits, flipped_bits, flipped_in_header, flipped_in_schema, truncated, cut_at_a_page),
        *(lengthened, zeroed_page, random_page, swapped_pages, not_a_database, empty, huge),
        *(of_another_program, newer_version, impossible_version, other_tables, other_rows),
        *(other_log, broken_log, other_journal, garbage_beside, no_file_beside),
        *(directory, pipe, unix_socket, link, file_above, missing, open_to_others),
    )
}


@contextmanager
def locked_by_another(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        with impatient():
            yield


@contextmanager
def write_locked_by_another(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with impatient():
            yield


@contextmanager
def claimed_by_another(path: Path) -> Iterator[None]:
    descriptor = os.open(path.parent, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        with impatient():
            yield
    finally:
        os.close(descriptor)


@contextmanager
def without_locks(path: Path) -> Iterator[None]:
    """A file system without flock, as old network file systems are."""
    del path

    def unknown(_descriptor: int, _how: int) -> None:
        raise OSError(37, "No locks available")

    with mock.patch.object(fcntl, "flock", unknown):
        yield


@contextmanager
def without_shared_memory(path: Path) -> Iterator[None]:
    """A file system on which SQLite cannot share memory, and keeps a lock by making a directory."""
    del path
    connect = sqlite3.connect

    def changed(place: Any, **options: Any) -> sqlite3.Connection:
        if place == ":memory:":
            return connect(place, **options)
        return connect(f"file:{place}?vfs=unix-dotfile", **{**options, "uri": True})

    with mock.patch.object(sqlite3, "connect", changed):
        yield


@contextmanager
def impatient() -> Iterator[None]:
    """Do not wait for locks as long as the program does."""
    with mock.patch.object(database, "_PATIENCE_SECONDS", 0.05):
        yield


PLACES: Final = {
    place.__name__: place
    for place in (
        *(locked_by_another, write_locked_by_another, claimed_by_another, without_locks),
        without_shared_memory,
    )
}
