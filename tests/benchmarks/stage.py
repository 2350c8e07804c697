"""Where it is measured: directories of our own with a filled cache, and the programs that are compared."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import sessions
from benchmarks.cases import case_id, keep_cases
from benchmarks.program import SIZE
from benchmarks.scene import Scene
from feather_tui.address import BaseUrl
from feather_tui.arrivals import Provenance, SessionCopy, Source
from feather_tui.copies import read_document
from feather_tui.credentials import Key
from feather_tui.rendering.clock import Clock
from feather_tui.rendering.inks import INKS
from feather_tui.rendering.look import Look
from feather_tui.rendering.transcript import transcript_blocks
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.store.records import Known, Scope
from feather_tui.store.store import open_store

KEY = "fth_live_4T8zBenchmarkBenchmarkBench"
HOST = "http://127.0.0.1:9"
LENGTHS = FEW, SOME, MANY, MOST = (100, 1_000, 10_000, 100_000)
READABLE = "assistant"
"""Written above each reply: seen as soon as a transcript can be read, and nowhere else."""
BOARD_READY = "are here"
"""Seen when all rows of a board have come."""
_PEERS = Path(__file__).parent / "peers"
_LISTED = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Commands, and the environment they run in. `root`: the directory of it all."""

    root: Path
    environ: dict[str, str]

    def feather(self, *words: str) -> list[str]:
        """Return our own program's command line."""
        return [sys.executable, "-m", "feather_tui", *words]

    def session(self, messages: int, *, ahead: str = "", plain: bool = False) -> Scene:
        """Return a cached session; `plain`: written as stock Textual does."""
        words = self.feather("--offline", sessions.session_id(messages))
        environ = {**self.environ, "FEATHER_OUTPUT": "plain"} if plain else self.environ
        return Scene(words=words, environ=environ, ready=READABLE, ahead=ahead)

    def forget_pictures(self) -> None:
        """Make it so that no session was ever opened here."""
        with closing(sqlite3.connect(_cache(self.root / "cache"))) as connection, connection:
            connection.execute("DELETE FROM pictures")

    @property
    def minimal(self) -> Scene:
        """Return the minimal Textual app."""
        words = [sys.executable, str(_PEERS / "minimal.py")]
        return Scene(words=words, environ=self.environ, ready="minimal ready")

    def less(self, messages: int, *, ahead: str = "") -> Scene:
        """Return less on the rows of a session's transcript."""
        words = ["less", "-R", "-S", str(self.root / f"{messages}.txt")]
        return Scene(words=words, environ=self.environ, ahead=ahead)

    @property
    def lookup(self) -> Scene:
        """Return the lookup, with thousands of sessions that are known."""
        environ = {**self.environ, "XDG_CACHE_HOME": str(self.root / "listed")}
        return Scene(words=self.feather("--offline"), environ=environ, ready="help")

    def board(self, rows: int) -> Scene:
        """Return the board of so many cached sessions."""
        environ = {**self.environ, "XDG_CACHE_HOME": str(self.root / "triaged")}
        words = self.feather("--offline", *map(case_id, range(rows)))
        return Scene(words=words, environ=environ, ready=BOARD_READY)

    def fetched(self, base_url: str) -> Scene:
        """Return a session that is not in any cache, from an API."""
        words = self.feather(sessions.session_id(SOME))
        fetching = self.root / "fetching"
        environ = {**self.environ, "FEATHER_BASE_URL": base_url, "XDG_CACHE_HOME": str(fetching)}
        return Scene(words=words, environ=environ, ready=READABLE)

    @contextmanager
    def api(self) -> Iterator[str]:
        """Run an API on loopback that has the session of `fetched`; its base URL."""
        words = [sys.executable, str(_PEERS / "server.py"), str(self.root / f"{SOME}.json")]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
            server.kill()


@contextmanager
def staged() -> Iterator[Stage]:
    """Fill the caches and write the texts; all is gone at the end."""
    with TemporaryDirectory(prefix="feather-tui-benchmarks-") as directory:
        root = Path(directory)
        environ = {
            "PATH": os.environ["PATH"],
            "HOME": directory,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "LESSHISTFILE": "-",
            "FEATHER_API_KEY": KEY,
            "FEATHER_BASE_URL": HOST,
            **{f"XDG_{kind}_HOME": str(root / kind.lower()) for kind in ("CONFIG", "CACHE", "STATE")},
        }
        stage = Stage(root=root, environ=environ)
        _fill(_cache(root / "cache"))
        _list_many(_cache(root / "listed"))
        keep_cases(_cache(root / "triaged"), _scope(), MANY)
        _write_text(root / f"{MANY}.txt", MANY)
        yield stage


def has_less() -> bool:
    """Return whether less is there to be compared with."""
    return shutil.which("less") is not None


def _cache(directory: Path) -> Path:
    return directory / "feather-tui" / "sessions.sqlite3"


def _fill(path: Path) -> None:
    now = datetime.now(UTC)
    store = open_store(path, days=30, max_bytes=1 << 30, now=lambda: now)
    for messages in LENGTHS:
        session_id = SessionId(sessions.session_id(messages))
        body = sessions.analysis_input(messages)
        (path.parents[2] / f"{messages}.json").write_bytes(body)
        store.put(_scope(), session_id, DocumentKind.ANALYSIS, body, now)
    store.close()


def _list_many(path: Path) -> None:
    now = datetime.now(UTC)
    store = open_store(path, days=30, max_bytes=1 << 30, now=lambda: now)
    for number in range(_LISTED):
        session_id = SessionId(f"{number * 7919 % (1 << 32):08x}-0000-4000-8000-{number:012d}")
        known = Known(
            session_id=session_id,
            started_at=now - timedelta(minutes=number),
            outcome=("resolved", "escalated", "unresolved")[number % 3],
            reason="user_requested",
            channel=("chat", "voice", "sms", "email")[number % 4],
            turns=number % 40,
            tools=number % 5,
            tools_failed=number % 2,
            retrievals=number % 3,
            retrievals_missed=0,
            extraction="completed",
            seen_at=now,
            findings={"high": number % 3},
        )
        store.note(_scope(), session_id, known)
    store.close()


def _write_text(path: Path, messages: int) -> None:
    """Write the rows of a session's transcript as the screen has them, in the same colours."""
    copy = _copy(messages)
    look = Look(width=SIZE[0], clock=Clock(now=datetime.now(UTC)), dates=True)
    codes = {tone: ink.codes for tone, ink in INKS["ansi"].items()}
    with path.open("w", encoding="utf-8") as file:
        for block in transcript_blocks(copy.timeline, copy.asides):
            for row in block.rows(look, expanded=False, parts=1):
                spans = (f"\x1b[{codes[tone]}m{text}\x1b[m" if codes[tone] else text for text, tone in row)
                file.write(f"{''.join(spans)}\n")


def _copy(messages: int) -> SessionCopy:
    now = datetime.now(UTC)
    provenance = Provenance(
        body=sessions.analysis_input(messages), fetched_at=now, checked_at=now, source=Source.CACHE
    )
    copy = read_document(DocumentKind.ANALYSIS, SessionId(sessions.session_id(messages)), provenance)
    assert isinstance(copy, SessionCopy)
    return copy


def _scope() -> Scope:
    return Scope(origin=BaseUrl.parse(HOST).origin, key_fingerprint=Key.parse(KEY).fingerprint)
