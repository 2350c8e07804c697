"""The cache as its caller sees it: a few calls that always return."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from feather_tui.errors import SettingsInvalid
from feather_tui.store import cases, documents, expiry, files, measure, pictures, sessions
from feather_tui.store.database import DatabaseFile, in_memory
from feather_tui.store.documents import DocumentKey
from feather_tui.store.encoding import pack_time, unpack_time
from feather_tui.store.faults import FAULTS, in_words, is_damage
from feather_tui.store.records import StoreInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from feather_tui.session.identity import DocumentKind, SessionId
    from feather_tui.store.database import Database, FileIdentity
    from feather_tui.store.records import Known, Picture, Scope, Stored
    from feather_tui.store.text_index import TextIndex

_DAY_MICROSECONDS = 24 * 60 * 60 * 1_000_000
_MEGABYTE = 1 << 20
_MEMORY_BYTES = 64 * _MEGABYTE


def open_store(path: Path | None, *, days: int, max_bytes: int, now: Callable[[], datetime]) -> Store:
    """Open the cache at `path`, or one in memory when `path` is None or cannot be used.

    Nothing is raised: what went wrong is in the store's `notices`. Documents expire `days` after
    they were received; `max_bytes` caps the whole cache; `now` gives the current time, aware.
    """
    return Store(path, days=days, max_bytes=max_bytes, now=now)


class Store:
    """The cache; made by `open_store`.

    No method raises for a fault of the disk or the database: it then does nothing, as if nothing were
    cached, and adds a notice. Synchronous; for one thread at a time, any thread.
    """

    def __init__(self, path: Path | None, *, days: int, max_bytes: int, now: Callable[[], datetime]) -> None:
        self._path = path
        self._days = days
        self._max_bytes = max_bytes
        self._now = now
        self._notices: list[str] = []
        self._database = self._open()

    @cached_property
    def index(self) -> TextIndex:
        """The index of what was said."""
        from feather_tui.store.text_index import TextIndex  # start-up time: a session is seen without it

        return TextIndex(
            connect=lambda: self._database.connection,
            cap=lambda: self._cap,
            oldest=self._oldest,
            tell=self._tell,
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know, as plain sentences, oldest first, each once."""
        return tuple(self._notices)

    def get(self, scope: Scope, session_id: SessionId, kind: DocumentKind) -> Stored | None:
        """Return a document exactly as it was put, or None; damaged ones are removed."""
        key = DocumentKey.of(scope, session_id, kind)
        with self._surviving("read"):
            row = documents.find(self._database.connection, key)
            if row is None:
                return None
            stored = row.verified(key)
            if stored is None:
                self._tell(f"The cached {kind.label} of session {session_id} was damaged and is not shown.")
                documents.remove(self._database.connection, key)
            elif pack_time(stored.fetched_at) < self._oldest():
                return None  # `expire` will remove it
            return stored
        return None

    def put(
        self, scope: Scope, session_id: SessionId, kind: DocumentKind, body: bytes, fetched_at: datetime
    ) -> None:
        """Keep a document as received, in place of an older one; over the cap, forget other sessions.

        What these said stays in the index until that is tidied.
        """
        if len(body) > self._cap:
            self._tell(
                f"The {kind.label} of session {session_id} is not kept: it alone is larger than the"
                f" cache may be ({self._cap / _MEGABYTE:g} MB)."
            )
            return
        with self._surviving("written"):
            key = DocumentKey.of(scope, session_id, kind)
            documents.write(self._database.connection, key, body, fetched_at)
            expiry.remove_excess(self._database.connection, self._cap)

    def picture(self, scope: Scope, session_id: SessionId, setting: str) -> Picture | None:
        """Return the picture of a session that was taken in this setting, of what is cached now; or None."""
        with self._surviving("read"):
            return pictures.find(self._database.connection, scope, session_id, setting, self._oldest())
        return None

    def keep_picture(
        self, scope: Scope, session_id: SessionId, setting: str, of: datetime, lines: bytes
    ) -> None:
        """Keep a picture of a session, in place of an older one, until any of its documents changes.

        `of` is the `fetched_at` of the analysis input on it: of another one it would say what is not so.
        """
        with self._surviving("written"):
            pictures.TABLE.write(self._database.connection, scope, session_id, setting, of, lines)

    def cases(self, scope: Scope, session_ids: Iterable[SessionId], setting: str) -> dict[SessionId, bytes]:
        """Return the rows of triage that were made in this setting of what is cached now."""
        with self._surviving("read"):
            return cases.find(self._database.connection, scope, session_ids, setting, self._oldest())
        return {}

    def keep_case(self, scope: Scope, session_id: SessionId, setting: str, of: datetime, line: bytes) -> None:
        """Keep the row of triage of a session, as `keep_picture` keeps a picture."""
        with self._surviving("written"):
            cases.TABLE.write(self._database.connection, scope, session_id, setting, of, line)

    def touch(self, scope: Scope, session_id: SessionId, kind: DocumentKind, checked_at: datetime) -> None:
        """Note that the API confirmed a document unchanged; without one nothing happens."""
        with self._surviving("written"):
            key = DocumentKey.of(scope, session_id, kind)
            documents.touch(self._database.connection, key, checked_at)

    def drop(self, scope: Scope, session_id: SessionId, kind: DocumentKind) -> None:
        """Forget a document, if it is there."""
        with self._surviving("written"):
            documents.remove(self._database.connection, DocumentKey.of(scope, session_id, kind))
            self._tidy_index()

    def note(self, scope: Scope, session_id: SessionId, known: Known) -> None:
        """Keep the lookup pane's row of a session, in place of an older one."""
        with self._surviving("written"):
            sessions.write(self._database.connection, scope, session_id, known)

    def known(self, scope: Scope) -> list[Known]:
        """Return the sessions noted for a scope, newest start first, those without a start last."""
        known: list[Known] = []
        with self._surviving("read"):
            known, damaged = sessions.read_all(self._database.connection, scope)
            if damaged:
                self._tell("Damaged rows were removed from the list of known sessions.")
                sessions.remove(self._database.connection, damaged)
        return known

    def expire(self) -> None:
        """Remove what is too old or too much, and shorten the files. For after the first paint."""
        oldest = self._oldest()
        with self._surviving("tidied"):
            expiry.remove_older(self._database.connection, oldest)
            expiry.remove_excess(self._database.connection, self._cap)
            self._tidy_index()
            expiry.give_back(self._database.connection)
            if self._path is not None:
                files.discard(self._path, before=unpack_time(oldest))

    def _tidy_index(self) -> None:
        while self.index.tidy():
            pass

    def _oldest(self) -> int:
        """Return the packed time before which what was received has expired."""
        return max(0, pack_time(self._now()) - self._days * _DAY_MICROSECONDS)

    def clear(self) -> int:
        """Remove everything, of all scopes, from the cache and from the disk; return how many sessions."""
        removed = 0
        advice = "Delete its files by hand while no feather-tui is running."
        with self._surviving("cleared", advice):
            removed = expiry.remove_all(self._database.connection)
            self.index.clear()
            if not expiry.give_back(self._database.connection):
                self._tell("What was removed leaves the disk when the other running feather-tui quits.")
        with self._surviving("cleared", advice):  # even if the tables were found damaged and set aside
            if self._path is not None:
                files.discard(self._path)
        return removed

    def info(self) -> StoreInfo:
        """Measure the cache, all scopes together."""
        size, counts = 0, measure.Counts()
        with self._surviving("measured"):
            if self._path is not None:
                size = files.bytes_on_disk(self._path)
            counts = measure.count(self._database.connection)
        return StoreInfo(
            path=self._path,
            bytes_on_disk=size,
            sessions=counts.sessions,
            documents=counts.documents,
            oldest=counts.oldest,
            newest=counts.newest,
            in_memory=self._in_memory,
        )

    def close(self) -> None:
        """Let go of the cache. Safe to repeat."""
        self._database.close()

    @property
    def _in_memory(self) -> bool:
        return self._database.identity is None

    @property
    def _cap(self) -> int:
        """The most bytes to keep; memory is the whole machine's, so less of it."""
        return min(self._max_bytes, _MEMORY_BYTES) if self._in_memory else self._max_bytes

    def _open(self, suspect: FileIdentity | None = None) -> Database:
        """Open what can be opened; `suspect` is a file found to be damaged."""
        if self._path is None:
            return in_memory()
        try:
            return DatabaseFile(self._path, self._now, self._tell).open(suspect)
        except SettingsInvalid as problem:
            reason = str(problem)
        except FAULTS as error:
            reason = f"The reason: {in_words(error)}."
        except OSError as error:
            reason = f"The reason: {error.strerror or error}."
        self._tell(
            f"The cache at {self._path} cannot be used: sessions are kept in memory until you quit. {reason}"
        )
        return in_memory()

    @contextmanager
    def _surviving(self, doing: str, advice: str = "All else works.") -> Iterator[None]:
        """Turn every fault inside the block into a notice; a damaged file is replaced at once."""
        try:
            yield
        except FAULTS as error:
            if is_damage(error) and not self._in_memory:
                suspect = self._database.identity
                self._database.close()
                self._database = self._open(suspect)
            else:
                self._tell(f"The cache could not be {doing} because {in_words(error)}. {advice}")
        except OSError as error:
            self._tell(f"The cache could not be {doing}: {error.strerror or error}. {advice}")

    def _tell(self, notice: str) -> None:
        if notice not in self._notices:
            self._notices.append(notice)
