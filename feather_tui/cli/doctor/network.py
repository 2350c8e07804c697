"""The way to the API: its name, the connection, TLS, an answer, and whether the key is accepted."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
import urllib.request
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from feather_tui.api.reach import Reach, probe
from feather_tui.cli.doctor.check import Check, fail, fail_from, ok, warn
from feather_tui.cli.whoami import describe, whoami
from feather_tui.errors import FeatherError, KeyProblem, RedirectRefused, SettingsInvalid, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feather_tui.address import BaseUrl
    from feather_tui.credentials import KeyStore
    from feather_tui.settings import Profile

_LOOKUP_SECONDS: Final = 3.0
_PROBE_SECONDS: Final = 5.0
_WHOAMI_SECONDS: Final = 6.0
_NETWORK_ADVICE: Final = "Check the network, the VPN and the base URL."


def check_way(base_url: BaseUrl) -> Iterator[Check]:
    """Go as far as the way is open, and end with the first failure. No key is sent."""
    if not _goes_through_proxy(base_url):
        lookup = _look_up(base_url)
        yield lookup
        if lookup.exit_status:
            return
    try:
        reach = asyncio.run(probe(base_url, seconds=_PROBE_SECONDS))
    except SettingsInvalid as error:
        yield fail_from("connection", error)
    else:
        yield from _stages(base_url, reach)


def check_key(keys: KeyStore, profile: Profile, environ: Mapping[str, str], *, reached: bool) -> Check:
    """Look for the key and, where the API was `reached`, ask whose it is."""
    name = "key"
    try:
        found = keys.find(profile.name, profile.base_url, environ)
    except KeyProblem as error:
        return fail_from(name, error)
    shown = f"{found.key.masked} from {found.source}"
    if not reached:
        return warn(name, f"{shown}, not checked: the API was not reached", "See the failure above.")
    try:
        identity = whoami(profile.base_url, found.key, deadline_seconds=_WHOAMI_SECONDS)
    except FeatherError as error:
        return fail(name, f"{shown}: {error.sentence}", error.advice, error.exit_status)
    return ok(name, f"{shown}, accepted: {describe(identity)}")


def _goes_through_proxy(base_url: BaseUrl) -> bool:
    """Tell whether the client will leave it to a proxy to look up the name."""
    if base_url.is_loopback or urllib.request.proxy_bypass(f"{base_url.host}:{base_url.port}"):
        return False
    return not {"https", "all"}.isdisjoint(urllib.request.getproxies())


def _look_up(base_url: BaseUrl) -> Check:
    name = "DNS"
    begin = time.monotonic()
    answers: list[str | OSError] = []

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(base_url.host, base_url.port, type=socket.SOCK_STREAM)
            answers.append(", ".join(dict.fromkeys(str(address[0]) for *_, address in found)))
        except OSError as error:
            answers.append(error)

    # The resolver cannot be interrupted: a daemon thread is left behind, which nothing waits for at exit.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_LOOKUP_SECONDS)
    match answers:
        case []:
            finding = f"{base_url.host}: no answer within {_LOOKUP_SECONDS:g} s"
        case [OSError() as error]:
            finding = f"{base_url.host}: {error.strerror}"
        case _:
            return ok(name, f"{base_url.host} is {answers[0]}, {_milliseconds(time.monotonic() - begin)}")
    return fail(name, finding, _NETWORK_ADVICE, Unavailable.exit_status)


def _stages(base_url: BaseUrl, reach: Reach) -> Iterator[Check]:
    """Report each stage that was completed, then the one that failed."""
    if reach.connecting is not None:
        yield ok("connection", f"to {reach.connected_to}, {_milliseconds(reach.connecting)}")
    if reach.securing is not None:
        yield ok("TLS", f"the certificate is trusted, {_milliseconds(reach.securing)}")
    if reach.error is not None:
        yield fail_from(_failed_stage(base_url, reach), reach.error)
    elif reach.status is not None:
        yield _answer(reach.status, _milliseconds(reach.answering or 0.0))


def _failed_stage(base_url: BaseUrl, reach: Reach) -> str:
    if reach.connecting is None:
        return "connection"
    return "TLS" if base_url.scheme == "https" and reach.securing is None else "HTTP"


def _answer(status: int, duration: str) -> Check:
    """Judge the status of a request without a key: 401 is what the API says, and others will do."""
    name, finding = "HTTP", f"answered {status} to a request without key, {duration}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return fail(
            name, finding, "The fault is on the server's side: try again later.", Unavailable.exit_status
        )
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return fail(
            name,
            f"{finding}: a redirect, which is not followed",
            "Check the base URL.",
            RedirectRefused.exit_status,
        )
    return ok(name, finding)


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
