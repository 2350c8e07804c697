"""From extracted values to the messages and tool results that hold them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from chains import extracted, found_in, told
from documents import analysis, call, read, request, result, row
from looks import look

from feather_tui.rendering.grounding import grounding_row
from feather_tui.rendering.row import text_of
from feather_tui.session.grounding import Ground, GroundingResult, ground_all


def of_one(*messages: Any, value: Any, **fields: Any) -> GroundingResult:
    """What is known of one extracted value."""
    (found,) = ground_all(read(analysis(*messages, **fields)), {"field": value}).values()
    return found


# ---------------------------------------------------------------------- written forms


@pytest.mark.parametrize(
    ("value", "text", "there"),
    [
        (79.9, "It cost 79.90 EUR.", "79.90"),
        (79.9, "Es hat 79,90 € gekostet", "79,90"),
        (79.9, "that's 7990 cents", "7990"),
        (79.9, "minus -79.90, refunded", "79.90"),
        (1234.5, "1,234.50 in all", "1,234.50"),
        (1234.5, "1.234,50 zusammen", "1.234,50"),
        (1234.5, "1 234,50 en tout", "1 234,50"),
        (1234567, "1'234'567", "1'234'567"),
        (1234, "1.234", "1.234"),
        (1.234, "1.234", "1.234"),
        (12345, "about 12 345 of them", "12 345"),
        (64.0, "64.00 EUR", "64.00"),
        ("11,842.00", "over 11842 €", "11842"),
        ("79.90 EUR", "79,90", "79,90"),
        (88124410, "order 8812-4410", "8812-4410"),
        (4410, "order ٤٤١٠", "٤٤١٠"),
        ("2026-11-20", "on 20 November 2026", "20 November 2026"),
        ("2026-11-20", "on 20.11.2026", "20.11.2026"),
        ("2026-11-20", "on Nov 20", "Nov 20"),
        ("2026-11-20", "on Friday, November 20th, 2026.", "November 20th, 2026"),
        ("2026-11-20", "am 20. November", "20. November"),
        ("2026-11-20", "the twentieth of November", "twentieth of November"),
        ("2026-11-20", "11/20/2026", "11/20/2026"),
        ("2026-11-20", "20/11/26", "20/11/26"),
        ("2026-11-20", "2026年11月20日", "2026年11月20日"),
        ("2026-11-20", "20 de novembro de 2026", "20 de novembro de 2026"),
        ("2026-11-20T14:02:11Z", "on 2026-11-20", "2026-11-20"),
        ("20 November 2026", "2026-11-20", "2026-11-20"),
        ("2026-05-01", "May 1", "May 1"),
        ("8812-4410", "Order 8812-4410.", "8812-4410"),
        ("8812-4410", "order 88124410", "88124410"),
        ("88124410", "order 8812 4410", "8812 4410"),
        ("BF55120937", "it is BF 5512 0937", "BF 5512 0937"),
        ("RT-55120", "rt-55120", "rt-55120"),
        ("RT-55120", "R T 5 5 1 2 0", "R T 5 5 1 2 0"),
        ("maren@example.com", "It's Maren@Example.COM", "Maren@Example.COM"),
        ("jo.doe@example.com", "jo dot doe at example dot com", "jo dot doe at example dot com"),
        ("+49 30 23125014", "030 23125-014", "030 23125-014"),
        ("+4930 23125014", "call 0049 (0)30 23125014", "0049 (0)30 23125014"),
        ("Dana Whitlock", "my name is dana  whitlock.", "dana  whitlock"),
        ("Skylark headset", "the Skylark\nheadset", "Skylark\nheadset"),
        ("Ostermann & Quill", "Ostermann and Quill, Ostermann & Quill", "Ostermann & Quill"),
        ("佐伯みなみ", "はい、佐伯 みなみです。", "佐伯 みなみ"),
        ("spare part", "a spare_part", "spare_part"),
    ],
)
def test_a_value_is_found_in_its_written_forms(value: Any, text: str, there: str) -> None:
    assert found_in(text, value) == [there]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (79.9, "7990"),
        (7990, "79.90"),
        (799, "79.9 and 7 99"),
        (4410, "order 8812-4410, v4410, 14:4410"),
        (2026, "20.11.2026"),
        (234, "1,234"),
        (1234.5, "1234 and .5"),
        ("2026-11-20", "20 November 2025, 2026-11-21, 11/21/2026"),
        ("2026-11-20", "twenty people in november"),
        ("2026-02-30", "30 February"),
        ("8812-4410", "8812-44101 and 18812-4410"),
        ("8812-4410", "8812 and later 4410"),
        ("4410", "44-10"),
        ("maren@example.com", "maren@example.org, xmaren@example.com"),
        ("+49 30 23125014", "030 23125015"),
        ("Dana Whitlock", "Danae Whitlock, Dana Whitlocks"),
        ("Berlin", "Berliner"),
    ],
)
def test_what_is_not_there_is_not_found(value: Any, text: str) -> None:
    assert found_in(text, value) == []


def test_cents_count_as_units_only_where_the_field_or_the_text_says_cents() -> None:
    assert found_in("79.90", 7990, ("total_cents",)) == ["79.90"]
    assert found_in('{"total_cents": 7990}', 79.9) == ["7990"]
    assert found_in("79.90", 7990, ("total",)) == []


def test_a_telephone_number_may_be_said_with_more_or_less_of_its_prefix() -> None:
    assert found_in("+49 30 23125014", "030 23125014", ("phone",)) == ["+49 30 23125014"]
    assert found_in("it's 2312 5014", "030 23125014", ("phone",)) == ["2312 5014"]
    assert found_in("it's 2312 5014", "030 23125014", ("serial",)) == []


def test_a_place_where_the_value_stands_as_it_is_comes_before_others() -> None:
    assert found_in("88124410 or 8812-4410", "8812-4410") == ["8812-4410"]


# ---------------------------------------------------------------------- what can be checked


@pytest.mark.parametrize(
    "value",
    [None, True, False, "", "  ", "eu", "n/a", 5, 42, -7, 2.0, "—", "resolved", "in_transit", "EUR", "pt-PT"],
)
def test_some_values_prove_nothing_by_their_absence(value: Any) -> None:
    assert of_one(row("user", "hello"), value=value).ground is Ground.NOT_CHECKABLE


def test_a_summary_in_its_authors_own_words_is_not_checkable() -> None:
    summary = "The customer asked for the refund and was told that it had been issued"

    assert of_one(row("user", "money!"), value=summary).ground is Ground.NOT_CHECKABLE


def test_a_word_of_a_list_is_said_where_it_was_said() -> None:
    assert of_one(row("user", "is it in transit?"), value="in_transit").ground is Ground.SAID


def test_what_nobody_said_is_not_found() -> None:
    assert of_one(row("user", "hello"), value="Dana Whitlock") == GroundingResult(ground=Ground.NOT_FOUND)


def test_a_value_behind_a_label_may_be_hidden_by_it() -> None:
    rows = (row("user", "I am [NAME], order 1"), row("assistant", "Thank you, <PERSON_1>", second=1))
    session = read(analysis(*rows, row("user", "[PHONE]", second=2)))
    data = {"name": "Dana Whitlock", "phone": "+49 30 1234567", "sku": "AUD-2207"}

    assert {path: found.redacted for path, found in ground_all(session, data).items()} == {
        ("name",): (0, 1),
        ("phone",): (2,),
        ("sku",): (),
    }


# ---------------------------------------------------------------------- where it was said


def test_the_customer_comes_before_the_assistant_and_both_before_others() -> None:
    rows = [
        row(role, "order 8812-4410", second=at)
        for at, role in enumerate(("system", "assistant", "user", "user"))
    ]
    found = of_one(*rows, value="8812-4410")

    assert [place.row for place in found.said] == [2, 3, 1, 0]


def test_tool_results_are_told_apart_from_what_was_said() -> None:
    found = of_one(
        row("assistant", turn="a", tool_calls=[request("c1", "shop_lookup_order")]),
        row(
            "tool", '{"booking": "RF-30418"}', turn="t", tool_results=result("c1", '{"booking": "RF-30418"}')
        ),
        row("tool", turn="o", tool_results=result("gone", "RF-30418")),
        value="RF-30418",
        tool_calls=[call("c1", "shop_lookup_order", turn="a", result='{"booking": "RF-30418"}')],
    )

    assert found.ground is Ground.IN_RESULT
    assert found.said == ()
    assert [(place.row, place.call.name if place.call else None) for place in found.in_results] == [
        (1, "shop_lookup_order"),
        (2, None),
    ]


def test_escapes_in_a_result_hide_nothing() -> None:
    output = json.dumps({"name": "Gesine Krüger", "codes": [120, 345]}, separators=(",", ":"))
    rows = (
        row("assistant", turn="a", tool_calls=[request("c1")]),
        row("tool", turn="t", tool_results=result("c1", output)),
    )

    assert of_one(*rows, value="Gesine Krüger").ground is Ground.IN_RESULT
    assert of_one(*rows, value=345).ground is Ground.IN_RESULT


def test_every_plain_value_has_its_path() -> None:
    session = read(analysis(row("user", "AUD-2207")))
    data = {"a": {"b": ["AUD-2207", {"c": None}]}, "d": [], "e": "AUD-9999"}

    assert {path: found.ground for path, found in ground_all(session, data).items()} == {
        ("a", "b", "0"): Ground.SAID,
        ("a", "b", "1", "c"): Ground.NOT_CHECKABLE,
        ("e",): Ground.NOT_FOUND,
    }


def test_the_incidents_extraction() -> None:
    session, extraction = told("headset-refund"), extracted("headset-refund")
    found = ground_all(session, extraction.extracted_data)

    assert {".".join(path): text_of(grounding_row(one, session, look())) for path, one in found.items()} == {
        "customer.name": "? not found in the transcript, which hides such values (14:07:09)",
        "customer.order_id": "said 14:02:11 by user, 3 more",
        "refund.currency": "· not checkable",
        "refund.promised": "· not checkable",
    }


def test_a_value_written_otherwise_is_quoted() -> None:
    session = read(analysis(row("user", "until 4 December, please")))
    (found,) = ground_all(session, {"until": "2026-12-04"}).values()

    assert text_of(grounding_row(found, session, look())) == "said 14:02:11 by user as 4 December"
