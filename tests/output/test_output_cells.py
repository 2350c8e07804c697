"""Cells and rows made of text."""

from __future__ import annotations

import pytest

from feather_tui.ui.output.cells import BLANK, Cells, blank_row
from feather_tui.ui.output.pens import DEFAULT, pen_of

RED, ON_BLUE = pen_of("31"), pen_of("44")
KANJI = "\N{CJK UNIFIED IDEOGRAPH-65E5}"
GRIN = "\N{GRINNING FACE}"
ACUTE = "\N{COMBINING ACUTE ACCENT}"


@pytest.fixture
def cells() -> Cells:
    return Cells()


def texts(cells: Cells, *spans: str) -> list[str]:
    return [cell.text for cell in cells.row((span, DEFAULT) for span in spans).cells]


def test_equal_cells_are_one_object(cells: Cells) -> None:
    one, other = cells.row([("ab", RED)]), cells.row([("a", RED), ("b", RED)])

    assert all(a is b for a, b in zip(one.cells, other.cells, strict=True))
    assert one == other
    assert cells.row([("a", DEFAULT)]).cells[0] is not one.cells[0]


def test_a_wide_character_takes_two_cells_and_a_mark_none(cells: Cells) -> None:
    assert texts(cells, f"a{KANJI}e{ACUTE}") == ["a", KANJI, "", f"e{ACUTE}"]
    assert texts(cells, "e", f"{ACUTE}x") == [f"e{ACUTE}", "x"]
    assert texts(cells, f"{KANJI}", ACUTE) == [f"{KANJI}{ACUTE}", ""]


def test_a_character_that_would_act_is_a_sign_in_a_cell(cells: Cells) -> None:
    assert texts(cells, "a\x1b[31mb\x9b\x00c\x7f\n") == [*"a␛[31mb�␀c␡␊"]
    assert texts(cells, f"{KANJI}\u202e\u200b\ud800") == [KANJI, "", *"���"]


def test_a_blank_is_the_same_in_all_pens_in_which_it_looks_so(cells: Cells) -> None:
    assert cells.row([(" ", RED)]).cells == (BLANK,)
    assert cells.row([(" ", pen_of("1;44"))]) == cells.row([(" ", ON_BLUE)])
    assert cells.row([(" ", ON_BLUE)]).cells != (BLANK,)
    assert cells.row([(" ", pen_of("7"))]).cells != (BLANK,)


@pytest.mark.parametrize(
    ("text", "sure"), [("abc", 3), (f"{KANJI}x", 3), (f"ab{GRIN}", 2), (f"ae{ACUTE}", 1)]
)
def test_a_row_tells_from_where_on_terminals_disagree(cells: Cells, text: str, sure: int) -> None:
    assert cells.row([(text, DEFAULT)]).sure == sure


@pytest.mark.parametrize(
    ("x", "patch", "width", "result"),
    [
        (1, "xy", 2, "axyd"),
        (3, "xy", 2, "abcx"),
        (0, "wxyz", 4, "wxyz"),
        (1, "xyz", 1, "axcd"),
        (4, "x", 1, "abcd"),
        (0, f"x{KANJI}", 2, "x cd"),
        (2, f"x{KANJI}", 3, "abx "),
    ],
)
def test_a_patch_replaces_cells_and_no_more(
    cells: Cells, x: int, patch: str, width: int, result: str
) -> None:
    row = cells.patched(cells.row([("abcd", DEFAULT)]), x, cells.row([(patch, DEFAULT)]), width)

    assert "".join(cell.text for cell in row.cells) == result
    assert row == cells.row([(result, DEFAULT)])


@pytest.mark.parametrize(
    ("text", "x", "result"),
    [(f"{KANJI}bc", 0, "x bc"), (f"{KANJI}bc", 1, " xbc"), (f"b{KANJI}c", 2, "b xc")],
)
def test_what_is_left_of_a_wide_character_is_blank(cells: Cells, text: str, x: int, result: str) -> None:
    row = cells.patched(cells.row([(text, DEFAULT)]), x, cells.row([("x", DEFAULT)]), 1)

    assert row == cells.row([(result, DEFAULT)])


def test_a_mark_cut_from_its_character_joins_it_once(cells: Cells) -> None:
    patch = cells.row([(f"{ACUTE}x", DEFAULT)])
    row = cells.patched(cells.row([("e..", DEFAULT)]), 1, patch, 1)
    row = cells.patched(row, 1, patch, 1)

    assert [cell.text for cell in row.cells] == [f"e{ACUTE}", "x", "."]


def test_many_characters_are_not_kept_for_ever(cells: Cells) -> None:
    row = cells.row([("".join(map(chr, range(0x4E00, 0x4E00 + 6000))), DEFAULT)])

    assert cells.row([(chr(0x4E00), DEFAULT)]).cells[0] is not row.cells[0]
    assert cells.row([(" ", DEFAULT)]) == blank_row(1)
