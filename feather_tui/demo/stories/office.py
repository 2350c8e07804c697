"""Two letters from offices: one is answered well, one is cut before its point."""

from __future__ import annotations

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder, letter
from feather_tui.demo.knowledge import RETURNS, WARRANTY, verdict
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId

_DESKS = (
    "reception, ground floor, next to the plants",
    "accounting, first floor, two-person room",
    "meeting room Dune, first floor",
    "meeting room Pine, first floor, by the window",
    "team north, second floor, row A",
    "team north, second floor, row B",
    "team south, second floor, row C",
    "workshop, basement, behind the lift",
)


def warranty_letter(session_id: SessionId) -> Replies:
    """An office asks by mail about the warranty of twelve chairs, and gets a full answer.

    First cause: none, all is well.
    """
    mail = SessionBuilder(session_id, channel="email", started="12:48:00.000", agent=shop.MILO)
    mail.user(
        "12:48:00.000",
        letter(
            "Subject: Warranty of 12 Heron chairs",
            "Dear Sir or Madam,",
            "in March 2025 we bought twelve Heron office chairs (order 7102-5560). On two of them "
            "the seat fabric is wearing through. Is this covered by your warranty, and do we have "
            "to send the whole chairs?",
            "Kind regards,\n[NAME]\nOffice management",
        ),
    )
    mail.assistant("12:48:09.800", "", ms=3_420).tool(
        "shop_lookup_order",
        {"order_id": "7102-5560"},
        result=shop.order(
            "7102-5560",
            shop.item("CHR-0040", "Heron office chair", 28_900, quantity=12, options={"armrests": True}),
            delivered="2025-03-18",
            customer={"kind": "business", "name": "[NAME]"},
        ),
        ms=259,
    )
    mail.assistant(
        "12:48:20.300",
        letter(
            "Dear [NAME],",
            "thank you for your mail. Your twelve Heron chairs came on 18 March 2025. Fabric is "
            "covered for three years, so both seats are replaced free of charge until 18 March "
            "2028.",
            "You need not send the chairs: we post you two seat covers and the key for the four "
            "screws. Please tell us the colour.",
            "Kind regards,\nMilo, Copperlane",
        ),
        ms=6_640,
    ).search(RETURNS, WARRANTY.chunks({2: 0.92, 5: 0.88, 6: 0.71}), ms=183, gate=verdict(0.84))
    mail.user(
        "13:25:10.000",
        letter(
            "Subject: Re: Warranty of 12 Heron chairs",
            "That was quick, thank you. The colour is slate.",
            "[NAME]",
        ),
    )
    mail.assistant("13:25:19.100", "", ms=2_980).tool(
        "shop_order_spare_part",
        {
            "order_id": "7102-5560",
            "sku": "CHR-0040-SEAT",
            "colour": "slate",
            "quantity": 2,
            "free_of_charge": True,
        },
        result={"spare_part_order": "SP-20771", "quantity": 2, "leaves_on": "2026-11-23"},
        ms=412,
    )
    mail.assistant(
        "13:25:27.400",
        letter(
            "Dear [NAME],",
            "two seat covers in slate leave our warehouse on Monday, 23 November. The order is SP-20771.",
            "Kind regards,\nMilo, Copperlane",
        ),
        ms=4_710,
    ).search(RETURNS, WARRANTY.chunks({6: 0.86}), ms=158, gate=verdict(0.75))
    mail.set(customer_metadata={"customer_id": "B-0417", "kind": "business", "contract": {"terms": "net 30"}})
    mail.extraction(
        "13:25:44.200",
        version=6,
        status="completed",
        data={
            "customer": {"kind": "business", "name": "Ostermann & Quill", "order_id": "7102-5560"},
            "claim": {
                "kind": "warranty",
                "accepted": True,
                "items": [
                    {
                        "sku": "CHR-0040",
                        "fault": {"part": "seat", "text": "fabric wears through"},
                        "quantity": 2,
                    }
                ],
                "remedy": {"kind": "spare part", "reference": "SP-20771", "leaves_on": "2026-11-23"},
            },
        },
        tokens=(2_240, 236),
        ms=2_960,
    )
    return mail.end("13:25:28.000", outcome="resolved", reason="resolved").replies()


def bulk_invoice(session_id: SessionId) -> Replies:
    """A company's invoice is made out without its tax number, and the matter goes to the book-keepers.

    First cause: the customer's mail was cut after 4,000 characters, before the line with the tax number.
    """
    list_of_desks = _long_letter()
    mail = SessionBuilder(session_id, channel="email", started="13:24:00.000", agent=shop.MILO)
    mail.user("13:24:00.000", list_of_desks[:4_000], original_chars=len(list_of_desks))
    mail.assistant("13:24:16.500", "", ms=4_020).tool(
        "billing_create_invoice",
        {
            "order_ids": ["8700-1101", "8700-1102"],
            "recipient": "[NAME]",
            "vat_id": None,
            "cost_centre": "4410",
        },
        result={
            "invoice": "2026-736001",
            "total_cents": 1_184_200,
            "vat_id": None,
            "warnings": ["vat_id missing"],
        },
        ms=733,
    )
    mail.assistant(
        "13:24:29.900",
        letter(
            "Dear [NAME],",
            "thank you for your order. The invoice 2026-736001 over 11,842.00 € is attached. Your "
            "mail did not name a tax number, so the invoice shows none.",
            "Kind regards,\nMilo, Copperlane",
        ),
        ms=6_910,
    )
    mail.user(
        "13:41:12.000",
        letter(
            "Subject: Re: Furniture for the new floor",
            "It did: at the very end, after the list of desks. We cannot book an invoice without "
            "it. Please pass this on to your accounting.",
            "[NAME]",
        ),
    )
    mail.assistant(
        "13:41:24.700",
        letter(
            "Dear [NAME],",
            "I'm sorry. I'm passing your mail on to our accounting.",
            "Kind regards,\nMilo, Copperlane",
        ),
        ms=4_150,
    )
    mail.set(
        customer_metadata={"customer_id": "B-0522", "kind": "business"},
        missing_evidence_reasons=["no_rag_trace", "no_kb_snapshot", "no_csat", "no_user_feedback"],
    )
    mail.extraction(
        "13:41:40.800",
        version=6,
        status="validation_failed",
        data={
            "customer": {"kind": "business", "name": "Ridgeway Partners", "vat_id": "n/a"},
            "orders": ["8700-1101", "8700-1102"],
            "invoice": {"number": "2026-736001", "total": "11,842.00"},
        },
        errors=[
            {
                "loc": ["customer", "vat_id"],
                "msg": "does not match ^[A-Z]{2}[0-9A-Z]{8,12}$",
                "type": "pattern",
            },
            {"path": "invoice.total", "message": "Input should be a valid number", "input": "11,842.00"},
        ],
        tokens=(2_903, 154),
        ms=2_470,
    )
    return mail.end("13:41:25.000", outcome="escalated", reason="escalated").replies()


def _long_letter() -> str:
    """Return the company's mail in full: 96 desks, each with its place, and the tax number after them."""
    desks = "\n".join(
        f"Desk {number:>2}: height-adjustable, oak top, {_DESKS[number % len(_DESKS)]}, for [NAME]."
        for number in range(1, 97)
    )
    return letter(
        "Subject: Furniture for the new floor",
        "Dear Copperlane team,",
        "as agreed on the phone, please send one invoice for the orders 8700-1101 and 8700-1102, cost centre "
        "4410. So that your fitters know what goes where, here is the list:",
        desks,
        "Our tax number for the invoice is DE000000000.",
        "Kind regards,\n[NAME]",
    )
