"""Values as rows: text, JSON with its tones, labelled facts, and very long values in parts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import json_values, quick, texts

from feather_tui.rendering.row import Row, text_of, width_of
from feather_tui.rendering.safe import safe, safe_line
from feather_tui.rendering.values import (
    FORMATTED_CHARACTERS,
    PART_CHARACTERS,
    brief,
    fact_rows,
    json_rows,
    json_spans,
    json_text_rows,
    text_rows,
)

widths = st.integers(20, 120)
containers: st.SearchStrategy[Any] = st.one_of(
    st.lists(json_values, max_size=4), st.dictionaries(texts, json_values, max_size=4)
)


def lines(rows: list[Row]) -> list[str]:
    return [text_of(row) for row in rows]


def tones(line: str) -> list[tuple[str, str]]:
    return [(text, tone) for text, tone in json_spans(line) if text.strip()]


def squeezed(text: str) -> str:
    """Text without blanks and newlines: what wrapping and indenting must not change."""
    return "".join(text.split())


# ---------------------------------------------------------------------- text


def test_text_is_wrapped_indented_and_toned() -> None:
    assert text_rows("one two\nthree", 2, 5, "bad") == [
        (("  ", "text"), ("one", "bad")),
        (("  ", "text"), ("two", "bad")),
        (("  ", "text"), ("three", "bad")),
    ]


def test_text_is_made_safe() -> None:
    assert lines(text_rows("\x1b[2J", 0, 20)) == ["␛[2J"]


@given(texts, st.integers(0, 20), widths)
@quick
def test_text_rows_fit_and_lose_nothing(text: str, indent: int, width: int) -> None:
    rows = text_rows(text, indent, width)

    assert max(map(width_of, rows)) <= indent + width
    assert squeezed("".join(lines(rows))) == squeezed(safe(text))


# ---------------------------------------------------------------------- parts


def test_a_very_long_value_is_shown_in_parts_and_says_so() -> None:
    text = "x" * (2 * PART_CHARACTERS + 1000)

    one, two, three = (lines(text_rows(text, 0, 100, parts=parts)) for parts in (1, 2, 3))

    assert (
        one[-1] == "… 65 K of 129 K characters more: + shows the next part of an entry, feather-tui show all"
    )
    assert (
        two[-1] == "… 1 K of 129 K characters more: + shows the next part of an entry, feather-tui show all"
    )
    assert "".join(one[:-1]) == text[:PART_CHARACTERS]
    assert "".join(two[:-1]) == text[: 2 * PART_CHARACTERS]
    assert "".join(three) == text


def test_a_value_of_just_one_part_needs_no_note() -> None:
    assert "".join(lines(text_rows("x" * PART_CHARACTERS, 0, 100))) == "x" * PART_CHARACTERS


def test_long_json_is_shown_in_parts_and_says_so() -> None:
    tree = {"rows": ["y" * 100] * 1000}

    assert lines(json_rows(tree, 0, 120))[-1].startswith("… 4")
    assert "more" not in lines(json_rows(tree, 0, 120, parts=2))[-1]


def test_json_too_long_to_format_is_shown_as_received() -> None:
    text = json.dumps({"a": "z" * FORMATTED_CHARACTERS})

    assert lines(json_text_rows(text, 0, 50))[0] == '{"a":'


# ---------------------------------------------------------------------- JSON


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"a": "b"', [('"a"', "key"), (":", "dim"), ('"b"', "string")]),
        ('"a": -1.5e-7,', [('"a"', "key"), (":", "dim"), ("-1.5e-7", "number"), (",", "dim")]),
        (
            "[true, false, null]",
            [
                *(("[", "dim"), ("true", "constant"), (", ", "dim"), ("false", "constant")),
                *((", ", "dim"), ("null", "constant"), ("]", "dim")),
            ],
        ),
        (r'"say \"hi\": 1"', [(r'"say \"hi\": 1"', "string")]),
        ('"true": "12"', [('"true"', "key"), (":", "dim"), ('"12"', "string")]),
    ],
)
def test_each_kind_of_token_has_its_tone(line: str, expected: list[tuple[str, str]]) -> None:
    found = [
        (text.strip() if tone == "dim" and text.strip() == ":" else text, tone) for text, tone in tones(line)
    ]

    assert found == expected


@given(st.one_of(texts, json_values.map(json.dumps)))
@quick
def test_spans_join_to_the_same_line(line: str) -> None:
    assert "".join(text for text, _ in json_spans(line)) == line


@given(containers, st.integers(0, 12), widths)
@quick
def test_json_rows_fit_and_lose_nothing(tree: Any, indent: int, width: int) -> None:
    rows = json_rows(tree, indent, width)

    assert max(map(width_of, rows)) <= indent + width
    assert squeezed("".join(lines(rows))) == squeezed(safe(json.dumps(tree, ensure_ascii=False)))


def test_small_json_stays_on_one_line() -> None:
    assert lines(json_rows({"a": 1, "b": [True, None]}, 2, 40)) == ['  {"a": 1, "b": [true, null]}']


def test_json_is_formatted_and_wrapped_under_itself() -> None:
    tree = {"order_id": "8812-4410", "note": "the customer sent the headset back two weeks ago"}

    assert lines(json_rows(tree, 1, 30)) == [
        " {",
        '   "order_id": "8812-4410",',
        '   "note": "the customer',
        "       sent the headset back",
        '       two weeks ago"',
        " }",
    ]


def test_a_wrapped_string_keeps_its_tone() -> None:
    rows = json_rows({"a": "word " * 20}, 0, 30)

    continued = [tone for row in rows[2:-1] for text, tone in row if text.strip()]
    assert continued
    assert set(continued) == {"string"}


def test_control_characters_in_json_stay_escaped() -> None:
    assert lines(json_text_rows(r'{"a": "\u001b[2J\u009b\ud800\n"}', 0, 80)) == [
        r'{"a": "\u001b[2J<9B>' + "\ufffd" + r'\n"}'
    ]


@pytest.mark.parametrize(
    "text",
    ["not JSON", '{"a": 1', "12", '"text"', "null", "", "[" * 5000, '{"a": ' + "9" * 5000 + "}"],
    ids=lambda text: text[:8],
)
def test_what_is_no_json_object_is_shown_as_it_is(text: str) -> None:
    assert squeezed("".join(lines(json_text_rows(text, 0, 80)))) == squeezed(text)
    assert {tone for row in json_text_rows(text, 0, 80) for _, tone in row} == {"text"}


@given(st.one_of(texts, containers.map(json.dumps)), widths)
@quick
def test_any_text_is_shown_within_its_width(text: str, width: int) -> None:
    rows = json_text_rows(text, 3, width)

    assert rows
    assert max(map(width_of, rows)) <= 3 + width


# ---------------------------------------------------------------------- facts and briefs


def test_facts_stand_in_two_columns() -> None:
    facts = [("turn id", "t1"), ("reason", "the customer asked for a person twice")]

    assert lines(fact_rows(facts, 2, 40)) == [
        "  turn id          t1",
        "  reason           the customer asked for",
        "                   a person twice",
    ]


def test_a_long_label_takes_room_from_its_value() -> None:
    assert lines(fact_rows([("a label of twenty-five", "one two three")], 0, 32)) == [
        "a label of twenty-five one two",
        "                 three",
    ]


@given(st.lists(st.tuples(st.text(alphabet="abc ", max_size=16), texts), max_size=4), widths)
@quick
def test_facts_fit_and_lose_nothing(facts: list[tuple[str, str]], width: int) -> None:
    rows = fact_rows(facts, 2, max(width, 30))

    assert all(width_of(row) <= 2 + max(width, 30) for row in rows)
    assert squeezed("".join(lines(rows))) == squeezed("".join(label + safe(value) for label, value in facts))


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ('{"order_id": "8812-4410", "amount": 79.9}', "order_id 8812-4410  amount 79.9"),
        ('{"a": null, "b": [1, {"c": "é"}]}', 'a null  b [1, {"c": "é"}]'),
        ("{}", ""),
        ("", ""),
        ("[1, 2]", "[1, 2]"),
        (" {broken ", "{broken"),
        ('{"a": "two\\nlines \\u001b"}', "a two␊lines ␛"),
        ("[" * 5000, "[" * 80),
    ],
)
def test_arguments_in_brief(arguments: str, shown: str) -> None:
    assert brief(arguments, 40) == shown


def test_arguments_in_brief_stay_brief() -> None:
    tree = {f"name_{number}": "x" * 10_000 for number in range(1000)}

    assert len(brief(json.dumps(tree), 60)) < 200


@given(texts)
@quick
def test_a_brief_is_one_safe_line(text: str) -> None:
    assert safe_line(brief(text, 40)) == brief(text, 40)
