"""The one client for the Feather API: asks for documents, again if that can help, within bounds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random as chance
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

import httpx

from feather_tui import __version__
from feather_tui.api import failures, questions, responses, retry
from feather_tui.api.body import ACCEPTED_ENCODING, read_document, read_error_body
from feather_tui.api.errand import Errand
from feather_tui.api.identity import Identity, read_identity
from feather_tui.api.pace import LIST_SECONDS, Pace
from feather_tui.api.transport import IN_FLIGHT, open_transport
from feather_tui.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Mapping

    from feather_tui.address import BaseUrl
    from feather_tui.api.progress import Report
    from feather_tui.credentials import Key
    from feather_tui.session.identity import DocumentKind, SessionId

_HEADERS: Final = {
    "accept": "application/json",
    "accept-encoding": ACCEPTED_ENCODING,
    "user-agent": f"feather-tui/{__version__}",
}
# Reading and writing have no limit of their own: the deadline of the whole document is theirs.
_TIMEOUT: Final = httpx.Timeout(None, connect=failures.CONNECT_SECONDS)


class ApiClient:
    """Asks one API with one key. Only GET; no redirect is followed; nothing is logged.

    `deadline_seconds` is for one document, all its tries and pauses included; waiting for one of the
    few places in flight, or for the turn of the list, does not count. `max_bytes` caps a decoded
    document. `transport` stands in for the network. Nothing is opened before the first question. Cancel
    the tasks that ask before `aclose`; what is asked later is refused as Unreachable.
    """

    def __init__(
        self,
        base_url: BaseUrl,
        key: Key,
        *,
        deadline_seconds: float = 20.0,
        max_bytes: int = 32 * 1024 * 1024,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: Callable[[], float] = chance.random,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._base_url = base_url
        self._key = key
        self._deadline = deadline_seconds
        self._max_bytes = max_bytes
        self._transport = transport
        self._sleep = sleep
        self._random = random
        self._places = asyncio.Semaphore(IN_FLIGHT)
        self._list_pace = Pace(LIST_SECONDS, clock=clock, sleep=sleep)
        self._http: httpx.AsyncClient | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. May be called more than once."""
        self._closed = True
        if self._http is not None:
            await self._http.aclose()

    async def document(
        self, kind: DocumentKind, session_id: SessionId, report: Report | None = None
    ) -> bytes:
        """Fetch one document of a session: its decoded body, which begins like a JSON object.

        Raises KeyRefused, AccessDenied, NotFound, SessionLive, Unavailable (Unreachable, TimedOut,
        RateLimited, ServerFailed), AnswerUnreadable (DocumentUnreadable, AnswerTooLarge, RequestRejected,
        RedirectRefused), and SettingsInvalid for a proxy or certificate variable that cannot be used.
        """
        return await self._ask(Errand(questions.document(kind, session_id), report))

    async def whoami(self) -> Identity:
        """Ask who the key belongs to. Raises as `document` does."""
        return read_identity(await self._ask(Errand(questions.WHOAMI)))

    async def conversations(self, path: questions.ListPath, parameters: Mapping[str, str]) -> bytes:
        """Ask for one page of the list of sessions, in its turn. Raises as `document` does."""
        return await self._ask(Errand(questions.conversations(path, parameters), pace=self._list_pace))

    async def _ask(self, errand: Errand) -> bytes:
        # Errors are raised outside of any `except`: what httpx raised holds the request and its key,
        # and must not hang on to our error as its context.
        async with errand.turn(), self._places:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._deadline):
                    return await self._persist(errand)
        raise errand.timed_out(self._base_url, self._deadline)

    async def _persist(self, errand: Errand) -> bytes:
        clock = asyncio.get_running_loop().time
        end = clock() + self._deadline
        while True:
            errand.asking()
            outcome = await self._try(errand)
            if isinstance(outcome, bytes):
                return outcome
            wait = retry.pause(outcome, attempt=errand.attempt, remaining=end - clock(), luck=self._random())
            if wait is None:
                raise outcome.error
            wait = max(wait, errand.least_pause)
            errand.waiting(wait, outcome.reason)
            await self._sleep(wait)

    async def _try(self, errand: Errand) -> bytes | retry.Setback:
        http = self._open()
        request = http.build_request("GET", f"{self._base_url.text}{errand.question.path}")
        try:
            response = await http.send(request, stream=True)
            try:
                return await self._read(response, errand)
            finally:
                await response.aclose()
        except (httpx.TransportError, OSError) as failure:
            return failures.setback(failure, self._base_url, attempt=errand.attempt)

    async def _read(self, response: httpx.Response, errand: Errand) -> bytes | retry.Setback:
        if response.status_code == httpx.codes.OK:
            return await read_document(
                response,
                subject=errand.question.subject,
                max_bytes=self._max_bytes,
                receiving=errand.receiving,
            )
        return responses.setback(
            response.status_code,
            response.headers,
            await read_error_body(response),
            errand.question,
            self._base_url,
            attempt=errand.attempt,
            now=datetime.now(UTC),
        )

    def _open(self) -> httpx.AsyncClient:
        if self._closed:
            raise Unreachable(f"The connection to {self._base_url.origin} was closed.", "Try again.")
        if self._http is None:
            _silence_loggers()
            self._http = httpx.AsyncClient(
                auth=_KeyHeader(self._key),
                headers=_HEADERS,
                timeout=_TIMEOUT,
                transport=self._transport or open_transport(self._base_url),
                follow_redirects=False,
                trust_env=False,
                event_hooks={"response": [self._refuse_redirect]},
            )
        return self._http

    async def _refuse_redirect(self, response: httpx.Response) -> None:
        # httpx parses the target even if it does not follow it, and a bad one would look like a
        # broken connection.
        if response.has_redirect_location:
            raise responses.redirect(response.status_code, response.headers["location"], self._base_url)


class _KeyHeader(httpx.Auth):
    """Puts the key on a request: the one place where it leaves its `Key`."""

    def __init__(self, key: Key) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        request.headers["x-api-key"] = self._key.reveal()
        yield request


def _silence_loggers() -> None:
    # They write whole URLs, and ids of sessions with them, to whatever log there is.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
