"""Frames of Textual's compositor, one at a time: which are written, which are left to Textual."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Offset, Region
from textual.strip import Strip

from feather_tui.ui.output.frames import Frames
from feather_tui.ui.output.updates import DifferenceUpdate, Update

ORIGIN = Offset(0, 0)


def displayed(frames: Frames, update: Update, cursor: Offset = ORIGIN) -> str:
    """Return what is written for an update once Textual displays it."""
    frame = frames.instead_of(update, cursor)
    assert isinstance(frame, DifferenceUpdate)
    return frame.render_segments(Console())


def line(text: str) -> LayoutUpdate:
    """Return a whole screen of one line."""
    return LayoutUpdate([[Strip([Segment(text)])]], Region(0, 0, len(text), 1))


@pytest.fixture
def frames() -> Frames:
    return Frames(Console(force_terminal=True))


def test_a_frame_that_textual_drops_is_not_taken_as_shown(frames: Frames) -> None:
    displayed(frames, line("one"))
    assert frames.instead_of(line("one"), ORIGIN) is None

    frames.instead_of(line("two"), ORIGIN)  # and Textual never asks what to write
    assert "two" in displayed(frames, line("two"))


def test_a_cursor_that_moves_is_a_frame_of_its_own(frames: Frames) -> None:
    displayed(frames, line("one"))

    assert displayed(frames, line("one"), Offset(1, 0)) == ""
    assert frames.instead_of(line("one"), Offset(1, 0)) is None


@pytest.mark.parametrize("lost", ["never shown", "forgotten", "another size", "something else displayed"])
def test_a_part_of_an_unknown_screen_is_left_to_textual(frames: Frames, lost: str) -> None:
    part = ChopsUpdate([{0: Strip([Segment("one")])}], [(0, 0, 3)], [[3]])
    if lost != "never shown":
        displayed(frames, line("wide" if lost == "another size" else "was"))
    if lost == "forgotten":
        frames.forget()
    if lost == "something else displayed":
        assert frames.instead_of("a text", ORIGIN) == "a text"

    assert frames.instead_of(part, ORIGIN) is part
