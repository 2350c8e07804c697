"""Regular expressions: refused in a sentence where they are none or might run without end."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wild_documents import quick

from feather_tui.errors import UsageError
from feather_tui.session.patterns import STRETCH, compiled, spans, types_a_capital


class CountingPattern:
    """Stands in for a pattern, and counts the characters it is given."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.characters = 0

    def finditer(self, text: str, start: int, stop: int) -> Any:
        self.characters += max(min(stop, len(text)) - start, 0)
        return self.pattern.finditer(text, start, stop)


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("[", "unterminated character set"),
        ("a)", "unbalanced parenthesis"),
        ("*", "nothing to repeat"),
        ("a{99999999999999}", "repetition number is too large"),
        ("(?u)(?a)x", "flags are incompatible"),
        ("(?L)a", "cannot use 'L' flag"),
        ("\\", "bad escape"),
    ],
)
def test_what_is_no_regular_expression_is_refused_with_the_reason(expression: str, why: str) -> None:
    with pytest.raises(UsageError, match="This is not a regular expression: ") as raised:
        compiled(expression, regard_case=False)

    assert why in raised.value.sentence
    assert raised.value.advice


def test_one_nested_too_deeply_is_refused() -> None:
    with pytest.raises(UsageError, match="nested too deeply"):
        compiled("(" * 5_000 + ")" * 5_000, regard_case=False)


@pytest.mark.parametrize(
    "expression",
    [
        "(a+)+b",
        r"(\w+\s?)+x",
        "(?:a*)*b",
        "(?P<word>a+){2,}b",
        "((a+)b?)*c",
        "(a|a)*b",
        "(a|ab)*c",
        "(foo|foe)+x",
        r"(\w|\d)+x",
        "(a|)*b",
        "(|a)*b",
        "(a?){30}a{30}",
        r"(\d{1,3})+x",
        "(a+){5}b",
        "([(]+)+b",
        r"(a\)+)+b",
        "(?#c)(a+)+b",
        "a.*b.*c.*d.*e.*f",
        r"\d{2,9}-\d{2,9}-\d{2,9}-\d{2,9}-\d{2,9}",
        "a.*.*b",
        "(a*)(a*)b",
        "x+?x+?y",
        ".*x",
        "foo|.+bar",
    ],
)
def test_what_might_run_without_end_is_refused(expression: str) -> None:
    re.compile(expression)

    with pytest.raises(UsageError, match="could take very long on some texts"):
        compiled(expression, regard_case=False)


@pytest.mark.parametrize(
    "expression",
    [
        "refund.*timed? out",
        r"https?://\S+",
        r"(\d{1,3}\.){3}\d{1,3}",
        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "(foo|bar)+",
        "(error|failed|refused)",
        "(ab)*",
        r"\s+\w+",
        "[(+]+",
        "[]+*]+x",
        "[^]]+]",
        r"\(a+\)+",
        "a{x}",
        "a{,3}",
        "^.*x$",
        "(?i:a)b",
        "(?<!a)b",
        r"(?P<quote>['\"]).*(?P=quote)",
        r"(a)?(?(1)b|c)",
        r"a+|a+",
        "a.*b.*c.*d.*e",
    ],
)
def test_what_people_write_is_accepted(expression: str) -> None:
    assert compiled(expression, regard_case=True).pattern == expression


@given(st.text(alphabet=r"ab.*+?|()[]{}^$\,1w", max_size=12))
@example("(?P=x)")
@quick
def test_anything_typed_is_accepted_or_refused_in_a_sentence(expression: str) -> None:
    refusal = ""
    try:
        pattern = compiled(expression, regard_case=False)
        assert all(start < end for start, end in spans(pattern, "ab" * 9))
    except UsageError as refused:
        refusal = refused.sentence

    assert not refusal or refusal.endswith(".")


@pytest.mark.parametrize(
    ("expression", "capital"),
    [
        ("refund", False),
        ("Refund", True),
        (r"\S\W\D\B\Z", False),
        (r"\x4A\u00DF", False),
        (r"\N{LATIN SMALL LETTER A}", False),
        ("(?P<Name>a)(?P=Name)", False),
        (r"\\S", True),
        ("[A-Z]", True),
    ],
)
def test_the_capitals_of_the_syntax_are_not_typed_ones(*, expression: str, capital: bool) -> None:
    assert types_a_capital(expression) is capital


@given(st.text(alphabet="ab \n", max_size=STRETCH * 3), st.integers(0, STRETCH * 3))
@example("b" * STRETCH * 3, 0)
@quick
def test_stretches_find_what_one_look_finds(text: str, padding: int) -> None:
    text = "-" * padding + text
    pattern = re.compile("ab|b{1,3}|^a", re.MULTILINE)

    assert list(spans(pattern, text)) == [match.span() for match in pattern.finditer(text)]


@pytest.mark.parametrize("begin", [0, 1, STRETCH - 1, STRETCH, STRETCH + 1, 3 * STRETCH - 1])
def test_a_match_across_stretches_is_seen_whole(begin: int) -> None:
    text = " " * begin + "x" * STRETCH + " " * STRETCH

    assert list(spans(re.compile("x+"), text)) == [(begin, begin + STRETCH)]


@pytest.mark.parametrize("text", ["-" * 100_000, "x" * 100_000, "x" * 999 + "-" * 99_001], ids=len)
def test_the_cost_grows_with_the_length_of_the_text(text: str) -> None:
    counting = CountingPattern(re.compile("x+"))

    list(spans(counting, text))  # type: ignore[arg-type]  # the stand-in has all that is used

    assert counting.characters <= 2 * len(text) + STRETCH
