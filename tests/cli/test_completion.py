"""The completion scripts in their shells, against the parsers; and what they ask of the program."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import Feather
from shells import Shell, find_shell, put_program_on_path
from store_samples import known, session

from feather_tui.address import BaseUrl
from feather_tui.cli.arguments import outlines
from feather_tui.cli.completion.values import ASKED, FILE
from feather_tui.cli.parser import Outline
from feather_tui.credentials import Key, KeyStore
from feather_tui.locations import Locations
from feather_tui.store.records import Scope
from feather_tui.store.store import Store, open_store

SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"
OTHER_SECRET = "fth_live_9QxVbN2mKdLpRt7WcYhJz4Fs8G"
SANDBOX = "https://api-sandbox.featherhq.com"
SHELLS = ("bash", "zsh", "fish")


@pytest.fixture(params=SHELLS)
def shell(
    request: pytest.FixtureRequest, feather: Feather, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """Give each shell that is here, with a program `feather-tui` and the script it prints."""
    path = find_shell(request.param)
    if path is None:
        pytest.skip(f"{request.param} is not installed")
    monkeypatch.setenv("PATH", put_program_on_path(tmp_path / "programs"))
    script = tmp_path / f"feather-tui.{request.param}"
    script.write_text(feather("completion", request.param).out)
    return Shell(path, script)


def store_at(locations: Locations) -> Store:
    return open_store(locations.cache_file, days=30, max_bytes=1 << 20, now=lambda: datetime.now(UTC))


def note(locations: Locations, secret: str, *numbers: int) -> list[str]:
    """Put sessions into the cache of a key; give their ids, newest first."""
    with closing(store_at(locations)) as store:
        note_in(store, secret, *numbers)
    return [session(number) for number in sorted(numbers)]


def note_in(store: Store, secret: str, *numbers: int) -> None:
    """Note sessions, each an hour older than that of the number before."""
    scope = Scope(origin=SANDBOX, key_fingerprint=Key.parse(secret).fingerprint)
    start = datetime(2026, 8, 13, tzinfo=UTC)
    for number in numbers:
        store.note(scope, session(number), known(number, started_at=start - timedelta(hours=number)))
    assert store.notices == ()


@pytest.mark.parametrize("outline", outlines(), ids=lambda outline: outline.name or "open")
def test_the_options_are_those_of_the_parser(shell: Shell, outline: Outline) -> None:
    names = {name for option in outline.options for name in option.names}

    assert set(shell.offers(*outline.name.split(), "-")) == names
    assert set(shell.offers(*outline.name.split(), "x", "--")) == {name for name in names if name[:2] == "--"}


@pytest.mark.parametrize("outline", outlines(), ids=lambda outline: outline.name or "open")
def test_the_values_are_those_of_the_parser(shell: Shell, outline: Outline) -> None:
    for slot in (*outline.options, *outline.words):
        if slot.choices:
            offers = shell.offers(*outline.name.split(), *slot.names[-1:], "")
            assert sorted(offers) == sorted(slot.choices)


def test_every_value_can_be_completed_or_is_known_to_be_the_persons_own() -> None:
    slots = [slot for outline in outlines() for slot in (*outline.options, *outline.words)]
    open_values = {slot.value for slot in slots if slot.value and not slot.choices}

    assert open_values <= {
        *(*ASKED, FILE, "URL", "FILTER", "QUERY", "N"),
        *("WHEN", "WORD", "ID", "ADDRESS", "NUMBER"),
    }


def test_the_first_word_is_a_command_or_a_session(shell: Shell, locations: Locations) -> None:
    KeyStore(locations.config).save("sandbox", BaseUrl.parse(SANDBOX), Key.parse(SECRET))
    ids = note(locations, SECRET, 1, 2)
    commands = {outline.name for outline in outlines() if outline.name}

    assert set(shell.offers("")) == {*commands, *ids}
    assert shell.offers("sh") == ["show"]
    assert shell.offers(ids[0], "sh") == []
    assert set(shell.offers(ids[0], "")) == set(ids)
    assert shell.offers("doctor", "") == []


def test_a_value_behind_an_equals_sign(shell: Shell) -> None:
    words = ("show", "--format", "=", "j") if shell.path.endswith("bash") else ("show", "--format=j")

    assert [offer.removeprefix("--format=") for offer in shell.offers(*words)] == ["json"]


def test_an_address_is_not_guessed(shell: Shell) -> None:
    assert shell.offers("show", "--base-url", "") == []


def test_profiles_are_those_of_the_configuration(shell: Shell, locations: Locations) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.write_text('[profiles.prod]\nbase_url = "https://api.example.com"\n')

    assert sorted(shell.offers("show", "--profile", "")) == ["local", "prod", "sandbox"]


@pytest.mark.parametrize("form", [("--profile", "prod"), ("--profile=prod",)])
def test_sessions_are_those_of_the_profile_that_was_named(
    shell: Shell, locations: Locations, form: tuple[str, ...]
) -> None:
    keys = KeyStore(locations.config)
    keys.save("sandbox", BaseUrl.parse(SANDBOX), Key.parse(SECRET))
    keys.save("prod", BaseUrl.parse(SANDBOX), Key.parse(OTHER_SECRET))
    locations.config_file.write_text(f'[profiles.prod]\nbase_url = "{SANDBOX}"\n')
    own = note(locations, SECRET, 1, 2)
    others = note(locations, OTHER_SECRET, 3)
    if shell.path.endswith("bash"):
        form = ("--profile", "=", "prod") if len(form) == 1 else form

    assert set(shell.offers("show", "")) == set(own)
    assert shell.offers("show", *form, "") == others


def test_what_goes_wrong_is_not_said_at_the_prompt(shell: Shell, locations: Locations) -> None:
    locations.config.mkdir(parents=True)
    locations.config_file.write_text("= nonsense")

    assert shell.offers("show", "") == []  # offers() fails if anything is said
    assert shell.offers("show", "--profile", "") == []


@pytest.fixture
def known_key(locations: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the key of the sessions into the environment of a new user."""
    assert not locations.cache.exists()
    monkeypatch.setenv("FEATHER_API_KEY", SECRET)


@pytest.mark.usefixtures("known_key")
def test_sessions_come_newest_first_and_no_file_is_made(feather: Feather, locations: Locations) -> None:
    ids = note(locations, SECRET, 5, 3, 4)
    note(locations, OTHER_SECRET, 1)
    before = sorted(locations.cache.iterdir())

    outcome = feather("__complete", "sessions")

    assert (outcome.status, outcome.out.splitlines(), outcome.err) == (0, ids, "")
    assert sorted(locations.cache.iterdir()) == before


@pytest.mark.usefixtures("known_key")
def test_sessions_are_found_while_the_program_runs_and_at_most_a_hundred(
    feather: Feather, locations: Locations
) -> None:
    with closing(store_at(locations)) as running:
        note_in(running, SECRET, *range(120))
        found = feather("__complete", "sessions").out.splitlines()

    assert found == [session(number) for number in range(100)]


@pytest.mark.usefixtures("known_key")
def test_an_id_that_is_none_is_not_given_to_a_shell(feather: Feather, locations: Locations) -> None:
    (good,) = note(locations, SECRET, 1)
    store = store_at(locations)
    for text in ("$(touch pwned)", "a b", "-x"):
        store.note(Scope(origin=SANDBOX, key_fingerprint=Key.parse(SECRET).fingerprint), session(2), known(2))
        store._database.connection.execute(
            "UPDATE sessions SET session_id = ? WHERE session_id = ?", (text.encode(), session(2).encode())
        )
    store.close()

    assert feather("__complete", "sessions").out.splitlines() == [good]


@pytest.mark.parametrize("fault", ["no key", "no cache", "no database", "pipe", "damaged text", "profile"])
def test_nothing_ever_goes_wrong_loudly(
    feather: Feather, locations: Locations, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    words = ["__complete", "sessions"]
    if fault != "no key":
        monkeypatch.setenv("FEATHER_API_KEY", SECRET)
    if fault != "no cache":
        note(locations, SECRET, 1)
    if fault == "no database":
        locations.cache_file.write_bytes(b"something else" * 1000)
    if fault == "pipe":
        locations.cache_file.unlink()
        os.mkfifo(locations.cache_file)
    if fault == "damaged text":
        store = store_at(locations)
        store._database.connection.execute("UPDATE sessions SET session_id = x'ff'")
        store.close()
    if fault == "profile":
        words += ["--profile", "nowhere"]

    outcome = feather(*words)

    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
