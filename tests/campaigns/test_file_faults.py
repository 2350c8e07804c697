"""Each I/O call of the code for keys, settings and cache fails once, in each of four ways.

Then the program works all the same or says why not in plain sentences, and nothing that was stored is lost.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

import pytest
from campaign import Tally, spread, tries
from command_line import Feather, Outcome
from documents import SESSION_ID
from homes import Homes
from in_terminal import SECRET
from io_faults import ERRORS, failing_disk
from loopback import LoopbackApi

from feather_tui.address import BaseUrl
from feather_tui.credentials import Key, KeyStore
from feather_tui.errors import KeyMissing
from feather_tui.locations import Locations

NEW: Final = "fth_live_9Zq0aLsKdJfHgTyRuEiWoPqMzX"
CONFIG: Final = "[cache]\ndays = 7\n"
SENTENCE: Final = "feather-tui: "


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, what is piped into it, and the keys that may be stored after it (None: no key)."""

    words: tuple[str, ...]
    piped: bytes = b""
    keys_after: tuple[str | None, ...] = (SECRET,)
    at_first: bool = False


COMMANDS: Final = {
    "login": Command(("auth", "login"), NEW.encode(), keys_after=(SECRET, NEW)),
    "first login": Command(("auth", "login"), NEW.encode(), keys_after=(None, NEW), at_first=True),
    "status": Command(("auth", "status")),
    "logout": Command(("auth", "logout"), keys_after=(SECRET, None)),
    "settings": Command(("config", "show")),
    "edit": Command(("config", "edit")),
    "first edit": Command(("config", "edit"), keys_after=(None,), at_first=True),
    "show": Command(("show", SESSION_ID)),
    "refresh": Command(("show", SESSION_ID, "--refresh")),
    "offline": Command(("show", SESSION_ID, "--offline")),
    "findings": Command(("findings", SESSION_ID)),
    "export": Command(("export", SESSION_ID, "-o", "handed-over.md")),
    "cache info": Command(("cache", "info")),
    "cache clear": Command(("cache", "clear")),
    "doctor": Command(("doctor",)),
    "completion": Command(("__complete", "sessions")),
}


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: LoopbackApi, feather: Feather) -> Homes:
    """Give homes with a key, settings and a cached session in each."""
    monkeypatch.setenv("EDITOR", "true")
    homes = Homes(tmp_path)
    with homes.furnishing() as locations:
        KeyStore(locations.config).save("sandbox", BaseUrl.parse(api.base_url), Key(SECRET))
        locations.config_file.write_text(CONFIG)
        assert feather("show", SESSION_ID).status == 0
    return homes


def stored_key(locations: Locations, base_url: str) -> str | None:
    try:
        return KeyStore(locations.config).find("sandbox", BaseUrl.parse(base_url), {}).key.reveal()
    except KeyMissing:
        return None


def assert_told_plainly(outcome: Outcome) -> None:
    """Nothing unexpected: a known exit status, and sentences to the person."""
    assert outcome.status in range(8)
    assert "Traceback" not in outcome.out + outcome.err
    assert "unexpected" not in outcome.err
    assert all(line.startswith(SENTENCE) and line.endswith(".") for line in outcome.err.splitlines())


def leftovers(locations: Locations) -> list[str]:
    return [path.name for path in locations.config.rglob("*.feather-partial")]


@pytest.mark.parametrize("name", COMMANDS)
@tries(sample=2, full=10_000)
def test_a_disk_that_fails_once_loses_nothing_and_is_told_in_a_sentence(
    name: str, tries: range, tally: Tally, homes: Homes, feather: Feather, api: LoopbackApi
) -> None:
    command = COMMANDS[name]
    home = homes.empty if command.at_first else homes.furnished
    with home(), failing_disk() as disk:
        sound = feather(*command.words, piped=command.piped)
    assert_told_plainly(sound)

    for number, code in spread(list(product(range(disk.calls), ERRORS)), len(tries)):
        with home() as locations, tally.attempt(f"call {number} of {name}, {os.strerror(code)}"):
            with failing_disk(number, code) as failed:
                outcome = feather(*command.words, piped=command.piped)
            said = f"{failed.failed}: {outcome}"
            assert failed.failed, said
            assert_told_plainly(outcome)
            assert outcome.status == 0 or outcome.err or "FAIL" in outcome.out, said
            assert stored_key(locations, api.base_url) in command.keys_after, said
            if not command.at_first:
                assert locations.config_file.read_text() == CONFIG, said
            # The next start, on a disk that works again.
            assert feather("auth", "status").status in {0, 3}, said
            assert leftovers(locations) == [], said
            if stored_key(locations, api.base_url) is not None:
                again = feather("show", SESSION_ID)
                assert (again.status, "Where is my headset?" in again.out) == (0, True), again
