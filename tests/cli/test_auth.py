from __future__ import annotations

from collections.abc import Iterator

import pytest
from command_line import Feather
from loopback import WHOAMI, LoopbackApi, closed_address, run_in_thread
from loopback_answers import failure, page, ready

from feather_tui.credentials import KeyStore
from feather_tui.locations import Locations

SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"
SHOWN = "fth_live_4T"
OTHER = "fth_live_9K2mWxYc5Vb7NqRtZpLsDfGh31"


@pytest.fixture
def api(locations: Locations, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackApi]:
    assert not locations.config.exists()
    with run_in_thread() as server:
        monkeypatch.setenv("FEATHER_BASE_URL", server.base_url)
        yield server


def test_login_checks_the_key_and_stores_it_for_this_host(
    feather: Feather, api: LoopbackApi, locations: Locations
) -> None:
    api.answers[WHOAMI] = ready({"organization_name": "Acme", "role": "org:member"})

    outcome = feather("auth", "login", piped=f"{SECRET}\n".encode())

    path = locations.config / "keys" / "sandbox.key"
    assert (outcome.status, outcome.err) == (0, "")
    assert "organization Acme, role org:member" in outcome.out
    assert f"Stored in {path}, for {api.base_url} only." in outcome.out
    assert path.read_text() == f"{api.base_url}\n{SECRET}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert api.requests[0].headers["x-api-key"] == SECRET


def test_only_one_line_of_a_pipe_is_the_key(feather: Feather, api: LoopbackApi, locations: Locations) -> None:
    api.answers[WHOAMI] = ready({})

    outcome = feather("auth", "login", piped=f"  {SECRET}\r\nmore\n".encode())

    assert outcome.status == 0
    assert (locations.config / "keys" / "sandbox.key").read_text().splitlines()[1] == SECRET
    assert "organization not named by the API" in outcome.out


def test_login_does_not_store_a_key_that_the_api_refuses(
    feather: Feather, api: LoopbackApi, locations: Locations
) -> None:
    api.answers[WHOAMI] = failure(401)

    outcome = feather("auth", "login", piped=SECRET.encode())

    assert (outcome.status, outcome.out) == (3, "")
    assert "401" in outcome.err
    assert "Nothing was stored" in outcome.err
    assert not locations.config.exists()


def test_a_refused_key_leaves_the_stored_one_alone(
    feather: Feather, api: LoopbackApi, locations: Locations
) -> None:
    api.answers[WHOAMI] = [ready({}), failure(401)]

    feather("auth", "login", piped=SECRET.encode())
    feather("auth", "login", piped=OTHER.encode())

    assert SECRET in (locations.config / "keys" / "sandbox.key").read_text()


@pytest.mark.parametrize("answer", [failure(500), failure(404), failure(403), page()])
def test_login_stores_a_key_it_could_not_check_and_says_so(
    feather: Feather, api: LoopbackApi, locations: Locations, answer: object
) -> None:
    api.answers[WHOAMI] = answer  # type: ignore[assignment] # an answer of loopback_answers

    outcome = feather("auth", "login", piped=SECRET.encode())

    assert outcome.status == 0
    assert "could not be checked" in outcome.err
    assert "accepted" not in outcome.out
    assert SECRET in (locations.config / "keys" / "sandbox.key").read_text()


def test_login_without_a_server_stores_the_key(feather: Feather, locations: Locations) -> None:
    locations.config.mkdir(mode=0o700, parents=True)
    locations.config_file.write_text("[network]\ndeadline_seconds = 1\n")

    outcome = feather("auth", "login", "--base-url", closed_address(), piped=SECRET.encode())

    assert outcome.status == 0
    assert "could not be checked" in outcome.err
    assert (locations.config / "keys" / "sandbox.key").exists()


@pytest.mark.parametrize("piped", [b"", b"\n", b"   \n", b"\n" + SECRET.encode()])
def test_login_without_a_key_stores_nothing(feather: Feather, locations: Locations, piped: bytes) -> None:
    outcome = feather("auth", "login", piped=piped)

    assert (outcome.status, outcome.out) == (3, "")
    assert "nothing was stored" in outcome.err
    assert not locations.config.exists()


@pytest.mark.parametrize("piped", [b"two words here", SECRET.encode() + b"\xff", b"x" * 100_000, b"short"])
def test_login_refuses_what_cannot_be_a_key_without_asking_the_api(
    feather: Feather, api: LoopbackApi, locations: Locations, piped: bytes
) -> None:
    outcome = feather("auth", "login", piped=piped)

    assert outcome.status == 3
    assert "standard input" in outcome.err
    assert SHOWN not in outcome.err
    assert api.requests == []
    assert not locations.config.exists()


def test_login_mentions_a_variable_that_goes_first(
    feather: Feather, api: LoopbackApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.answers[WHOAMI] = ready({})
    monkeypatch.setenv("FEATHER_API_KEY", OTHER)

    outcome = feather("auth", "login", piped=SECRET.encode())

    assert api.requests[0].headers["x-api-key"] == SECRET
    assert "FEATHER_API_KEY is set and goes before the stored key" in outcome.err


def test_what_the_api_says_of_itself_is_made_safe(feather: Feather, api: LoopbackApi) -> None:
    api.answers[WHOAMI] = ready({"organization_name": "\x1b]0;pwned\x07\nAcme", "role": "\u202eadmin"})

    outcome = feather("auth", "login", piped=SECRET.encode())

    assert "Acme" in outcome.out
    assert not set(outcome.out) & {"\x1b", "\x07", "\u202e"}
    assert outcome.out.count("\n") == 2


def test_status_after_login(feather: Feather, api: LoopbackApi, locations: Locations) -> None:
    api.answers[WHOAMI] = ready({})
    feather("auth", "login", piped=SECRET.encode())

    outcome = feather("auth", "status")

    assert (outcome.status, outcome.err) == (0, "")
    assert "sandbox (default)" in outcome.out
    assert f"{api.base_url} (from FEATHER_BASE_URL)" in outcome.out
    assert f"{SHOWN}… (from {locations.config / 'keys' / 'sandbox.key'})" in outcome.out
    assert SECRET not in outcome.out
    assert len(api.requests) == 1


def test_status_without_a_key_still_says_which_host(feather: Feather) -> None:
    outcome = feather("auth", "status")

    assert outcome.status == 3
    assert "https://api-sandbox.featherhq.com" in outcome.out
    assert "There is no API key for profile “sandbox”" in outcome.err


def test_status_marks_a_host_that_may_be_production(
    feather: Feather, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEATHER_API_KEY", SECRET)

    assert "neither the sandbox nor this machine" not in feather("auth", "status").out
    outcome = feather("auth", "status", "--base-url", "https://api.example.com")

    assert "https://api.example.com, neither the sandbox nor this machine (from --base-url)" in outcome.out
    assert f"{SHOWN}… (from FEATHER_API_KEY)" in outcome.out


def test_status_refuses_a_key_that_was_stored_for_another_host(feather: Feather, api: LoopbackApi) -> None:
    api.answers[WHOAMI] = ready({})
    feather("auth", "login", piped=SECRET.encode())

    outcome = feather("auth", "status", "--base-url", "https://api.example.com")

    assert outcome.status == 3
    assert f"is for {api.base_url} and is not sent to https://api.example.com" in outcome.err


def test_logout_removes_the_key_of_this_profile_only(
    feather: Feather, api: LoopbackApi, locations: Locations
) -> None:
    api.answers[WHOAMI] = ready({})
    feather("auth", "login", piped=SECRET.encode())
    feather("auth", "login", "--profile", "local", "--base-url", api.base_url, piped=OTHER.encode())

    first = feather("auth", "logout")
    second = feather("auth", "logout")

    assert (first.status, second.status) == (0, 0)
    assert "Removed" in first.out
    assert "There was no stored key" in second.out
    assert [path.name for path in (locations.config / "keys").iterdir()] == ["local.key"]


def test_logout_mentions_a_variable_that_stays(feather: Feather, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEATHER_API_KEY", SECRET)

    assert "FEATHER_API_KEY is set and is still used" in feather("auth", "logout").err


def test_a_stray_half_written_key_is_swept_at_the_next_command(
    feather: Feather, locations: Locations
) -> None:
    import os

    stray = KeyStore(locations.config).path("sandbox").with_name(".sandbox.key.00.feather-partial")
    stray.parent.mkdir(parents=True)
    stray.write_text(SECRET)
    os.utime(stray, (0, 0))

    feather("auth", "status")

    assert not stray.exists()
