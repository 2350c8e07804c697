"""A disk that fails once: the calls of this program that touch files, counted, and one of them made to fail.

    with failing_disk() as disk:                       # counts only
        main(["auth", "status"])
    for call in range(disk.calls):
        with failing_disk(call, errno.EIO) as disk:    # the same again, and that call fails
            main(["auth", "status"])

Calls that other packages make (imports, certificates) are neither counted nor failed.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import fcntl
import io
import os
import pathlib
import sqlite3
import sys
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import feather_tui

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)

_OURS = str(pathlib.Path(feather_tui.__file__).parent)
_BETWEEN = (__file__, str(pathlib.__file__), contextlib.__file__)
"""Where a call passes on its way from a line of ours to the system."""

_OS_CALLS = (
    *("chmod", "fchmod", "fstat", "fsync", "link", "listdir", "lstat", "mkdir", "open"),
    *("rename", "replace", "scandir", "stat", "unlink", "utime"),
)

# What SQLite makes of the same failures.
_SQLITE_CODES = {
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EIO: sqlite3.SQLITE_IOERR_WRITE,
    errno.EACCES: sqlite3.SQLITE_CANTOPEN,
    errno.EROFS: sqlite3.SQLITE_READONLY,
}


class Disk:
    """What happened: `calls` so far, and `failed`, the name of the call that failed, empty if none did."""

    def __init__(self, failing: int, code: int) -> None:
        self.calls = 0
        self.failed = ""
        self._failing = failing
        self._code = code

    def fails(self, name: str) -> bool:
        """Count a call, if it is ours; tell whether it is the one that fails."""
        if not _is_ours():
            return False
        self.calls += 1
        fails = self.calls - 1 == self._failing
        self.failed = name if fails else self.failed
        return fails

    def call(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a function of the system."""

        def called(*args: Any, **kwargs: Any) -> Any:
            if self.fails(name):
                named = args[:1] if args and isinstance(args[0], str | os.PathLike) else ()
                raise OSError(self._code, os.strerror(self._code), *map(str, named))
            return function(*args, **kwargs)

        return called

    def statement(
        self, name: str, function: Callable[..., Any], undo: Callable[[], object] = lambda: None
    ) -> Callable[..., Any]:
        """Wrap a method of SQLite; `undo` is what SQLite does about its own failure."""

        def called(*args: Any) -> Any:
            if self.fails(name):
                undo()
                error = sqlite3.OperationalError(f"as SQLite puts {os.strerror(self._code)}")
                error.sqlite_errorcode = _SQLITE_CODES[self._code]
                raise error
            return function(*args)

        return called


@contextlib.contextmanager
def failing_disk(failing: int = -1, code: int = errno.EIO) -> Iterator[Disk]:
    """Within the block, count the calls, and fail the one with the number `failing`, if there is one."""
    disk = Disk(failing, code)
    with contextlib.ExitStack() as patches:
        for place, name, replaced in (
            *((os, name, disk.call(name, getattr(os, name))) for name in _OS_CALLS),
            (fcntl, "flock", disk.call("flock", fcntl.flock)),
            (builtins, "open", _opening(disk, open)),
            (sqlite3, "connect", _connecting(disk, sqlite3.connect)),
        ):
            patches.enter_context(mock.patch.object(place, name, replaced))
        yield disk


def _is_ours() -> bool:
    """Tell whether a line of this program makes the call."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename in _BETWEEN and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code.co_filename.startswith(_OURS)


def _opening(disk: Disk, builtin: Callable[..., Any]) -> Callable[..., Any]:
    """Give an `open` whose files fail on reading and writing as well."""

    class Raw(io.FileIO):
        def readall(self) -> Any:
            return disk.call("read", super().readall)()

        def write(self, content: Any) -> Any:
            return disk.call("write", super().write)(content)

    def opened(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if "b" not in mode or not _is_ours():
            return builtin(file, mode, *args, **kwargs)
        raw = Raw(file, mode.replace("b", ""), closefd=kwargs.get("closefd", True))
        return io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)

    return opened


def _connecting(disk: Disk, connect: Callable[..., Any]) -> Callable[..., Any]:  # noqa: C901 - two flat classes
    """Give a `sqlite3.connect` whose connections and cursors fail on every call."""

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *args: Any) -> Any:
            return disk.statement(sql, super().execute)(sql, *args)

        def executemany(self, sql: str, *args: Any) -> Any:
            return disk.statement(sql, super().executemany)(sql, *args)

        def fetchone(self) -> Any:
            return disk.statement("fetchone", super().fetchone, self.close)()

        def fetchall(self) -> Any:
            return disk.statement("fetchall", super().fetchall, self.close)()

        def __next__(self) -> Any:
            return disk.statement("next", super().__next__, self.close)()

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *args: Any) -> Any:
            return self.cursor(Cursor).execute(sql, *args)

        def executemany(self, sql: str, *args: Any) -> Any:
            return self.cursor(Cursor).executemany(sql, *args)

        def executescript(self, script: str) -> Any:
            return disk.statement(script, super().executescript)(script)

        def __exit__(self, *about: object) -> Any:
            leave: Callable[..., Any] = super().__exit__
            return (
                disk.statement("commit", leave, self.rollback)(*about) if about[0] is None else leave(*about)
            )

    def connected(*args: Any, **kwargs: Any) -> Any:
        return disk.statement("connect", lambda: connect(*args, **kwargs, factory=Connection))()

    return connected
