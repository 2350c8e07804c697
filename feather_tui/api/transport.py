"""How the client reaches the one host it talks to: certificates, proxy, connections.

httpx would read all of this from the environment by itself. It is done here so that a bad variable
becomes a sentence with its name, SSLKEYLOGFILE is not honoured, and no proxy ever sees a request to
this machine, which may go over http.
"""

from __future__ import annotations

import os
import ssl
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import certifi
import httpx

from feather_tui.errors import SettingsInvalid

if TYPE_CHECKING:
    from feather_tui.address import BaseUrl

IN_FLIGHT: Final = 4
"""How many requests a client has under way at most: the rate limit is shared with production."""

_LIMITS: Final = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=IN_FLIGHT)


def open_transport(base_url: BaseUrl) -> httpx.AsyncHTTPTransport:
    """Make the transport for one host, as the environment wants it.

    Raises SettingsInvalid if SSL_CERT_FILE, SSL_CERT_DIR or a proxy variable cannot be used.
    """
    context = _tls(base_url)
    return httpx.AsyncHTTPTransport(verify=context, proxy=_proxy(base_url, context), limits=_LIMITS)


def _tls(base_url: BaseUrl) -> ssl.SSLContext:
    # Not ssl.create_default_context: it writes the session's secrets to SSLKEYLOGFILE.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if base_url.scheme == "http":
        return context  # never used, and without a certificate authority it would trust nobody
    file, directory = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if not file and not directory:
        context.load_verify_locations(cafile=certifi.where())
        return context
    if directory and not Path(directory).is_dir():
        raise SettingsInvalid("SSL_CERT_DIR does not name a directory.", "Correct or unset it.")
    try:
        context.load_verify_locations(cafile=file or None, capath=directory or None)
    except OSError as error:
        reason = "it holds no PEM certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise SettingsInvalid(f"SSL_CERT_FILE cannot be used: {reason}.", "Correct or unset it.") from None
    return context


def _proxy(base_url: BaseUrl, context: ssl.SSLContext) -> httpx.Proxy | None:
    """Give the proxy that the environment names for this host, None for a direct connection."""
    if base_url.is_loopback or urllib.request.proxy_bypass(f"{base_url.host}:{base_url.port}"):
        return None
    proxies = urllib.request.getproxies()
    text = proxies.get("https") or proxies.get("all")
    if not text:
        return None
    address = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0:
            return httpx.Proxy(address, ssl_context=context if parts.scheme == "https" else None)
    except (ValueError, httpx.InvalidURL):
        pass  # said below, without the exception: the address may hold a password
    raise SettingsInvalid(
        "The proxy in HTTPS_PROXY or ALL_PROXY is not an http:// or https:// address.",
        "Correct it, or unset it to connect without a proxy.",
    )
