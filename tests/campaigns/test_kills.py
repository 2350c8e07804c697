"""kill -9 while keys, settings and cached documents are written: nothing is lost, and nothing lies about."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest
from campaign import Tally, tries
from command_line import Feather
from documents import SESSION_ID
from homes import Homes
from in_terminal import SECRET
from loopback import LoopbackApi

from feather_tui.address import BaseUrl
from feather_tui.credentials import Key, KeyStore

TESTS: Final = Path(__file__).parents[1]
NEW: Final = "fth_live_9Zq0aLsKdJfHgTyRuEiWoPqMzX"
SAMPLE: Final = range(5)
START_SECONDS: Final = 0.6
"""How long `auth login` takes at most here; it is killed within this time."""


@pytest.mark.parametrize("kind", ["key", "config", "cache"])
@tries(sample=len(SAMPLE), full=300, slices=2)
def test_a_writer_that_is_killed_loses_nothing_and_leaves_nothing(
    kind: str, tries: range, tally: Tally, tmp_path: Path
) -> None:
    tmp_path.chmod(0o700)
    program = [sys.executable, str(TESTS / "killed_writers.py"), kind, str(tmp_path)]
    done = subprocess.run(
        [*program, str(len(tries)), str(tries.start)],
        env={"PYTHONPATH": f"{TESTS.parent}:{TESTS}"},
        check=True,
        capture_output=True,
    )
    found = json.loads(done.stdout)
    tally.tried = len(tries)
    tally.short += found["short"]
    if kind != "cache" and len(tries) > len(SAMPLE):
        assert found["leftovers"], "no writer was hit in the middle"


@tries(sample=1, full=100)
def test_a_login_that_is_killed_leaves_the_old_key_or_the_new_one(
    tries: range, tally: Tally, tmp_path: Path, api: LoopbackApi, feather: Feather
) -> None:
    homes, moments = Homes(tmp_path), random.Random(tries.stop)  # noqa: S311 - moments, not secrets
    base_url = BaseUrl.parse(api.base_url)
    with homes.furnishing() as locations:
        KeyStore(locations.config).save("sandbox", base_url, Key(SECRET))
    for number in tries:
        with homes.furnished() as locations, tally.attempt(str(number)):
            with subprocess.Popen(
                [sys.executable, "-m", "feather_tui", "auth", "login"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
            ) as login:
                assert login.stdin is not None
                login.stdin.write(NEW.encode())
                login.stdin.close()
                time.sleep(moments.uniform(0.1, START_SECONDS))
                login.kill()

            assert feather("show", SESSION_ID).status == 0
            assert KeyStore(locations.config).find("sandbox", base_url, {}).key.reveal() in {SECRET, NEW}
            assert [path.name for path in (locations.config / "keys").iterdir()] == ["sandbox.key"]
