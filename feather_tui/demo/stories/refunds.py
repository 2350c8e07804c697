"""Two more customers who met the failing refund tool: one was told so, one was not."""

from __future__ import annotations

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.knowledge import REFUND_TIMES, RETURNS_REINDEXING, verdict
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId

_TIMED_OUT = "upstream timed out after 30000 ms"


def charger_refund(session_id: SessionId) -> Replies:
    """The first customer of the incident is told at once that the booking failed, and is handed over.

    First cause: `shop_refund_order` timed out after 30 seconds, for the first time, at 13:59:12.
    """
    chat = SessionBuilder(session_id, channel="chat", started="13:58:40.310")
    chat.user("13:58:40.310", "Hi! I returned a USB-C charger (order 7730-1182). When do I get my money?")
    chat.assistant("13:58:42.200", "Hello! Let me look at order 7730-1182.", ms=1_420).tool(
        "shop_lookup_order", {"order_id": "7730-1182"}, result=_charger_order(), ms=236
    )
    chat.assistant(
        "13:58:45.050",
        "Your return of the 65 W charger reached us yesterday. The refund of 34.50 € is not booked yet. "
        "Shall I book it now?",
        ms=2_110,
    ).search(RETURNS_REINDEXING, REFUND_TIMES.chunks({1: 0.84, 2: 0.77}), ms=133, gate=verdict(0.71))
    chat.user("13:59:10.480", "Yes please")
    chat.assistant("13:59:12.020", "One moment, I'm booking it.", ms=1_190).tool(
        "shop_refund_order",
        {"order_id": "7730-1182", "amount": 34.50, "reason": "return_received"},
        error=_TIMED_OUT,
        ms=30_003,
    )
    chat.assistant(
        "13:59:44.190",
        "I'm afraid the booking did not go through: the payments system did not answer in time. "
        "I don't want to promise you anything before it is confirmed.",
        ms=1_980,
    )
    chat.user("14:00:20.730", "Hm ok. Can someone look at it then?")
    chat.assistant(
        "14:00:22.940",
        "Yes. I'd rather have a colleague check it than risk booking it twice. I'm handing you over now.",
        ms=1_870,
    ).search(RETURNS_REINDEXING, REFUND_TIMES.chunks({7: 0.79}), ms=128, gate=verdict(0.66)).tool(
        "crm_add_note",
        {
            "customer_id": "C-187730",
            "note": "Refund 34.50 EUR for 7730-1182 timed out at 13:59, state unknown",
        },
        result={"note_id": "N-90121", "saved": True},
        ms=154,
    ).tool(
        "request_human_handoff",
        {"queue": "refunds", "reason": "Refund booking timed out"},
        result={"accepted": True, "queue": "refunds", "position": 1},
        ms=91,
    )
    chat.handoff(
        "14:00:23.500", to=shop.REFUND_DESK, reason="Refund booking timed out; customer agreed to wait"
    )
    chat.colleague(
        "14:02:31.090",
        "Hi, [NAME] here. It was not booked, so nothing is lost. I have it on my list and book it as soon "
        "as payments answer again. You'll get a mail.",
    )
    chat.user("14:03:05.550", "Great, thank you for being open about it 👍")
    chat.colleague("14:03:21.870", "Any time. Have a good weekend!")
    chat.set(customer_metadata={"customer_id": "C-187730", "locale": "en-DE", "cart_value_cents": 0})
    chat.extraction(
        "14:03:49.020",
        status="completed",
        data={
            "customer": {"name": "Ruben Aldag", "order_id": "7730-1182"},
            "refund": {"amount": 34.50, "currency": "EUR", "promised": False},
            "follow_up": {"owner": "refund desk", "channel": "email"},
        },
        tokens=(1_871, 164),
        ms=2_240,
    )
    return chat.end("14:03:40.200", outcome="escalated", reason="handoff_requested").replies()


def _charger_order() -> shop.Document:
    return shop.order(
        "7730-1182",
        shop.item("PWR-0651", "GaN charger 65 W, USB-C", 3_450, serial_numbers=["GN65-118-40932"]),
        shop.item(
            "CBL-0200", "USB-C cable 2 m", 990, quantity=2, bundle={"id": "B-77", "discount_cents": 200}
        ),
        delivered="2026-11-03",
        status="partly_returned",
        returns=[
            {
                "return_id": "RT-54880",
                "lines": [{"sku": "PWR-0651", "quantity": 1, "reason": "bought_twice"}],
                "arrived_on": "2026-11-19",
                "condition": "unopened",
                "checked_by": "dock-3",
            }
        ],
        invoices=[{"number": "2026-733518", "issued_on": "2026-10-31", "total_cents": 5_430}],
        notes=[],
    )


def refund_loop(session_id: SessionId) -> Replies:
    """The assistant books the same refund four times in a row while the customer asks for news, then leaves.

    First cause: `shop_refund_order` timed out after 30 seconds, and every retry was the same call again.
    """
    refund = {"order_id": "8801-7745", "amount": 129.00, "reason": "return_received"}
    chat = SessionBuilder(session_id, channel="chat", started="14:24:15.000")
    chat.event("14:24:15.000", "Session opened from the order page, order 8801-7745.")
    chat.user("14:24:22.640", "hello, where's my refund for the monitor arm? 129 euros, order 8801-7745")
    chat.assistant("14:24:24.510", "I'll book it for you right away.", ms=1_530).tool(
        "shop_refund_order", refund, error=_TIMED_OUT, ms=30_006
    ).tool("shop_refund_order", refund, error=_TIMED_OUT, ms=30_003)
    chat.user("14:25:27.380", "hello?? are you still there")
    chat.assistant("14:25:29.300", "I'm still working on it, one moment please.", ms=1_410).tool(
        "shop_refund_order", refund, error=_TIMED_OUT, ms=30_005
    )
    chat.assistant("14:26:01.140", "I'm still working on it, one moment please.", ms=1_220).tool(
        "shop_refund_order",
        refund,
        error='HTTP 503 from payments-eu: {"code":"upstream_unavailable","deploy":"payments 4.18.0"}',
        ms=21_740,
    )
    chat.user("14:26:26.900", "this is ridiculous, I've been waiting for two minutes. forget it")
    chat.assistant("14:26:29.070", "I'm still working on it, one moment please.", ms=1_640)
    chat.event("14:41:29.200", "The customer closed the window at 14:26:41. Session closed after 15 minutes.")
    chat.extraction(
        "14:41:34.700",
        status="partial",
        data={
            "customer": {"name": None, "order_id": "8801-7745"},
            "refund": {"amount": 129.0, "currency": None, "promised": None},
        },
        missing=["customer.name", "refund.currency"],
        errors=[
            {"path": "/refund/promised", "message": "expected boolean, got null"},
            {"field": "customer.name", "error": "required, and never said in the transcript"},
        ],
        tokens=(884, 97),
        ms=1_730,
    )
    return chat.end("14:41:29.250", outcome="abandoned", reason="abandoned").replies()
