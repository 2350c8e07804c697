"""Fisher's test against counting every way there is, and Holm's correction against its definition."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui.triage.exact import chance_of_so_many, corrected


def counted(hits: int, drawn: int, marked: int, total: int) -> Fraction:
    ways = sum(
        comb(marked, count) * comb(total - marked, drawn - count)
        for count in range(hits, min(drawn, marked) + 1)
        if drawn - count <= total - marked
    )
    return Fraction(ways, comb(total, drawn))


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_the_chance_is_the_share_of_all_ways(data: st.DataObject) -> None:
    total = data.draw(st.integers(1, 60))
    drawn, marked = data.draw(st.integers(0, total)), data.draw(st.integers(0, total))
    hits = data.draw(st.integers(max(0, drawn + marked - total), min(drawn, marked)))

    chance = chance_of_so_many(hits, drawn=drawn, marked=marked, total=total)

    if hits * total <= drawn * marked:
        assert chance == 1.0
    else:
        assert chance == pytest.approx(float(counted(hits, drawn, marked, total)), rel=1e-9)


def test_ten_thousand_are_counted_as_well() -> None:
    exact = float(counted(620, 3000, 1900, 10_000))
    assert chance_of_so_many(620, drawn=3000, marked=1900, total=10_000) == pytest.approx(exact, rel=1e-6)


def test_the_correction_regards_how_many_were_compared() -> None:
    assert corrected([0.01, 0.02, 0.04]) == pytest.approx([0.03, 0.04, 0.04])
    assert corrected([0.5, 0.9]) == [1.0, 1.0]
    assert corrected([]) == []
