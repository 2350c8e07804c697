"""The terminal that is written to, and put back: real pseudo-terminals, some of which nobody reads."""

from __future__ import annotations

import inspect
import os
import re
import select
import termios
from collections.abc import Iterator
from threading import Thread

import pytest
from textual.drivers.linux_driver import LinuxDriver

from feather_tui.ui.driver import _MODES as MOUSE_MODES
from feather_tui.ui.ending.device import LEAVING, Terminal

MUCH = "grüße 🙂\n" * 20_000


class Line:
    """A pseudo-terminal from both ends."""

    def __init__(self) -> None:
        self.controller, self._device = os.openpty()
        settings = termios.tcgetattr(self._device)
        settings[1] &= ~termios.OPOST  # lines end as they are written
        termios.tcsetattr(self._device, termios.TCSANOW, settings)
        self.terminal = Terminal(keys=self._device, screen=self._device)

    def read(self, until: str) -> str:
        """Read what was written, up to these words."""
        read = b""
        while not read.endswith(until.encode()):
            assert select.select([self.controller], [], [], 10)[0], read[-200:]
            read += os.read(self.controller, 65536)
        return read.decode("utf-8", "replace")

    @property
    def settings(self) -> list[object]:
        return termios.tcgetattr(self._device)

    def make_raw(self) -> None:
        settings = termios.tcgetattr(self._device)
        settings[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(self._device, termios.TCSANOW, settings)

    def hang_up(self) -> None:
        os.close(self.controller)

    def close(self) -> None:
        os.close(self.terminal.fileno())
        os.close(self._device)


@pytest.fixture
def line() -> Iterator[Line]:
    line = Line()
    yield line
    line.close()


def write_in_thread(terminal: Terminal, text: str) -> Thread:
    """Write as Textual does, beside the event loop."""

    def write() -> None:
        terminal.write(text)
        terminal.flush()

    thread = Thread(target=write, daemon=True)
    thread.start()
    return thread


def test_much_text_comes_whole_however_slowly_it_is_read(line: Line) -> None:
    thread = write_in_thread(line.terminal, f"{MUCH}end")

    assert line.read("end") == f"{MUCH}end"
    thread.join(10)
    assert not thread.is_alive()


def test_a_terminal_that_is_not_read_is_put_back_all_the_same(line: Line) -> None:
    before = line.settings
    line.make_raw()
    line.terminal.taken = True
    thread = write_in_thread(line.terminal, MUCH)
    select.select([line.controller], [], [], 10)

    line.terminal.restore()

    thread.join(10)
    assert not thread.is_alive()
    assert line.settings == before
    assert line.read(LEAVING).count(LEAVING) == 1


def test_nothing_is_written_after_it_was_put_back(line: Line) -> None:
    line.terminal.taken = True
    line.terminal.restore()
    write_in_thread(line.terminal, "late").join(10)

    assert line.read(LEAVING) == LEAVING
    assert select.select([line.controller], [], [], 0)[0] == []


def test_what_was_not_taken_is_not_put_back(line: Line) -> None:
    line.terminal.restore()

    assert select.select([line.controller], [], [], 0)[0] == []


def test_a_terminal_that_is_gone_takes_everything_in_silence(line: Line) -> None:
    line.terminal.taken = True
    line.hang_up()

    write_in_thread(line.terminal, MUCH).join(10)
    line.terminal.restore()

    assert not line.terminal.taken


def test_the_descriptor_of_others_goes_on_blocking(line: Line) -> None:
    assert os.get_blocking(line._device)
    assert not os.get_blocking(line.terminal.fileno())


def test_all_that_textual_switches_on_is_switched_off() -> None:
    lines = inspect.getsource(LinuxDriver).splitlines()
    code = "\n".join(line for line in lines if not line.strip().startswith("#"))
    modes = set(re.findall(r"\\x1b\[\?(\d+)h", code)) | {str(mode) for mode in MOUSE_MODES}

    assert len(modes) > 8
    for mode in modes - {"7", "25"}:
        assert f"\x1b[?{mode}l" in LEAVING, mode
    for switched_off_meanwhile in ("?7h", "?25h", "<u"):
        assert f"\x1b[{switched_off_meanwhile}" in LEAVING
