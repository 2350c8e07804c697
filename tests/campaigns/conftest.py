"""What campaigns share: a tally for each, the table of all at the end, and the program in this process."""

from __future__ import annotations

import io
import os
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from campaign import Tally
from command_line import Feather, Outcome
from documents import SESSION_ID, analysis, call, extraction, row
from in_terminal import SECRET
from loopback import WHOAMI, LoopbackApi, run_in_thread
from loopback_answers import ready

from feather_tui.cli import main

_TRIED, _SHORT = "tried", "fell short"


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Iterator[Tally]:
    """Count the attempts of a test; it fails at its end if one of them fell short."""
    tally = Tally()
    yield tally
    record_property(_TRIED, tally.tried)
    record_property(_SHORT, len(tally.short))
    tally.check()


@pytest.fixture
def feather(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Feather]:
    """Run `feather-tui` in this process with these words; `piped` is what standard input holds."""

    def run(*words: str, piped: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped)))
        status = main(words)
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    # What the program forbids itself for ever, core files, it would forbid every later test in this process.
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    before = os.umask(0o022)
    yield run
    os.umask(before)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackApi]:
    """A server with one session, and the environment that leads to it, without a key."""
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
        server.answers[WHOAMI] = ready({"role": "org:viewer"})
        monkeypatch.setenv("FEATHER_BASE_URL", server.base_url)
        yield server


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """The key, put into the environment."""
    monkeypatch.setenv("FEATHER_API_KEY", SECRET)
    return SECRET


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what each campaign tried and what fell short."""
    tried, short = Counter[str](), Counter[str]()
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    for report in reports:
        counts = dict(getattr(report, "user_properties", ()))
        if _TRIED in counts and report.when == "teardown":
            name = report.nodeid.partition("[")[0]
            tried[name] += counts[_TRIED]
            short[name] += counts[_SHORT]
    terminalreporter.section("campaigns: tried, fell short")
    for name, count in sorted(tried.items()):
        terminalreporter.line(f"{count:>7} {short[name]:>5}  {name}")
