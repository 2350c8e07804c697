"""The program in a real terminal, over a real server, with a home of its own."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from documents import SESSION_ID, analysis, call, extraction, row
from in_terminal import SECRET, Serving, Start
from loopback import LoopbackApi, run_in_thread
from pty_terminal import Terminal


@pytest.fixture
def start() -> Iterator[Start]:
    """Start `feather-tui` with these words in a terminal; what is still running at the end is killed."""
    with contextlib.ExitStack() as terminals:

        def run(*words: str, **options: Any) -> Terminal:
            program = [sys.executable, "-m", "feather_tui", *words]
            return terminals.enter_context(Terminal(program, **options))

        yield run


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Serving:
    """Run a server with one session, and put into the environment what leads to it."""

    @contextlib.contextmanager
    def serve() -> Iterator[LoopbackApi]:
        with run_in_thread() as server:
            server.serve(
                SESSION_ID,
                analysis=analysis(
                    row("user", "Where is my headset?", turn="turn-0"),
                    row("assistant", "Let me see.", second=4),
                    tool_calls=[call("call-1", result='{"state": "lost"}', latency_ms=212)],
                ),
                extraction=extraction(),
            )
            monkeypatch.setenv("FEATHER_BASE_URL", server.base_url)
            monkeypatch.setenv("FEATHER_API_KEY", SECRET)
            yield server

    return serve


@pytest.fixture
def api(serving: Serving) -> Iterator[LoopbackApi]:
    """A server with one session, and the environment that leads to it."""
    with serving() as server:
        yield server
