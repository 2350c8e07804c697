"""The program in two terminals: one is written to in differences, the other as Textual does."""

from __future__ import annotations

import select
import time

import pytest
from in_terminal import Start
from pty_terminal import SECONDS, Terminal
from terminal_cells import Shown, text_shown

from feather_tui.demo import incident

SIZE = (120, 24)
END, PAGE_DOWN = "\x1b[F", "\x1b[6~"
REDRAW = "\x0c"
CURSOR = "▌"

READING = [
    ("", "suspected"),  # the last to come; the head grows by it
    ("j" * 12, f"{CURSOR}          ▸ retrieval"),
    ("j" * 8, f"{CURSOR}          I understand"),
    ("kkkk", f"{CURSOR}14:03:27"),
    (" ", f"{CURSOR}14:04:14"),
    (PAGE_DOWN + END, f"{CURSOR}          ── ended"),
    ("g", f"{CURSOR}14:02:11"),
    ("e", "messages[0]"),
    ("j" * 20, f"{CURSOR}            result"),
    ("e", f"{CURSOR}          ▸ shop_lookup_order"),
    ("z", "extraction partial"),
    ("j" * 22, f"{CURSOR}  Let me try that once more."),
    ("z", f"{CURSOR}          Let me try that once more."),
    ("?", f"{CURSOR}Where am I"),
    (PAGE_DOWN, "to the end"),
    ("q", f"{CURSOR}          Let me try that once more."),
    ("/", "search"),
    ("refund", "refund"),
    ("\r", f"{CURSOR}          ▸ shop_refund_order"),
    ("nnn", f"{CURSOR}          Let me check the state of your refund."),
    ("i", f"{CURSOR}session"),
    ("q", f"{CURSOR}          Let me check the state of your refund."),
    ("1", f"{CURSOR}  594d2956"),
    ("\x1b[B\x1b[B", f"{CURSOR}  e47fcba3"),
]
"""Keys, and what is seen once they have all had their effect."""


class Pair:
    """Two programs that are given the same keys."""

    def __init__(self, ours: Terminal, stock: Terminal) -> None:
        self.ours, self.stock = ours, stock

    def press(self, keys: str, seen: str) -> None:
        """Press keys in both, and wait until both show what they lead to, and nothing else."""
        for terminal in (self.ours, self.stock):
            terminal.type(keys)
            terminal.wait_for(seen)
        end = time.monotonic() + SECONDS
        while (found := _lasting(self.ours.cells)) != (expected := _lasting(self.stock.cells)):
            assert time.monotonic() < end, f"{text_shown(found)}\n\ninstead of\n\n{text_shown(expected)}"
            for terminal in (self.ours, self.stock):
                if select.select([terminal._controller], [], [], 0.01)[0]:
                    terminal._read()

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of both windows."""
        for terminal in (self.ours, self.stock):
            terminal.resize(columns, lines)


def _lasting(rows: Shown) -> Shown:
    """Leave out the rows that tell how old a document is: the two were fetched one after the other."""
    return [row for row in rows if not {"ago", "now"} & set("".join(cell.text for cell in row).split())]


@pytest.fixture
def pair(start: Start, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """The demo twice: in differences, and plain."""
    words = ("--demo", incident.session_id("headset-refund"))
    ours = start(*words, size=SIZE)
    monkeypatch.setenv("FEATHER_OUTPUT", "plain")
    return Pair(ours, start(*words, size=SIZE))


def test_all_screens_of_a_reading_are_the_same_in_far_fewer_bytes(pair: Pair) -> None:
    for keys, seen in READING:
        pair.press(keys, seen)

    assert len(pair.ours.written) < len(pair.stock.written) / 4


def test_a_window_that_was_resized_and_written_to_by_others_shows_the_same(pair: Pair) -> None:
    pair.press("", "suspected")
    for size in ((80, 24), (41, 11), (150, 40), SIZE):
        pair.resize(*size)
        pair.press("jk", f"{CURSOR}14:02:11")
    pair.resize(30, 8)
    pair.press("", "30x8 is too small")
    pair.resize(*SIZE)
    pair.press("", f"{CURSOR}14:02:11")

    pair.ours.disturb(
        "\x1b[?7h\x1b[3;9r\x1b[41mBroadcast message from root\r\n\n\n\nthe system\x1b[4h\x1b[?25h"
    )
    assert "Broadcast" in pair.ours.screen

    pair.press(REDRAW, "Order 8812-4410.")
    pair.press("j" * 12, f"{CURSOR}          ▸ retrieval")
    assert not {"7", "25"} & pair.ours.modes  # lines do not wrap, and the cursor is hidden, as before
