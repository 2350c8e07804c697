"""Keys of free-form JSON that say what stands under them is personal.

A key is read as words: `customerEmail`, `customer_email` and `customer-email` are the same two. A `name` is
taken for a person's unless the word before it, or the key above it, says that it is a thing's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from feather_tui.export.masking.kind import Kind

KEY_WORDS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.EMAIL: ("email", "emails", "e mail", "mail"),
    Kind.PHONE: (
        *("phone", "phones", "telephone", "telefon", "tel", "mobile", "cell", "cellphone", "fax", "whatsapp"),
        *("msisdn", "caller id", "from number", "to number", "callback number", "contact number"),
    ),
    Kind.BIRTH: ("birth", "birthday", "birthdate", "birthplace", "dob", "yob"),
    Kind.CARD: ("card", "cards", "pan", "cvv", "cvc"),
    Kind.BANK: ("iban", "bic", "swift", "bank account", "account number", "routing number", "sort code"),
    Kind.IDENTITY: (
        *("ssn", "social security", "passport", "national id", "identity card", "id number", "tax id"),
        *("tax number", "personal number", "insurance number", "driver license", "drivers license"),
        *("driving licence", "licence number", "license number", "license plate"),
    ),
    Kind.SECRET: (
        *("password", "passwd", "passphrase", "secret", "pin", "otp", "api key", "apikey", "token", "cookie"),
        *("authorization", "security answer", "one time code", "verification code"),
    ),
    Kind.ADDRESS: (
        *("address", "addresses", "street", "city", "town", "postcode", "postal code", "zip", "zipcode"),
        *("house number",),
    ),
    Kind.NAME: (
        *("surname", "firstname", "lastname", "fullname", "forename", "nickname", "username", "maiden"),
        *("cardholder", "recipient", "signature"),
    ),
}
"""What a key must say, as words; the first kind that fits counts."""

_THINGS = """
    agency app application article assistant attribute base bot brand browser bucket business campaign
    carrier category channel chunk class cluster code collection column company connection country
    currency database department device doc document domain environment error event exception feature
    field file flag function host index integration intent item job key label language locale method
    metric model module node operation organisation organization package parameter part path plan
    platform policy product program project property provider queue region report resource rule schema
    server service shop skill sku source stage status step store system table tag task team template
    thing tool topic type variable vendor version warehouse workflow zone
"""
_ABOUT = """
    amount brand change changed channel confirmed consent count country fee format id ids locale matched
    method payment present price provided requested required schema sent state status subscribed
    template total type updated uuid valid validated verified version
"""
THINGS: Final = frozenset(_THINGS.split())
"""Whose names are not masked: `product_name`, and `name` under `product` or `products`."""
ABOUT: Final = frozenset(_ABOUT.split())
"""The last word of keys that tell about such a value without telling it: `email_status`, `address_id`."""

_IDS_OF_PEOPLE: Final = frozenset({"tax id", "national id", "passport id", "caller id"})
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD: Final = re.compile(r"[^\W\d_]+")
_PHRASES: Final = tuple((kind, f" {words} ") for kind, phrases in KEY_WORDS.items() for words in phrases)


@lru_cache(maxsize=4096)
def kind_of(key: str, above: str, inherited: Kind | None) -> Kind | None:
    """Return what stands under `key`, None if the key does not say so.

    `above` is the key that the object stands under (empty for none) and `inherited` the kind it says.
    """
    words = _words(key)
    if not words or "@" in key:  # an address that is a key says nothing about what stands under it
        return inherited
    if words[-1] in ABOUT and " ".join(words[-2:]) not in _IDS_OF_PEOPLE:
        return None
    said = f" {' '.join(words)} "
    by_phrase = next((kind for kind, phrase in _PHRASES if phrase in said), None)
    if by_phrase is not None:
        return by_phrase
    if words[-1] in {"name", "names"} and not _is_thing(words[:-1] or _words(above)):
        return Kind.NAME
    return None if inherited is Kind.EMAIL else inherited  # an e-mail has a subject and a text as well


def _words(key: str) -> list[str]:
    return _WORD.findall(_CAMEL.sub("_", key).casefold())


def _is_thing(words: list[str]) -> bool:
    return bool(words) and not THINGS.isdisjoint({words[-1], words[-1].removesuffix("s")})
