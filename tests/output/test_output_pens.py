"""Pens: what SGR codes make of a pen, and the way from one to another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui.ui.output.pens import DEFAULT, Pen, change, on_blank, pen_of

ENDED_BY = {
    "22": {"1", "2"},
    "23": {"3"},
    "24": {"4", "21"},
    "25": {"5", "6"},
    "27": {"7"},
    "28": {"8"},
    "29": {"9"},
    "54": {"51", "52"},
    "55": {"53"},
}
"""From ECMA-48 8.3.117: what ends which attributes."""

colours = st.sampled_from(["", "1", "7", "8;5;1", "8;5;204", "8;2;0;0;0", "8;2;1;22;255"])
pens = st.builds(
    Pen,
    st.frozensets(st.sampled_from(sorted({code for codes in ENDED_BY.values() for code in codes}))),
    colours.map(lambda colour: colour and f"3{colour}"),
    colours.map(lambda colour: colour and f"4{colour}"),
)


def after(pen: Pen, sequence: str) -> Pen:
    """What a terminal's pen is after a sequence, read code by code."""
    attributes, foreground, background = set(pen.attributes), pen.foreground, pen.background
    match = re.fullmatch(r"(?:\x1b\[([0-9;]*)m)?", sequence)
    assert match is not None
    codes = (match[1] or "0").split(";") if sequence else []
    while codes:
        code = codes.pop(0)
        if code in {"38", "48"}:
            taken = 2 if codes[0] == "5" else 4
            colour = ";".join([code, *codes[:taken]])
            del codes[:taken]
            foreground, background = (colour, background) if code == "38" else (foreground, colour)
        elif code == "0":
            attributes, foreground, background = set(), "", ""
        elif code in ENDED_BY:
            attributes -= ENDED_BY[code]
        elif code[0] == "3" and len(code) == 2:
            foreground = "" if code == "39" else code
        elif code[0] == "4" and len(code) == 2:
            background = "" if code == "49" else code
        else:
            attributes.add(code)
    return Pen(frozenset(attributes), foreground, background)


@settings(deadline=None, max_examples=100)
@given(pens, pens)
def test_a_change_leads_to_the_new_pen_and_is_no_longer_than_beginning_afresh(old: Pen, new: Pen) -> None:
    sequence = change(old, new)

    assert after(old, sequence) == new
    assert len(sequence) <= len(f"\x1b[{';'.join(['0', *new.codes])}m")
    assert bool(sequence) == (old != new)


@settings(deadline=None, max_examples=100)
@given(pens)
def test_codes_are_read_as_they_are_written(pen: Pen) -> None:
    assert pen_of(";".join(pen.codes)) == pen


@pytest.mark.parametrize(
    ("codes", "pen"),
    [
        ("", DEFAULT),
        ("39;49", DEFAULT),
        ("1;38;5;196", Pen(frozenset({"1"}), "38;5;196", "")),
        ("38;2;1;2;3;48;2;4;5;6", Pen(frozenset(), "38;2;1;2;3", "48;2;4;5;6")),
        ("97;107", Pen(frozenset(), "97", "107")),
        ("4;39;41", Pen(frozenset({"4"}), "", "41")),
    ],
)
def test_codes_make_a_pen(codes: str, pen: Pen) -> None:
    assert pen_of(codes) == pen


@pytest.mark.parametrize(
    ("old", "new", "sequence"),
    [
        ("1;34", "", "\x1b[m"),
        ("1", "1;34", "\x1b[34m"),
        ("1;31", "31", "\x1b[22m"),
        ("1;2", "2", "\x1b[0;2m"),
        ("38;2;1;2;3", "38;2;1;2;3;4", "\x1b[4m"),
        ("41", "42", "\x1b[42m"),
        ("10", "11", "\x1b[0;11m"),  # no code ends a font: it takes a new beginning
    ],
)
def test_the_shortest_way(old: str, new: str, sequence: str) -> None:
    assert change(pen_of(old), pen_of(new)) == sequence


def test_on_a_blank_only_what_shows_counts() -> None:
    assert on_blank(pen_of("1;3;31")) == DEFAULT
    assert on_blank(pen_of("1;31;44")) == pen_of("44")
    for seen in ("4", "7", "9", "53"):
        assert on_blank(pen_of(f"{seen};31")) == pen_of(f"{seen};31")
