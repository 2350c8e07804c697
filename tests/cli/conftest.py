"""Running the command line inside this process, with a home, a cache and an environment of its own."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Feather, Outcome

from feather_tui.cli import main
from feather_tui.locations import Locations

_NOT_OURS = (
    *("COLORTERM", "DISPLAY", "NO_COLOR", "STY", "TERM", "TMUX", "WAYLAND_DISPLAY"),
    *("LANG", "LC_ALL", "LC_CTYPE"),
    *("SSLKEYLOGFILE", "SSL_CERT_DIR", "SSL_CERT_FILE"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
)


@pytest.fixture
def locations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Locations]:
    """Give the empty places of a new user, in an environment that says nothing else."""
    for name in (*_NOT_OURS, *(name for name in os.environ if name.startswith("FEATHER_"))):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    before = os.umask(0o022)
    yield Locations.default()
    os.umask(before)


@pytest.fixture
def feather(
    locations: Locations, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Feather:
    """Run `feather-tui` with these words; `piped` is what standard input holds."""
    assert not locations.config.exists()

    def run(*words: str, piped: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped)))
        status = main(words)
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run
