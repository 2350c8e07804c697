from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import ANALYSIS_PATH, KEY, SECRET, SESSION, asking, forget_all_names
from loopback import LoopbackApi, closed_address
from loopback_answers import (
    Answer,
    answer,
    bad_gzip,
    failure,
    gzip_bomb,
    page,
    ready,
    redirect,
    reset_before,
    reset_inside,
    stall_before,
    stall_inside,
)

from feather_tui.errors import RedirectRefused, SettingsInvalid, Unreachable

OUTSIDE = "https://feather.invalid"
VARIABLES = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "SSLKEYLOGFILE",
)


@pytest.fixture(autouse=True)
def _bare_world(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    forget_all_names(monkeypatch)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


async def test_the_key_goes_out_in_one_header_and_nothing_but_get_is_sent() -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.serve(SESSION, analysis={}, extraction={})

        await asker.analysis()
        await asker.extraction()

    for request in api.requests:
        assert request.method == "GET"
        assert [name for name, value in request.headers.items() if SECRET in value] == ["x-api-key"]
        assert request.headers["x-api-key"] == KEY.reveal()
        assert SECRET not in request.path
        assert "cookie" not in request.headers
        assert request.headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    "given",
    [
        reset_before(),
        reset_inside(b"{" * 1000),
        stall_before(),
        stall_inside(b"{" * 1000),
        failure(401),
        failure(404),
        failure(500),
        redirect("https://elsewhere.example/"),
        redirect("http://[broken"),
        page(),
        bad_gzip(),
        gzip_bomb(2),
        answer(b"{}", headers={"Content-Length": "many"}),
    ],
)
async def test_no_error_carries_the_key(given: Answer) -> None:
    async with LoopbackApi() as api, asking(api, deadline_seconds=0.1, max_bytes=10_000) as asker:
        api.answers[ANALYSIS_PATH] = given

        error = await asker.refusal()

    printed = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "asking.py" in printed
    assert SECRET not in printed
    for link in _chain(error):
        assert SECRET not in repr((link, link.args, vars(link)))
        assert not type(link).__module__.startswith(("httpx", "httpcore"))


async def test_no_connection_error_carries_the_key() -> None:
    async with asking(closed_address()) as asker:
        error = await asker.refusal()

    printed = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert SECRET not in printed
    assert list(_chain(error)) == [error]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_the_target_of_a_redirect_never_hears_of_it(status: int) -> None:
    async with LoopbackApi() as target, LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = redirect(f"{target.base_url}/steal", status)

        error = await asker.refusal()

    assert isinstance(error, RedirectRefused)
    assert target.connections == 0


async def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = [
            reset_before(),
            failure(503),
            redirect("https://elsewhere.example/"),
            ready({}),
        ]

        await asker.refusal()
        await asker.analysis()

    assert [record for record in caplog.records if not record.name.startswith("asyncio")] == []


async def test_no_proxy_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackApi() as proxy, LoopbackApi() as api, asking(api) as asker:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.base_url)
        api.answers[ANALYSIS_PATH] = ready({})

        assert await asker.analysis() == b"{}"

    assert proxy.connections == 0
    assert len(api.requests) == 1


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("scheme", ["http://", ""])
async def test_a_proxy_for_other_hosts_is_used_and_does_not_see_the_key(
    name: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with LoopbackApi() as proxy, asking(OUTSIDE) as asker:
        monkeypatch.setenv(name, proxy.base_url.replace("http://", scheme))
        proxy.answers["feather.invalid:443"] = failure(403)

        error = await asker.refusal()

    assert isinstance(error, Unreachable)
    assert "the proxy answered “403 Forbidden”" in error.sentence
    assert [(request.method, request.path) for request in proxy.requests] == [
        ("CONNECT", "feather.invalid:443")
    ]
    assert SECRET not in repr(proxy.requests)


@pytest.mark.parametrize("exception", ["feather.invalid", ".invalid", "*", "other, feather.invalid:443"])
async def test_no_proxy_is_heeded(exception: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with LoopbackApi() as proxy, asking(OUTSIDE) as asker:
        monkeypatch.setenv("HTTPS_PROXY", proxy.base_url)
        monkeypatch.setenv("NO_PROXY", exception)

        error = await asker.refusal()

    assert "no address" in str(error)
    assert proxy.connections == 0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ALL_PROXY", "socks5://user:hunter2@127.0.0.1:1080", "HTTPS_PROXY or ALL_PROXY"),
        ("HTTPS_PROXY", "http://[hunter2", "HTTPS_PROXY or ALL_PROXY"),
        ("HTTPS_PROXY", "http://", "HTTPS_PROXY or ALL_PROXY"),
        ("HTTPS_PROXY", "http://127.0.0.1:hunter2", "HTTPS_PROXY or ALL_PROXY"),
        ("SSL_CERT_FILE", "/nonexistent/ca.pem", "SSL_CERT_FILE cannot be used: No such file"),
        ("SSL_CERT_FILE", os.devnull, "SSL_CERT_FILE cannot be used: it holds no PEM"),
        ("SSL_CERT_DIR", "/nonexistent", "SSL_CERT_DIR does not name a directory"),
    ],
)
async def test_an_unusable_variable_is_one_sentence(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    async with asking(OUTSIDE) as asker:
        error = await asker.refusal()

    assert isinstance(error, SettingsInvalid)
    assert said in error.sentence
    assert "unset it" in error.advice
    assert "hunter2" not in str(error)


@pytest.mark.parametrize("value", ["[", ",,,", "http://[", "::1"])
async def test_a_strange_no_proxy_harms_nothing(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", value)
    async with asking(OUTSIDE) as asker:
        error = await asker.refusal()

    assert isinstance(error, Unreachable)


async def test_tls_secrets_are_not_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(log))
    async with LoopbackApi() as api, asking(api.base_url.replace("http:", "https:")) as asker:
        await asker.refusal()

    assert not log.exists()
