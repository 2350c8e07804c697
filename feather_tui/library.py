"""The one door to sessions: the cache first, then the API, then the cache again.

Each of the two documents arrives or fails on its own: an extraction that fails never hides a transcript.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from feather_tui.arrivals import (
    Arrival,
    Assessment,
    Copy,
    Failure,
    Provenance,
    SessionCopy,
    Source,
)
from feather_tui.assessing import assess
from feather_tui.cache_search import CacheSearch
from feather_tui.copies import provenance_of, read_copy
from feather_tui.errors import DocumentUnreadable, FeatherError, NotCached
from feather_tui.gathered import Gathered
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.session.summary import Summary
from feather_tui.store.records import Known, Scope

if TYPE_CHECKING:
    from feather_tui.ahead import Ahead
    from feather_tui.api.conversations import ConversationList
    from feather_tui.api.progress import Report
    from feather_tui.api.questions import ListPath
    from feather_tui.findings.thresholds import Thresholds
    from feather_tui.kept_cases import KeptCases
    from feather_tui.store.store import Store

Given = ParamSpec("Given")
Result = TypeVar("Result")
Turn = Callable[[DocumentKind], Awaitable[None]]
"""Waits until a document may be asked for; raises FeatherError if it may not."""


class DocumentSource(Protocol):
    """What the library asks of the API client."""

    async def document(self, kind: DocumentKind, session_id: SessionId, report: Report) -> bytes:
        """Return a document's body. Raises FeatherError."""

    async def conversations(self, path: ListPath, parameters: Mapping[str, str]) -> bytes:
        """Return one page of the list of sessions. Raises FeatherError."""

    async def aclose(self) -> None:
        """Close the connections."""


class Library:
    """Sessions by id.

    `connect` makes the client when the network is first needed; None means offline. `list_of` makes the list
    of sessions of a client's API. `thresholds` are those of the rules, None for the defaults. `recalled`:
    what was read from the cache already, and `ahead` what is being asked for already: each is let go of
    once somebody has it.
    """

    def __init__(
        self,
        *,
        store: Store,
        scope: Scope,
        connect: Callable[[], DocumentSource] | None,
        list_of: Callable[[DocumentSource], ConversationList] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        thresholds: Thresholds | None = None,
        recalled: dict[SessionId, SessionCopy] | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        self._thresholds = thresholds
        self._recalled = {} if recalled is None else recalled
        self._ahead = ahead
        self._store = store
        self._scope = scope
        self._connect = connect
        self._list_of = list_of
        self._list: ConversationList | None = None
        self._now = now
        self._client: DocumentSource | None = None
        self._connecting = asyncio.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="library")
        self.cache_search = CacheSearch(store, scope, self._in_worker)

    @cached_property
    def cases(self) -> KeptCases:
        """The rows of triage in the cache."""
        from feather_tui.kept_cases import KeptCases  # start-up time: one session does without

        return KeptCases(self._store, self._scope, self._in_worker, self._thresholds)

    @property
    def offline(self) -> bool:
        """Whether only the cache is read."""
        return self._connect is None

    @property
    def notices(self) -> tuple[str, ...]:
        """What the cache has to say: that it is in memory only, or that something was damaged."""
        return self._store.notices

    async def open(
        self, session_id: SessionId, report: Report, *, refresh: bool = False, turn: Turn | None = None
    ) -> AsyncIterator[Arrival]:
        """Yield what there is of a session, as it arrives: cached copies first, then answers of the API.

        A finished session is asked for again only to `refresh`; its extraction always, as it may be re-run.
        With a `turn` it is one of many: that is waited for before each request, raises what stands against
        it, and nothing that is cached is asked for again.
        """
        had = Gathered()
        if not refresh:
            for kind in DocumentKind:
                copy = await self._in_worker(self._recall, kind, session_id)
                if copy is not None:
                    had.take(copy)
                    yield copy
            if had.session is not None:
                yield await self._in_worker(self._assess, had)
        async for arrival in self._new(session_id, report, had, turn):
            yield arrival
            changed = had.take(arrival)
            if changed and had.session is not None:
                yield await self._in_worker(self._assess, had)
            if not isinstance(arrival, Failure):
                await self._in_worker(self._note, session_id, had)

    async def _new(
        self, session_id: SessionId, report: Report, had: Gathered, turn: Turn | None
    ) -> AsyncIterator[Copy | Failure]:
        """Yield what the API answers for the documents that are not there, or may have changed."""
        lacking = [kind for kind in DocumentKind if kind not in had]
        if self._connect is None:
            for kind in lacking:
                yield Failure(kind=kind, error=_not_cached(kind))
            return
        wanted = dict.fromkeys(lacking if turn else [*lacking, DocumentKind.EXTRACTION])
        async for arrival in self._ask(wanted, session_id, report, turn):
            yield arrival

    async def known(self) -> list[Known]:
        """Return the sessions in the cache, newest start first."""
        return await self._in_worker(self._store.known, self._scope)

    async def conversations(self) -> ConversationList:
        """Return the list of sessions of the API, always the same: it keeps its requests apart.

        Raises NotCached if there is none to ask: --offline.
        """
        if self._connect is None or self._list_of is None:
            raise NotCached(
                "The list of sessions is the API's, and --offline asks nothing of it.",
                "What is known here can be searched and opened.",
            )
        client = await self._connected()
        if self._list is None:
            self._list = self._list_of(client)
        return self._list

    async def keep_picture(self, session_id: SessionId, setting: str, of: datetime, lines: bytes) -> None:
        """Keep what a session looked like; `Store.keep_picture` says for how long."""
        await self._in_worker(self._store.keep_picture, self._scope, session_id, setting, of, lines)

    async def tidy(self) -> None:
        """Let go of what is older or larger than the settings allow."""
        await self._in_worker(self._store.expire)

    async def close(self) -> None:
        """Close the client and the cache."""
        if self._ahead is not None:
            self._ahead.stop()
        if self._client is not None:
            await self._client.aclose()
        self.cache_search.close()
        await self._in_worker(self._store.close)
        self._worker.shutdown(wait=False)

    # ------------------------------------------------------------------ the API

    async def _ask(
        self, kinds: Iterable[DocumentKind], session_id: SessionId, report: Report, turn: Turn | None
    ) -> AsyncIterator[Copy | Failure]:
        """Ask for the documents at once, and yield each as it arrives; leaving early stops the rest."""
        asked = [asyncio.create_task(self._fetch(kind, session_id, report, turn)) for kind in kinds]
        try:
            for arrival in asyncio.as_completed(asked):
                yield await arrival
        finally:
            for task in asked:
                task.cancel()

    async def _fetch(
        self, kind: DocumentKind, session_id: SessionId, report: Report, turn: Turn | None
    ) -> Copy | Failure:
        body = copy = None
        try:
            if self._ahead is not None and self._ahead.has(kind, session_id):
                body, copy = await self._ahead.answer(kind, report)
            else:
                client = await self._connected()
                if turn is not None:
                    await turn(kind)
                body = await client.document(kind, session_id, report)
            return await self._in_worker(self._receive, kind, session_id, body, copy)
        except FeatherError as error:
            return Failure(kind=kind, error=error, body=body)

    async def _connected(self) -> DocumentSource:
        async with self._connecting:
            if self._client is None:
                assert self._connect is not None  # noqa: S101 - nobody asks for it when offline
                self._client = await asyncio.to_thread(self._connect)  # imports httpx, loads certificates
            return self._client

    def _receive(
        self, kind: DocumentKind, session_id: SessionId, body: bytes, copy: Copy | None = None
    ) -> Copy:
        """Read an answer, unless that was done already, and keep it in the cache if it can be read."""
        if copy is None:
            now = self._now()
            provenance = Provenance(body=body, source=Source.API, fetched_at=now, checked_at=now)
            copy = read_copy(kind, session_id, provenance)
        stored = self._store.get(self._scope, session_id, kind)
        if stored is not None and stored.body == body:
            self._store.touch(self._scope, session_id, kind, copy.provenance.checked_at)
        else:
            self._store.put(self._scope, session_id, kind, body, copy.provenance.fetched_at)
        return copy

    # ------------------------------------------------------------------ the cache

    def _recall(self, kind: DocumentKind, session_id: SessionId) -> Copy | None:
        if kind is DocumentKind.ANALYSIS and session_id in self._recalled:
            return self._recalled.pop(session_id)
        stored = self._store.get(self._scope, session_id, kind)
        if stored is None:
            return None
        try:
            return read_copy(kind, session_id, provenance_of(stored))
        except DocumentUnreadable:  # another version's idea of a readable document: ask the API again
            self._store.drop(self._scope, session_id, kind)
            return None

    def _assess(self, had: Gathered) -> Assessment:
        had.assessment = assess(
            had.require_session(),
            had.extraction,
            extraction_absent=had.extraction_absent,
            now=self._now(),
            thresholds=self._thresholds,
        )
        return had.assessment

    def _note(self, session_id: SessionId, had: Gathered) -> None:
        """Write the session's row of the lookup list."""
        if had.session is not None:
            status = had.extraction.extraction.status if had.extraction else None
            known = known_row(session_id, had.session.summary, status, had.assessment, self._now())
            self._store.note(self._scope, session_id, known)

    async def _in_worker(
        self, function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """Run in the one thread that reads documents and talks to the cache."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, partial(function, *args, **kwargs))


def known_row(
    session_id: SessionId,
    summary: Summary,
    extraction: str | None,
    assessment: Assessment | None,
    seen_at: datetime,
) -> Known:
    """Return what the lookup list shows of a session."""
    counts = assessment.findings.counts if assessment else {}
    return Known(
        session_id=session_id,
        started_at=summary.started_at,
        outcome=summary.outcome,
        reason=summary.reason,
        channel=summary.channel,
        turns=summary.turns,
        tools=summary.tools,
        tools_failed=summary.tools_failed,
        retrievals=summary.retrievals,
        retrievals_missed=summary.retrievals_missed,
        extraction=extraction,
        seen_at=seen_at,
        findings={severity.label: number for severity, number in counts.items()},
    )


def _not_cached(kind: DocumentKind) -> NotCached:
    return NotCached(
        f"The {kind.label} of this session is not in the cache, and --offline asks nothing of the API.",
        "Leave --offline out to fetch it.",
    )
