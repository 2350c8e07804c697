"""What is written to a terminal for each look: colours, characters, and whose the mouse is."""

from __future__ import annotations

import re

import pytest
from in_terminal import Start
from pty_terminal import MOUSE_MODES, Terminal

from feather_tui.demo import incident

HEADSET = incident.session_id("headset-refund")
GERMAN = incident.session_id("lampe-zurueck")
ARABIC = incident.session_id("taghyir-alunwan")
JAPANESE = incident.session_id("kansetsu-zei")
_SGR = re.compile(rb"\x1b\[([0-9;]*)m")
_CLICKS, _EXACTLY, _EVERY_MOVE = "1000", "1006", "1003"


def codes(terminal: Terminal) -> set[str]:
    """Every attribute and colour that was asked for; those of 256 colours as `38;5`."""
    found: set[str] = set()
    for sequence in _SGR.findall(terminal.written):
        text = re.sub(
            r"\b([34]8);(5;\d+|2;\d+;\d+;\d+)", lambda match: f"{match[1]}:{match[2][0]}", sequence.decode()
        )
        found |= set(text.split(";"))
    return found - {"", "0", "1", "2", "7", "22", "27", "39", "49"}


def walk(terminal: Terminal) -> None:
    """See every kind of screen: transcript, menu, search, help, extraction, lookup."""
    terminal.wait_for("? help", "escalated", "suspected")
    terminal.type("y")
    terminal.wait_for("the original text", "Enter copy")
    terminal.type("q")
    terminal.wait_for("suspected", "? help")
    terminal.type("/refund\r")
    terminal.wait_for("matches")
    terminal.type("?")
    terminal.wait_for("one line down")
    terminal.type("q3")
    terminal.wait_for("required field missing")
    terminal.type("1xyz")
    terminal.wait_for("None of the")


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_no_color_leaves_no_colour_whatever_the_terminal_has(
    start: Start, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", "truecolor")

    terminal = start("--demo", HEADSET)
    walk(terminal)

    assert codes(terminal) == set()


def test_a_theme_that_was_chosen_goes_before_no_color(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")

    terminal = start("--demo", HEADSET, "--theme", "dark")
    walk(terminal)

    assert codes(terminal) == {"38:5", "48:5"}


@pytest.mark.parametrize("term", ["xterm-256color", "linux"])
def test_without_a_choice_only_the_terminals_own_colours_are_asked_for(
    start: Start, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("TERM", term)

    terminal = start("--demo", HEADSET)
    walk(terminal)

    assert {"31", "32", "36"} <= codes(terminal) <= {"31", "32", "33", "34", "35", "36"}


def test_in_ascii_no_byte_is_beyond_it(start: Start) -> None:
    terminal = start("--demo", "--ascii")
    terminal.wait_for("paste an id")
    for session_id, word in ((GERMAN, r"m\xf6chte"), (ARABIC, r"\u0645"), (JAPANESE, r"\u3092")):
        terminal.paste(session_id)
        terminal.wait_for("? help", "suspected", word)
        for key in ("e", "G", "f", "q", "L", "q", "3", "e", "?"):
            terminal.type(key)
        terminal.wait_for("one line down")
        terminal.type("q1")
        terminal.wait_for("paste an id")
    terminal.type("größe")
    terminal.wait_for("None of the", r"gr\xf6\xdfe", " gr??e")

    assert terminal.written.isascii()


def test_the_mouse_is_the_terminals_until_it_is_asked_for(start: Start) -> None:
    terminal = start("--demo", HEADSET)
    terminal.wait_for("? help", "suspected")
    assert not terminal.modes_ever & MOUSE_MODES

    terminal.type("\x14")
    terminal.wait_for("The mouse moves and scrolls here now")
    assert terminal.modes & MOUSE_MODES == {_CLICKS, _EXACTLY}

    terminal.type("\x14")
    terminal.wait_for("The mouse is the terminal's again")
    assert not terminal.modes & MOUSE_MODES

    terminal.type("\x14q")
    terminal.wait_for("paste an id")
    terminal.type("q")
    assert terminal.wait_for_exit() == 0
    terminal.assert_restored()
    assert _EVERY_MOVE not in terminal.modes_ever


def test_a_mouse_that_was_asked_for_clicks_and_scrolls(start: Start) -> None:
    terminal = start("--demo", "--mouse")
    terminal.wait_for("e47fcba3", "✓ resolved")
    terminal._wait(lambda: "not loaded yet" not in terminal.screen, "the end of loading")
    line = next(number for number, text in enumerate(terminal.screen.splitlines(), 1) if "e47fcba3" in text)

    click(terminal, line)
    terminal.wait_for("retrieval 1", "nothing found in", "▸ shop_lookup_order")  # then no row moves any more
    line = next(number for number, text in enumerate(terminal.screen.splitlines(), 1) if "▸ shop_" in text)
    click(terminal, line)
    click(terminal, line)
    terminal.wait_for("▾ shop_lookup_order", "arguments")
    terminal.type("\x1b[<65;20;12M" * 40)
    terminal.wait_for("▌  ── ended 15:21:30")

    terminal.type("\x03")
    terminal.wait_for_exit()
    terminal.assert_restored()


def click(terminal: Terminal, line: int) -> None:
    """Press and let go of the left button."""
    terminal.type(f"\x1b[<0;20;{line}M\x1b[<0;20;{line}m")
