"""A frame is one write; its marks are left out where it fits a packet."""

from __future__ import annotations

import pytest
from textual.drivers.linux_driver import LinuxDriver

from feather_tui.ui.output.driver import WholeFrames

BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reaches Textual's own driver, write by write."""
    writes: list[str] = []
    monkeypatch.setattr(LinuxDriver, "write", lambda _, data: writes.append(data))
    return writes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a line", "a line"),
        ("x" * 400, "x" * 400),
        ("x" * 401, f"{BEGIN}{'x' * 401}{END}"),
        ("┃" * 134, f"{BEGIN}{'┃' * 134}{END}"),  # 402 bytes
    ],
)
def test_a_frame_is_one_write_and_marked_if_it_may_come_in_parts(
    text: str, expected: str, written: list[str]
) -> None:
    driver = WholeFrames.__new__(WholeFrames)  # none of its terminal is needed
    for data in (BEGIN, text[:5], text[5:], END):
        assert not written
        driver.write(data)
    assert written == [expected]


def test_a_frame_of_nothing_is_not_written(written: list[str]) -> None:
    driver = WholeFrames.__new__(WholeFrames)
    driver.write(BEGIN)
    driver.write(END)
    assert not written


def test_what_is_no_part_of_a_frame_is_written_at_once(written: list[str]) -> None:
    driver = WholeFrames.__new__(WholeFrames)
    driver.write("\x1b[?1049h")
    assert written == ["\x1b[?1049h"]
