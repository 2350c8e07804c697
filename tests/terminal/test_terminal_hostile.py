"""Text of strangers in a real terminal: what acts on a terminal never gets there."""

from __future__ import annotations

import re
from pathlib import Path

from documents import SESSION_ID, analysis, call, extraction, row
from in_terminal import Start
from loopback import LoopbackApi, extraction_path
from loopback_answers import Answer, Close, Send, failure

HOSTILE = "\x1b]52;c;UE9JU09O\x07 \x1b[31;9H \x9b7;7H \x1bP+q\x1b\\ \u202egnp.exe\u2069"
STAND_INS = ("␛]52;c;UE9JU09O␇", "␛[31;9H", "<9B>7;7H", "␛P+q␛\\", "<202E>gnp.exe<2069>")

BELL_OR_C1 = re.compile(rb"\x07|\xc2[\x80-\x9f]")
ESCAPE_OTHER_THAN_CSI = re.compile(rb"\x1b(?!\[)")
HIDDEN = re.compile(rb"\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]")
CANARIES = (b"\x1b[31;9H", b"7;7H\x1b", b"\x1b]52")


def broken_status_line() -> Answer:
    """An answer whose reason phrase is hostile; no HTTP client may accept it."""
    line = f"HTTP/1.1 500 {HOSTILE}\r\nContent-Length: 0\r\n\r\n"
    return Answer((Send(line.encode()), Close()))


def test_what_strangers_wrote_is_seen_and_does_nothing(start: Start, api: LoopbackApi, tmp_path: Path) -> None:
    settings = tmp_path / "home" / "config" / "feather-tui" / "config.toml"
    settings.parent.mkdir(parents=True, mode=0o700)
    settings.write_text("[network]\ndeadline_seconds = 1\n")
    api.serve(
        SESSION_ID,
        analysis=analysis(
            row("user", HOSTILE, turn="turn-0"),
            row(HOSTILE, "ok", second=4),
            completion_reason=HOSTILE,
            tool_calls=[call("call-1", f"tool {HOSTILE}", result=f"result {HOSTILE}")],
        ),
        extraction=failure(403, message=f"words {HOSTILE}"),
    )

    terminal = start(SESSION_ID, size=(120, 50))
    terminal.wait_for(*STAND_INS, "tool ␛]52")
    terminal.type("e")
    terminal.wait_for("result ␛]52")
    terminal.type("3")
    terminal.wait_for("The server's words", "<202E>gnp.exe<2069>”")
    api.answers[extraction_path(SESSION_ID)] = broken_status_line()
    terminal.type("r")
    terminal.wait_for("broke off its answer")
    api.serve(SESSION_ID, extraction=extraction(status=HOSTILE, extracted_data={HOSTILE: HOSTILE}))
    terminal.type("r")
    terminal.wait_for("extraction ␛]52")
    terminal.type("qq")

    assert terminal.wait_for_exit() == 0
    terminal.assert_restored()
    for harmful in (BELL_OR_C1, ESCAPE_OTHER_THAN_CSI, HIDDEN):
        assert harmful.findall(terminal.written) == []
    assert [canary for canary in CANARIES if canary in terminal.written] == []
