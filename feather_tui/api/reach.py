"""How far a request gets: connection, TLS, answer, each with its time. For finding out what is in the way."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from feather_tui.api import failures
from feather_tui.api.questions import WHOAMI
from feather_tui.api.transport import open_transport
from feather_tui.errors import FeatherError, TimedOut

if TYPE_CHECKING:
    from feather_tui.address import BaseUrl


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far one request without a key came, through the same proxy and certificates as any other.

    `connected_to` is host and port of the TCP connection: the proxy's, where there is one. `connecting`,
    `securing` and `answering` are seconds, None for a stage that was not completed (`securing` also
    without TLS). `status` is the answer's, whatever it is, and `error` why none came.
    """

    connected_to: str
    connecting: float | None
    securing: float | None
    answering: float | None
    status: int | None
    error: FeatherError | None


async def probe(base_url: BaseUrl, *, seconds: float) -> Reach:
    """Send `GET /v1/identity/whoami` without a key and stop after `seconds`.

    Raises SettingsInvalid for a proxy or certificate variable that cannot be used.
    """
    trace = _Trace()
    request = httpx.Request("GET", f"{base_url.text}{WHOAMI.path}", extensions={"trace": trace})
    error: FeatherError | None = None
    status = None
    async with open_transport(base_url) as transport:
        try:
            async with asyncio.timeout(seconds):
                response = await transport.handle_async_request(request)
                status = response.status_code
                await response.aclose()
        except TimeoutError:
            error = TimedOut(
                f"{base_url.origin} did not answer within {seconds:g} s.",
                "Check the network, the VPN and the base URL.",
            )
        except (httpx.TransportError, OSError) as failure:
            error = failures.setback(failure, base_url, attempt=1).error
    return trace.reach(status, error)


class _Trace:
    """Notes when each stage began and ended; httpx calls it with names such as `http11.start_tls.started`."""

    def __init__(self) -> None:
        self._times: dict[str, float] = {}
        self._connected_to = ""

    async def __call__(self, event: str, info: dict[str, Any]) -> None:
        stage = event.partition(".")[2]
        self._times[stage] = time.monotonic()
        if stage == "connect_tcp.started":
            self._connected_to = f"{info['host']}:{info['port']}"

    def reach(self, status: int | None, error: FeatherError | None) -> Reach:
        """Give what was noted, with how it ended."""
        return Reach(
            connected_to=self._connected_to,
            connecting=self._seconds("connect_tcp.started", "connect_tcp.complete"),
            securing=self._seconds("start_tls.started", "start_tls.complete"),
            answering=self._seconds("send_request_headers.started", "receive_response_headers.complete"),
            status=status,
            error=error,
        )

    def _seconds(self, begin: str, end: str) -> float | None:
        if begin not in self._times or end not in self._times:
            return None
        return self._times[end] - self._times[begin]
