"""Opening the cache's file, and replacing it when it is damaged."""

from __future__ import annotations

import sqlite3
import time
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feather_tui.errors import SettingsInvalid
from feather_tui.private_files import check_own_file, ensure_private_directory, ensure_private_file
from feather_tui.store import files, schema
from feather_tui.store.claim import Claim
from feather_tui.store.faults import FAULTS, is_busy, is_damage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 0.02

# The first two have an effect on a new file only. Pages of this size read a document of megabytes in
# half the time of the default's; secure_delete overwrites what is deleted.
_PRAGMAS = (
    "page_size = 8192",
    "auto_vacuum = INCREMENTAL",
    "synchronous = NORMAL",
    "mmap_size = 0",
    "secure_delete = ON",
    "cell_size_check = ON",
)


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """Which file a path named at one moment; a file set aside keeps its own."""

    device: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> FileIdentity | None:
        """Look at the path now; None when nothing is there. Raises OSError."""
        try:
            status = path.stat()
        except FileNotFoundError:
            return None
        return cls(status.st_dev, status.st_ino)


class Database:
    """One open database. `identity` is that of its file, None in memory."""

    def __init__(
        self, connection: sqlite3.Connection, resources: ExitStack, identity: FileIdentity | None = None
    ) -> None:
        self.connection = connection
        self.identity = identity
        self._resources = resources

    def close(self) -> None:
        """Empty the write-ahead log unless somebody reads it, and let go of the file. Safe to repeat."""
        with suppress(*FAULTS):  # leaving need not succeed at this: the next start reads the log
            self.connection.execute("PRAGMA busy_timeout = 0")
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._resources.close()


def in_memory() -> Database:
    """Open an empty database that is gone when it is closed."""
    with ExitStack() as resources:
        connection = resources.enter_context(closing(_connect(":memory:")))
        return Database(connection, resources.pop_all())


@dataclass(frozen=True, slots=True)
class DatabaseFile:
    """The cache's place on disk. `now` dates what is set aside there, `tell` is told about it."""

    path: Path
    now: Callable[[], datetime]
    tell: Callable[[str], None]

    def open(self, suspect: FileIdentity | None = None) -> Database:
        """Open the file, made new if it is absent; set it aside first if it is damaged or `suspect`.

        Raises SettingsInvalid, OSError or one of FAULTS when no cache can be had here.
        """
        ensure_private_directory(self.path.parent)
        with ExitStack() as resources:
            claim = Claim(self.path.parent)
            resources.callback(claim.release)
            connection = resources.enter_context(closing(self._connection(claim, suspect)))
            return Database(connection, resources.pop_all(), FileIdentity.of(self.path))

    def _connection(self, claim: Claim, suspect: FileIdentity | None) -> sqlite3.Connection:
        """Connect under a shared claim."""
        if suspect is None:
            _wait_until(claim.share)
            ensure_private_file(self.path)
            for side in files.sides(self.path):
                check_own_file(side)  # SQLite would wait for somebody to write into a pipe
            try:
                return _connect_patiently(self.path)
            except FAULTS as error:
                if not is_damage(error):
                    raise
                suspect = FileIdentity.of(self.path)
        self._replace(claim, suspect)
        return _connect_patiently(self.path)

    def _replace(self, claim: Claim, suspect: FileIdentity | None) -> None:
        """Set the suspect file aside once nobody else has it open, unless somebody else just did."""
        _wait_until(lambda: claim.seize() or FileIdentity.of(self.path) != suspect)
        if FileIdentity.of(self.path) == suspect:
            target = files.set_aside(self.path, self.now())
            self.tell(
                f"The cache was damaged: it was set aside as {target}, in place of any earlier one, and"
                " a new one was started. Sessions are fetched again. The damaged one holds session"
                " data; it is deleted when it expires, or by `feather-tui cache clear`."
            )
        ensure_private_file(self.path)
        _wait_until(claim.share)


def _wait_until(claimed: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not claimed():
        if time.monotonic() > deadline:
            raise SettingsInvalid(
                "It is damaged, and another feather-tui still has it open.",
                "Quit the other one and start this one again.",
            )
        time.sleep(_PAUSE_SECONDS)


def _connect_patiently(path: Path) -> sqlite3.Connection:
    """Connect; where several programs make the file at once, SQLite says "locked" without waiting."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return _connect(path)
        except FAULTS as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE_SECONDS)


def _connect(place: Path | str) -> sqlite3.Connection:
    """Connect once, with the tables as this release knows them."""
    with ExitStack() as on_failure:
        connection = sqlite3.connect(
            place, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
        )
        on_failure.enter_context(closing(connection))
        with connection:  # first: a file that we must leave alone is not changed
            connection.execute("BEGIN")
            number = schema.version(connection)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        (journal,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if journal not in {"wal", "memory"}:
            raise sqlite3.OperationalError("its file system allows no write-ahead log")
        if number < schema.VERSION:
            schema.migrate(connection)
        on_failure.pop_all()
        return connection
