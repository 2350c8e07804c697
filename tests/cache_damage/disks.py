"""The disk is a bad one, or others use it, for as long as the program runs."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest import mock

from feather_tui.store import database


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
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

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


DISKS: Final = {
    disk.__name__: disk
    for disk in (
        *(locked_by_another, write_locked_by_another, claimed_by_another, without_locks),
        without_shared_memory,
    )
}
