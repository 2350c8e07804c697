"""Servers that fail, lie, repeat the key, or are somebody else's."""

from __future__ import annotations

import os
from functools import partial
from typing import Final

from documents import SESSION_ID
from in_terminal import SECRET
from loopback import WHOAMI, analysis_path, closed_address
from loopback_answers import (
    Answer,
    Close,
    Send,
    answer,
    bad_gzip,
    failure,
    gzip_bomb,
    page,
    ready,
    redirect,
    reset_inside,
    stall_before,
    truncated,
)

from key_scenes.stage import SEEN, Play, Stage, ended
from key_scenes.tls import tls_server

_ECHO: Final = f"you sent x-api-key: {SECRET}, and it is not known"


def answered(given: Answer, stage: Stage) -> None:
    stage.write_config("[network]\ndeadline_seconds = 1\nmax_document_megabytes = 1\n")
    stage.set(FEATHER_DEBUG="1")
    stage.api.answers[analysis_path(SESSION_ID)] = given
    stage.api.answers[WHOAMI] = given
    stage.show()
    for words in (("auth", "login"), ("doctor",)):
        stage.run(*words, piped=SECRET.encode())
    with stage.opened(SESSION_ID) as terminal:
        terminal.wait_for("tries again")
        terminal.type("qq")
        ended(terminal)
    assert stage.api.requests


def redirected(status: int, stage: Stage) -> None:
    target = f"{stage.other.base_url}/{analysis_path(SESSION_ID)}"
    answered(redirect(target, status), stage)
    assert stage.other.connections == 0


def proxied(stage: Stage) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        stage.set(**{name: stage.other.base_url})
    assert SEEN.encode() in stage.show()
    assert stage.other.connections == 0


def proxied_elsewhere(stage: Stage) -> None:
    stage.key_from_environment()
    stage.set(HTTPS_PROXY=stage.other.base_url, FEATHER_BASE_URL="https://feather.invalid")
    stage.other.answers["feather.invalid:443"] = failure(403)
    assert b"the proxy answered" in stage.show()
    assert {request.method for request in stage.other.requests} == {"CONNECT"}


def proxied_without_encryption(stage: Stage) -> None:
    stage.key_from_environment()
    for name in ("HTTP_PROXY", "ALL_PROXY", "http_proxy"):
        stage.set(**{name: stage.other.base_url})
    for address in ("http://feather.invalid", "http://192.0.2.1:8000", "http://localhost.invalid"):
        assert b"unencrypted" in stage.show(env={**os.environ, "FEATHER_BASE_URL": address})
    assert stage.other.connections == 0


def socks_proxy(stage: Stage) -> None:
    stage.key_from_environment()
    stage.set(ALL_PROXY=f"socks5://me:{SECRET}@127.0.0.1:9", FEATHER_BASE_URL="https://feather.invalid")
    assert b"HTTPS_PROXY or ALL_PROXY" in stage.show()


def another_origin(stage: Stage) -> None:
    for words in (("show", SESSION_ID), ("findings", SESSION_ID), ("auth", "status"), ("doctor",)):
        said = stage.run(*words, "--base-url", stage.other.base_url)
        assert b"is not sent to" in said, said
    stage.write_config(f'[profiles.sandbox]\nbase_url = "{stage.other.base_url}"\n')
    del os.environ["FEATHER_BASE_URL"]
    assert b"is not sent to" in stage.show()


def distrusted(stage: Stage) -> None:
    stage.key_from_environment()
    with tls_server(stage.home) as (address, certificate, received):
        stage.set(FEATHER_BASE_URL=address, SSLKEYLOGFILE=str(stage.home / "tls.log"))
        assert b"certificate is not trusted" in stage.show()
        assert b"certificate is not trusted" in stage.run("doctor")
        assert received == b""
        stage.set(SSL_CERT_FILE=str(certificate))
        assert b"404" in stage.show()
        assert SECRET.encode() in received
    assert not (stage.home / "tls.log").exists()


def no_tls(stage: Stage) -> None:
    stage.key_from_environment()
    stage.set(FEATHER_BASE_URL=stage.other.base_url.replace("http:", "https:"))
    assert b"TLS failed" in stage.show()


def nobody_there(stage: Stage) -> None:
    stage.key_from_environment()
    stage.set(FEATHER_BASE_URL=closed_address(), FEATHER_DEBUG="1")
    assert b"connection refused" in stage.show()


SCENES: Final[dict[str, Play]] = {
    **{f"redirect: {status}": partial(redirected, status) for status in (301, 302, 303, 307, 308)},
    "redirect: nowhere": partial(answered, redirect("http://[broken")),
    "redirect: with the key": partial(answered, redirect(f"https://x.invalid/{SECRET}")),
    "refused: key repeated in JSON": partial(answered, failure(401, message=_ECHO)),
    "refused: key repeated in detail": partial(
        answered, failure(422, detail=[{"loc": ["header"], "msg": _ECHO}])
    ),
    "failed: key repeated in a page": partial(answered, page(500, f"<pre>{_ECHO}</pre>")),
    "failed: key repeated in the status line": partial(
        answered, Answer((Send(f"HTTP/1.1 5{SECRET}\r\n\r\n".encode()), Close()))
    ),
    "failed: key repeated as a time": partial(answered, failure(429, headers={"Retry-After": SECRET})),
    "answer cut off": partial(answered, truncated(b"{" * 1000)),
    "answer reset": partial(answered, reset_inside(b"{" * 1000)),
    "answer stalled": partial(answered, stall_before()),
    "answer too large": partial(answered, gzip_bomb(3)),
    "answer that is no gzip": partial(answered, bad_gzip()),
    "answer nested too deep": partial(answered, answer(b'{"a":' * 100_000)),
    "answer of another session": partial(answered, ready({"session_id": "x", "messages": []})),
    "proxy for this machine": proxied,
    "proxy for another": proxied_elsewhere,
    "proxy without encryption": proxied_without_encryption,
    "proxy of another kind": socks_proxy,
    "another origin": another_origin,
    "certificate of nobody": distrusted,
    "no TLS": no_tls,
    "nobody there": nobody_there,
}
