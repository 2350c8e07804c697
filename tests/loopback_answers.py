"""What `loopback.LoopbackApi` can do with a request: answers in order, and answers with a fault.

An answer is a row of steps, so that each fault is exact to the byte.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Send:
    """Write these bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Drip:
    """Write these bytes one at a time, with a pause (seconds) before each."""

    data: bytes
    pause: float


@dataclass(frozen=True, slots=True)
class Stall:
    """Write nothing more, and keep the connection open until the client or the server goes away."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Write nothing until the test sets the event."""

    until: asyncio.Event


@dataclass(frozen=True, slots=True)
class Reset:
    """End the connection with a TCP reset."""


@dataclass(frozen=True, slots=True)
class Close:
    """End the connection in order (FIN)."""


Step: TypeAlias = Send | Drip | Stall | Hold | Reset | Close


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server does with one request, step by step. After the last it waits for the next request."""

    steps: tuple[Step, ...]

    def after(self, *steps: Step) -> Answer:
        """Give the same answer with something done before it."""
        return Answer((*steps, *self.steps))


Script: TypeAlias = Answer | list[Answer]


def answer(body: bytes = b"", *, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with these bytes as body; Content-Length is added unless `headers` has it."""
    return Answer((Send(_head(status, len(body), headers) + body),))


def ready(document: bytes | Mapping[str, Any], *, status: int = 200) -> Answer:
    """Answer with a JSON document, given as bytes or as an object."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return answer(body, status=status, headers={"Content-Type": "application/json"})


def failure(status: int, *, headers: Mapping[str, str] | None = None, **fields: Any) -> Answer:
    """Answer with an error status and the API's `{error, message}` with these fields added or replaced."""
    body = json.dumps({"error": f"error_{status}", "message": f"message of {status}"} | fields).encode()
    return answer(body, status=status, headers={"Content-Type": "application/json"} | dict(headers or {}))


def page(status: int = 200, html: str = "<!DOCTYPE html>\n<title>Gateway</title>") -> Answer:
    """Answer with a web page."""
    return answer(html.encode(), status=status, headers={"Content-Type": "text/html; charset=utf-8"})


def redirect(location: str, status: int = 302) -> Answer:
    """Answer with a redirect."""
    return answer(status=status, headers={"Location": location})


def zipped(body: bytes, *, status: int = 200) -> Answer:
    """Answer with the body compressed by gzip."""
    return answer(gzip.compress(body, mtime=0), status=status, headers={"Content-Encoding": "gzip"})


def reset_before() -> Answer:
    """Reset the connection instead of answering."""
    return Answer((Reset(),))


def reset_inside(body: bytes) -> Answer:
    """Reset the connection after half of the body."""
    return Answer((Send(_head(200, len(body), None) + body[: len(body) // 2]), Reset()))


def truncated(body: bytes) -> Answer:
    """Close the connection in order after half of the body."""
    return Answer((Send(_head(200, len(body), None) + body[: len(body) // 2]), Close()))


def stall_before() -> Answer:
    """Read the request and never answer."""
    return Answer((Stall(),))


def stall_in_headers() -> Answer:
    """Stop in the middle of the headers."""
    return Answer((Send(_head(200, 10, None)[:30]), Stall()))


def stall_inside(body: bytes, *, status: int = 200) -> Answer:
    """Stop after half of the body."""
    return Answer((Send(_head(status, len(body), None) + body[: len(body) // 2]), Stall()))


def drip(body: bytes, pause: float) -> Answer:
    """Send the body one byte at a time."""
    return Answer((Send(_head(200, len(body), None)), Drip(body, pause)))


def bad_gzip(body: bytes = b'{"a": 1}') -> Answer:
    """Say gzip, and send something else."""
    return answer(body, headers={"Content-Encoding": "gzip"})


def cut_gzip(body: bytes) -> Answer:
    """Send a whole answer whose gzip stream ends early."""
    stream = gzip.compress(body, mtime=0)
    return answer(stream[: len(stream) // 2], headers={"Content-Encoding": "gzip"})


def gzip_bomb(megabytes: int) -> Answer:
    """Send a JSON object of that many decoded megabytes, about a thousandth of it on the wire."""
    deflate = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    stream = deflate.compress(b'{"a": "')
    stream += b"".join(deflate.compress(b" " * 1_000_000) for _ in range(megabytes))
    stream += deflate.compress(b'"}') + deflate.flush()
    return answer(stream, headers={"Content-Encoding": "gzip"})


def endless(piece: bytes = b" " * 65536) -> Answer:
    """Send a chunked body, without a length, of many megabytes."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"
    chunk = b"%x\r\n%b\r\n" % (len(piece), piece)
    return Answer((Send(head), *(Send(chunk) for _ in range(1000)), Send(b"0\r\n\r\n")))


def _head(status: int, length: int, headers: Mapping[str, str] | None) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unnamed"
    fields = {"Content-Length": str(length)} | dict(headers or {})
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
