"""The web shop of the demo, Copperlane: who answers for it, and what its tools return."""

from __future__ import annotations

import uuid
from typing import Any, Final

_NAMESPACE: Final = uuid.UUID("7d0c9a52-4f0e-4f59-9d6b-0d6a3c1f8e21")

Document = dict[str, Any]
"""A JSON object, as the API sends it."""


def identifier(*names: str) -> str:
    """Return the UUID of what `names` say: the same in every run."""
    return str(uuid.uuid5(_NAMESPACE, " ".join(names)))


ORGANIZATION: Final = identifier("organization")
ORGANIZATION_NAME: Final = "Copperlane"
JUNO: Final = identifier("assistant", "juno")
"""The assistant of chat and voice."""
MILO: Final = identifier("assistant", "milo")
"""The assistant of email and sms."""
REFUND_DESK: Final = identifier("assistant", "refund desk")
"""Whom handoffs about money go to."""
SERVICE_DESK: Final = identifier("assistant", "service desk")
"""Whom all other handoffs go to."""
SUPPORT_SCHEMA: Final = identifier("extraction schema", "support case")
"""The extraction schema of every assistant; its version 7 was activated at 13:50."""

GPT: Final = "gpt-4.1"
GPT_MINI: Final = "gpt-4.1-mini"


def address(country: str) -> Document:
    """Return a postal address as the redaction leaves it."""
    return {"name": "[NAME]", "street": "[ADDRESS]", "postal_code": "[ADDRESS]", "country": country}


def item(sku: str, title: str, cents: int, *, quantity: int = 1, **more: Any) -> Document:
    """Return a line of an order; prices are in cents, tax is 19 %."""
    return {
        "sku": sku,
        "title": title,
        "quantity": quantity,
        "unit_price": {"amount_cents": cents, "currency": "EUR", "tax_rate": 0.19},
        **more,
    }


def order(
    order_id: str, *items: Document, delivered: str | None, country: str = "DE", **more: Any
) -> Document:
    """Return a paid and delivered order as `shop_lookup_order` does; `more` adds or replaces fields."""
    total = sum(line["quantity"] * line["unit_price"]["amount_cents"] for line in items)
    return {
        "order_id": order_id,
        "status": "delivered",
        "channel": "web",
        "items": list(items),
        "totals": {"goods_cents": total, "shipping_cents": 0, "paid_cents": total, "currency": "EUR"},
        "payment": {"method": "card", "provider": "payments-eu", "captured": True, "refunds": []},
        "shipping": {"carrier": "Blaufuchs", "delivered_on": delivered, "address": address(country)},
        **more,
    }


def refund(order_id: str, amount: float, *, booking: str) -> Document:
    """Return a booked refund as `shop_refund_order` does when payments are well."""
    return {
        "order_id": order_id,
        "refund_id": booking,
        "amount": amount,
        "currency": "EUR",
        "state": "booked",
        "expected_on_account_by": "2026-11-25",
    }


_PLACES: Final = (
    ("Porto", "PT"),
    ("Braga", "PT"),
    ("Vigo", "ES"),
    ("Burgos", "ES"),
    ("Irun", "ES"),
    ("Bordeaux", "FR"),
    ("Tours", "FR"),
    ("Metz", "FR"),
    ("Saarlouis", "DE"),
    ("Kassel", "DE"),
)
_SCANS: Final = (
    ("arrived", "Arrived at sorting centre"),
    ("sorted", "Sorted, waiting for the next lorry"),
    ("held", "Held: the label could not be read by the machine"),
    ("relabelled", "New label printed by hand"),
    ("departed", "Left the sorting centre"),
)


def parcel_history(tracking_id: str, scans: int) -> Document:
    """Return what `carrier_track_parcel` does for a parcel that wanders between sorting centres."""
    return {
        "tracking_id": tracking_id,
        "carrier": "Blaufuchs",
        "state": "in_transit",
        "scans": [_scan(tracking_id, number) for number in range(scans)],
    }


def _scan(tracking_id: str, number: int) -> Document:
    lap, step = divmod(number, len(_SCANS))
    city, country = _PLACES[lap % len(_PLACES)]
    code, text = _SCANS[step]
    return {
        "number": number + 1,
        "code": code,
        "text": text,
        "facility": {"city": city, "country": country, "belt": 1 + (7 * number) % 24},
        "scanned_at": f"2026-11-{8 + lap % 12:02}T{(5 + 3 * step) % 24:02}:{(17 * number) % 60:02}:00Z",
        "scan_id": identifier("scan", tracking_id, str(number)),
    }
