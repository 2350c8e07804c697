"""Servers that cannot be reached, or only through something broken: addresses, each with its own fault."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from loopback import LoopbackApi, closed_address, deaf_address
from loopback_answers import Close, Script, failure, page, reset_before, stall_before
from network_faults import raw

Place: TypeAlias = Callable[[pytest.MonkeyPatch, Path], AbstractAsyncContextManager[str]]
"""Given what changes the environment, and a directory; gives a base URL."""

_NAMED: Final = "https://feather.example"
_NOISE: Final = bytes(range(256)) * 4


@asynccontextmanager
async def _refused(change: pytest.MonkeyPatch, directory: Path) -> AsyncIterator[str]:
    del change, directory
    yield closed_address()


@asynccontextmanager
async def _deaf(scheme: str, change: pytest.MonkeyPatch, directory: Path) -> AsyncIterator[str]:
    del change, directory
    with deaf_address() as address:
        yield address.replace("http:", scheme)


@asynccontextmanager
async def _blurting(
    scheme: str, said: bytes, change: pytest.MonkeyPatch, directory: Path
) -> AsyncIterator[str]:
    """Say something as soon as somebody connects, whatever they say, and close."""
    del change, directory

    async def blurt(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        writer.close()

    async with await asyncio.start_server(blurt, "127.0.0.1", 0) as server:
        yield f"{scheme}//127.0.0.1:{server.sockets[0].getsockname()[1]}"


# ------------------------------------------------------------------------------------------------ TLS


def make_certificate(directory: Path, name: str = "IP:127.0.0.1", *, days: int = 2) -> ssl.SSLContext:
    """Make a certificate that vouches for itself, in `made.pem`; return what a server needs of it."""
    private, request, made, names = (directory / f"made.{kind}" for kind in ("key", "csr", "pem", "ext"))
    names.write_text(f"subjectAltName={name}\n")
    asking = f"req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {private} -subj /CN=x"
    signing = f"x509 -req -signkey {private} -days {days} -extfile {names} -in {request}"
    for words, file in ((asking, request), (signing, made)):
        subprocess.run(["openssl", *words.split(), "-out", str(file)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, private)
    return context


@asynccontextmanager
async def _certified(
    name: str, change: pytest.MonkeyPatch, directory: Path, *, days: int = 2, trusted: bool = True
) -> AsyncIterator[str]:
    context = make_certificate(directory, name, days=days)
    if trusted:
        change.setenv("SSL_CERT_FILE", str(directory / "made.pem"))
    async with LoopbackApi(tls=context) as api:
        yield api.base_url


@asynccontextmanager
async def _wanting_a_certificate(change: pytest.MonkeyPatch, directory: Path) -> AsyncIterator[str]:
    context = make_certificate(directory)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(directory / "made.pem")
    change.setenv("SSL_CERT_FILE", str(directory / "made.pem"))
    async with LoopbackApi(tls=context) as api:
        yield api.base_url


# ---------------------------------------------------------------------------------------------- names


@asynccontextmanager
async def _name(code: int, words: str, change: pytest.MonkeyPatch, directory: Path) -> AsyncIterator[str]:
    del directory

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(code, words)

    change.setattr(socket, "getaddrinfo", fail)
    yield _NAMED


@asynccontextmanager
async def _name_never_found(change: pytest.MonkeyPatch, directory: Path) -> AsyncIterator[str]:
    del directory
    over = threading.Event()

    def wait(*_: object, **__: object) -> None:
        over.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "the test is over")

    change.setattr(socket, "getaddrinfo", wait)
    try:
        yield _NAMED
    finally:
        over.set()


# -------------------------------------------------------------------------------------------- proxies


@asynccontextmanager
async def _proxy_at(place: Place, change: pytest.MonkeyPatch, directory: Path) -> AsyncIterator[str]:
    async with place(change, directory) as address:
        change.setenv("HTTPS_PROXY", address)
        yield _NAMED


@asynccontextmanager
async def _proxy(answers: Script, change: pytest.MonkeyPatch, directory: Path) -> AsyncIterator[str]:
    del directory
    async with LoopbackApi() as api:
        api.answers["feather.example:443"] = answers
        change.setenv("HTTPS_PROXY", api.base_url)
        yield _NAMED
        assert {request.method for request in api.requests} == {"CONNECT"}
        assert not [request for request in api.requests if "x-api-key" in request.headers]


PLACES: Final[dict[str, Place]] = {
    "refused": _refused,
    "nobody accepts": partial(_deaf, "http:"),
    "nobody speaks TLS": partial(_deaf, "https:"),
    "closed at once": partial(_blurting, "http:", b""),
    "noise at once": partial(_blurting, "http:", _NOISE),
    "another protocol": partial(_blurting, "http:", b"220 mail.example ESMTP\r\n"),
    "TLS closed at once": partial(_blurting, "https:", b""),
    "TLS of noise": partial(_blurting, "https:", _NOISE),
    "TLS alert": partial(_blurting, "https:", b"\x15\x03\x03\x00\x02\x02\x28"),
    "http where https was expected": partial(_blurting, "https:", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    "certificate expired": partial(_certified, "IP:127.0.0.1", days=-1),
    "certificate of another host": partial(_certified, "DNS:other.example"),
    "certificate of nobody known": partial(_certified, "IP:127.0.0.1", trusted=False),
    "a certificate of ours wanted": _wanting_a_certificate,
    "name unknown": partial(_name, socket.EAI_NONAME, "Name or service not known"),
    "name server fails": partial(_name, socket.EAI_AGAIN, "Temporary failure in name resolution"),
    "name never found": _name_never_found,
    "proxy refused": partial(_proxy_at, _refused),
    "proxy deaf": partial(_proxy_at, partial(_deaf, "http:")),
    "proxy closes": partial(_proxy_at, partial(_blurting, "http:", b"")),
    "proxy of noise": partial(_proxy_at, partial(_blurting, "http:", _NOISE)),
    "proxy wants a password": partial(_proxy, failure(407)),
    "proxy forbids": partial(_proxy, page(403)),
    "proxy fails": partial(_proxy, failure(502)),
    "proxy resets": partial(_proxy, reset_before()),
    "proxy stalls": partial(_proxy, stall_before()),
    "proxy leads to noise": partial(_proxy, raw(b"HTTP/1.1 200 OK\r\n\r\n", _NOISE, then=Close())),
}
NEEDS_DEADLINE: Final = frozenset(
    {"nobody accepts", "nobody speaks TLS", "name never found", "proxy deaf", "proxy stalls"}
)
"""Only the deadline ends these, or the patience of each of four tries."""
