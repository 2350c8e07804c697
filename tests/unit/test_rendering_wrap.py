"""Wrapping: no line wider than asked, and nothing lost but the blank at a break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick, texts

from feather_tui.rendering.row import cells
from feather_tui.rendering.safe import safe
from feather_tui.rendering.wrap import wrap

wild_texts = st.one_of(
    texts,
    st.text(alphabet="ab 漢\u0301\n", max_size=80),
    st.text(alphabet="ab \n", max_size=80),
).map(safe)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("", 10, [""], id="nothing"),
        pytest.param("one two", 10, ["one two"], id="fits"),
        pytest.param("one two", 7, ["one two"], id="fits to the cell"),
        pytest.param("one two", 6, ["one", "two"], id="breaks at a blank"),
        pytest.param("one two three", 8, ["one two", "three"], id="breaks at the last blank"),
        pytest.param("abcdefgh", 3, ["abc", "def", "gh"], id="a word longer than a line"),
        pytest.param("a abcdefgh", 4, ["a", "abcd", "efgh"], id="a long word after a short one"),
        pytest.param("a\n\nb\n", 4, ["a", "", "b", ""], id="newlines stay"),
        pytest.param("   indented", 20, ["   indented"], id="indents stay"),
        pytest.param("   abcdefgh", 6, ["   abc", "defgh"], id="an indent stays with a long word"),
        pytest.param("a  b", 2, ["a ", "b"], id="one blank of two is lost at a break"),
        pytest.param("漢字漢字", 4, ["漢字", "漢字"], id="wide characters"),
        pytest.param("漢字漢字", 5, ["漢字", "漢字"], id="no half characters"),
        pytest.param("漢 字 é", 4, ["漢", "字 é"], id="wide words"),
        pytest.param("  漢字漢字", 5, ["  漢", "字漢", "字"], id="an indent stays with a long wide word"),
        pytest.param(
            "e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"], id="marks stay with their base"
        ),
        pytest.param("漢字", 1, ["漢", "字"], id="no width is too small"),
    ],
)
def test_lines(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(wild_texts, st.integers(-1, 90))
@quick
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert max(map(cells, wrap(text, width))) <= max(width, 2)


@given(wild_texts, st.integers(2, 30))
@quick
def test_nothing_is_lost_but_the_blank_at_a_break(text: str, width: int) -> None:
    place = 0
    for number, line in enumerate(wrap(text, width)):
        if number and text[place] in " \n" and text.startswith(line, place + 1):
            place += 1
        assert text.startswith(line, place)
        place += len(line)

    assert place == len(text)


@given(wild_texts, st.integers(2, 30))
@quick
def test_a_line_is_broken_only_where_it_must_be(text: str, width: int) -> None:
    assert len(wrap(text, width)) == text.count("\n") + 1 or max(map(cells, text.split("\n"))) > width


@given(st.lists(st.text(alphabet="abé", min_size=1, max_size=8), min_size=1, max_size=20), st.integers(8, 30))
@quick
def test_words_that_fit_are_never_cut(words: list[str], width: int) -> None:
    assert " ".join(wrap(" ".join(words), width)).split() == words
    assert all(line.split() for line in wrap(" ".join(words), width))
