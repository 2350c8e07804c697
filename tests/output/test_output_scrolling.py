"""Rows that moved are found, and moved by the terminal where that is less to write."""

from __future__ import annotations

from hashlib import sha256

import pytest

from feather_tui.ui.output.cells import Cells, Row
from feather_tui.ui.output.pens import DEFAULT
from feather_tui.ui.output.scrolling import Scroll, find_scroll

CELLS = Cells()
HEAD, FOOT = ["the head of the screen"], ["the foot of the screen"]


def rows(lines: list[str]) -> list[Row]:
    width = 40
    return [CELLS.row([(line[:width].ljust(width), DEFAULT)]) for line in lines]


def lines(first: int, count: int) -> list[str]:
    """Return lines that have little in common."""
    return [sha256(bytes([number % 256])).hexdigest()[:24] for number in range(first, first + count)]


def view(first: int, count: int = 10) -> list[Row]:
    return rows(HEAD + lines(first, count) + FOOT)


@pytest.mark.parametrize("moved", [1, 2, 5, -1, -3, 7])
def test_the_body_moves_between_head_and_foot(moved: int) -> None:
    assert find_scroll(view(20), view(20 + moved)) == Scroll(1, 10, moved)


def test_the_rows_at_the_edges_may_have_changed_a_little() -> None:
    old, new = lines(20, 10), lines(21, 10)
    old[9] = f">{old[9][1:]}"
    new[0] += " <"

    assert find_scroll(rows(HEAD + old + FOOT), rows(HEAD + new + FOOT)) == Scroll(1, 10, 1)


@pytest.mark.parametrize(
    "new",
    [
        ["short", "lines", *lines(22, 10)],
        ["short", "lines", *lines(22, 9), "another"],
        lines(100, 12),
        [""] * 12,
    ],
)
def test_nothing_moves_where_that_saves_little(new: list[str]) -> None:
    assert find_scroll(rows(["short", "lines", *lines(22, 10)]), rows(new)) is None


def test_blank_and_repeated_rows_do_not_say_where_they_came_from() -> None:
    old = ["", "same", "", "same", "", "same", "", "same", "", "same"]

    assert find_scroll(rows([*old, *lines(1, 3)]), rows([*old[1:], "", *lines(7, 3)])) is None


def test_of_two_panes_one_moves_if_the_other_has_less_to_write() -> None:
    def panes(first: int, beside: list[str]) -> list[Row]:
        return rows([f"{left:12.12}|{right}" for left, right in zip(lines(first, 10), beside, strict=True)])

    assert find_scroll(panes(1, [""] * 10), panes(2, [""] * 10)) == Scroll(0, 9, 1)
    assert find_scroll(panes(1, ["kept"] + [""] * 9), panes(2, ["kept"] + [""] * 9)) == Scroll(0, 9, 1)
    assert find_scroll(panes(1, lines(50, 10)), panes(2, lines(50, 10))) is None


@pytest.mark.parametrize(
    ("scroll", "sequence", "result"),
    [
        (Scroll(1, 3, 1), "\x1b[2;4r\x1b[4H\n\x1b[r", "a c d . e"),
        (Scroll(1, 3, 2), "\x1b[2;4r\x1b[2H\x1b[2M\x1b[r", "a d . . e"),
        (Scroll(1, 3, -1), "\x1b[2;4r\x1b[2H\x1b[L\x1b[r", "a . b c e"),
        (Scroll(0, 4, -3), "\x1b[1;5r\x1b[1H\x1b[3L\x1b[r", ". . . a b"),
    ],
)
def test_the_sequence_and_what_comes_of_it(scroll: Scroll, sequence: str, result: str) -> None:
    applied = scroll.applied(rows(list("abcde")))

    assert scroll.sequence == sequence
    assert applied == rows([letter.replace(".", "") for letter in result.split()])
