"""A small HTTP/1.1 server on 127.0.0.1 that answers like the Feather API, and misbehaves on request.

It writes its bytes itself, so that every fault is exact to the byte. It asserts nothing: tests read
what it saw. In a coroutine:

    async with LoopbackApi() as api:
        api.serve(SESSION, analysis={"session_id": SESSION})
        api.answers[WHOAMI] = [failure(503), ready({"role": "org:admin"})]
        ...
        assert [request.path for request in api.requests] == [...]

For a subprocess or a blocking test, `run_in_thread()` is the same as a plain context manager.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from loopback_answers import Answer, Close, Drip, Hold, Reset, Script, Send, Stall, Step, failure, ready

WHOAMI = "/v1/identity/whoami"


def analysis_path(session_id: str) -> str:
    return f"/v1/sessions/{session_id}/analysis-input"


def extraction_path(session_id: str) -> str:
    return f"/v1/conversations/{session_id}/extraction"


@dataclass(frozen=True, slots=True)
class Received:
    """A request as the server read it. Header names are lower case. A TLS handshake has no path."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass
class LoopbackApi:
    """The server. `answers` maps a path to one answer, or to several; each is taken, but the last stays.

    A path with a query takes the answer of the path alone, unless it has one of its own; a path without an
    answer is a 404 in the API's form. `requests` holds what came, in order; `connections` counts all
    connections made, `in_flight` the requests being answered now. With `tls` it speaks https.
    """

    answers: dict[str, Script] = field(default_factory=dict)
    requests: list[Received] = field(default_factory=list)
    base_url: str = ""
    connections: int = 0
    in_flight: int = 0
    max_in_flight: int = 0
    tls: ssl.SSLContext | None = None
    _conversations: set[asyncio.Task[None]] = field(default_factory=set)
    _accepted: set[asyncio.StreamWriter] = field(default_factory=set)
    _server: asyncio.Server | None = None

    def serve(
        self,
        session_id: str,
        *,
        analysis: bytes | Mapping[str, Any] | Script | None = None,
        extraction: bytes | Mapping[str, Any] | Script | None = None,
    ) -> None:
        """Put a session's documents on their paths: ready ones, or any answers."""
        for path, given in ((analysis_path(session_id), analysis), (extraction_path(session_id), extraction)):
            if given is not None:
                self.answers[path] = ready(given) if isinstance(given, bytes | Mapping) else given

    def paths(self) -> list[str]:
        """Give the paths asked for, in order."""
        return [request.path for request in self.requests]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self.tls)
        port = self._server.sockets[0].getsockname()[1]
        self.base_url = f"http{'s' if self.tls else ''}://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for conversation in self._conversations:
            conversation.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)
        for writer in self._accepted:  # conversations that had not begun
            writer.transport.abort()
        await asyncio.sleep(0)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._accepted.add(writer)
        conversation = asyncio.create_task(self._converse(reader, writer))
        self._conversations.add(conversation)
        conversation.add_done_callback(self._conversations.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while not writer.is_closing():
                    received = await _read(reader)
                    self.requests.append(received)
                    await self._answer(self._turn(received.path), reader, writer)
        finally:
            self._accepted.discard(writer)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    def _turn(self, path: str) -> Answer:
        absent = self.answers.get(path.partition("?")[0], _ABSENT) if path else _NO_TLS
        script = self.answers.get(path, absent)
        if isinstance(script, Answer):
            return script
        return script.pop(0) if len(script) > 1 else script[0]

    async def _answer(
        self, given: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self.in_flight)
        try:
            for step in given.steps:
                await _take(step, reader, writer)
        finally:
            self.in_flight -= 1


@contextlib.contextmanager
def run_in_thread() -> Iterator[LoopbackApi]:
    """Run the server in a thread of its own, for tests that block or start a process.

    `answers` may be changed at any time; a `Hold` does not work here, its event has another loop.
    """
    api = LoopbackApi()
    up, down = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        async with api:
            loops.append(asyncio.get_running_loop())
            up.set()
            await down.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),), name="loopback API")
    thread.start()
    up.wait()
    try:
        yield api
    finally:
        loops[0].call_soon_threadsafe(down.set)
        thread.join()


@contextlib.contextmanager
def deaf_address() -> Iterator[str]:
    """Give a base URL where connecting hangs: its queue of connections is full, and nobody accepts."""
    with contextlib.ExitStack() as sockets:
        listener = sockets.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            filler = sockets.enter_context(socket.socket())
            filler.settimeout(0)
            filler.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def closed_address() -> str:
    """Give a base URL that refuses connections."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


async def _take(step: Step, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    match step:
        case Send(data):
            writer.write(data)
            await writer.drain()
        case Drip(data, pause):
            for position in range(len(data)):
                await asyncio.sleep(pause)
                writer.write(data[position : position + 1])
                await writer.drain()
        case Stall():
            await reader.read()  # until the client closes
        case Hold(until):
            await until.wait()
        case Reset():
            linger_none = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_none)
            writer.transport.abort()
        case Close():
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Received:
    start = await reader.readexactly(1)
    if start == b"\x16":  # a TLS handshake
        return Received("", "", {})
    head = start + await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ", 2)
    fields = (line.split(":", 1) for line in lines)
    return Received(method, path, {name.lower(): value.strip() for name, value in fields})


_NO_TLS = Answer((*failure(400, message="TLS is not spoken here").steps, Close()))
_ABSENT = failure(404, error="not_found", message="Not found")
