"""Reading the body of an answer within bounds.

The encoding is undone here and not by httpx, because httpx undoes a whole piece of the network at
once (a gzip bomb becomes a thousand times its size before anyone can count) and takes a compressed
stream that ends early for a complete one.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from typing import TYPE_CHECKING, Final, Protocol, cast

import httpx

from feather_tui.api.server_words import first_line, quote
from feather_tui.errors import AnswerTooLarge, DocumentUnreadable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

ACCEPTED_ENCODING: Final = "gzip"
"""The value for `Accept-Encoding`: what this module can undo."""

_PIECE: Final = 64 * 1024
_LONGEST_ERROR_BODY: Final = 64 * 1024
_LONGEST_QUOTE: Final = 120
_MEBIBYTE: Final = 1024 * 1024
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_OBJECT: Final = re.compile(rb"[ \t\r\n]*\{")
_ZLIB_PREFIX: Final = re.compile(r"^Error -?\d+ while decompressing data: ")
_NOT_THE_API: Final = "Something else may answer in the API's place: check the base URL and the proxy."


async def read_document(
    response: httpx.Response, *, subject: str, max_bytes: int, receiving: Callable[[int], None]
) -> bytes:
    """Read the body of a 200, decoded and without a byte order mark; it begins like a JSON object.

    `receiving` is called with the number of decoded bytes so far. Raises AnswerTooLarge as soon as there
    are more than `max_bytes`, DocumentUnreadable, and whatever the transport raises.
    """
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise _too_large(subject, max_bytes)
    pieces: list[bytes] = []
    received = 0
    try:
        async for piece in _decoded(response):
            received += len(piece)
            if received > max_bytes:
                raise _too_large(subject, max_bytes)
            pieces.append(piece)
            receiving(received)
    except zlib.error as error:
        raise DocumentUnreadable(
            f"The {subject} came in a damaged encoding ({_ZLIB_PREFIX.sub('', str(error))}).",
            "Try again; then check the proxy.",
        ) from None
    return _json_object(b"".join(pieces), subject)


async def read_error_body(response: httpx.Response) -> bytes:
    """Read the beginning of a body that only has words to quote; a fault in it does not matter."""
    body = bytearray()
    with contextlib.suppress(httpx.TransportError, OSError, zlib.error):
        async for piece in _decoded(response):
            body += piece
            if len(body) >= _LONGEST_ERROR_BODY:
                break
    return bytes(body[:_LONGEST_ERROR_BODY])


async def _decoded(response: httpx.Response) -> AsyncIterator[bytes]:
    """Give the body in pieces of bounded size; raises zlib.error if its encoding is broken or unknown."""
    decoder = _decoder(response.headers.get("content-encoding", "").strip().lower())
    # Not response.aiter_raw(): it refuses a response that was made in process from its content.
    async for encoded in cast("httpx.AsyncByteStream", response.stream):
        for piece in decoder.feed(encoded):
            yield piece
    decoder.end()


class _Decoder(Protocol):
    def feed(self, encoded: bytes) -> Iterator[bytes]: ...
    def end(self) -> None: ...


class _Plain:
    def feed(self, encoded: bytes) -> Iterator[bytes]:
        yield encoded

    def end(self) -> None:
        """Nothing is left behind: the transport knows itself whether the body is complete."""


class _Gunzip:
    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)  # 16: with a gzip header

    def feed(self, encoded: bytes) -> Iterator[bytes]:
        piece = self._inflate.decompress(encoded, _PIECE)
        yield piece
        while len(piece) == _PIECE:
            piece = self._inflate.decompress(self._inflate.unconsumed_tail, _PIECE)
            yield piece
        if self._inflate.unused_data:
            raise zlib.error("bytes after the end of the gzip stream")

    def end(self) -> None:
        if not self._inflate.eof:
            raise zlib.error("the gzip stream ends early")


def _decoder(encoding: str) -> _Decoder:
    if encoding in {"", "identity"}:
        return _Plain()
    if encoding in {"gzip", "x-gzip"}:
        return _Gunzip()
    raise zlib.error(f"{quote(encoding)} was not asked for")


def _json_object(body: bytes, subject: str) -> bytes:
    document = body.removeprefix(_BYTE_ORDER_MARK)
    if _OBJECT.match(document):
        return document
    line = first_line(document[:_PIECE]).strip()
    if not line:
        raise DocumentUnreadable(f"The {subject} came empty.", _NOT_THE_API)
    kind = "a web page" if line.startswith("<") else "something that is not a JSON object"
    raise DocumentUnreadable(
        f"Instead of the {subject} came {kind}, beginning {quote(line, _LONGEST_QUOTE)}.", _NOT_THE_API
    )


def _too_large(subject: str, max_bytes: int) -> AnswerTooLarge:
    limit = f"{max_bytes / _MEBIBYTE:g} MiB" if max_bytes >= _MEBIBYTE else f"{max_bytes} bytes"
    return AnswerTooLarge(
        f"The {subject} is larger than the limit of {limit}, and was not read to its end.",
        "Raise max_document_megabytes under [network] in config.toml.",
    )
