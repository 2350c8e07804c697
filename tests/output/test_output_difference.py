"""Differences of screens: what they make of a terminal, and in how many bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal_cells import Drawing, text_shown

from feather_tui.ui.output.cells import Cells, Row, blank_row
from feather_tui.ui.output.pens import Pen, pen_of
from feather_tui.ui.output.screen import difference, repaint

CELLS = Cells()
WIDTH, HEIGHT = 24, 9
Spans = list[tuple[str, Pen]]

pens = st.sampled_from(
    [pen_of(code) for code in ("", "", "", "31", "1;32", "2", "7", "4;31", "44", "9", "7;44")]
)
words = st.sampled_from(
    ["a", "b ", "word", "   ", "      ", "two words ", "日本", "한", "😀", "e\u0301", "─", "·", "x" * 9]
)
spans = st.lists(st.tuples(words, pens), max_size=8)
screens = st.lists(spans, min_size=HEIGHT, max_size=HEIGHT)


def row(content: Spans, width: int = WIDTH) -> Row:
    """Return a row of just so many cells."""
    return CELLS.patched(blank_row(width), 0, CELLS.row(content), width)


def plain(*lines: str, width: int = WIDTH) -> list[Row]:
    """Return rows of plain text."""
    return [row([(line, pen_of(""))], width) for line in lines]


def drawn(*sequences: str, width: int = WIDTH, height: int = HEIGHT) -> Drawing:
    """Return a terminal to which these were written."""
    drawing = Drawing(width, height)
    for sequence in sequences:
        drawing.write(sequence)
    return drawing


def same(one: Drawing, other: Drawing) -> None:
    """Fail unless two terminals show the same."""
    found, expected = one.cells, other.cells
    assert found == expected, f"{text_shown(found)}\n\ninstead of\n\n{text_shown(expected)}"


@settings(deadline=None, max_examples=60)
@given(screens, screens)
def test_a_difference_makes_of_a_screen_what_painting_it_anew_would(
    old: list[Spans], new: list[Spans]
) -> None:
    before, after = [row(content) for content in old], [row(content) for content in new]

    drawing, painted = drawn(repaint(before), difference(before, after)), drawn(repaint(after))

    same(drawing, painted)
    assert drawing.screen.cursor.attrs == drawing.screen.default_char  # the pen is put back
    assert drawing.screen.margins is None


@settings(deadline=None, max_examples=60)
@given(
    screens,
    st.integers(-HEIGHT, HEIGHT),
    st.integers(0, 2),
    st.lists(spans, min_size=1, max_size=3),
    st.data(),
)
def test_a_screen_that_moved_and_changed_here_and_there(
    old: list[Spans], lines: int, head: int, others: list[Spans], data: st.DataObject
) -> None:
    before = [row(content) for content in old]
    body = before[head:]
    after = before[:head] + (body[lines:] + body[:lines])[: len(body)]
    for other in others:
        after[data.draw(st.integers(0, HEIGHT - 1))] = row(other)

    same(drawn(repaint(before), difference(before, after)), drawn(repaint(after)))


@settings(deadline=None, max_examples=40)
@given(st.text("\x1b[?0123456789;HhlmJr(\x0e\n\x08日 x", max_size=60), screens)
def test_painting_anew_does_not_care_what_was_there(garbage: str, new: list[Spans]) -> None:
    rows = [row(content) for content in new]

    same(drawn(garbage, repaint(rows)), drawn(repaint(rows)))


def test_nothing_is_written_where_nothing_changes() -> None:
    rows = plain(*map(str, range(HEIGHT)))

    assert difference(rows, list(rows)) == ""


def test_one_cell_is_an_address_and_a_character() -> None:
    assert difference(plain("abc", "abc"), plain("abc", "axc")) == "\x1b[2;2Hx"


def test_a_short_gap_is_written_and_a_long_one_jumped_over() -> None:
    assert difference(plain("abcd"), plain("xbcy")) == "\x1b[Hxbcy"
    assert difference(plain("a234567890b"), plain("x234567890y")) == "\x1b[Hx\x1b[9Cy"


def test_a_row_that_gets_shorter_is_erased_to_its_end() -> None:
    assert difference(plain("a long line of words"), plain("a long")) == "\x1b[1;8H\x1b[K"


def test_what_stands_at_the_edge_survives_erasing() -> None:
    old, new = plain("a long line of words" + " " * 3 + "|"), plain("a" + " " * 22 + "|")

    assert difference(old, new) == "\x1b[1;3H\x1b[K\x1b[24G|"


def test_a_colour_is_asked_for_once_and_blanks_need_none() -> None:
    red = pen_of("31")
    new = [row([("some red words", red)]), row([("and more", red)])]

    assert difference(plain("", ""), new) == "\x1b[H\x1b[31msome red words\r\nand more\x1b[m"


def test_a_coloured_background_is_written_not_erased() -> None:
    blue = pen_of("44")
    new = [row([(" " * WIDTH, blue)])]

    assert difference(plain(""), new) == f"\x1b[H\x1b[44m{' ' * WIDTH}\x1b[m"


@pytest.mark.parametrize("doubtful", ["😀", "e\u0301", "क\u093f"])
def test_behind_a_character_of_doubtful_width_all_is_written_anew(doubtful: str) -> None:
    old, new = plain(f"ab{doubtful} one two"), plain(f"ab{doubtful} one six")

    assert difference(old, new).startswith("\x1b[1;3H" + doubtful)
    assert difference(old, plain(f"Ab{doubtful} one two")) == "\x1b[HA"
