"""Rows that are ready, as a block of a page."""

from __future__ import annotations

from looks import look

from feather_tui.rendering.page.blocks import RowsBlock
from feather_tui.rendering.row import BLANK, Row, text_of

A: Row = ((" a", "text"),)
B: Row = ((" b", "text"),)


def test_unfolding_adds_the_hidden_rows() -> None:
    block = RowsBlock([A], [B])

    assert block.foldable
    assert block.estimate(look()) == 1
    assert block.rows(look(), expanded=False, parts=1) == [A]
    assert block.rows(look(), expanded=True, parts=1) == [A, B]


def test_a_block_of_no_rows_is_a_blank_one() -> None:
    assert RowsBlock([]).rows(look(), expanded=False, parts=1) == [BLANK]
    assert not RowsBlock([]).foldable


def test_a_row_too_wide_for_the_look_is_cut_visibly() -> None:
    (row,) = RowsBlock([((" " + "x" * 200, "text"),)]).rows(look(60), expanded=False, parts=1)

    assert text_of(row) == " " + "x" * 58 + "…"
