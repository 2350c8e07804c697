"""Who may read what the program writes, and whose files it takes for its own."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from campaign import Tally, each_of
from command_line import Feather, Outcome
from documents import SESSION_ID
from homes import Homes
from in_terminal import SECRET
from loopback import LoopbackApi
from pty_terminal import Terminal

from feather_tui.address import BaseUrl
from feather_tui.clipboard import Clipboard, copied_file
from feather_tui.credentials import Key, KeyStore
from feather_tui.locations import Locations

SOMEBODY_ELSE: Final = 12345
SEEN: Final = "Where is my headset?"
PROGRAM: Final = (sys.executable, "-m", "feather_tui")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let every new file be read and written by everybody, as far as the umask goes."""
    before = os.umask(0)
    yield
    os.umask(before)


def wide(directory: Path) -> list[str]:
    """Name what others may read or change, and what is neither a file of 0600 nor a directory of 0700."""
    right = {stat.S_IFREG | 0o600, stat.S_IFDIR | 0o700}
    found = [(path, path.lstat().st_mode) for path in sorted(directory.rglob("*"))]
    return [f"{path.relative_to(directory)} {oct(mode)}" for path, mode in found if mode not in right]


@pytest.mark.usefixtures("open_umask", "api")
@each_of([SESSION_ID], sample=1)
def test_all_that_is_written_is_for_its_owner(
    cases: list[str], tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, feather: Feather
) -> None:
    (session_id,) = cases
    homes, temporary = Homes(tmp_path), tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("EDITOR", "true")

    def run(*words: str, piped: bytes = b"") -> None:
        os.umask(0)  # which the program changes
        assert feather(*words, piped=piped).status == 0

    with homes.empty() as locations:
        home = locations.config.parents[1]
        run("auth", "login", piped=SECRET.encode())
        run("config", "edit")
        run("export", session_id, "-o", "handed-over.html", "--format", "html")
        locations.cache_file.write_bytes(b"garbage")
        os.umask(0)
        with Terminal([*PROGRAM, session_id]) as terminal:
            terminal.wait_for(SEEN)
            terminal.type("y")
            terminal.wait_for("session id")
            terminal.type("\r")
            terminal.wait_for("(OSC 52)")
            while_running = wide(home)
            in_use = [path.name for path in home.rglob("*")]
            terminal.type("qq")
            terminal.wait_for_exit()

        made = {"sandbox.key", "config.toml", "sessions.sqlite3", "sessions.sqlite3-wal", "copied.txt"}
        assert made | {"sessions.sqlite3-shm", "handed-over.html"} <= set(in_use)
        assert any("damaged" in name for name in in_use)
        for name in in_use:
            with tally.attempt(name):
                assert not [found for found in while_running if name in found]
        assert wide(home) == []
        assert list(temporary.iterdir()) == []


# ---------------------------------------------------------------------------- links and foreign owners


def replaced_by_link(path: Path) -> None:
    """Put a link to the same thing, elsewhere, in its place."""
    elsewhere = path.with_name(f"elsewhere-{path.name}")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def replaced_by_dangling_link(path: Path) -> None:
    """Put a link to nothing in its place."""
    path.rename(path.with_name(f"elsewhere-{path.name}"))
    path.symlink_to("nowhere")


def given_away(path: Path) -> None:
    """Make it somebody else's, with everything in it."""
    for each in (path, *path.rglob("*")):
        os.chown(each, SOMEBODY_ELSE, -1)


def opened_to_all(path: Path) -> None:
    """Let others change it."""
    path.chmod(path.stat().st_mode | 0o022)


SPOILT: Final[dict[str, tuple[Callable[[Path], None], str]]] = {
    "linked": (replaced_by_link, "is a symbolic link"),
    "dangling": (replaced_by_dangling_link, "is a symbolic link"),
    "foreign": (given_away, "belongs to another user"),
    "open": (opened_to_all, "Other users may"),
}
PLACES: Final[dict[str, Callable[[Locations], Path]]] = {
    "config directory": lambda locations: locations.config,
    "config.toml": lambda locations: locations.config_file,
    "keys directory": lambda locations: locations.config / "keys",
    "key": lambda locations: locations.config / "keys" / "sandbox.key",
    "cache directory": lambda locations: locations.cache,
    "cache": lambda locations: locations.cache_file,
    "state directory": lambda locations: locations.state,
}
CASES: Final = [(place, how) for place in PLACES for how in SPOILT if (place, how) != ("cache", "open")]
"""A cache file that is open to all lies in a directory that is not: it is tightened."""


@pytest.fixture
def homes(tmp_path: Path, api: LoopbackApi, feather: Feather) -> Homes:
    homes = Homes(tmp_path)
    with homes.furnishing() as locations:
        KeyStore(locations.config).save("sandbox", BaseUrl.parse(api.base_url), Key(SECRET))
        locations.config_file.touch()
        assert feather("show", SESSION_ID).status == 0
        copy(locations)
    return homes


def copy(locations: Locations) -> str:
    return Clipboard({}, locations.state, lambda _: None).copy("copied").sentence


def sentences(outcome: Outcome) -> str:
    assert "Traceback" not in outcome.err
    assert "unexpected" not in outcome.err
    return outcome.err


@each_of(CASES, sample=len(CASES))
def test_a_link_and_what_somebody_else_could_have_written_are_refused(
    cases: list[tuple[str, str]], tally: Tally, homes: Homes, feather: Feather
) -> None:
    for place, how in cases:
        if how == "foreign" and os.geteuid() != 0:
            continue  # only root can give a file away; tests/unit/test_private_files.py pretends
        spoil, reason = SPOILT[how]
        with homes.furnished() as locations, tally.attempt(f"{place} {how}"):
            path = PLACES[place](locations)
            spoil(path)
            before = path.lstat()
            shown = feather("show", SESSION_ID)
            told = copy(locations) if "state" in place else sentences(shown)
            assert reason in told, told
            assert str(path) in told, told
            if "cache" in place or "state" in place:
                assert (shown.status, SEEN in shown.out) == (0, True), shown
            else:
                assert (shown.status in {2, 3}, shown.out, told.count("\n")) == (True, "", 1), shown
            after = path.lstat()
            assert (before.st_mode, before.st_uid) == (after.st_mode, after.st_uid), (
                "it was repaired in silence"
            )


@pytest.mark.usefixtures("key")
def test_a_copy_replaces_a_planted_link_and_spares_its_target(homes: Homes, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    with homes.furnished() as locations:
        copied_file(locations.state).unlink()
        copied_file(locations.state).symlink_to(victim)

        copy(locations)

        assert copied_file(locations.state).read_text() == "copied"
        assert not copied_file(locations.state).is_symlink()
    assert victim.read_text() == "untouched"
