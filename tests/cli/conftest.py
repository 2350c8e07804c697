"""Running the command line inside this process, with a home, a cache and an environment of its own."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Feather, Outcome
from loopback import LoopbackApi, run_in_thread

from feather_tui.api.client import ApiClient
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


@pytest.fixture
def server(locations: Locations, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackApi]:
    """Run an API without sessions; the environment leads to it, and no try waits before the next."""
    assert not locations.config.exists()
    defaults = ApiClient.__init__.__kwdefaults__ or {}
    monkeypatch.setattr(ApiClient.__init__, "__kwdefaults__", defaults | {"random": lambda: 0.0})
    with run_in_thread() as api:
        monkeypatch.setenv("FEATHER_BASE_URL", api.base_url)
        monkeypatch.setenv("FEATHER_API_KEY", "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9")
        yield api
