from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from wild_documents import json_values, texts

from feather_tui.export.masking.kind import Kind, counts_in, said
from feather_tui.export.masking.masker import Masker

quick = settings(deadline=None, max_examples=30)


def masked(tree: Any) -> Any:
    return Masker().tree(tree)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("name", Kind.NAME),
        ("first_name", Kind.NAME),
        ("customerName", Kind.NAME),
        ("name_of_caller_surname", Kind.NAME),
        ("E-Mail", Kind.EMAIL),
        ("emailAddress", Kind.EMAIL),
        ("PhoneNumber", Kind.PHONE),
        ("callback_number", Kind.PHONE),
        ("shipping_address", Kind.ADDRESS),
        ("zip-code", Kind.ADDRESS),
        ("dateOfBirth", Kind.BIRTH),
        ("SSN", Kind.IDENTITY),
        ("tax_id", Kind.IDENTITY),
        ("IBAN", Kind.BANK),
        ("account_number", Kind.BANK),
        ("card_number", Kind.CARD),
        ("password", Kind.SECRET),
        ("x-api-key", Kind.SECRET),
    ],
)
def test_a_key_says_what_stands_under_it(key: str, kind: Kind) -> None:
    assert masked({key: "Q7"}) == {key: kind.stand_in}


@pytest.mark.parametrize(
    "tree",
    [
        {"product_name": "Dock", "toolName": "refund", "file_names": ["a.txt"]},
        {"products": [{"name": "Dock"}], "plan": {"name": "Basic"}},
        {"email_verified": "yes", "address_id": "A-7", "phone_count": 2, "card_type": "visa"},
        {"address_change": {"requested": True, "order_id": "8805-2291"}},
        {"card_payment": {"amount": 79.9, "method": "card"}},
        {"name": None, "email": "", "phone": "unknown", "street": "[ADDRESS]", "ssn": "***", "mobile": True},
        {"tokens_input": 1204, "capacity": "Q7", "cellar": "Q7", "emailed": "Q7"},
        {"order_id": "8812-4410", "total": 79.9, "score": 0.8234567891, "at": "2026-11-20T14:02:11Z"},
        {"id": "3f6c1a90-7b1e-4c55-9a57-0d6f5a1c2e4b", "call": "call_881244107"},
    ],
)
def test_what_an_engineer_needs_stays(tree: Any) -> None:
    masker = Masker()

    assert masker.tree(tree) == tree
    assert not masker.counts


def test_everything_below_a_key_is_what_the_key_says() -> None:
    tree = {"address": {"lines": ["1 Elm", {"more": 2}], "country": "DE"}, "emails": ["at home", "at work"]}

    assert masked(tree) == {
        "address": {"lines": ["[masked address]", {"more": "[masked address]"}], "country": "DE"},
        "emails": ["[masked e-mail]", "[masked e-mail]"],
    }


def test_a_mail_keeps_its_subject() -> None:
    tree = {"email": {"subject": "Refund", "to": "dana@mail.example"}}

    assert masked(tree) == {"email": {"subject": "Refund", "to": "[masked e-mail]"}}


def test_numbers_keys_and_json_inside_of_strings_are_read() -> None:
    inner = json.dumps({"first_name": "Dana", "n": 4111111111111111})
    tree = {"dana@mail.example": 1, "rob@mail.example": 2, "n": [881244107, 12], "result": inner}

    assert masked(tree) == {
        "[masked e-mail]": 1,
        "[masked e-mail] (2)": 2,
        "n": ["[masked long number]", 12],
        "result": '{"first_name": "[masked name]", "n": "[masked card number]"}',
    }


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            '{ "a":1.50,\n\t"name" : "D\\u0061na", "a":2e9 }',
            '{ "a":1.50,\n\t"name" : "[masked name]", "a":2e9 }',
        ),
        ('{"to": "dana\\u0040mail.example"}', '{"to": "[masked e-mail]"}'),
        ('{"a": "\\u00e9 \\/ \\n", "n": 10}', '{"a": "\\u00e9 \\/ \\n", "n": 10}'),
        ('[{"name": "Dana"}, "x"', '[{"name": "[masked name]"}, "x"'),
        ('{"a": 1, "first_name": "Da', '{"a": 1, "first_name": "[masked name]'),
        ('{"a": {}}}}, "name": "Dana"', '{"a": {}}}}, "name": "Dana"'),
        ("{'name': 'Dana', 'to': 'dana@mail.example'}", "{'name': 'Dana', 'to': '[masked e-mail]'}"),
        ("[1] call +49 30 1234567", "[1] call [masked phone number]"),
        ("[NAME] said 030 1234567", "[NAME] said [masked phone number]"),
        ("", ""),
    ],
)
def test_the_text_of_json_keeps_its_form(text: str, left: str) -> None:
    assert Masker().text(text) == left


@quick
@given(json_values)
def test_no_item_is_lost_and_the_text_of_a_tree_is_masked_as_the_tree(tree: Any) -> None:
    once = masked(tree)

    assert shape(once) == shape(tree)
    assert masked(once) == once
    if isinstance(tree, dict | list):
        assert shape(json.loads(Masker().text(json.dumps(tree)))) == shape(tree) or has_twins(tree)


@quick
@given(texts)
def test_what_is_under_a_telling_key_never_survives(text: str) -> None:
    left = masked({"customer": {"surname": f"Q{text}Z"}})

    assert left == {"customer": {"surname": "[masked name]"}}


def test_what_was_learnt_is_masked_where_it_is_said() -> None:
    masker = Masker()
    masker.learn({"name": "Dana Whitlock", "city": "Bonn", "zip": 53111, "pin": "abc", "phone": "[PHONE]"})

    assert masker.text("dana whitlock of Bonn 53111, not Bonner, [PHONE], abc") == (
        "[masked name] of [masked address] 53111, not Bonner, [PHONE], abc"
    )
    assert masker.counts == {Kind.NAME: 1, Kind.ADDRESS: 1}
    assert masker.text("bonn@mail.example") == "[masked e-mail]"


def test_what_was_learnt_changes_no_stand_in() -> None:
    masker = Masker()
    masker.learn({"name": "card", "street": "masked"})

    assert masker.text("4111 1111 1111 1111 masked") == "[masked card number] [masked address]"
    assert masker.text("[masked card number]") == "[masked card number]"


@pytest.mark.parametrize(
    ("quoted", "left"),
    [
        ("“write to dana.whitl…”", "“write to [masked e-mail]…”"),
        (
            "“write to dana.whitlock@ma…”, and 030 1234…",
            "“write to [masked e-mail]…”, and [masked phone number]…",
        ),
        ("“write to da…”", "“write to da…”"),
        ("“write to whitl…”", "“write to whitl…”"),
        ("“nothing of it…”", "“nothing of it…”"),
    ],
)
def test_a_quotation_does_not_end_in_the_beginning_of_something_masked(quoted: str, left: str) -> None:
    masker = Masker()
    masker.text("I am dana.whitlock@mail.example, call 030 1234567")

    assert masker.excerpt(quoted) == left


def test_counts_are_of_stand_ins_wrapped_or_escaped() -> None:
    text = r"[masked e-mail] \[masked e\-mail\] [masked" + "\n      phone number], [masked nothing]"

    assert counts_in(text) == {Kind.EMAIL: 2, Kind.PHONE: 1}
    assert said(counts_in(text)) == "2 e-mails, 1 phone number"
    assert said({Kind.ADDRESS: 2, Kind.NAME: 0}) == "2 addresses"
    assert said({}) == "nothing"


def shape(tree: Any) -> Any:
    """A tree without its leaves and keys."""
    if isinstance(tree, dict):
        return [shape(value) for value in tree.values()]
    return [shape(item) for item in tree] if isinstance(tree, list) else None


def has_twins(tree: Any) -> bool:
    """Whether masking made two keys of an object the same: its text then has both, and a reader the last."""
    return "(2)" in json.dumps(masked(tree))
