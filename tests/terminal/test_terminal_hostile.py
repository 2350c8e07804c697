"""Text of strangers in a real terminal: what acts on a terminal never gets there."""

from __future__ import annotations

import json
import re

from documents import SESSION_ID, analysis, call, extraction, row
from in_terminal import Start
from loopback import LoopbackApi
from loopback_answers import Answer, Send

from feather_tui.ui.ending.device import PLAIN_KEYS
from feather_tui.ui.output.afresh import AFRESH

HOSTILE = "\x1b]52;c;UE9JU09O\x07 \x1b[31;9H \x9b7;7H \x1bP+q\x1b\\ \u202egnp.exe\u2069"
STAND_INS = ("␛]52;c;UE9JU09O␇", "␛[31;9H", "<9B>7;7H", "␛P+q␛\\", "<202E>gnp.exe<2069>")

BELL_OR_C1 = re.compile(rb"\x07|\xc2[\x80-\x9f]")
ESCAPE_OTHER_THAN_CSI = re.compile(rb"\x1b(?!\[)")
HIDDEN = re.compile(rb"\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]")
POINTER_SHAPE = b"\x1b]22;default\x07"  # Textual's own: the shape of the mouse pointer


def hostile_failure() -> Answer:
    """An error whose reason phrase and body are hostile."""
    body = json.dumps({"error": "internal", "message": f"words {HOSTILE}"})
    return Answer((Send(f"HTTP/1.1 500 {HOSTILE}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()),))


def test_what_strangers_wrote_is_seen_and_does_nothing(start: Start, api: LoopbackApi) -> None:
    api.serve(
        SESSION_ID,
        analysis=analysis(
            row("user", HOSTILE, turn="turn-0"),
            row(HOSTILE, "ok", second=4),
            completion_reason=HOSTILE,
            tool_calls=[call("call-1", f"tool {HOSTILE}", result=f"result {HOSTILE}")],
        ),
        extraction=hostile_failure(),
    )

    terminal = start(SESSION_ID, size=(120, 50))
    terminal.wait_for(*STAND_INS, "tool ␛]52")
    terminal.type("e")
    terminal.wait_for("result ␛]52")
    terminal.type("3")
    terminal.wait_for("“words ␛]52", "<202E>gnp.exe<2069>”")
    api.serve(SESSION_ID, extraction=extraction(status=HOSTILE, extracted_data={HOSTILE: HOSTILE}))
    terminal.type("r")
    terminal.wait_for("extraction ␛]52")
    terminal.type("qq")

    assert terminal.wait_for_exit() == 0
    terminal.assert_restored()
    written = terminal.written
    for own in (POINTER_SHAPE, AFRESH.encode(), PLAIN_KEYS.encode()):
        written = written.replace(own, b"")
    for harmful in (BELL_OR_C1, ESCAPE_OTHER_THAN_CSI, HIDDEN):
        assert harmful.findall(written) == []
    assert b"\x1b[31;9H" not in written
