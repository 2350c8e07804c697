"""What every test needs: nothing of the developer's own reaches the program, and nothing of it stays."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

_PREFIXES_NOT_OURS = ("FEATHER_", "TEXTUAL", "SSH_", "LC_")
_NOT_OURS = (
    *("COLORFGBG", "COLORTERM", "COLUMNS", "DISPLAY", "LINES", "NO_COLOR", "STY", "TMUX", "WAYLAND_DISPLAY"),
    *("PYTHONDONTWRITEBYTECODE",),  # each program started here would compile anew what was changed since
    *("SSLKEYLOGFILE", "SSL_CERT_DIR", "SSL_CERT_FILE"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
)


@pytest.fixture(autouse=True)
def _own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home of its own, a plain terminal, English and UTC."""
    for name in list(os.environ):
        if name in _NOT_OURS or name.startswith(_PREFIXES_NOT_OURS):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)  # where a test's program would save a file
    home = tmp_path / "home"
    for kind in ("CONFIG", "CACHE", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
