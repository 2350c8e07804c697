"""What is masked and what is not, by example: `python -m feather_tui.export.masking.table` prints it.

The tests mask every example, so the table cannot say what the program does not do.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of text, an example, and what the example becomes; unchanged where it is not masked."""

    what: str
    example: str
    becomes: str


def _kept(what: str, example: str) -> Case:
    return Case(what, example, example)


MASKED: Final = (
    Case("e-mail addresses", "write to dana.w+box@mail.example.co.uk", "write to [masked e-mail]"),
    Case("… written with %40", "/find?email=dana%40mail.example", "/find?email=[masked e-mail]"),
    Case("phone numbers: international", "+49 (0)30 123-4567", "[masked phone number]"),
    Case("… with 00", "0049 30 1234567", "[masked phone number]"),
    Case("… with a leading 0", "(030) 123 45 67", "[masked phone number]"),
    Case("… North American", "call (415) 555-0132", "call [masked phone number]"),
    Case("… in groups of three, or five and five", "612 345 678", "[masked phone number]"),
    Case("… short, behind the word", "phone number is 555 0132", "phone number is [masked phone number]"),
    Case(
        "card numbers: 13 to 19 digits that pass the Luhn check",
        "4111 1111 1111 1111, 12/27",
        "[masked card number], 12/27",
    ),
    Case("… with another separator, or none", "3782-822463-10005", "[masked card number]"),
    Case("numbers spelt digit by digit", "it is 8 8 1 2 4 4 1 0 7", "it is [masked long number]"),
    Case("bank accounts (IBAN)", "DE89 3704 0044 0532 0130 00", "[masked bank account]"),
    Case("US social security numbers", "123-45-6789", "[masked id number]"),
    Case("runs of nine digits and more", "account 881244107", "account [masked long number]"),
    Case(
        "values under keys that say a person's name",
        '{"firstName": "Dana"}',
        '{"firstName": "[masked name]"}',
    ),
    Case(
        "… an address, with all in it",
        '{"address": {"line": "1 Elm"}}',
        '{"address": {"line": "[masked address]"}}',
    ),
    Case("… a date of birth", '{"date_of_birth": "1984-05-02"}', '{"date_of_birth": "[masked birth date]"}'),
    Case("… a phone number or e-mail", '{"mobile": 5550132}', '{"mobile": "[masked phone number]"}'),
    Case(
        "… a card, a bank account",
        '{"card": {"last4": "1881"}}',
        '{"card": {"last4": "[masked card number]"}}',
    ),
    Case("… a passport, a tax or social security number", '{"ssn": "n7"}', '{"ssn": "[masked id number]"}'),
    Case("… a password, token or key", '{"api_key": "k-93"}', '{"api_key": "[masked secret]"}'),
    Case("JSON that was cut off", '{"name": "Dana Whit', '{"name": "[masked name]'),
)
"""By form anywhere; by key in metadata, extraction, tool arguments and results, and fields new to us."""

NOT_MASKED: Final = (
    _kept("names and addresses in running text", "Dana Whitlock of 1 Elm Street"),
    _kept("what is spelt in words", "dana at mail dot example, four one five"),
    _kept("phone numbers of up to eight digits", "9123 4567"),
    _kept("IP addresses", "192.168.100.200"),
    _kept("UUIDs", "3f6c1a90-7b1e-4c55-9a57-0d6f5a1c2e4b"),
    _kept("ids of tool calls, chunks, orders", "call_881244107, chunk-000000123, order 8812-4410"),
    _kept("numbers glued to letters", "ORD-881244107"),
    _kept("dates and times", "2026-11-20T14:02:11.123456789Z, 05.11.2026 14:02"),
    _kept("latencies, scores, amounts", "1204 ms, 0.8234567891, 79.90 EUR, USD 1,234,567.89"),
    _kept("amounts of nine digits and more, with a currency", "150000000 IDR"),
    _kept("names of things", '{"product": {"name": "Headset"}, "tool_name": "refund"}'),
    _kept("keys that only tell about a value", '{"email_verified": true, "address_id": "A-7"}'),
    _kept("values that hide or say nothing", '{"name": "[NAME]", "phone": "unknown"}'),
)


def table() -> str:
    """Return both tables in Markdown."""
    masked = [f"| {case.what} | `{case.example}` | `{case.becomes}` |" for case in MASKED]
    kept = [f"| {case.what} | `{case.example}` |" for case in NOT_MASKED]
    return "\n".join(
        [
            *("| Masked | Example | Becomes |", "|---|---|---|", *masked, ""),
            *("| Not masked | Example |", "|---|---|", *kept, ""),
            "A name, an address or another text under such a key of the metadata or the extraction is masked",
            "also where the session says the same words (from four characters on, the first 200 such texts).",
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(table())
