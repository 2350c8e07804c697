"""Failures that need a network, a certificate or a patience that a test has not."""

from __future__ import annotations

import errno
import itertools
import ssl

import httpx
import pytest
from asking import asking

from feather_tui.errors import Unreachable

WANTS_MORE = ssl.SSLWantReadError(
    ssl.SSLErrorNumber.SSL_ERROR_WANT_READ, "The operation did not complete (read)"
)


class _Failing(httpx.AsyncBaseTransport):
    """Raises the first error, caused by the second, caused by the third."""

    def __init__(self, *errors: BaseException) -> None:
        for error, cause in itertools.pairwise(errors):
            error.__cause__ = cause
        self._error = errors[0]

    async def handle_async_request(self, _: httpx.Request) -> httpx.Response:
        raise self._error


def _tls(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, f"[SSL: {reason}] (_ssl.c:1006)")
    error.reason = reason
    return error


def _untrusted() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    error.verify_code, error.verify_message = 18, "self-signed certificate"
    return error


def _refused() -> OSError:
    return ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed ('::1', 9)")


@pytest.mark.parametrize(
    ("errors", "said", "tries"),
    [
        (
            [httpx.ConnectError(""), _untrusted()],
            "No connection to http://localhost: its certificate is not trusted (self-signed certificate)",
            1,
        ),
        (
            [httpx.ConnectError(""), ssl.SSLEOFError(8, "EOF occurred in violation of protocol")],
            "No connection to http://localhost: it ended without a reason",
            4,
        ),
        ([httpx.ConnectTimeout(""), TimeoutError(), WANTS_MORE], "nothing answered within 5 s", 4),
        (
            [httpx.ReadError(""), ConnectionResetError(errno.ECONNRESET, "reset"), WANTS_MORE],
            "broke off its answer: connection reset by peer",
            4,
        ),
        ([httpx.ReadError(""), _tls("BAD_RECORD_MAC")], "answer: TLS failed (bad record mac)", 1),
        (
            [httpx.ConnectError(""), OSError("All failed"), ExceptionGroup("", [_refused(), _refused()])],
            "connection refused",
            4,
        ),
        (
            [httpx.ConnectError(""), OSError(errno.EHOSTUNREACH, "x")],
            "No connection to http://localhost: no route to host",
            4,
        ),
        ([httpx.ProxyError("407 Proxy Authentication Required")], "the proxy answered “407 Proxy Auth", 1),
        ([httpx.WriteError("")], "it ended without a reason", 4),
        ([_tls("UNMAPPED")], "TLS failed (unmapped)", 1),
        ([OSError(errno.EPIPE, "unmapped")], "broken pipe", 4),
    ],
)
async def test_each_failure_is_named_and_tried_again_if_that_can_help(
    errors: list[BaseException], said: str, tries: int
) -> None:
    async with asking("http://localhost", transport=_Failing(*errors)) as asker:
        error = await asker.refusal()

    assert type(error) is Unreachable
    assert said in error.sentence
    assert error.sentence.endswith("after 4 tries." if tries > 1 else ".")
    assert len(asker.waits) == tries - 1


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (9, "Check this machine's clock"),
        (10, "Check this machine's clock"),
        (62, "Check the base URL"),
        (64, "Check the base URL"),
        (18, "point SSL_CERT_FILE to its certificates"),
    ],
)
async def test_a_certificate_is_mended_where_it_is_wrong(code: int, advice: str) -> None:
    untrusted = _untrusted()
    untrusted.verify_code = code
    async with asking("http://localhost", transport=_Failing(httpx.ConnectError(""), untrusted)) as asker:
        error = await asker.refusal()

    assert advice in error.advice


async def test_an_answer_made_in_process_with_its_content_is_read() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b'{"demo": true}'))
    async with asking("http://localhost", transport=transport) as asker:
        assert await asker.analysis() == b'{"demo": true}'
