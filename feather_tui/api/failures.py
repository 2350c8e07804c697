"""From a connection that failed to an error with a sentence for people."""

from __future__ import annotations

import os
import socket
import ssl
from typing import TYPE_CHECKING, Final, NamedTuple

import httpx

from feather_tui.api.retry import Setback
from feather_tui.api.server_words import quote
from feather_tui.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feather_tui.address import BaseUrl

CONNECT_SECONDS: Final = 5.0
"""How long one connection may take to be made."""


# TLS on asyncio raises these all the time, and they stay behind as the context of what comes next.
_NO_FAULTS: Final = (ssl.SSLWantReadError, ssl.SSLWantWriteError)

_OWN_AUTHORITY: Final = "If your organization has its own authority, point SSL_CERT_FILE to its certificates."
_OTHER_TIME: Final = "Check this machine's clock; if it is right, the server needs a new certificate."
_OTHER_NAME: Final = "Check the base URL: whoever answers there vouches for another name."
_MENDING_TRUST: Final = {9: _OTHER_TIME, 10: _OTHER_TIME, 62: _OTHER_NAME, 64: _OTHER_NAME}
"""By OpenSSL's numbers: not yet valid, expired; another host name, another address."""


class _Judgement(NamedTuple):
    """What happened, what to do about it, and whether it may be gone a moment later."""

    reason: str
    advice: str
    transient: bool


def setback(failure: Exception, base_url: BaseUrl, *, attempt: int) -> Setback:
    """Say what a transport's exception means, and whether asking again can help.

    Only types and texts are taken from `failure`: it holds the request, and with it the key.
    """
    judgement = _judge(failure)
    unconnected = isinstance(failure, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
    what = f"No connection to {base_url.origin}" if unconnected else f"{base_url.origin} broke off its answer"
    tries = f", after {attempt} tries" if attempt > 1 else ""
    return Setback(
        error=Unreachable(f"{what}: {judgement.reason}{tries}.", judgement.advice),
        reason=judgement.reason,
        transient=judgement.transient,
    )


def _judge(failure: Exception) -> _Judgement:
    root = _root(failure)
    if isinstance(root, ssl.SSLError) and not isinstance(root, ssl.SSLEOFError):
        return _judge_tls(root)
    if isinstance(failure, httpx.ProxyError):
        return _Judgement(
            f"the proxy answered {quote(str(failure))}",
            "Check HTTPS_PROXY, ALL_PROXY and NO_PROXY.",
            transient=False,
        )
    return _Judgement(
        _name(failure, root),
        "Check the network, the VPN, the proxy variables and the base URL.",
        transient=True,
    )


def _judge_tls(error: ssl.SSLError) -> _Judgement:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _Judgement(
            f"its certificate is not trusted ({error.verify_message.rstrip('.')})",
            _MENDING_TRUST.get(error.verify_code, _OWN_AUTHORITY),
            transient=False,
        )
    reason = (error.reason or "unknown error").replace("_", " ").lower()
    return _Judgement(f"TLS failed ({reason})", "Check the base URL and its port.", transient=False)


def _name(failure: Exception, root: OSError | None) -> str:
    if isinstance(root, socket.gaierror):
        return f"the name has no address ({root.strerror})"
    if isinstance(failure, httpx.ConnectTimeout):
        return f"nothing answered within {CONNECT_SECONDS:g} s"
    if isinstance(failure, httpx.RemoteProtocolError):
        return quote(str(failure))
    if root is None or root.errno is None or isinstance(root, ssl.SSLError):  # its number is TLS's own
        return "it ended without a reason"
    return os.strerror(root.errno).lower()


def _root(failure: BaseException) -> OSError | None:
    """Find the error of the operating system or of TLS that is behind `failure`."""
    return next(
        (
            error
            for error in _behind(failure)
            if isinstance(error, OSError) and error.errno is not None and not isinstance(error, _NO_FAULTS)
        ),
        None,
    )


def _behind(failure: BaseException | None) -> Iterator[BaseException]:
    while failure is not None:
        yield failure
        # One error a tried address; they rarely differ, and one is enough for a sentence.
        first = failure.exceptions[0] if isinstance(failure, BaseExceptionGroup) else None
        failure = first or failure.__cause__ or failure.__context__
