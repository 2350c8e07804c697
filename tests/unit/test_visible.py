"""The second filter: whatever comes, no character of it acts or hides."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.color import Color
from textual.strip import Strip
from wild_documents import HOSTILE, quick

from feather_tui.rendering.safe import only_ascii, safe_line
from feather_tui.rendering.visible import visible
from feather_tui.ui.line_filters import line_filters
from feather_tui.ui.themes import THEMES

HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
wild = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join))


def filtered(*texts: str, only_ascii: bool = False) -> Strip:
    strip = Strip([Segment(text) for text in texts])
    for line_filter in line_filters(THEMES["ansi"], only_ascii=only_ascii):
        strip = strip.apply_filter(line_filter, Color(0, 0, 0))
    return strip


def test_no_character_that_acts_or_hides_is_left() -> None:
    left = visible("".join(map(chr, range(sys.maxunicode + 1))))

    assert {unicodedata.category(character) for character in left}.isdisjoint(HARMFUL)
    assert len(left) == sys.maxunicode + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, Grüße, 漢字 😀 é", "plain, Grüße, 漢字 😀 é"),
        ("\x1b]52;c;cm0=\x07", "␛]52;c;cm0=␇"),
        ("\x9b31m\x7f", "�31m␡"),
        ("a\u202eb\u200bc\U000e0041\ud800\ue000", "a�b�c���"),
        ("a\u00a0b", "a b"),
        ("a\u3164\u034f\u115f\uffa0\u2800\U000e0100b", "a������b"),
    ],
)
def test_a_sign_stands_for_it(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(wild)
@quick
def test_what_was_made_safe_is_left_as_it_is(text: str) -> None:
    assert visible(safe_line(text)) == safe_line(text)
    with only_ascii():
        assert visible(safe_line(text)) == safe_line(text)


@given(st.lists(wild, max_size=4))
@quick
def test_a_line_is_as_wide_as_before(texts: list[str]) -> None:
    before, after = Strip([Segment(text) for text in texts]), filtered(*texts)

    assert after.text.isprintable()
    assert Strip(after._segments).cell_length == before.cell_length


def test_a_terminal_without_utf8_gets_ascii() -> None:
    assert filtered(f"a\x1bb\u202e{' ' * 4}", only_ascii=True).text.isascii()


def test_a_line_as_it_should_be_is_not_made_anew() -> None:
    segments = [Segment("a line"), Segment("漢字")]

    assert line_filters(THEMES["ansi"], only_ascii=False)[0].apply(segments, Color(0, 0, 0)) is segments
