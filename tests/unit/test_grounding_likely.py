"""Which rows should hold a lost field, and why."""

from __future__ import annotations

from typing import Any

import pytest
from chains import told
from documents import analysis, call, read, request, result, row
from hypothesis import given
from hypothesis import strategies as st
from looks import look
from wild_documents import quick, sessions, texts

from feather_tui.rendering.grounding import likely_row
from feather_tui.rendering.row import text_of
from feather_tui.session.likely_rows import LikelyRow, likely_rows

HELLO = row("user", "Hello there", second=0)


def likely(path: str, *messages: Any, **fields: Any) -> list[LikelyRow]:
    return list(likely_rows(read(analysis(*messages, **fields)), tuple(path.split("."))))


def reason(path: str, text: str) -> str:
    """Why a message may hold a field; "" if it may not."""
    found = likely(path, HELLO, row("user", text, second=1))
    assert [one.row for one in found] in ([], [1])
    return found[0].reason if found else ""


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("refund.amount", "I want my 79.90 back", "holds an amount: 79.90"),
        ("refund.amount", "I want €80", "holds an amount: €80"),
        ("refund.currency", "I want 80 euros", "holds an amount with a currency: 80 euros"),
        ("order_id", "It is 8812-4410.", "holds an id: 8812-4410"),
        ("orderId", "It is 8812-4410.", "holds an id: 8812-4410"),
        ("customer.email", "jo@example.com please", "holds an e-mail address: jo@example.com"),
        ("customer.email", "jo at example dot com", "holds an e-mail address: jo at example dot com"),
        ("customer.phone", "call 030 2312 5014", "holds a number: 030 2312 5014"),
        ("customer.name", "My name is Dana", "holds a name: My name is Dana"),
        ("customer.name", "I'm sorry", ""),
        ("customer.name", "I'm [NAME]", "holds a name: [NAME]"),
        ("delivery_date", "by 4 December", "holds a date: 4 December"),
        ("address.city", "10115 Berlin", "holds an address: 10115 Berlin"),
        ("product.colours", "a nicer colour", "speaks of colour"),
        ("product.colour", "nothing of the sort", ""),
        ("orders.0.id", "my order is late", "speaks of order"),
        ("items", "three item", "speaks of item"),
        ("---", "whatever", ""),
    ],
)
def test_a_message_is_likely_for_a_reason(path: str, text: str, why: str) -> None:
    assert reason(path, text) == why


def test_an_answer_to_a_question_about_the_field_is_likely() -> None:
    found = likely(
        "product.colour",
        row("assistant", "Which colour would you like?", second=1),
        row("user", "The blue one.", second=2),
        row("user", "And quickly.", second=3),
    )

    assert found == [LikelyRow(1, "answers a question about colour"), LikelyRow(0, "speaks of colour")]


def test_a_value_under_the_fields_own_name_comes_first() -> None:
    found = likely(
        "refund.amount",
        row("user", "I paid 79.90 for it", turn="u", second=0),
        row("assistant", turn="a", second=1, tool_calls=[request("c1", "refund", '{"amount": 79.9}')]),
        row("tool", turn="t", second=2, tool_results=result("c1", '{"refund_amount": "79.90", "other": 1}')),
    )

    assert found == [
        LikelyRow(1, "refund was given amount 79.9"),
        LikelyRow(0, "holds an amount: 79.90"),
        LikelyRow(2, "refund returned refund_amount 79.90"),
    ]


def test_a_call_that_only_the_runtime_recorded_leads_to_the_row_of_its_turn() -> None:
    found = likely(
        "amount",
        row("user", "refund", turn="u"),
        row("assistant", "One moment.", turn="a", second=1),
        tool_calls=[
            call("c1", "refund", '{"amount": 5}', turn="a"),
            call("c2", "x", '{"amount": 6}', turn="gone"),
        ],
    )

    assert found == [LikelyRow(1, "refund was given amount 5")]


@pytest.mark.parametrize(
    "arguments", ['{"amount": null}', '{"amounts": 5}', '{"discount_amount_type": 5}', "{}"]
)
def test_other_keys_and_nulls_are_no_value(arguments: str) -> None:
    assert likely("amount", row("assistant", turn="a", tool_calls=[request("c1", "refund", arguments)])) == []


def test_a_row_that_was_cut_may_have_held_anything() -> None:
    assert likely("vat", row("user", "So:", truncated=True)) == [
        LikelyRow(0, "was cut by the platform, and may have held it")
    ]


def test_of_equal_rows_the_earlier_come_first_and_the_best_three_are_given() -> None:
    rows = [
        row("user", f"order 8812-44{number}", turn=f"t{number}", second=50 - number)
        for number in range(10, 15)
    ]

    assert [one.row for one in likely("order_id", *rows)] == [4, 3, 2]


def test_a_row_that_names_the_parents_too_is_likelier() -> None:
    found = likely(
        "refund.amount", row("user", "a fee of 4.90", second=0), row("user", "the refund of 79.90", second=1)
    )

    assert [one.row for one in found] == [1, 0]


def test_the_lost_amount_of_the_incident_is_where_the_refund_was_asked_for() -> None:
    session = told("headset-refund")
    found = likely_rows(session, ("refund", "amount"))

    assert [text_of(likely_row(one, session, look())) for one in found] == [
        "14:02:13 by assistant: shop_refund_order was given amount 79.9",
        "14:03:43 by assistant: shop_refund_order was given amount 79.9",
        "14:07:12 by assistant: holds an amount: 79.90",
    ]


@given(
    sessions,
    st.lists(st.one_of(texts, st.sampled_from(["id", "amount", "name", "date", "email"])), max_size=3),
)
@quick
def test_any_path_in_any_document_leads_to_rows_that_exist(document: Any, path: list[str]) -> None:
    session = read(document)
    found = likely_rows(session, tuple(path))

    assert len(found) <= 3
    assert len({one.row for one in found}) == len(found)
    for one in found:
        assert 0 <= one.row < len(session.messages)
        assert one.reason
        assert text_of(likely_row(one, session, look()))
