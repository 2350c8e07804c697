"""A message or a result of ten megabytes: shown in parts, with ways to all of it, in bounded memory."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest
from campaign import Tally, each_of
from documents import SESSION_ID, analysis, call, row
from loopback import LoopbackApi
from pty_terminal import Terminal
from screen_states import PROGRAM

pytestmark = pytest.mark.campaign  # its bounds are of memory, and it takes a while

MEGABYTES: Final = 300
"""Of memory, at the most that the process ever had."""
LAST: Final = "the-very-last-word"
MIDDLE: Final = "needle-in-the-middle"


def words(megabytes: int = 10) -> str:
    """Return so many megabytes of lines of text, with a word in the middle and one at the end."""
    lines = [f"line {number} of what was said, and more of it" for number in range(megabytes * 24_000)]
    lines[len(lines) // 2] += f" {MIDDLE}"
    return "\n".join([*lines, LAST])


def items(megabytes: int = 10) -> str:
    """Return so many megabytes of JSON."""
    rows = [
        {"id": number, "name": f"item {number}", "tags": ["a", "b"]} for number in range(megabytes * 20_000)
    ]
    rows[len(rows) // 2]["name"] = MIDDLE
    return json.dumps([*rows, LAST])


def unbroken(megabytes: int = 10) -> str:
    """Return so many megabytes without a blank."""
    half = "x" * (megabytes * 500_000)
    return f"{half}{MIDDLE}{half}{LAST}"


SAID: Final = {
    "words": words,
    "JSON": items,
    "unbroken": unbroken,
    "signs": lambda: "\x1b[31m漢é" * 450_000 + LAST,
}
CASES: Final = [f"{place}: {kind}" for place in ("message", "result", "arguments") for kind in SAID]


def document(case: str) -> bytes:
    """Return an analysis input with a big value in its place, and something before and behind it."""
    place, _, kind = case.partition(": ")
    value = SAID[kind]()
    fields = {"result": "{}", "arguments": "{}"} | {place: value}
    return json.dumps(
        analysis(
            row("user", "Where is it?", turn="turn-0"),
            row("assistant", value if place == "message" else "Here.", second=4),
            row("user", "Thanks.", turn="turn-2", second=9),
            tool_calls=[call("call-1", arguments=fields["arguments"], result=fields["result"])],
        )
    ).encode()


@each_of(CASES, sample=1)
@pytest.mark.usefixtures("key")
def test_ten_megabytes_are_read_in_parts_in_bounded_memory(
    cases: list[str], tally: Tally, api: LoopbackApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paged = tmp_path / "paged"
    monkeypatch.setenv("FEATHER_PAGER", f"sh -c 'cp \"$0\" {paged}'")
    for case in cases:
        api.serve(SESSION_ID, analysis=document(case))
        with tally.attempt(case), Terminal([*PROGRAM, "--no-cache", SESSION_ID], size=(120, 36)) as terminal:
            read_through(terminal)
            peak = peak_megabytes(terminal.pid)
            terminal.type("qq")
            assert terminal.wait_for_exit() == 0
            assert LAST in paged.read_text()
            assert peak < MEGABYTES, f"{peak} MB"


def read_through(terminal: Terminal) -> None:
    """Open it, unfold it, go to its ends, ask for more, search in it, and see it as it was received."""
    for awaited, typed in (
        ("Where is it?", "e"),
        ("messages[0]", "}+"),
        ("Where is it?", "G"),
        ("── ended", "g"),
        ("Where is it?", "/"),
        ("Enter search", f"{LAST}\r"),
        ("1/1 places", "v"),
        ("raw  analysis input", "e"),
        ('"session_id"', "G"),
        ("E pager", "g"),
        ('"session_id"', "/"),
        ("Enter search", f"{LAST}\r"),
        (" 1/1 ", ""),
        (LAST, "E"),
    ):
        terminal.wait_for(awaited)
        terminal.type(typed)
    terminal.wait_for_screen(2)
    terminal.wait_for("E pager")
    terminal.type("q")
    terminal.wait_for("1/1 places")


def peak_megabytes(pid: int) -> int:
    """Return the most memory that a process ever had."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) // 1024
