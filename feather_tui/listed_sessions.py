"""The sessions that the API's list has for a query, as they become known: page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from feather_tui.findings.line import counted
from feather_tui.rendering.list_sentences import what_is_missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feather_tui.api.conversations import Batch
    from feather_tui.library import Library
    from feather_tui.session.identity import SessionId
    from feather_tui.session.list_query.query import ListQuery
    from feather_tui.store.records import Known

MOST_LOOKED_AT: Final = 10_000
"""Rows of the list that are looked at, those among them that are left out here."""
_PAGE: Final = 200


class ListedSessions:
    """Names the sessions of a query; called again, it asks from the beginning.

    `revisions` are those of the assistants, of the sessions named so far, where the list has them.
    """

    def __init__(self, library: Library, query: ListQuery) -> None:
        self._library = library
        self._query = query
        self.revisions: dict[SessionId, str] = {}
        self._begin()

    def _begin(self) -> None:
        self._looked_at = self._refused = 0
        self._left_out: Counter[str] = Counter()
        self._notices: list[str] = []

    async def __call__(self) -> AsyncGenerator[tuple[SessionId, ...], None]:
        """Yield the sessions of each page that the query keeps. Raises FeatherError where the list ends."""
        self._begin()
        known = {session.session_id: session for session in await self._library.known()}
        conversations = await self._library.conversations()
        async with aclosing(conversations.pages(self._query, size=_PAGE)) as batches:
            async for batch in batches:
                yield self._kept(batch, known)
                if batch.more and self._looked_at >= MOST_LOOKED_AT:
                    self._notices.append(
                        f"The first {counted(self._looked_at, 'session')} of the list were looked at; the "
                        "API has more. Narrow the time with since: and until:."
                    )
                    break

    def _kept(self, batch: Batch, known: Mapping[SessionId, Known]) -> tuple[SessionId, ...]:
        self._refused += batch.refused
        self._looked_at += len(batch.rows)
        self._notices += [batch.notice] if batch.notice else []
        self.revisions.update((row.session_id, str(row.revision)) for row in batch.rows if row.revision)
        reasons = {
            row.session_id: self._query.left_out_by(row, known.get(row.session_id)) for row in batch.rows
        }
        self._left_out.update(filter(None, reasons.values()))
        return tuple(session_id for session_id, reason in reasons.items() if not reason)

    def sentences(self) -> Iterator[str]:
        """Yield what is to be said of the list so far: what is not among the sessions, and why."""
        yield from what_is_missing(self._looked_at, self._left_out, refused=self._refused, odd={})
        yield from self._notices
