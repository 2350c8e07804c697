"""The index of what was said: the texts of the cached documents, and the table that narrows a search down.

All of it is derived from the documents beside it, so every fault ends the same way: the index is made anew,
or done without, and a plain sentence says so. No document is ever lost or hidden for it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feather_tui.store import seal, texts, trigrams
from feather_tui.store.faults import FAULTS, DamagedIndex, in_words, is_damage
from feather_tui.store.measure import used_bytes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from feather_tui.session.identity import SessionId
    from feather_tui.store.records import Scope
    from feather_tui.store.texts import Lacking, Piece, SearchedSession

_REMOVED_AT_ONCE = 4
_NOT_HERE = "this SQLite has no full-text index"
_DAMAGED = "the index is damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospects:
    """Where a search must look. `sessions` may have what is sought, the others of the `cached` do not.

    `indexed` counts those that stand in the index; `no_index` says why none does.
    """

    sessions: Sequence[SearchedSession] = ()
    cached: int = 0
    indexed: int = 0
    no_index: str = ""


class TextIndex:
    """The index of a store; made and guarded by it, for the same one thread at a time.

    `connect` gives the store's connection as it is now, `cap` the most bytes the cache may have, `oldest` the
    packed time before which documents have expired, `tell` takes notices.
    """

    def __init__(
        self,
        *,
        connect: Callable[[], sqlite3.Connection],
        cap: Callable[[], int],
        oldest: Callable[[], int],
        tell: Callable[[str], None],
    ) -> None:
        self._connect = connect
        self._cap = cap
        self._oldest = oldest
        self._tell = tell
        self._no_index = "" if trigrams.available() else _NOT_HERE
        self._checked = False
        self._to_merge = False
        self._merging = False

    def lacking(self, scope: Scope) -> list[Lacking]:
        """Return the documents that are to be added, the last checked first; none where there is no index."""
        with self._guarded("read"):
            if not self._no_index:
                return texts.lacking(self._sound(), scope, self._oldest())
        return []

    def add(self, document: Lacking, piece: Piece) -> bool:
        """Write a piece of a document's texts, unless the document is gone.

        False if nothing more can be written now, because of a fault or for want of room.
        """
        folded = trigrams.folded(said.text for said in piece.said())
        with self._guarded("written"):
            if used_bytes(self._connect()) + texts.TAKEN_BY_A_PACKED_BYTE * len(piece.packed) > self._cap():
                return False
            with self._writing() as connection:
                trigrams.create(connection)
                row = texts.write(connection, document, piece)
                if row is not None:
                    trigrams.add(connection, row, folded)
            return True
        return False

    def complete(self) -> None:
        """Seal the trigrams: nothing is to be added for now."""
        with self._guarded("written"):
            if (
                not self._no_index
                and texts.are_there(self._connect())
                and not seal.is_closed(self._connect())
            ):
                with self._writing() as connection:
                    seal.close(connection)

    def prospects(self, scope: Scope, words: Sequence[str]) -> Prospects:
        """Return the sessions in which all these words may stand; without words, all. Newest start first."""
        matching = self._matching(scope, words)  # first: if the index is found damaged, no session is in it
        searched: list[SearchedSession] = []
        with self._guarded("read"):
            indexed = not self._no_index
            searched = texts.sessions(self._connect(), scope, self._oldest(), indexed=indexed)
        return Prospects(
            sessions=[
                session
                for session in searched
                if matching is None or not session.indexed or session.session_id in matching
            ],
            cached=len(searched),
            indexed=sum(session.indexed for session in searched),
            no_index=self._no_index,
        )

    def pieces(self, scope: Scope, session_id: SessionId) -> list[Piece]:
        """Return the texts of a session, if those of all its documents are there; else nothing."""
        with self._guarded("read"):
            return texts.of_session(self._connect(), scope, session_id, self._oldest())
        return []

    def tidy(self) -> bool:
        """Remove some of what is no longer cached; return whether there may be more."""
        with self._guarded("tidied"):
            if self._no_index:
                self.clear()
            else:
                return self._remove_orphans() or self._merge()
        return False

    def clear(self) -> None:
        """Remove all of it. Raises one of FAULTS."""
        with self._writing() as connection:
            trigrams.discard(connection)
            texts.remove_all(connection)

    def _matching(self, scope: Scope, words: Sequence[str]) -> set[SessionId] | None:
        """Return the sessions that the index names for all words; None if it cannot narrow them down."""
        expressions = list(filter(None, map(trigrams.expression, words)))
        with self._guarded("searched"):
            connection = self._sound()
            if expressions and not self._no_index and texts.are_there(connection):
                found = (texts.sessions_matching(connection, scope, asked) for asked in expressions)
                return set.intersection(*found)
        return None

    def _remove_orphans(self) -> bool:
        if not texts.orphans(self._sound(), 1):
            return False
        self._to_merge = True
        with self._writing() as connection:
            for row, piece in texts.orphans(connection, _REMOVED_AT_ONCE):
                trigrams.remove(connection, row, trigrams.folded(said.text for said in piece.said()))
                texts.remove(connection, row)
        return True

    def _merge(self) -> bool:
        """Rewrite some of the trigrams, if any were removed, until nothing is left of those."""
        if self._to_merge:
            with self._writing() as connection:
                self._to_merge = self._merging = trigrams.merge(connection, first=not self._merging)
        return self._to_merge

    def _sound(self) -> sqlite3.Connection:
        """Return the connection, when it was seen once that the trigrams are what was sealed."""
        connection = self._connect()
        if not self._checked and not self._no_index:
            self._checked = True
            if seal.is_broken(connection):
                raise DamagedIndex
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connect()
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            seal.remove(connection)
            yield connection

    @contextmanager
    def _guarded(self, doing: str) -> Iterator[None]:
        """Turn every fault inside the block into a notice; a damaged index is removed, to be made anew."""
        try:
            yield
        except MemoryError:  # so FTS5 ends where it takes any bytes for a length
            self._begin_anew()
        except FAULTS as error:
            if is_damage(error):
                self._begin_anew()
            else:
                self._tell(
                    f"The index of what was said could not be {doing} because {in_words(error)}."
                    " Searches read the cached sessions themselves."
                )

    def _begin_anew(self) -> None:
        try:
            self.clear()
        except FAULTS:
            self._no_index = _DAMAGED
            self._tell(
                "The index of what was said is damaged and cannot be removed: searches read the cached"
                " sessions one by one. `feather-tui cache clear` removes it, and the sessions."
            )
        else:
            self._tell("The index of what was said was damaged: it is made anew. No session is lost.")
