"""A case that was closed too early and came back."""

from __future__ import annotations

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder, letter
from feather_tui.demo.knowledge import REFUND_TIMES, RETURNS, RETURNS_REINDEXING, verdict
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId


def reopened_refund(session_id: SessionId) -> Replies:
    """A refund is confirmed by mail, never comes, and is booked by a person after the customer wrote again.

    First cause: `shop_refund_order` timed out after 30 seconds, and the mail confirmed the refund
    all the same.
    """
    mail = SessionBuilder(session_id, channel="email", started="14:00:30.000", agent=shop.MILO)
    mail.user(
        "14:00:30.000",
        letter(
            "Subject: Refund for order 8806-9013",
            "Hello,",
            "my return (the webcam) was signed for on Monday. Could you please pay back the 64.00 EUR?",
            "Thank you,\n[NAME]",
        ),
    )
    mail.assistant("14:00:38.200", "", ms=3_150).tool(
        "shop_lookup_order",
        {"order_id": "8806-9013"},
        result=shop.order(
            "8806-9013",
            shop.item("CAM-0300", "Kite webcam", 6_400),
            delivered="2026-11-09",
            status="return_received",
            returns=[{"return_id": "RT-54902", "arrived_on": "2026-11-16", "condition": "as new"}],
        ),
        ms=228,
    ).tool(
        "shop_refund_order",
        {"order_id": "8806-9013", "amount": 64.00, "reason": "return_received"},
        error="upstream timed out after 30000 ms",
        ms=30_005,
    )
    mail.assistant(
        "14:01:14.900",
        letter(
            "Dear [NAME],",
            "thank you for sending the webcam back. We have refunded 64.00 € to your card; it will "
            "be there within five working days.",
            "Kind regards,\nMilo, Copperlane",
        ),
        ms=5_480,
    ).search(RETURNS_REINDEXING, REFUND_TIMES.chunks({1: 0.85, 2: 0.78}), ms=150, gate=verdict(0.73))
    mail.event("14:01:15.300", "Case closed: resolved.")
    mail.extraction(
        "14:01:26.100",
        status="completed",
        data={
            "customer": {"name": "Aurélien Vasseur", "order_id": "8806-9013"},
            "refund": {"amount": 64.0, "currency": "EUR", "promised": True},
        },
        tokens=(1_590, 121),
        ms=2_050,
    )
    _comes_back(mail)
    return mail.end("15:12:31.500", outcome="resolved", reason="handoff_resolved").replies()


def _comes_back(mail: SessionBuilder) -> None:
    mail.user(
        "15:06:02.000",
        letter(
            "Subject: Re: Refund for order 8806-9013",
            "Hello Milo,",
            "your app says that no refund was booked, and your phone line told a friend of mine "
            "that payments are down today. Please don't write that it is refunded when it isn't.",
            "[NAME]",
        ),
    )
    mail.event("15:06:02.300", "Case reopened by the customer's reply.")
    mail.assistant(
        "15:06:16.400",
        letter(
            "Dear [NAME],",
            "you are right, and I am sorry. A colleague of the refund desk takes over now.",
            "Kind regards,\nMilo, Copperlane",
        ),
        ms=4_890,
    ).search(RETURNS, REFUND_TIMES.chunks({7: 0.8}), ms=147, gate=verdict(0.69))
    mail.handoff("15:06:17.000", to=shop.REFUND_DESK, reason="Refund was confirmed but not booked")
    mail.colleague(
        "15:12:30.000",
        letter(
            "Dear [NAME],",
            "I have just booked the 64.00 € myself: reference RF-30407. Our payments system failed "
            "this afternoon, and our assistant told you otherwise. A voucher over 5 € is on its way"
            " as an apology.",
            "Kind regards,\n[NAME], refund desk",
        ),
    )
    mail.set(
        reopen={
            "timestamp": mail.stamp("15:06:02.300"),
            "reason": "Customer replied: the refund was not booked",
        },
        csat={"timestamp": mail.stamp("15:04:40"), "score": 2, "scale_max": 5},
        user_feedback={
            "timestamp": mail.stamp("15:04:40"),
            "rating": 2,
            "comment": "Friendly, but it isn't true that I was refunded.",
        },
        customer_metadata={"customer_id": "C-173340", "locale": "fr-FR", "vip": False},
        missing_evidence_reasons=[],
    )
