"""Lines of findings: short, on one line, and honest about what was shortened."""

from __future__ import annotations

import pytest
from finding_cases.case import find, of_rule
from finding_cases.tools import one_call
from hypothesis import given
from hypothesis import strategies as st

from feather_tui.findings.line import MAX_CHARACTERS, counted, excerpt, gap, line, ratio, seconds


def test_a_line_that_fits_is_left_whole() -> None:
    said = line("{name} failed: {error}", name="refund", error=" a\n\n b ")
    assert (said.text, said.shortened) == ("refund failed: a b", False)


def test_the_longest_quotation_is_shortened_and_the_line_says_so() -> None:
    said = line("{name} failed: {error} · args {args}", name="refund", error="e" * 900, args="{}")
    assert said.shortened
    assert len(said.text) == MAX_CHARACTERS
    assert said.text.startswith("refund failed: eee")
    assert said.text.endswith("e… · args {}")


def test_what_is_too_long_is_shared_among_the_longest_quotations() -> None:
    said = line("{a}|{b}|{c}", a="a" * 20, b="b" * 150, c="c" * 150)
    assert [len(part) for part in said.text.split("|")] == [20, 89, 89]


def test_a_quotation_beyond_what_is_read_is_marked_even_if_it_shrinks_to_fit() -> None:
    said = line("{text}", text="word" + " " * 1_000 + "end")
    assert (said.text, said.shortened) == ("word…", True)


def test_braces_in_a_quotation_are_only_text() -> None:
    assert line("{a}", a="{b} {0} {").text == "{b} {0} {"


@given(st.lists(st.text(max_size=400), min_size=1, max_size=3))
def test_no_line_is_longer_than_allowed(quotations: list[str]) -> None:
    template = " · ".join(f"{{q{number}}}" for number in range(len(quotations)))
    said = line(template, **{f"q{number}": text for number, text in enumerate(quotations)})
    assert len(said.text) <= MAX_CHARACTERS
    assert "\n" not in said.text


def test_a_finding_tells_that_it_was_shortened() -> None:
    (finding,) = of_rule(find(one_call(error="boom " * 200)), "TOOL_ERROR")
    assert finding.shortened
    assert "…" in finding.message


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(0, "0 ms"), (999, "999 ms"), (30_004, "30.0 s"), (-1_500, "-1.5 s"), (10**400, f"{10**397}.0 s")],
)
def test_seconds(milliseconds: int, text: str) -> None:
    assert seconds(milliseconds) == text


@pytest.mark.parametrize(
    ("elapsed", "text"),
    [(9.54, "9.5 s"), (41.9, "41 s"), (372, "6 min 12 s"), (3_840, "1 h 4 min"), (266_400, "3 d 2 h")],
)
def test_gaps(elapsed: float, text: str) -> None:
    assert gap(elapsed) == text


def test_counts_and_ratios() -> None:
    assert (counted(1, "chunk"), counted(0, "chunk")) == ("1 chunk", "0 chunks")
    assert ratio(5_000, 2_000) == "2.5\N{MULTIPLICATION SIGN}"
    assert excerpt("a  b\nc", 4) == "a b…"
