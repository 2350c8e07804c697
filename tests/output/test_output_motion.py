"""Motion of the cursor: it gets there, and in no more bytes than by its absolute address."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal_cells import Drawing

from feather_tui.ui.output.motion import NOWHERE, Place, motion

WIDTH, HEIGHT = 120, 36
columns, rows = st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1)


@settings(deadline=None, max_examples=100)
@given(columns, rows, columns, rows, st.sampled_from(["known", "column unknown", "unknown"]))
def test_the_cursor_gets_there(from_x: int, from_y: int, x: int, y: int, known: str) -> None:
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.write(f"\x1b[{from_y + 1};{from_x + 1}H")
    start = {"known": Place(from_x, from_y), "column unknown": Place(None, from_y), "unknown": NOWHERE}[known]

    way = motion(start, x, y)
    drawing.write(way)

    assert (drawing.screen.cursor.x, drawing.screen.cursor.y) == (x, y)
    assert len(way) <= len(f"\x1b[{y + 1};{x + 1}H")


@pytest.mark.parametrize(
    ("start", "target", "way"),
    [
        (Place(5, 5), (5, 5), ""),
        (Place(5, 5), (6, 5), "\x1b[C"),
        (Place(5, 5), (4, 5), "\b"),
        (Place(5, 5), (0, 5), "\r"),
        (Place(5, 5), (0, 6), "\r\n"),
        (Place(5, 5), (5, 4), "\x1b[A"),
        (Place(None, 5), (100, 5), "\x1b[101G"),
        (NOWHERE, (0, 0), "\x1b[H"),
        (NOWHERE, (0, 9), "\x1b[10H"),
    ],
)
def test_the_shortest_way(start: Place, target: tuple[int, int], way: str) -> None:
    assert motion(start, *target) == way
