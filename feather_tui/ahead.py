"""A session that is asked for at once: in a thread, while the application is still being imported."""

from __future__ import annotations

import asyncio
import sys
import threading
from contextlib import suppress
from contextvars import copy_context
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from feather_tui.arrivals import Provenance, SessionCopy, Source
from feather_tui.copies import read_copy
from feather_tui.errors import DocumentUnreadable
from feather_tui.session.identity import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from feather_tui.api.client import ApiClient
    from feather_tui.api.progress import Progress, Report
    from feather_tui.session.identity import SessionId

_TURN_SECONDS: Final = 0.0005
"""How long a thread keeps another one waiting. Each piece that comes waits for a turn beside the imports: at
Python's 5 ms a document of 2.7 MB was there 0.07 s later."""
_ASKED_SECONDS: Final = 0.5


class Answer(NamedTuple):
    """The body of a document, and what was read in it if that was done already."""

    body: bytes
    copy: SessionCopy | None = None


class Ahead:
    """Both documents of a session on their way, from the first moment on.

    `connect` makes the client, and `seen` is told of the session when it was read; both in the thread.
    """

    def __init__(
        self,
        session_id: SessionId,
        connect: Callable[[], ApiClient],
        seen: Callable[[SessionCopy], None] | None = None,
    ) -> None:
        self.session_id = session_id
        self._connect = connect
        self._seen = seen
        self._client: ApiClient | None = None
        self._asked = threading.Event()
        self._heard: dict[DocumentKind, Progress] = {}
        self._listening: dict[DocumentKind, Report] = {}
        self._loop = asyncio.new_event_loop()
        self._answers = {
            kind: asyncio.run_coroutine_threadsafe(self._fetch(kind), self._loop) for kind in DocumentKind
        }
        run = copy_context().run  # what the terminal can show is known by the context
        work = self._run, [*self._answers.values()]
        threading.Thread(target=run, args=work, name="ahead", daemon=True).start()

    def wait_until_asked(self) -> None:
        """Give the thread the processor until both requests are out: then there is time for other things."""
        self._asked.wait(_ASKED_SECONDS)

    def has(self, kind: DocumentKind, session_id: SessionId) -> bool:
        """Return whether a document is on its way, or here, and nobody has waited for it."""
        return session_id == self.session_id and kind in self._answers

    async def answer(self, kind: DocumentKind, report: Report) -> Answer:
        """Wait for a document, once; who is cancelled meanwhile stops the request.

        Raises what `ApiClient.document` does.
        """
        loop = asyncio.get_running_loop()

        def hear(progress: Progress) -> None:
            with suppress(RuntimeError):  # the loop has come to its end before the answer
                loop.call_soon_threadsafe(report, progress)

        self._listening[kind] = hear
        if kind in self._heard:
            report(self._heard[kind])
        return await asyncio.wrap_future(self._answers.pop(kind))

    def stop(self) -> None:
        """Stop what nobody waits for."""
        for answer in self._answers.values():
            answer.cancel()

    # ------------------------------------------------------------------ in the thread

    def _run(self, answers: Sequence[Future[Answer]]) -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_TURN_SECONDS)
        try:
            self._loop.run_until_complete(self._finish(answers))
        finally:
            sys.setswitchinterval(usual)
            self._asked.set()
            self._loop.close()

    async def _finish(self, answers: Sequence[Future[Answer]]) -> None:
        """Close the client when all has come, failed or been stopped."""
        await asyncio.gather(*map(asyncio.wrap_future, answers), return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    async def _fetch(self, kind: DocumentKind) -> Answer:
        if self._client is None:
            self._client = self._connect()  # imports httpx, loads certificates
        body = await self._client.document(kind, self.session_id, self._hear)
        if kind is not DocumentKind.ANALYSIS:
            return Answer(body)
        now = datetime.now(UTC)
        provenance = Provenance(body=body, source=Source.API, fetched_at=now, checked_at=now)
        try:
            copy = read_copy(kind, self.session_id, provenance)
        except DocumentUnreadable:
            return Answer(body)  # whoever asks reads it again, and has both the failure and the body
        assert isinstance(copy, SessionCopy)  # noqa: S101 - what an analysis input is read as
        if self._seen is not None:
            self._seen(copy)
        return Answer(body, copy)

    def _hear(self, progress: Progress) -> None:
        self._heard[progress.kind] = progress
        if len(self._heard) == len(DocumentKind):
            self._loop.call_soon(self._asked.set)
        if progress.kind in self._listening:
            self._listening[progress.kind](progress)
