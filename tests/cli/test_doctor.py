from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Iterator

import pytest
from command_line import Feather, Outcome
from loopback import WHOAMI, LoopbackApi, closed_address, run_in_thread
from loopback_answers import failure, page, ready, redirect, stall_before

from feather_tui.address import BaseUrl
from feather_tui.cli.doctor import network
from feather_tui.credentials import Key, KeyStore
from feather_tui.locations import Locations

SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"
GATEWAY = failure(502)


@pytest.fixture
def api(locations: Locations, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackApi]:
    """Give a healthy API and the environment that leads to it."""
    assert not locations.config.exists()
    with run_in_thread() as server:
        server.answers[WHOAMI] = [failure(401), ready({"organization_name": "Acme", "role": "org:viewer"})]
        monkeypatch.setenv("FEATHER_BASE_URL", server.base_url)
        monkeypatch.setenv("FEATHER_API_KEY", SECRET)
        yield server


def verdicts(outcome: Outcome) -> dict[str, str]:
    """Give the verdict word of each check; fails if a line has another form."""
    lines = [line for line in outcome.out.splitlines() if not line.startswith("      -> ")]
    found = [re.fullmatch(r"(ok  |warn|FAIL)  (\S.{15})  (\S.*)", line) for line in lines]
    assert all(found), lines
    return {match[2].strip(): match[1].strip() for match in found if match}


def line(outcome: Outcome, name: str) -> str:
    return next(text for text in outcome.out.splitlines() if text[6:22].strip() == name)


def test_all_is_well(feather: Feather, api: LoopbackApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")

    outcome = feather("doctor")

    assert (outcome.status, outcome.err) == (0, "")
    assert verdicts(outcome) == {
        "config directory": "ok",
        "config file": "ok",
        "profile": "ok",
        "key file": "ok",
        "DNS": "ok",
        "connection": "ok",
        "HTTP": "ok",
        "key": "ok",
        "cache": "ok",
        "output": "ok",
        "terminal size": "warn",  # standard output is captured
        "colours": "ok",
        "encoding": "ok",
        "tmux": "ok",
        "clipboard": "ok",
    }
    assert api.base_url in line(outcome, "profile")
    assert "answered 401 to a request without key" in line(outcome, "HTTP")
    assert "organization Acme, role org:viewer" in line(outcome, "key")
    assert SECRET not in outcome.out
    assert [request.headers.get("x-api-key") for request in api.requests] == [None, SECRET]


def test_every_bad_line_is_followed_by_what_to_do(feather: Feather) -> None:
    outcome = feather("doctor", "--base-url", closed_address())

    lines = outcome.out.splitlines()
    for text, following in zip(lines, [*lines[1:], ""], strict=True):
        if text.startswith(("warn", "FAIL")):
            assert following.startswith("      -> ")
        elif text.startswith("ok"):
            assert not following.startswith("      -> ")


def test_a_key_that_is_refused(feather: Feather, api: LoopbackApi) -> None:
    api.answers[WHOAMI] = failure(401)

    outcome = feather("doctor")

    assert outcome.status == 3
    assert verdicts(outcome)["HTTP"] == "ok"
    assert verdicts(outcome)["key"] == "FAIL"
    assert "fth_live_4T… from FEATHER_API_KEY" in line(outcome, "key")
    assert SECRET not in outcome.out


def test_no_key_and_a_way_that_is_open(
    feather: Feather, api: LoopbackApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FEATHER_API_KEY")

    outcome = feather("doctor")

    assert outcome.status == 3
    assert verdicts(outcome)["HTTP"] == "ok"
    assert "auth login" in outcome.out
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    ("answer", "status", "finding"),
    [
        (failure(503), 6, "answered 503"),
        (page(500), 6, "answered 500"),
        (redirect("https://elsewhere.example/"), 7, "a redirect"),
    ],
)
def test_an_api_that_does_not_serve(
    feather: Feather, api: LoopbackApi, answer: object, status: int, finding: str
) -> None:
    api.answers[WHOAMI] = answer  # type: ignore[assignment] # an answer of loopback_answers

    outcome = feather("doctor")

    assert outcome.status == status
    assert finding in line(outcome, "HTTP")
    assert "not checked: the API was not reached" in line(outcome, "key")
    assert len(api.requests) == 1


def test_a_refused_connection(feather: Feather, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEATHER_API_KEY", SECRET)

    outcome = feather("doctor", "--base-url", closed_address())

    assert outcome.status == 6
    assert verdicts(outcome)["connection"] == "FAIL"
    assert "HTTP" not in verdicts(outcome)
    assert verdicts(outcome)["cache"] == "ok"
    assert verdicts(outcome)["clipboard"] == "ok"


def test_a_silent_server_does_not_hold_it_up(
    feather: Feather, api: LoopbackApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "_PROBE_SECONDS", 0.1)
    api.answers[WHOAMI] = stall_before()

    outcome = feather("doctor")

    assert outcome.status == 6
    assert verdicts(outcome)["connection"] == "ok"
    assert verdicts(outcome)["HTTP"] == "FAIL"


def test_tls_is_a_check_of_its_own(feather: Feather, api: LoopbackApi) -> None:
    outcome = feather("doctor", "--base-url", api.base_url.replace("http:", "https:"))

    assert outcome.status == 6
    assert verdicts(outcome)["connection"] == "ok"
    assert verdicts(outcome)["TLS"] == "FAIL"


def test_a_name_without_address(feather: Feather, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)

    outcome = feather("doctor")

    assert outcome.status == 6
    assert "api-sandbox.featherhq.com: Name or service not known" in line(outcome, "DNS")
    assert not {"connection", "TLS", "HTTP"} & verdicts(outcome).keys()


def test_a_resolver_that_hangs_does_not_hold_it_up(feather: Feather, monkeypatch: pytest.MonkeyPatch) -> None:
    end = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        end.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    monkeypatch.setattr(network, "_LOOKUP_SECONDS", 0.05)
    try:
        outcome = feather("doctor")
    finally:
        end.set()

    assert outcome.status == 6
    assert "no answer within" in line(outcome, "DNS")


def test_behind_a_proxy_the_name_is_not_looked_up_here(
    feather: Feather, api: LoopbackApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", api.base_url.replace("http://", "http://user:password@"))
    monkeypatch.setenv("FEATHER_BASE_URL", "https://api.example.com")
    api.answers["api.example.com:443"] = GATEWAY

    outcome = feather("doctor")

    assert outcome.status == 6
    assert "DNS" not in verdicts(outcome)
    assert api.base_url.removeprefix("http://") in line(outcome, "connection")
    assert verdicts(outcome)["profile"] == "warn"
    assert "password" not in outcome.out


def test_a_bad_certificate_variable_is_a_setting(feather: Feather, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("192.0.2.1", 443))])

    outcome = feather("doctor")

    assert outcome.status == 2
    assert "SSL_CERT_FILE" in line(outcome, "connection")


def test_a_broken_config_leaves_the_rest_to_be_checked(feather: Feather, locations: Locations) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.write_text("[cache]\ndays = 0\n")

    outcome = feather("doctor")

    assert outcome.status == 2
    assert verdicts(outcome)["settings"] == "FAIL"
    assert verdicts(outcome)["clipboard"] == "ok"
    assert "not checked" in line(outcome, "key and network")


@pytest.mark.parametrize(
    ("mode", "verdict"), [(0o600, "ok"), (0o644, "ok"), (0o664, "FAIL"), (0o646, "FAIL")]
)
@pytest.mark.usefixtures("api")
def test_a_config_file_that_others_may_change(
    feather: Feather, locations: Locations, mode: int, verdict: str
) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.touch()
    locations.config_file.chmod(mode)

    outcome = feather("doctor")

    assert outcome.status == (2 if verdict == "FAIL" else 0)
    assert verdicts(outcome)["config file"] == verdict
    assert (f"chmod go-w {locations.config_file}" in outcome.out) == (verdict == "FAIL")


@pytest.mark.parametrize(("mode", "verdict"), [(0o600, "ok"), (0o640, "FAIL"), (0o604, "FAIL")])
def test_a_key_file_that_others_may_read(
    feather: Feather,
    api: LoopbackApi,
    locations: Locations,
    monkeypatch: pytest.MonkeyPatch,
    mode: int,
    verdict: str,
) -> None:
    monkeypatch.delenv("FEATHER_API_KEY")
    path = KeyStore(locations.config).save("sandbox", BaseUrl.parse(api.base_url), Key(SECRET))
    path.chmod(mode)

    outcome = feather("doctor")

    assert outcome.status == (3 if verdict == "FAIL" else 0)
    assert verdicts(outcome)["key file"] == verdict
    assert verdicts(outcome)["key"] == verdict
    assert SECRET not in outcome.out


def test_a_linked_key_file(feather: Feather, api: LoopbackApi, locations: Locations) -> None:
    path = KeyStore(locations.config).save("sandbox", BaseUrl.parse(api.base_url), Key(SECRET))
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")

    outcome = feather("doctor")

    assert outcome.status == 3
    assert "symbolic link" in line(outcome, "key file")


@pytest.mark.usefixtures("api")
def test_a_linked_config_file(feather: Feather, locations: Locations) -> None:
    locations.config.mkdir(parents=True)
    (locations.config / "dotfiles.toml").touch()
    locations.config_file.symlink_to("dotfiles.toml")

    outcome = feather("doctor")

    assert outcome.status == 2
    assert "symbolic link" in line(outcome, "config file")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.usefixtures("api")
def test_a_config_file_of_somebody_else(feather: Feather, locations: Locations) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.touch()
    os.chown(locations.config_file, 12345, -1)

    outcome = feather("doctor")

    assert outcome.status == 2
    assert "belongs to user 12345" in line(outcome, "config file")


@pytest.mark.usefixtures("api")
def test_a_cache_that_cannot_be_used_is_a_warning(feather: Feather, locations: Locations) -> None:
    locations.cache_file.mkdir(parents=True)

    outcome = feather("doctor")

    assert outcome.status == 0
    assert verdicts(outcome)["cache"] == "warn"


def test_what_files_and_servers_say_is_made_safe(feather: Feather, api: LoopbackApi) -> None:
    api.answers[WHOAMI] = [failure(401), ready({"organization_name": "\x1b[2J\nFAIL  all", "role": "\x9b"})]

    outcome = feather("doctor")

    assert not set(outcome.out) & {"\x1b", "\x9b"}
    assert verdicts(outcome)["key"] == "ok"
