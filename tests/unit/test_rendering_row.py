"""Rows of spans: measured in cells, fitted with a visible ellipsis, never too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick, texts

from feather_tui.rendering.row import (
    BLANK,
    ELLIPSIS,
    Row,
    cells,
    fit,
    fit_row,
    flow,
    joined,
    spread,
    text_of,
    width_of,
)
from feather_tui.rendering.safe import safe_line

safe_texts = texts.map(safe_line)
spans = st.tuples(safe_texts, st.just("text"))
rows: st.SearchStrategy[Row] = st.lists(spans, max_size=5).map(tuple)  # type: ignore[arg-type]  # tones are literals
widths = st.integers(0, 130)


def row(*parts: str) -> Row:
    return tuple((part, "text") for part in parts)


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("漢字", 4), ("e\u0301", 1), ("😀", 2)])
def test_widths_are_counted_in_cells(text: str, width: int) -> None:
    assert cells(text) == width
    assert width_of(row(text, text)) == 2 * width


def test_the_text_of_a_row_has_no_trailing_blanks() -> None:
    assert text_of(row(" a", " ", "b ", "  ")) == " a b"
    assert text_of(BLANK) == ""


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("abc", -1, ""),
        ("漢字漢", 4, "漢…"),
        ("漢字", 3, "漢…"),
        ("漢字", 2, "…"),
    ],
)
def test_what_is_cut_is_marked(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(safe_texts, widths)
@quick
def test_a_fitted_text_fits(text: str, width: int) -> None:
    fitted = fit(text, width)

    assert cells(fitted) <= width
    assert fitted == text or fitted.endswith(ELLIPSIS) or width == 0


@given(rows, widths)
@quick
def test_a_fitted_row_fits_and_begins_as_it_did(spans_: Row, width: int) -> None:
    fitted = fit_row(spans_, width)
    whole = "".join(text for text, _ in spans_)
    kept = "".join(text for text, _ in fitted)

    assert width_of(fitted) <= width
    assert kept == whole or width == 0 or whole.startswith(kept.removesuffix(ELLIPSIS))
    assert kept == whole or width == 0 or kept.endswith(ELLIPSIS)


def test_a_row_is_cut_in_the_tone_of_what_is_cut() -> None:
    spans_: Row = (("abc", "dim"), ("def", "bad"))

    assert fit_row(spans_, 6) == spans_
    assert fit_row(spans_, 5) == (("abc", "dim"), ("d…", "bad"))
    assert fit_row(spans_, 3) == (("ab…", "dim"),)


def test_the_right_part_stands_at_the_right_edge() -> None:
    assert text_of(spread(row("left"), row("right"), 12)) == "left   right"
    assert text_of(spread(row("left"), row("right"), 10)) == "left right"
    assert text_of(spread(row("left"), row(), 10)) == "left"


def test_the_left_part_gives_way() -> None:
    assert text_of(spread(row("a long beginning"), row("end"), 10)) == "a lon… end"


def test_the_left_part_gives_way_to_a_third_at_most() -> None:
    """Whatever a stranger wrote at the right edge, who spoke and when can be read."""
    assert text_of(spread(row("14:02:11 user"), row("x" * 500), 30)) == "14:02:11… " + "x" * 19 + "…"


@given(rows, rows, st.integers(1, 130))
@quick
def test_a_spread_row_fits_and_ends_at_the_edge(left: Row, right: Row, width: int) -> None:
    spread_row = spread(left, right, width)

    assert width_of(spread_row) <= width
    if width_of(left) + 1 + width_of(right) <= width:
        assert "".join(text for text, _ in spread_row).startswith("".join(text for text, _ in left))
        assert "".join(text for text, _ in spread_row).endswith("".join(text for text, _ in right))
    if right:
        assert width_of(spread_row) == width


def test_parts_are_joined_where_there_are_any() -> None:
    assert text_of(joined([row("a"), row(), row("b", "c")], gap=" · ")) == "a · bc"
    assert joined([]) == ()


@given(
    st.lists(st.text(alphabet="abc漢", min_size=1, max_size=12), min_size=1, max_size=12), st.integers(30, 90)
)
@quick
def test_flowing_parts_lose_nothing_and_break_between_parts(parts: list[str], width: int) -> None:
    flowed = flow([row(part) for part in parts], width, gap="   ")

    assert "   ".join(text_of(line).strip() for line in flowed) == "   ".join(parts)
    for line in flowed:
        assert width_of(line) <= width
        assert line[0] == (" ", "text")


def test_flowing_breaks_as_late_as_possible() -> None:
    lines = flow([row("aaaa"), row("bbbb"), row("cccc")], 13, gap=" ")

    assert [text_of(line) for line in lines] == [" aaaa bbbb", " cccc"]


def test_a_part_too_wide_for_any_row_is_cut_visibly() -> None:
    assert [text_of(line) for line in flow([row("a" * 20), row("b")], 10)] == [" aaaaaaaa…", " b"]
