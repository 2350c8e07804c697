"""What a network, a proxy or a server can do wrong, as answers of a `LoopbackApi`, each with its name."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from itertools import product
from typing import Any, Final

from loopback_answers import (
    Answer,
    Close,
    Drip,
    Reset,
    Script,
    Send,
    Stall,
    answer,
    bad_gzip,
    cut_gzip,
    drip,
    endless,
    failure,
    gzip_bomb,
    page,
    ready,
    redirect,
    reset_before,
    reset_inside,
    stall_before,
    stall_in_headers,
    stall_inside,
    truncated,
)

DOCUMENT: Final = json.dumps({"session_id": "x", "messages": ["grüße"] * 500}).encode()
_OK: Final = b"HTTP/1.1 200 OK\r\n"
_CHUNKED: Final = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_MEGABYTE: Final = 1_000_000


def raw(*parts: bytes, then: Close | Stall | Reset | None = None) -> Answer:
    """Answer with exactly these bytes."""
    return Answer((*(Send(part) for part in parts), *([then] if then else [])))


def _header(*lines: bytes, length: bytes = b"Content-Length: 2") -> Answer:
    return raw(_OK, *(line + b"\r\n" for line in (*lines, length)), b"\r\n", b"{}")


CONNECTION: Final[dict[str, Script]] = {
    "reset before the answer": reset_before(),
    "closed before the answer": Answer((Close(),)),
    "reset inside the headers": raw(_OK + b"Content-Le", then=Reset()),
    "closed inside the headers": raw(_OK + b"Content-Le", then=Close()),
    "reset inside the body": reset_inside(DOCUMENT),
    "truncated": truncated(DOCUMENT),
    "reset each time at another place": [reset_before(), truncated(DOCUMENT), reset_inside(DOCUMENT)],
    "no HTTP": raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", then=Close()),
    "HTTP/0.9": raw(DOCUMENT, then=Close()),
    "HTTP/2 without being asked": raw(b"\0\0\x12\4\0\0\0\0\0\0\3\0\0\0\x80\0\4\0\1\0\0", then=Close()),
    "noise": raw(bytes(range(256)) * 4, then=Close()),
}
ENDLESS: Final[dict[str, Script]] = {
    "stalled before the answer": stall_before(),
    "stalled inside the status line": raw(b"HTTP/1.1 2", then=Stall()),
    "stalled inside the headers": stall_in_headers(),
    "stalled inside the body": stall_inside(DOCUMENT),
    "stalled inside the body of an error": stall_inside(b"<html>" * 100, status=503),
    "dripping headers": Answer((Send(_OK), Drip(b"X-Drip: " + b"y" * 5000, 0.25))),
    "dripping body": drip(DOCUMENT, 0.25),
    "dripping chunks": Answer((Send(_CHUNKED), Drip(b"1\r\n{\r\n" + b"1\r\n \r\n" * 5000, 0.05))),
    "nothing but early hints": Answer(
        (*(Send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n") for _ in range(100)), Stall())
    ),
}
"""Only the deadline ends these."""

LIES: Final[dict[str, Script]] = {
    "status of letters": raw(b"HTTP/1.1 abc OK\r\n\r\n", then=Close()),
    "status of two digits": raw(b"HTTP/1.1 99 Low\r\n\r\n", then=Close()),
    "status without a meaning": raw(b"HTTP/1.1 799 Odd\r\nContent-Length: 0\r\n\r\n"),
    "header without a colon": _header(b"just words"),
    "header with a NUL": _header(b"X-Nul: a\0b"),
    "header name of spaces": _header(b" : x"),
    "a header of 300 KB": _header(b"X-Long: " + b"y" * 300_000),
    "endless headers": raw(_OK, *(b"X-Long: " + b"y" * 65_000 for _ in range(100)), then=Stall()),
    "length negative": _header(length=b"Content-Length: -1"),
    "length no number": _header(length=b"Content-Length: many"),
    "length of twenty digits": _header(length=b"Content-Length: " + b"9" * 20),
    "length of five thousand digits": _header(length=b"Content-Length: " + b"9" * 5000),
    "two lengths": _header(b"Content-Length: 3"),
    "length longer than the body": raw(_OK + b"Content-Length: 9999\r\n\r\n" + DOCUMENT, then=Close()),
    "chunked in a way unheard of": _header(length=b"Transfer-Encoding: braided, chunked"),
    "chunk size no number": raw(_CHUNKED, b"xyz\r\n{}\r\n0\r\n\r\n", then=Close()),
    "chunk size negative": raw(_CHUNKED, b"-2\r\n{}\r\n0\r\n\r\n", then=Close()),
    "chunk size beyond all bounds": raw(_CHUNKED, b"f" * 30 + b"\r\n{}\r\n", then=Close()),
    "chunk shorter than it says": raw(_CHUNKED, b"ff\r\n{}\r\n0\r\n\r\n", then=Close()),
    "chunk longer than it says": raw(_CHUNKED, b"1\r\n{}\r\n0\r\n\r\n", then=Close()),
    "chunks without an end": raw(_CHUNKED, b"2\r\n{}\r\n", then=Close()),
    "chunk extension without an end": raw(_CHUNKED, b"2;" + b"x" * 300_000, then=Close()),
    "trailers without an end": raw(_CHUNKED, b"2\r\n{}\r\n0\r\n", b"X-T: y\r\n" * 50_000, then=Close()),
}
CONTENT: Final[dict[str, Script]] = {
    "web page": page(),
    "web page that says it is JSON": answer(b"<html>", headers={"Content-Type": "application/json"}),
    "picture": answer(b"\x89PNG\r\n\x1a\n" + bytes(1000), headers={"Content-Type": "image/png"}),
    "empty": ready(b""),
    "blank": ready(b" \r\n\t"),
    "a list": ready(b"[]"),
    "null": ready(b"null"),
    "UTF-16": ready('{"a": 1}'.encode("utf-16")),
    "control characters": ready(b"\x1b]52;c;UE9JU09O\x07"),
    "bad gzip": bad_gzip(),
    "cut gzip": cut_gzip(DOCUMENT),
    "gzip and more": bad_gzip(gzip.compress(b"{}") + b"{}"),
    "gzip twice": answer(gzip.compress(gzip.compress(DOCUMENT)), headers={"Content-Encoding": "gzip"}),
    "an encoding not asked for": answer(DOCUMENT, headers={"Content-Encoding": "br"}),
    "an encoding unheard of": answer(DOCUMENT, headers={"Content-Encoding": "\x1b[31m"}),
    "gzip bomb": gzip_bomb(400),
    "100 MB": Answer(
        (
            Send(_OK + b"Content-Length: 100000000\r\n\r\n{"),
            *(Send(b" " * _MEGABYTE) for _ in range(100)),
        )
    ),
    "100 MB in chunks": endless(b" " * _MEGABYTE),
}
REDIRECTS: Final[dict[str, Script]] = {
    f"{status} to {target or 'nowhere'}": redirect(target, status)
    for status, target in product(
        (301, 302, 303, 307, 308),
        (
            "/v1/elsewhere",
            "?again",
            "https://elsewhere.example/v1",
            "http://elsewhere.example/v1",
            "//elsewhere.example/v1",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "http://[broken",
            "https://user:password@elsewhere.example/",
            "\x1b]0;title\x07",
            "",
        ),
    )
}


def _bodies(status: int) -> Mapping[str, Script]:
    return {
        "nothing": answer(status=status),
        "the API's words": failure(status),
        "words in a detail": ready({"detail": {"message": "m", "error": "e"}}, status=status),
        "a list of details": ready({"detail": [{"loc": ["path", 1], "msg": "no"}]}, status=status),
        "a web page": page(status),
        "noise": answer(bytes(range(256)) * 4, status=status),
        "a megabyte": answer(b"x" * _MEGABYTE, status=status),
        "bad gzip": answer(b"no gzip", status=status, headers={"Content-Encoding": "gzip"}),
        "deep JSON": answer(b'{"a":' * 5000, status=status),
        "half of it": raw(b"HTTP/1.1 %d X\r\nContent-Length: 99\r\n\r\n{" % status, then=Close()),
    }


STATUS_CODES: Final = (
    *(203, 204, 205, 206, 300, 304, 305, 399),
    *(400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 418),
    *(421, 422, 423, 425, 426, 428, 429, 431, 451, 499),
    *(500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 522, 530, 599),
)
STATUSES: Final[dict[str, Script]] = {
    f"{status} with {name}": given
    for status in STATUS_CODES
    for name, given in _bodies(status).items()
    if not (status in {204, 205, 304} and name != "nothing")  # these have no bodies
}

_DATE: Final = "Wed, 21 Oct 2026 07:28:00 GMT"
_HINTS: Final[tuple[dict[str, str], ...]] = (
    *({"Retry-After": text} for text in ("0", "1", "2", "19", "20", "21", "3600", "86400", "9" * 30)),
    *({"Retry-After": text} for text in ("-1", "-0", "+3", "1.5", "0.001", "1e3", "1_000", "0x10", "²")),
    *({"Retry-After": text} for text in ("nan", "inf", "-inf", "soon", "", " ", "5 seconds", "1, 2", "null")),
    {"Retry-After": "Wed, 21 Oct 2026 07:28:09 GMT", "Date": _DATE},
    {"Retry-After": "Wednesday, 21-Oct-26 07:28:09 GMT", "Date": _DATE},
    {"Retry-After": "Wed Oct 21 07:28:09 2026", "Date": _DATE},
    {"Retry-After": "Wed, 21 Oct 2026 08:28:00 GMT", "Date": _DATE},
    {"Retry-After": "Wed, 21 Oct 2015 07:28:09 GMT", "Date": _DATE},
    {"Retry-After": "Wed, 21 Oct 2015 07:28:09 GMT"},
    {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT", "Date": "Mon, 01 Jan 0001 00:00:00 GMT"},
    {"Retry-After": "Wed, 99 Oct 2026 07:28:09 GMT"},
    {"Retry-After": "2026-10-21T07:28:09Z"},
    {"Retry-After": "1792567689"},
    {"Retry-After": "2", "Date": "no date"},
    {"RateLimit-Reset": "3", "RateLimit-Remaining": "0", "RateLimit-Limit": "100"},
    {"RateLimit": '"default";r=0;t=5', "RateLimit-Policy": '"default";q=100;w=60'},
    {"X-RateLimit-Reset": "1792567689", "X-RateLimit-Remaining": "0"},
    {"X-RateLimit-Reset": "-5", "X-RateLimit-Remaining": "many"},
    {"X-RateLimit-Reset-After": "0.25", "Retry-After-Ms": "250"},
)
_FIELDS: Final[tuple[dict[str, Any], ...]] = (
    *({"retry_after": number} for number in (0, 1, 2.5, 19, 21, -1, 10**30)),
    *({"retry_after": text} for text in ("6", "soon", "")),
    {"retry_after": True},
    {"retry_after": None},
    {"retry_after": []},
    {"retryable": True},
    {"retryable": False},
    {"retryable": "no"},
    {"retryable": True, "retry_after": 3600},
    {"detail": {"message": "m", "retry_after": 1, "retryable": True}},
)
HINTS: Final[dict[str, Script]] = {
    **{
        f"{status} with {name}": failure(status, headers=headers)
        for status, headers in product((429, 503), _HINTS)
        for name in [", ".join(f"{field}: {value}" for field, value in headers.items())]
    },
    **{
        f"{status} with {fields}": failure(status, **fields)
        for status in (429, 503, 409)
        for fields in _FIELDS
    },
}
FAULTS: Final[dict[str, Script]] = CONNECTION | ENDLESS | LIES | CONTENT | REDIRECTS | STATUSES | HINTS
"""All of them."""

NO_FAULTS: Final[dict[str, Script]] = {
    "another version": raw(b"HTTP/3.7 200 OK\r\nContent-Length: 2\r\n\r\n{}", then=Close()),
    "header with an escape": _header(b"X-Esc: \x1b[31m"),
    "folded header": _header(b"X-Fold: a", b" b"),
    "ten thousand headers": _header(*(b"X-%d: y" % number for number in range(10_000))),
    "HTTP/1.0 without a length": raw(b"HTTP/1.0 200 OK\r\n\r\n" + DOCUMENT, then=Close()),
    "HTTP/1.1 without a length": raw(_OK + b"\r\n" + DOCUMENT, then=Close()),
    "no reason phrase": raw(b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}"),
    "a hostile reason phrase": raw(b"HTTP/1.1 200 \x1b]0;t\x07\r\nContent-Length: 2\r\n\r\n{}"),
    "early hints first": raw(b"HTTP/1.1 103 Early Hints\r\n\r\n", _OK + b"Content-Length: 2\r\n\r\n{}"),
    "one byte a chunk": raw(_CHUNKED, b"1\r\n{\r\n" + b"1\r\n \r\n" * 3000 + b"1\r\n}\r\n0\r\n\r\n"),
    "chunks with trailers": raw(_CHUNKED, b"2;x=y\r\n{}\r\n0\r\nX-Sum: 1\r\n\r\n"),
    "no type": answer(DOCUMENT),
    "the type of a page": answer(DOCUMENT, headers={"Content-Type": "text/html"}),
    "reset, and then well": [reset_before(), ready(DOCUMENT)],
    "unavailable, and then well": [failure(503), ready(DOCUMENT)],
    "limited, and then well": [failure(429, headers={"Retry-After": "1"}), ready(DOCUMENT)],
    "kept alive and dropped": [
        Answer((*ready(b"{}").steps, Close())),
        ready(DOCUMENT),
    ],
}
"""Odd, and to be lived with: a document comes."""
