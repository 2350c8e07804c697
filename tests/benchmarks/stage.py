"""Where it is measured: directories of our own with a filled cache, and the programs that are compared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import sessions
from feather_tui.address import BaseUrl
from feather_tui.credentials import Key
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.store.records import Known, Scope
from feather_tui.store.store import open_store

KEY = "fth_live_4T8zBenchmarkBenchmarkBench"
HOST = "http://127.0.0.1:9"
LENGTHS = (100, 1_000, 10_000)
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

    def session(self, messages: int) -> list[str]:
        """Return the command line that opens a cached session."""
        return self.feather("--offline", sessions.session_id(messages))

    @property
    def minimal(self) -> list[str]:
        """Return the command line of the minimal Textual app."""
        return [sys.executable, str(_PEERS / "minimal.py")]

    def less(self, messages: int) -> list[str]:
        """Return the command line of less on a session's text as `show` prints it, in colour."""
        return ["less", "-R", "-S", str(self.root / f"{messages}.txt")]

    def plain(self) -> dict[str, str]:
        """Return the environment with stock Textual's output."""
        return {**self.environ, "XDG_CONFIG_HOME": str(self.root / "plain")}

    def listed(self) -> dict[str, str]:
        """Return the environment with thousands of sessions in the lookup."""
        return {**self.environ, "XDG_CACHE_HOME": str(self.root / "listed")}


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
        _fill(root / "cache" / "feather-tui" / "sessions.sqlite3")
        _list_many(root / "listed" / "feather-tui" / "sessions.sqlite3")
        (root / "plain" / "feather-tui").mkdir(parents=True, mode=0o700)
        setting = root / "plain" / "feather-tui" / "config.toml"
        setting.write_text('[display]\noutput = "plain"\n', encoding="utf-8")
        setting.chmod(0o600)
        for messages in LENGTHS:
            _write_text(stage, messages)
        yield stage


def has_less() -> bool:
    """Return whether less is there to be compared with."""
    return shutil.which("less") is not None


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


def _write_text(stage: Stage, messages: int) -> None:
    words = stage.feather("show", sessions.session_id(messages), "--offline", "--format", "text")
    shown = subprocess.run(
        words, env={**stage.environ, "COLUMNS": "120"}, check=True, capture_output=True
    ).stdout
    (stage.root / f"{messages}.txt").write_bytes(shown)


def _scope() -> Scope:
    return Scope(origin=BaseUrl.parse(HOST).origin, key_fingerprint=Key.parse(KEY).fingerprint)
