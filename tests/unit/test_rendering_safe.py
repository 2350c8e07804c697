"""The boundary for untrusted text: nothing that acts on a terminal gets through, nothing vanishes unseen."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from wild_documents import HOSTILE, quick

from feather_tui.rendering.safe import MARKS_PER_BASE, safe, safe_line

ACUTE = "\u0301"
IDEOGRAPHS = (range(0x3400, 0xA490), range(0xAC00, 0xD7A0), range(0x12000, 0x1D000), range(0x1FC00, 0xE0000))
EVERY_CHARACTER = [
    chr(code) for code in (*range(0xE0200), sys.maxunicode) if not any(code in block for block in IDEOGRAPHS)
]
"""All of Unicode but for blocks in which one character is like the next."""
DROPPED = {"\u200d", *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0x1F3FB, 0x1F400))}
"""Modifiers on whose width terminals disagree: the base they modify still shows."""
UNSHOWABLE = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}

wild_text = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from((*HOSTILE, ACUTE, "a", "\r", "\n", "\u0489", "\u1161")), max_size=20).map(
        "".join
    ),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Refund 79.90 € – café, 漢字, Привет", None, id="plain text is left alone"),
        pytest.param("one\ntwo", None, id="newlines stay"),
        pytest.param("[@click=app.quit]x[/foo]", None, id="markup is only text"),
        pytest.param("one\r\ntwo", "one\ntwo", id="CRLF is a newline"),
        pytest.param("50%\rdone", "50%␍done", id="a lone CR shows"),
        pytest.param("\r\r\n", "␍\n", id="CR before CRLF shows"),
        pytest.param("a\tb", "a    b", id="a tab is four spaces"),
        pytest.param("\x1b[31mred", "␛[31mred", id="CSI"),
        pytest.param("\x1b]52;c;cm0=\x07", "␛]52;c;cm0=␇", id="OSC 52 sets no clipboard"),
        pytest.param("\x1b]52;c;cm0=", "␛]52;c;cm0=", id="an OSC without its end swallows nothing"),
        pytest.param("\x1bP1;2|x\x1b\\", "␛P1;2|x␛\\", id="DCS"),
        pytest.param("\x00\x08\x0b\x0c\x0e\x7f", "␀␈␋␌␎␡", id="other C0 and DEL"),
        pytest.param("\x9b2J \x85", "<9B>2J <85>", id="C1"),
        pytest.param("a\u202eb\u2066c", "a<202E>b<2066>c", id="bidirectional overrides"),
        pytest.param("a\u200bb\ufeffc", "a<200B>b<FEFF>c", id="zero width"),
        pytest.param("\u00ad", "<AD>", id="soft hyphen"),
        pytest.param("\U000e0041", "<E0041>", id="tags"),
        pytest.param("\ue000\U0010ffff", "<E000><10FFFF>", id="private use and unassigned"),
        pytest.param("a\u2028b\u2029c", "a<2028>b<2029>c", id="line and paragraph separators"),
        pytest.param(
            "\u3164\uffa0\u2800\u034f", "<3164><FFA0><2800><34F>", id="fillers that look like nothing"
        ),
        pytest.param("a\ud800b", "a\ufffdb", id="a lone surrogate"),
        pytest.param("a\u00a0b\u3000c", "a b c", id="blanks of other widths"),
        pytest.param("❤\ufe0f 👍🏽", "❤ 👍", id="variation selectors and skin tones"),
        pytest.param("👩\u200d👧", "👩👧", id="a joined family stands side by side"),
        pytest.param("🇩🇪", "ⒹⒺ", id="a flag as its letters"),
        pytest.param("e" + ACUTE * 3, None, id="three marks on a letter"),
        pytest.param("e" + ACUTE * 5, "e" + ACUTE * 3 + "<301><301>", id="more marks show as stand-ins"),
        pytest.param(ACUTE + "a", "<301>a", id="a mark on nothing"),
        pytest.param("a\n" + ACUTE, "a\n<301>", id="a newline is no base"),
        pytest.param("\u1112\u1161\u11ab", None, id="Korean in single letters"),
        pytest.param("မျှော်လင့်ပါတယ် हिन्दी ไทย", None, id="languages that stack their vowels"),
        pytest.param("क" + "\u093e" * 4, "क" + "\u093e" * 3 + "<93E>", id="vowel signs without end"),
    ],
)
def test_each_rule(text: str, shown: str | None) -> None:
    assert safe(text) == (text if shown is None else shown)


@given(wild_text)
@quick
def test_nothing_that_acts_gets_through(text: str) -> None:
    reached = {character for character in safe(text) if unicodedata.category(character) in UNSHOWABLE}

    assert reached <= {"\n"}


def test_no_single_character_gets_through_or_vanishes() -> None:
    wrong = [
        hex(ord(character))
        for character in EVERY_CHARACTER
        if character != "\n"
        and (
            any(unicodedata.category(shown) in UNSHOWABLE for shown in safe(character))
            or (not safe(character)) != (character in DROPPED)
        )
    ]

    assert wrong == []


def test_every_stand_in_has_a_width() -> None:
    changed = [(character, safe(character)) for character in EVERY_CHARACTER if safe(character) != character]

    assert [hex(ord(character)) for character, shown in changed if shown and cell_len(shown) == 0] == []


def test_no_character_without_a_width_repeats_without_end() -> None:
    """One cell must not cost megabytes: whatever a terminal draws on top of a base is limited."""
    endless = [
        hex(ord(character))
        for character in EVERY_CHARACTER
        if character != "\n"
        and get_character_cell_size(character) == 0
        and cell_len(safe("a" + character * 9)) == 1
        and character not in DROPPED
    ]

    assert endless == []


@given(wild_text)
@quick
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=80))
@quick
def test_printable_ascii_is_unchanged(text: str) -> None:
    assert safe(text) is text


@given(wild_text)
@quick
def test_no_base_carries_more_marks_than_allowed(text: str) -> None:
    run = 0
    for character in safe(text):
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        assert run <= MARKS_PER_BASE


@given(wild_text)
@quick
def test_widths_add_up(text: str) -> None:
    """Nothing left changes the width of its neighbour, so a text may be cut anywhere."""
    shown = safe(text)

    assert cell_len(shown) == sum(map(get_character_cell_size, shown))


@given(
    st.text(max_size=30),
    st.sampled_from("\x1b\x00\x07\x9b\u202e\u200b\u2028\ud800\ue000\u3164"),
    st.text(max_size=30),
)
@quick
def test_a_hostile_character_leaves_something_to_see(before: str, hostile: str, after: str) -> None:
    assert len(safe(before + hostile + after)) > len(safe(before + after)) - len("<XXXXX>")
    assert safe(hostile).strip()
    assert safe(hostile) in safe(before + hostile + after)


@given(wild_text)
@quick
def test_a_line_is_one_line(text: str) -> None:
    assert "\n" not in safe_line(text)
    assert safe_line(text).count("␊") == safe(text).count("\n") + text.count("␊")
