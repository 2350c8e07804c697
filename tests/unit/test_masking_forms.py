from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from personal_data import card_numbers, emails, phones

from feather_tui.export.masking.kind import Kind
from feather_tui.export.masking.masker import Masker

quick = settings(deadline=None, max_examples=30)

around = st.text(alphabet="ab Z.,:;!?()[]{}'\"<>\n\t\u00e9\u6f22\u200b…", max_size=12)
"""What may stand beside a number; digits and signs of numbers are tried one by one below."""


def masked(text: str) -> str:
    return Masker().text(text)


@quick
@given(around, emails, around)
def test_an_address_is_masked_wherever_it_stands(before: str, email: str, after: str) -> None:
    assert email.casefold() not in masked(f"{before} {email} {after}").casefold()
    assert email.partition("@")[0] not in masked(f"{before}<{email}>{after}")


@quick
@given(around, phones, around)
def test_a_phone_number_is_masked_wherever_it_stands(before: str, phone: str, after: str) -> None:
    assert phone not in masked(f"{before} {phone} {after}")


@quick
@given(around, card_numbers, around)
def test_a_card_number_is_masked_wherever_it_stands(before: str, card: str, after: str) -> None:
    assert card not in masked(f"{before}{card}{after}")


@quick
@given(st.text(alphabet="0123456789 -./+()@a.Z:T\u00a0[]", max_size=60))
def test_masking_twice_changes_nothing(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@quick
@given(st.text(max_size=60))
def test_any_text_can_be_masked(text: str) -> None:
    assert isinstance(masked(text), str)


@pytest.mark.parametrize(
    "text",
    [
        "7 4111 1111 1111 1111 12/27",
        "2026 4111-1111-1111-1111",
        "order 8812-4410 4111.1111.1111.1111",
        "card:4111111111111111,",
        "card 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "41 11 11 11 11 11 11 11",
        "x4111111111111111y",
        "4111\u00a01111\u00a01111\u00a01111",
        "4111\u200b1111\u200b1111\u200b1111",
        "4111 - 1111 - 1111 - 1111",
        "\u0664\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661",
        "$4111111111111111",
        "6011 0009 9013 9424 378282246310005",
    ],
)
def test_a_card_number_is_found_beside_other_numbers(text: str) -> None:
    masker = Masker()

    assert "1111 1" not in masker.text(text)
    assert masker.counts[Kind.CARD] >= 1


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "12.50 13.75 22.90 10.00 99.99",
        "10 20 30 40 50 60 70 80 90 100 110 120",
        "8812-4410 8790-3305",
        "2026-11-20 2026-11-21 2026-11-22",
        "00000000-0000-0000-0000-000000000000",
        "20261120T140211Z",
    ],
)
def test_what_only_looks_like_a_card_number_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("030 1234567 8812-4410", "[masked phone number] 8812-4410"),
        ("030 1234567, 030 7654321", "[masked phone number], [masked phone number]"),
        ("tel:+4930123456", "tel:[masked phone number]"),
        ("+1.415.555.0132", "[masked phone number]"),
        ("0171/2345678", "[masked phone number]"),
        ("01 23 45 67 89", "[masked phone number]"),
        ("98765 43210", "[masked phone number]"),
        ("Phone: 5550132 ok", "Phone: [masked phone number] ok"),
        ("phone 2026-11-20", "phone 2026-11-20"),
        ("room 030 12", "room 030 12"),
        ("0.5 1234567", "0.5 1234567"),
        ("version 01.02.2026", "version 01.02.2026"),
    ],
)
def test_phone_numbers_end_where_they_end(text: str, left: str) -> None:
    assert masked(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("DE89 3704 0044 0532 0130 00 please call", "[masked bank account] please call"),
        ("iban de89370400440532013000.", "iban [masked bank account]."),
        ("GB82-WEST-1234-5698-7654-32", "[masked bank account]"),
        ("DE88 3704 0044 0532 0130 00", "[masked bank account]"),  # misspelt, printed as one
        ("AB12 was shipped to the wrong place", "AB12 was shipped to the wrong place"),
        ("SN202611XKCD8812ABCD", "SN202611XKCD8812ABCD"),
    ],
)
def test_bank_accounts(text: str, left: str) -> None:
    assert masked(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("3f6c1a90-7b1e-4c55-9a57-0d6f5a1c2e4b@reply.example", "[masked e-mail]"),
        ("dana.2026-11-20@mail.example", "[masked e-mail]"),
        ("<dana@b\u00fccher.example>", "<[masked e-mail]>"),
        ("dana\u200b@mail.example", "[masked e-mail]"),
        (
            "{'to': 'dana@mail.example', 'o'hara@mail.example'}",
            "{'to': '[masked e-mail]', '[masked e-mail]'}",
        ),
        ("dana\uff20mail.example", "[masked e-mail]"),
        ("https://x.example/?to=dana@mail.example&n=1", "https://x.example/?to=[masked e-mail]&n=1"),
        ("pkg@1.2.30, me@localhost, @dana", "pkg@1.2.30, me@localhost, @dana"),
    ],
)
def test_addresses_among_signs(text: str, left: str) -> None:
    assert masked(text) == left


@pytest.mark.parametrize("text", ["1" * 9, "x 881244107.", "#881244107", "\u0661" * 9, "881244107-a"])
def test_long_runs_of_digits_are_masked(text: str) -> None:
    assert "[masked long number]" in masked(text)


@pytest.mark.parametrize(
    "unit",
    ["a", "1 ", "1234 ", "a.b", "@a", "0 12 ", "+1-", "%40a", '{"a":', '"\\', "[[", "1,234", "DE89 3704 "],
)
def test_time_is_linear_in_the_text(unit: str) -> None:
    """A pattern that looks back and forth would need hours for these, and the test would never end."""
    assert masked(unit * (40_000 // len(unit)))
