from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from loopback import WHOAMI, LoopbackApi, closed_address
from loopback_answers import failure, page, reset_before, stall_before

from feather_tui.address import BaseUrl
from feather_tui.api.reach import probe
from feather_tui.errors import SettingsInvalid, TimedOut, Unreachable

PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxy_or_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PROXY_VARIABLES, "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def api() -> AsyncIterator[LoopbackApi]:
    async with LoopbackApi() as server:
        yield server


@pytest.mark.parametrize("status", [401, 200, 404, 503])
async def test_any_answer_is_an_answer_and_no_key_was_sent(api: LoopbackApi, status: int) -> None:
    api.answers[WHOAMI] = failure(status)

    reach = await probe(BaseUrl.parse(api.base_url), seconds=5)

    assert (reach.status, reach.error) == (status, None)
    assert f"http://{reach.connected_to}" == api.base_url
    assert reach.connecting is not None
    assert reach.securing is None
    assert reach.answering is not None
    assert "x-api-key" not in api.requests[0].headers


async def test_the_path_of_the_base_url_is_kept(api: LoopbackApi) -> None:
    await probe(BaseUrl.parse(f"{api.base_url}/feather"), seconds=5)

    assert api.paths() == [f"/feather{WHOAMI}"]


async def test_a_refused_connection_goes_nowhere() -> None:
    reach = await probe(BaseUrl.parse(closed_address()), seconds=5)

    assert isinstance(reach.error, Unreachable)
    assert (reach.connecting, reach.answering, reach.status) == (None, None, None)


async def test_a_reset_comes_after_the_connection(api: LoopbackApi) -> None:
    api.answers[WHOAMI] = reset_before()

    reach = await probe(BaseUrl.parse(api.base_url), seconds=5)

    assert isinstance(reach.error, Unreachable)
    assert reach.connecting is not None
    assert reach.answering is None


async def test_silence_ends_with_the_time(api: LoopbackApi) -> None:
    api.answers[WHOAMI] = stall_before()

    reach = await probe(BaseUrl.parse(api.base_url), seconds=0.2)

    assert isinstance(reach.error, TimedOut)
    assert reach.connecting is not None


async def test_a_server_without_tls_fails_at_tls(api: LoopbackApi) -> None:
    reach = await probe(BaseUrl.parse(api.base_url.replace("http:", "https:")), seconds=5)

    assert isinstance(reach.error, Unreachable)
    assert reach.connecting is not None
    assert reach.securing is None


async def test_through_a_proxy_that_refuses(api: LoopbackApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", api.base_url)
    api.answers["api.example.com:443"] = page(403)

    reach = await probe(BaseUrl.parse("https://api.example.com"), seconds=5)

    assert isinstance(reach.error, Unreachable)
    assert f"http://{reach.connected_to}" == api.base_url
    assert (reach.securing, reach.status) == (None, None)


async def test_an_unusable_authority_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")

    with pytest.raises(SettingsInvalid, match="SSL_CERT_FILE"):
        await probe(BaseUrl.parse("https://api.example.com"), seconds=5)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl to make a certificate")
    path = tmp_path / "localhost.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", path, "-out", path.with_suffix(".crt")],
        check=True,
        capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + path.with_suffix(".crt").read_bytes())
    return path


@pytest.fixture
async def secure_address(certificate: Path) -> AsyncIterator[str]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_a_trusted_certificate_is_a_stage_of_its_own(
    secure_address: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))

    reach = await probe(BaseUrl.parse(secure_address), seconds=5)

    assert (reach.status, reach.error) == (401, None)
    assert reach.securing is not None
    assert reach.answering is not None


async def test_an_unknown_certificate_stops_at_tls(secure_address: str) -> None:
    reach = await probe(BaseUrl.parse(secure_address), seconds=5)

    assert "certificate is not trusted" in str(reach.error)
    assert reach.connecting is not None
    assert (reach.securing, reach.status) == (None, None)
