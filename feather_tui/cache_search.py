"""Finding cached sessions by what was said in them, and keeping the index that makes it quick."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from feather_tui.arrivals import ExtractionCopy, SessionCopy
from feather_tui.copies import provenance_of, read_document
from feather_tui.errors import DocumentUnreadable
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.session.said import pieces, said_in_extraction, said_in_timeline
from feather_tui.session.saying import Said
from feather_tui.session.sought import Found, Hit, Sought, find
from feather_tui.store.texts import Lacking, Piece, SearchedSession

if TYPE_CHECKING:
    from feather_tui.store.records import Scope, Stored
    from feather_tui.store.store import Store

_FIRST_STEP, _LONGEST_STEP = 150_000, 2_000_000
"""Bytes of documents looked through in one step, twice as many in the next: little until the first hits are
shown, and never more than a stop can wait for.
"""
_GAIN = 4
"""What the index saves: so many bytes of documents are as soon looked through as one byte without it."""

Result = TypeVar("Result")


class InWorker(Protocol):
    """Runs a function in the one thread that talks to the store."""

    def __call__(self, function: Callable[..., Result], *args: object) -> Awaitable[Result]:
        """Return what the function returns."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """What there is of one session: its pieces in the index, or else its documents."""

    session_id: SessionId
    pieces: Sequence[Piece] = ()
    documents: Sequence[tuple[DocumentKind, Stored]] = ()

    def said(self) -> Iterator[Said]:
        """Yield all texts, those of the transcript first; a document that cannot be read has none."""
        for piece in self.pieces:
            yield from piece.said()
        for kind, stored in self.documents:
            yield from _said_in(kind, self.session_id, stored) or ()


class CacheSearch:
    """Searches the sessions of one scope.

    Whatever takes long, reading and looking through texts, happens beside the store's thread, so that a
    session can be opened all the while; and in one thread, so that a search that is stopped at every key
    leaves no more than a step behind.
    """

    def __init__(self, store: Store, scope: Scope, in_worker: InWorker) -> None:
        self._store = store
        self._scope = scope
        self._in_worker = in_worker
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="cache search")

    def close(self) -> None:
        """Stop after the step under way."""
        self._reader.shutdown(wait=False, cancel_futures=True)

    async def search(self, sought: Sought) -> AsyncIterator[Found]:
        """Yield what is found so far, after every few sessions that were looked through; once at least."""
        index = self._store.index
        prospects = await self._in_worker(index.prospects, self._scope, sought.words)
        found = Found(
            sought=sought,
            left=len(prospects.sessions),
            cached=prospects.cached,
            indexed=prospects.indexed,
            no_index=prospects.no_index,
        )
        if not prospects.sessions:
            yield found
        for some in _in_steps(prospects.sessions):
            texts = await self._in_worker(self._texts, some)
            hits = await self._beside(_hits, texts, sought)
            found = replace(found, hits=(*found.hits, *hits), left=found.left - len(texts))
            yield found

    async def build_index(self) -> None:
        """Add what is cached and not yet in the index, the last opened first; remove what is gone."""
        index = self._store.index
        while await self._in_worker(index.tidy):
            pass
        for document in await self._in_worker(index.lacking, self._scope):
            if not await self._add(document):
                break
        await self._in_worker(index.complete)

    async def _add(self, document: Lacking) -> bool:
        """Add a document to the index; return whether there is room for more."""
        session_id, kind = document.session_id, document.kind
        stored = await self._in_worker(self._store.get, self._scope, session_id, kind)
        if stored is None:
            return True
        said = await self._beside(_said_in, kind, session_id, stored)
        if said is None:  # as when it is opened: another version's idea of a readable document
            await self._in_worker(self._store.drop, self._scope, session_id, kind)
            return True
        packed = _packed(said)
        while piece := await self._beside(next, packed, None):
            if not await self._in_worker(self._store.index.add, document, piece):
                return False
        return True

    def _beside(self, function: Callable[..., Result], *args: object) -> Awaitable[Result]:
        return asyncio.get_running_loop().run_in_executor(self._reader, function, *args)

    def _texts(self, sessions: Iterable[SearchedSession]) -> list[_Texts]:
        """Fetch what is cached of some sessions, in the store's thread."""
        return [self._texts_of(session) for session in sessions]

    def _texts_of(self, session: SearchedSession) -> _Texts:
        session_id = session.session_id
        if session.indexed and (in_index := self._store.index.pieces(self._scope, session_id)):
            return _Texts(session_id, pieces=in_index)
        stored = ((kind, self._store.get(self._scope, session_id, kind)) for kind in DocumentKind)
        return _Texts(session_id, documents=[(kind, document) for kind, document in stored if document])


def _in_steps(sessions: Iterable[SearchedSession]) -> Iterator[list[SearchedSession]]:
    """Yield the sessions in steps."""
    step: list[SearchedSession] = []
    length, room = _FIRST_STEP, _FIRST_STEP
    for session in sessions:
        step.append(session)
        room -= session.size // _GAIN if session.indexed else session.size
        if room <= 0:
            yield step
            step, length = [], min(length * 2, _LONGEST_STEP)
            room = length
    if step:
        yield step


def _hits(texts: Iterable[_Texts], sought: Sought) -> list[Hit]:
    found = ((one.session_id, find(one.said(), sought)) for one in texts)
    return [Hit.of(session_id, match) for session_id, match in found if match is not None]


def _packed(said: Iterable[Said]) -> Iterator[Piece]:
    """Pack texts piece by piece, the last one marked."""
    number, waiting = 0, None
    for piece in pieces(said):
        if waiting is not None:
            yield Piece.of(number, waiting, last=False)
            number += 1
        waiting = piece
    yield Piece.of(number, waiting or (), last=True)


def _said_in(kind: DocumentKind, session_id: SessionId, stored: Stored) -> Iterator[Said] | None:
    """Return what a document says; None if it cannot be read."""
    try:
        copy = read_document(kind, session_id, provenance_of(stored))
    except DocumentUnreadable:
        return None
    match copy:
        case SessionCopy():
            return said_in_timeline(copy.timeline)
        case ExtractionCopy():
            return said_in_extraction(copy.extraction)
