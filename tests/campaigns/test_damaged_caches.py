"""Damaged caches and bad disks: the program starts, shows the truth, and says what it did about it."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from cache_damage import content, database, things
from cache_damage.disks import DISKS, impatient
from campaign import Tally, each_of, tries
from command_line import Feather, Outcome
from documents import SESSION_ID, analysis, row
from homes import Homes
from loopback import LoopbackApi
from pty_terminal import SECONDS, Terminal

from feather_tui.credentials import Key
from feather_tui.library import Library
from feather_tui.locations import Locations
from feather_tui.session.identity import SessionId
from feather_tui.session.sought import Sought
from feather_tui.store.records import Known, Scope
from feather_tui.store.store import open_store

SEEN: Final = "Where is my headset?"
OTHER_ID: Final = "9d2f5b70-1c4e-4a8b-b6f3-0e7a5c9d1f42"
NEW: Final = "Do you sell cables?"
"""What is said in a session that is not in the cache yet."""
LONG: Final = " ".join(f"Headset {number} is on its way." for number in range(5000))
PROGRAM: Final = (sys.executable, "-m", "feather_tui")
FILES: Final = {**content.SPOILS, **database.SPOILS, **things.SPOILS}
MIXED: Final = 5
SAID_ALWAYS: Final = frozenset(
    {
        *("not_a_database", "newer_version", "impossible_version", "of_another_program"),
        *("directory", "pipe", "unix_socket", "link", "file_above", *DISKS),
    }
)
"""Damage that cannot be overlooked. Other damage may hit what nothing is read from."""


@pytest.fixture
def homes(tmp_path: Path, api: LoopbackApi, key: str, feather: Feather) -> Homes:
    """Give homes with a cached session; another one is on the server only."""
    # Most of the file is what somebody said, and so most of the damage hits it.
    api.serve(SESSION_ID, analysis=analysis(row("user", SEEN), row("assistant", LONG, second=4)))
    api.serve(OTHER_ID, analysis=analysis(row("user", NEW)) | {"session_id": OTHER_ID})
    homes = Homes(tmp_path)
    scope = Scope(origin=api.base_url, key_fingerprint=Key(key).fingerprint)
    with homes.furnishing() as locations:
        assert feather("show", SESSION_ID).status == 0
        asyncio.run(looked_up(locations, scope))  # which makes the index
    return homes


def shown(outcome: Outcome) -> Any:
    """Give what `show` printed; it spoke to the person in plain sentences."""
    assert outcome.status == 0, outcome
    assert all(line.startswith("feather-tui: ") for line in outcome.err.splitlines()), outcome.err
    assert "unexpected" not in outcome.err
    return json.loads(outcome.out)


def documents_in(printed: Any) -> list[Any]:
    return [printed["analysis_input"], printed["extraction"]]


async def looked_up(locations: Locations, scope: Scope) -> tuple[list[Known], list[SessionId]]:
    """Give the rows of the lookup pane, and the sessions that a search of the cache finds."""
    store = open_store(locations.cache_file, days=30, max_bytes=1 << 28, now=lambda: datetime.now(UTC))
    library = Library(store=store, scope=scope, connect=None)
    try:
        await library.cache_search.build_index()
        async for found in library.cache_search.search(Sought.parse("headset")):
            hits = [hit.session_id for hit in found.hits]
        return await library.known(), hits
    finally:
        await library.close()


def mixed(kinds: Sequence[str]) -> list[str]:
    """Put them into an order in which a few that follow on each other are of different families."""
    return [kind for first in range(MIXED) for kind in kinds[first::MIXED]]


@tries(sample=7, full=300, slices=2)
def test_whatever_has_become_of_the_cache_the_truth_is_shown(
    tries: range, tally: Tally, homes: Homes, feather: Feather, api: LoopbackApi, key: str
) -> None:
    scope = Scope(origin=api.base_url, key_fingerprint=Key(key).fingerprint)
    with homes.furnished() as locations:
        true_rows, true_hits = asyncio.run(looked_up(locations, scope))
        truth = shown(feather("show", SESSION_ID, "--format", "json"))
    assert [row.session_id for row in true_rows] == true_hits == [SESSION_ID]
    kinds = mixed([*FILES, *DISKS])

    for number in tries:
        name = kinds[number % len(kinds)]

        def spoil(locations: Locations, name: str = name, number: int = number) -> Any:
            if name in DISKS:
                return DISKS[name](locations.cache_file)
            FILES[name](locations.cache_file, random.Random(number))  # noqa: S311 - no secret
            return nullcontext()

        with tally.attempt(f"{number}: {name}"):
            with homes.furnished() as locations, spoil(locations), impatient():
                rows, hits = asyncio.run(looked_up(locations, scope))
                assert rows in (true_rows, []), rows
                assert hits in (true_hits, []), hits
            with homes.furnished() as locations, spoil(locations):
                said = ""
                for session, words in ((SESSION_ID, SEEN), (OTHER_ID, NEW), (SESSION_ID, SEEN)):
                    outcome = feather("show", session, "--format", "json")
                    said += outcome.err
                    printed = shown(outcome)
                    assert words in outcome.out
                    assert session == OTHER_ID or documents_in(printed) == documents_in(truth), printed
                assert said or name not in SAID_ALWAYS, "nothing was said"
                for line in ("cache info", "__complete sessions", "cache clear"):
                    assert feather(*line.split()).status in {0, 1}


# ------------------------------------------------------------------------------------------- real disks


def read_only_file(locations: Locations, _: random.Random) -> tuple[str, ...]:
    locations.cache_file.chmod(0o400)
    return WITHOUT_PRIVILEGE


def read_only_directory(locations: Locations, chance: random.Random) -> tuple[str, ...]:
    if chance.random() < 0.5:
        locations.cache_file.unlink()
    locations.cache.chmod(0o500)
    return WITHOUT_PRIVILEGE


def closed_directory(locations: Locations, _: random.Random) -> tuple[str, ...]:
    locations.cache.chmod(0o000)
    return WITHOUT_PRIVILEGE


def no_larger_file(locations: Locations, chance: random.Random) -> tuple[str, ...]:
    """Let a file grow to a little more or less than the cache has now."""
    size = locations.cache_file.stat().st_size
    return ("prlimit", f"--fsize={chance.randrange(size + 60_000)}")


def full_disk(locations: Locations, chance: random.Random) -> tuple[str, ...]:
    """Put the cache on a disk of its own with little or no room beside it."""
    size = locations.cache_file.stat().st_size
    kilobytes = size // 1024 + chance.randrange(4, 250, 4)
    script = (
        'cp -p "$1" "$0/kept" && mount -t tmpfs -o mode=700,size="$2"k none "$3" && cp -p "$0/kept" "$1" '
        '&& shift 3 && exec "$@"'
    )
    words = (locations.cache.parent, locations.cache_file, kilobytes, locations.cache)
    return ("unshare", "--mount", "sh", "-c", script, *map(str, words))


WITHOUT_PRIVILEGE: Final = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
)
"""Root may write wherever it wants, unless it gives that up."""
REAL_DISKS: Final = (
    *(read_only_directory, no_larger_file, *((full_disk, full_disk) if os.geteuid() == 0 else ())),
    *(closed_directory, no_larger_file, read_only_file),
)
UNNOTICED: Final = frozenset({no_larger_file, full_disk, read_only_file})
"""There may be room enough; and a file of ours that we may not write is one that we may make writable."""


@tries(sample=1, full=70, slices=2)
def test_whatever_the_disk_does_the_truth_is_shown(tries: range, tally: Tally, homes: Homes) -> None:
    for number in tries:
        disk = REAL_DISKS[number % len(REAL_DISKS)]
        with homes.furnished() as locations, tally.attempt(f"{number}: {disk.__name__}"):
            prefix = disk(locations, random.Random(number))  # noqa: S311 - no secret
            try:
                for session, words in ((OTHER_ID, NEW), (SESSION_ID, SEEN)):
                    done = subprocess.run(
                        [*prefix, *PROGRAM, "show", session, "--format", "json"],
                        capture_output=True,
                        check=False,
                        text=True,
                        timeout=SECONDS,
                    )
                    outcome = Outcome(done.returncode, done.stdout, done.stderr)
                    shown(outcome)
                    assert words in outcome.out
                    assert outcome.err or disk in UNNOTICED, "nothing was said"
            finally:
                locations.cache.chmod(0o700)


# ------------------------------------------------------------------------------------------- the screens


def on_one_line(screen: str) -> str:
    return " ".join(screen.split())


@each_of([*FILES], sample=1)
def test_the_screens_open_over_a_damaged_cache(cases: list[str], tally: Tally, homes: Homes) -> None:
    for number, name in enumerate(cases):
        with homes.furnished() as locations, tally.attempt(name):
            FILES[name](locations.cache_file, random.Random(number))  # noqa: S311 - no secret
            with Terminal([*PROGRAM, OTHER_ID], size=(120, 36)) as terminal:
                terminal.wait_for(NEW)
                told = [terminal.screen]
                terminal.type("q")
                terminal.wait_for("paste an id")
                told.append(terminal.screen)
                terminal.paste(SESSION_ID)
                terminal.wait_for(SEEN)
                told.append(terminal.screen)
                terminal.type("qq")
                assert terminal.wait_for_exit() == 0
                terminal.assert_restored()
            assert name not in SAID_ALWAYS or any("The cache" in on_one_line(screen) for screen in told), told
