"""Writers that are killed (SIGKILL) while they write keys, settings and cached documents.

    python tests/killed_writers.py KIND DIRECTORY TRIES SEED

forks a writer for each try, one after the other, kills it at some moment of its endless writing, and looks at
what the next start finds. A process of its own, because it forks. Prints a JSON object: `short`, what fell
short, and `leftovers`, how many writers were hit between making a file and putting it in its place.
"""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import struct
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from store_samples import ANALYSIS, NOW, SCOPE, document, known, opened, session

from feather_tui.address import BaseUrl
from feather_tui.credentials import Key, KeyStore
from feather_tui.locations import Locations
from feather_tui.private_files import ensure_private_directory, write_private
from feather_tui.settings import load

_LONGEST_SECONDS: Final = 0.02
_HOST: Final = BaseUrl.parse("https://api.example.test")
_NUMBER: Final = struct.Struct("q")
_DOCUMENTS: Final = 20
_DAYS: Final = 3650
"""The most days that the settings take."""

Say = Callable[[int], object]


class Written(ABC):
    """Something that is written again and again, each time with a number in it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @abstractmethod
    def write(self, first: int, say: Say) -> None:
        """Write numbers from `first` on without end; say each when it is written."""

    @abstractmethod
    def complaints(self, before: int, said: int) -> Iterator[str]:
        """Look as the next start does: every number up to `said` was written, and the next one perhaps."""


class Keys(Written):
    """The key of a profile."""

    @property
    def _store(self) -> KeyStore:
        return KeyStore(self.directory / "config")

    def write(self, first: int, say: Say) -> None:
        for number in _numbers(first):
            self._store.save("sandbox", _HOST, Key(f"fth_live_{number:020}"))
            say(number)

    def complaints(self, before: int, said: int) -> Iterator[str]:
        del before
        self._store.sweep()
        files = [path.name for path in (self.directory / "config" / "keys").iterdir()]
        if files != ["sandbox.key"]:
            yield f"beside the key: {files}"
        found = int(self._store.find("sandbox", _HOST, {}).key.reveal().removeprefix("fth_live_"))
        if found not in {said, said + 1}:
            yield f"key {found} after {said}"


class Config(Written):
    """config.toml."""

    def write(self, first: int, say: Say) -> None:
        locations = _locations(self.directory)
        for number in _numbers(first):
            ensure_private_directory(locations.config)
            write_private(locations.config_file, f"[cache]\ndays = {number % _DAYS + 1}\n".encode())
            say(number)

    def complaints(self, before: int, said: int) -> Iterator[str]:
        del before
        locations = _locations(self.directory)
        KeyStore(locations.config).sweep()
        files = [path.name for path in locations.config.iterdir()]
        if files != ["config.toml"]:
            yield f"beside the settings: {files}"
        days = load(locations, {}).cache_days
        if days not in {said % _DAYS + 1, (said + 1) % _DAYS + 1}:
            yield f"days {days} after {said}"


class Cache(Written):
    """Documents and rows of the cache, in turn for a few sessions; from time to time it is tidied."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self._path = directory / "cache" / "sessions.sqlite3"
        self._last: dict[int, int] = {}

    def write(self, first: int, say: Say) -> None:
        with opened(self._path) as store:
            for number in _numbers(first):
                store.put(SCOPE, session(number % _DOCUMENTS), ANALYSIS, document(number, 30_000), NOW)
                store.note(SCOPE, session(number % _DOCUMENTS), known(number % _DOCUMENTS, turns=number))
                if number % 7 == 0:
                    store.expire()
                say(number)

    def complaints(self, before: int, said: int) -> Iterator[str]:
        for number in range(before + 1, said + 1):
            self._last[number % _DOCUMENTS] = number
        with opened(self._path) as store:
            yield from store.notices
            if store.info().in_memory:
                yield "in memory"
            turns = {row.session_id: row.turns for row in store.known(SCOPE)}
            for place in range(_DOCUMENTS):
                stored = store.get(SCOPE, session(place), ANALYSIS)
                body = None if stored is None else stored.body
                true = {self._last.get(place), *({said + 1} if (said + 1) % _DOCUMENTS == place else ())}
                if body not in {None if number is None else document(number, 30_000) for number in true}:
                    yield f"document {place} is {None if body is None else body[:40]!r} after {said}"
                if turns.get(session(place)) not in true:
                    yield f"row {place} is {turns.get(session(place))} after {said}"


KINDS: Final[dict[str, Callable[[Path], Written]]] = {"key": Keys, "config": Config, "cache": Cache}


def _numbers(first: int) -> Iterator[int]:
    while True:
        yield first
        first += 1


def _locations(directory: Path) -> Locations:
    return Locations(config=directory / "config", cache=directory / "cache", state=directory / "state")


def _kill_one(written: Written, first: int, seconds: float) -> int:
    """Let a writer begin at `first`, kill it after so long, and return the last number that it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            written.write(first, lambda number: os.write(writing, _NUMBER.pack(number)))
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read(_NUMBER.size)  # it has begun
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        said += pipe.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the writer ended by itself"
    return int(_NUMBER.unpack(said[-_NUMBER.size :])[0])


def _wide(directory: Path) -> list[str]:
    """Name what others may read."""
    return [str(path) for path in directory.rglob("*") if stat.S_IMODE(path.lstat().st_mode) & 0o077]


def _run(written: Written, tries: int, chance: random.Random) -> dict[str, object]:
    short, leftovers, said = [], 0, 0
    for number in range(tries):
        before, said = said, _kill_one(written, said + 1, chance.uniform(0, _LONGEST_SECONDS))
        leftovers += any(path.name.endswith(".feather-partial") for path in written.directory.rglob("*"))
        complaints = [*_wide(written.directory), *written.complaints(before, said)]
        short += [f"{number}: {', '.join(complaints)}"] if complaints else []
    return {"short": short, "leftovers": leftovers}


if __name__ == "__main__":
    kind, directory, count, seed = sys.argv[1:]
    os.umask(0)
    at_any_moment = random.Random(seed)  # noqa: S311 - moments, not secrets
    json.dump(_run(KINDS[kind](Path(directory)), int(count), at_any_moment), sys.stdout)
