"""The room a rendering has."""

from __future__ import annotations

import pytest
from documents import START
from looks import look

from feather_tui.rendering.clock import TimeMode
from feather_tui.rendering.look import WIDE, Glyphs
from feather_tui.rendering.row import cells


def test_from_100_columns_on_times_have_a_column() -> None:
    assert (look(WIDE - 1).indent, look(WIDE).indent) == (3, 11)
    assert not look(WIDE - 1).wide
    assert look(WIDE).wide


@pytest.mark.parametrize("width", [40, 80, 99, 100, 200])
@pytest.mark.parametrize("dates", [False, True])
def test_text_stands_between_indent_and_margin(width: int, dates: bool) -> None:  # noqa: FBT001 - a table's column
    seen = look(width, dates=dates)

    assert seen.indent + seen.body_width == width - 2


def test_there_is_always_some_room() -> None:
    assert look(1).body_width == 8


@pytest.mark.parametrize("mode", TimeMode)
def test_stamps_are_of_one_width(mode: TimeMode) -> None:
    assert len(look(mode=mode).stamp(START)) == len(look(mode=mode).stamp(None)) == 8
    assert len(look(mode=mode, dates=True).stamp(START)) == len(look(mode=mode, dates=True).stamp(None)) == 19


def test_the_text_of_a_wide_look_is_indented_by_its_stamp() -> None:
    for dates in (False, True):
        assert look(120, dates=dates).indent == len(" ") + len(look(120, dates=dates).stamp(START)) + len(
            "  "
        )


def test_signs_are_one_cell_wide() -> None:
    glyphs = Glyphs()

    assert {cells(getattr(glyphs, name)) for name in glyphs.__dataclass_fields__} == {1}
