"""The extraction page: status first, then what went wrong, then the data with the faults in place."""

from __future__ import annotations

from typing import Any

import pytest
from documents import body, extraction, read_extracted
from looks import lines, look, tone_of

from feather_tui.findings.faults import Fault, faults_of
from feather_tui.rendering.extraction import extraction_blocks
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.record_blocks import block_telling
from feather_tui.session.reading import read_extraction


def blocks(*, width: int = 80, **fields: Any) -> list[Block]:
    reading = read_extraction(body(extraction(**fields)))
    return extraction_blocks(reading.document, reading.asides, look(width), "fetched just now")


def page(*, width: int = 80, expanded: bool = False, **fields: Any) -> list[str]:
    return lines(blocks(width=width, **fields), width, expanded=expanded)


def squeezed(shown: list[str]) -> str:
    return " ".join(" ".join(shown).split())


def fault_of(**error: Any) -> Fault:
    (fault,) = faults_of(read_extracted(extraction(validation_errors=[error])))
    return fault


def test_status_and_cost_come_first() -> None:
    first = squeezed(page(status="partial")[:2])

    assert first == (
        "extraction partial schema v7 gpt-4.1-mini tokens 1,204 in · 311 out 2.9 s "
        "made 2026-11-20 14:08:31Z fetched just now"
    )


@pytest.mark.parametrize(
    ("status", "tone"),
    [
        ("completed", "good"),
        ("partial", "warn"),
        ("validation_failed", "bad"),
        ("failed", "bad"),
        ("skipped", "other"),
        ("paused", "text"),
        ("", "text"),
    ],
)
def test_a_status_has_its_tone(status: str, tone: str) -> None:
    rows = blocks(status=status)[0].rows(look(), expanded=False, parts=1)

    assert tone_of(rows, status or "status not given") == tone


@pytest.mark.parametrize(
    ("fields", "piece"),
    [
        ({}, "✓ no missing fields, no validation errors"),
        ({"missing_required_fields": None, "validation_errors": None}, "were not computed"),
        ({"missing_required_fields": ["a"]}, "✗ 1 required field missing"),
        (
            {"missing_required_fields": ["a", "b"], "validation_errors": [{"msg": "x"}, {"msg": "y"}]},
            "✗ 2 required fields missing, 2 values invalid",
        ),
        ({"error_message": "model timed out"}, "error model timed out"),
        ({"skip_reason": "no schema is active"}, "skipped because no schema is active"),
        ({"extracted_data": None}, "no extracted data"),
        ({"schema_id": None}, "schema id none linked"),
    ],
)
def test_what_went_wrong_is_said(fields: dict[str, Any], piece: str) -> None:
    assert piece in squeezed(page(**fields))


@pytest.mark.parametrize(
    ("error", "path", "text"),
    [
        ({"loc": ["refund", "items", 0], "msg": "bad"}, ("refund", "items", "0"), "bad"),
        ({"path": "refund.items.0", "message": "bad"}, ("refund", "items", "0"), "bad"),
        ({"json_path": "$.refund.items[0]", "error": "bad"}, ("refund", "items", "0"), "bad"),
        ({"field": "/refund/items/0", "msg": "bad"}, ("refund", "items", "0"), "bad"),
        ({"msg": "bad"}, (), "bad"),
        ({"loc": [], "path": "a", "msg": 5, "message": "bad"}, ("a",), "bad"),
        ({"loc": ["a"], "msg": "bad", "input": "eu"}, ("a",), 'bad (was "eu")'),
        ({"loc": ["a"], "msg": "bad", "value": 0}, ("a",), "bad (was 0)"),
        ({"loc": ["a"], "code": 7}, ("a",), '{"loc": ["a"], "code": 7}'),
        ({"loc": {"odd": 1}, "msg": "bad"}, (), "bad"),
        ({}, (), "{}"),
    ],
)
def test_path_and_sentence_of_an_error_are_looked_for(
    error: dict[str, Any], path: tuple[str, ...], text: str
) -> None:
    fault = fault_of(**error)

    assert (fault.path, fault.text) == (path, text)


def test_missing_fields_come_before_invalid_values() -> None:
    faults = faults_of(
        read_extracted(extraction(missing_required_fields=["a.b"], validation_errors=[{"msg": "x"}]))
    )

    assert [(fault.dotted, fault.missing) for fault in faults] == [("a.b", True), ("", False)]


def test_faults_stand_in_the_data_where_they_belong() -> None:
    shown = page(
        extracted_data={"refund": {"currency": "eu", "items": [{"sku": None}]}, "promised": True},
        missing_required_fields=["refund.amount", "order.id"],
        validation_errors=[
            {"loc": ["refund", "currency"], "msg": "must be one of EUR, USD, GBP"},
            {"path": "refund.items[0].sku", "message": "is null"},
        ],
    )
    start = shown.index(" refund")

    assert shown[start : shown.index("", start)] == [
        " refund",
        "   currency            eu",
        "                       ✗ must be one of EUR, USD, GBP",
        "   items               1 item",
        "     0",
        "       sku             null",
        "                       ✗ is null",
        "   amount              — missing, required",
        " promised              true",
        " order",
        "   id                  — missing, required",
    ]


def test_a_fault_whose_place_cannot_be_is_told_above_the_data() -> None:
    shown = squeezed(page(extracted_data={"refund": "none"}, missing_required_fields=["refund.amount"]))

    assert "refund.amount missing, required" in shown
    assert "refund none" in shown


def test_a_validation_error_unfolds_to_all_it_came_with() -> None:
    fields: dict[str, Any] = {"validation_errors": [{"loc": ["a"], "msg": "bad", "ctx": {"limit": 3}}]}

    assert "limit" not in squeezed(page(**fields))
    assert '"ctx": {"limit": 3}' in squeezed(page(expanded=True, **fields))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize(
    "name",
    ["preferred_contact_method_of_the_customer", "顧客の連絡先の方法", "n" * 150],
    ids=["long", "wide", "huge"],
)
def test_names_and_values_are_whole_whatever_their_length(width: int, name: str) -> None:
    value = "by telephone on weekdays after six but never on a Friday"
    shown = "".join("".join(page(width=width, extracted_data={"customer": {name: value}})).split())

    assert name in shown
    assert value.replace(" ", "") in shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "null"), ("", '""'), (False, "false"), (0, "0"), ([], "[]"), ({}, "{}"), (1.5, "1.5")],
)
def test_a_value_that_is_nothing_is_shown_as_what_it_is(value: object, shown: str) -> None:
    assert f" amount {shown} " in squeezed(page(extracted_data={"amount": value}))


def test_ids_and_times_come_last() -> None:
    last = squeezed(page()[-10:])

    for piece in (
        "schema id e8d3b6a1-2c4f-4975-b0a8-6f1e9d7c5324",
        "created 2026-11-20 14:08:29Z",
        "2,900 ms",
    ):
        assert piece in last


def test_what_was_not_understood_is_shown() -> None:
    shown = squeezed(page(mood={"a": 1}, validation_errors=["too short"], tokens_input="many"))

    for piece in (
        "field mood",
        '{"a": 1}',
        "field validation_errors[0]",
        '"too short"',
        "field tokens_input",
    ):
        assert piece in shown


def test_hostile_text_is_made_safe_everywhere() -> None:
    esc = "\x1b[2J"
    shown = page(
        expanded=True,
        status=esc,
        model_used=esc,
        error_message=esc,
        skip_reason=esc,
        missing_required_fields=[esc],
        validation_errors=[{"loc": [esc], "msg": esc, "value": esc}],
        extracted_data={esc: {esc: esc}},
        id=esc,
    )

    assert "\x1b" not in "".join(shown)
    assert squeezed(shown).count("[2J") >= 12


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (("extracted_data", "refund", "amount"), "amount"),
        (("extracted_data", "refund", "amount", "beyond"), "amount"),
        (("missing_required_fields", "0"), "refund.when"),
        (("validation_errors", "0", "msg"), "too small"),
        (("model_used",), "gpt-4.1-mini"),
        (("error_message",), "out of tokens"),
        (("agent_id",), "agent id"),
    ],
)
def test_every_field_of_the_record_has_the_block_that_tells_it(path: tuple[str, ...], told: str) -> None:
    shown = blocks(
        extracted_data={"refund": {"amount": 79.9}},
        missing_required_fields=["refund.when"],
        validation_errors=[{"loc": ["refund", "amount"], "msg": "too small"}],
        error_message="out of tokens",
    )

    block = shown[block_telling(shown, path)]

    assert told in squeezed(lines([block], 80, expanded=False))
