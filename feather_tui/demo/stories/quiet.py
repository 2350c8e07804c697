"""Sessions in which nothing went wrong: this is what the shop looks like on a good day."""

from __future__ import annotations

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.knowledge import (
    DELIVERY,
    REFUND_TIMES,
    RETURN_POLICY,
    RETURNS,
    SHIPPING,
    verdict,
)
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId


def keyboard_return(session_id: SessionId) -> Replies:
    """A customer returns a keyboard that is too loud, and is told which one is not.

    First cause: none, all is well.
    """
    chat = SessionBuilder(session_id, channel="chat", started="13:40:02.150")
    chat.user(
        "13:40:02.150",
        "Hello, I'd like to return a keyboard, the keys are too loud for my office. Order 8790-3305.",
    )
    chat.assistant("13:40:04.020", "Hello! I'll check order 8790-3305 for you.", ms=1_380).tool(
        "shop_lookup_order", {"order_id": "8790-3305"}, result=_keyboard_order(), ms=241
    )
    chat.assistant(
        "13:40:06.910",
        "You ordered the Tarn 75 keyboard, and it came on 14 November. You can return it until 14 December "
        "without giving a reason. Shall I make a return label?",
        ms=2_050,
    ).search(RETURNS, RETURN_POLICY.chunks({3: 0.91, 4: 0.83, 9: 0.76}), ms=148, gate=verdict(0.82))
    chat.user("13:40:41.330", "Yes, please. I still have the box.")
    chat.assistant("13:40:43.190", "I'm making the label now.", ms=1_290).tool(
        "shop_create_return",
        {"order_id": "8790-3305", "lines": [{"sku": "KEY-0075", "quantity": 1}], "reason": "too_loud"},
        result={"return_id": "RT-55120", "label": "sent", "sent_to": "[EMAIL]", "valid_until": "2026-12-14"},
        ms=487,
    )
    chat.assistant(
        "13:40:45.770",
        "Done: your return is RT-55120, and the label is on its way to [EMAIL]. Once the parcel is here, "
        "the money is on your account within five working days.",
        ms=1_760,
    )
    chat.user("13:41:19.060", "Got it. And which one of yours is quiet?")
    chat.assistant("13:41:21.240", "Let me see what we have in stock.", ms=1_340).tool(
        "shop_check_stock",
        {"category": "keyboards", "layout": "DE", "tag": "silent"},
        result={
            "items": [{"sku": "KEY-0076", "title": "Tarn 75 Silent", "in_stock": 41, "price_cents": 11_900}]
        },
        ms=176,
    )
    chat.assistant(
        "13:41:23.980",
        "The Tarn 75 Silent has the same layout with damped switches, costs 119.00 € and is in stock. "
        "You'll find it under KEY-0076.",
        ms=1_930,
    )
    chat.set(
        customer_metadata={
            "customer_id": "C-190025",
            "locale": "en-DE",
            "page": "/account/orders/8790-3305",
            "experiments": {"checkout-v4": True},
        }
    )
    chat.extraction(
        "13:42:12.400",
        version=6,
        status="completed",
        data={
            "customer": {"name": "Ilse Marquardt", "order_id": "8790-3305"},
            "return": {"return_id": "RT-55120", "reason": "too loud", "items": ["KEY-0075"]},
            "interest": {"sku": "KEY-0076"},
        },
        tokens=(2_016, 148),
        ms=1_990,
    )
    return chat.end("13:42:05.100", outcome="resolved", reason="user_requested").replies()


def _keyboard_order() -> shop.Document:
    return shop.order(
        "8790-3305",
        shop.item(
            "KEY-0075",
            "Tarn 75 mechanical keyboard",
            10_900,
            options={"layout": "DE", "switches": "clicky", "colour": "graphite"},
            warranty={"months": 24, "until": "2028-11-14"},
        ),
        shop.item("KEY-9001", "Wrist rest 75", 1_990, options={"colour": "graphite"}),
        shop.item("GFT-0001", "Gift wrap", 0, message="[NAME], happy typing!"),
        delivered="2026-11-14",
        returnable_until="2026-12-14",
        invoices=[{"number": "2026-735202", "issued_on": "2026-11-11", "total_cents": 12_890}],
        history=[
            {"at": "2026-11-11T08:14:02Z", "event": "placed"},
            {"at": "2026-11-11T08:14:09Z", "event": "paid"},
            {"at": "2026-11-12T15:40:51Z", "event": "handed to carrier"},
            {"at": "2026-11-14T10:22:30Z", "event": "delivered"},
        ],
    )


def parcel_today(session_id: SessionId) -> Replies:
    """A customer asks by sms whether the parcel comes today, and it does.

    First cause: none, all is well.
    """
    sms = SessionBuilder(session_id, channel="sms", started="13:31:17.000", agent=shop.MILO)
    sms.user("13:31:17.000", "Hi is my parcel coming today? Tracking BF 5512 0937")
    sms.assistant("13:31:19.400", "", ms=1_100).tool(
        "carrier_track_parcel",
        {"tracking_id": "BF55120937"},
        result={
            "tracking_id": "BF55120937",
            "state": "out_for_delivery",
            "stops_before": 11,
            "eta": "15:10-16:00",
        },
        ms=391,
    )
    sms.assistant(
        "13:31:21.650",
        "Copperlane: yes! It's on the van, 11 stops before yours. Expect it between 15:10 and 16:00.",
        ms=1_240,
    )
    sms.user("13:33:02.000", "Can he leave it with the neighbour at no. 14?")
    sms.assistant("13:33:04.300", "", ms=1_050).tool(
        "carrier_set_drop_off",
        {"tracking_id": "BF55120937", "place": "neighbour", "note": "no. 14"},
        result={"accepted": True, "tracking_id": "BF55120937"},
        ms=422,
    )
    sms.assistant("13:33:06.900", "Done. If nobody opens, it goes to no. 14.", ms=1_310).search(
        SHIPPING, DELIVERY.chunks({4: 0.88, 6: 0.71}), ms=119, gate=verdict(0.74)
    )
    sms.user("13:33:40.000", "Perfect thx")
    sms.assistant("13:33:42.800", "You're welcome!", ms=980).tool(
        "end_session", {"summary": "Drop-off set"}, result={"ended": True}, ms=34
    )
    sms.extraction(
        "13:33:52.300",
        version=6,
        status="completed",
        data={"customer": {"tracking_id": "BF55120937"}, "delivery": {"drop_off": "neighbour, no. 14"}},
        tokens=(712, 64),
        ms=1_120,
    )
    return sms.end("13:33:43.100", outcome="resolved", reason="agent_initiated").replies()


def refund_works_again(session_id: SessionId) -> Replies:
    """After the rollback a refund is booked in 1.3 seconds.

    First cause: none, all is well again.
    """
    call = SessionBuilder(session_id, channel="voice", started="15:21:04.000")
    call.event("15:21:04.000", "Call connected.")
    call.assistant("15:21:04.900", "Copperlane, this is Juno. How can I help?", ms=640)
    call.user(
        "15:21:11.300",
        "Hi, I tried at half past two and it didn't work. It's about my money for order 8799-0216.",
    )
    call.assistant("15:21:12.500", "Thank you for calling back. I'm looking.", ms=790).tool(
        "shop_lookup_order",
        {"order_id": "8799-0216"},
        result=shop.order(
            "8799-0216",
            shop.item("AUD-1180", "Wren bookshelf speaker", 14_900, quantity=2),
            delivered="2026-11-02",
            status="return_received",
            returns=[{"return_id": "RT-54911", "arrived_on": "2026-11-17", "condition": "as new"}],
        ),
        ms=203,
    )
    call.assistant(
        "15:21:13.980", "Two Wren speakers, 298 euros, and they are back with us. I'm booking it now.", ms=880
    ).tool(
        "shop_refund_order",
        {"order_id": "8799-0216", "amount": 298.00, "reason": "return_received"},
        result=shop.refund("8799-0216", 298.00, booking="RF-30418"),
        ms=1_287,
    )
    call.assistant(
        "15:21:16.200",
        "That's booked. The 298 euros are on your account by Wednesday, the twenty-fifth.",
        ms=870,
    ).search(RETURNS, REFUND_TIMES.chunks({1: 0.87, 2: 0.8}), ms=126, gate=verdict(0.77))
    call.user("15:21:24.700", "Wonderful, that's all I needed. Bye!")
    call.assistant("15:21:25.800", "Thanks for your patience. Goodbye!", ms=690).tool(
        "end_session", {"summary": "Refund RF-30418 booked"}, result={"ended": True}, ms=38
    )
    call.extraction(
        "15:21:37.100",
        status="completed",
        data={
            "customer": {"name": "Tomasz Wierny", "order_id": "8799-0216"},
            "refund": {"amount": 298.0, "currency": "EUR", "promised": True, "booking": "RF-30418"},
        },
        tokens=(1_133, 129),
        ms=1_840,
    )
    return call.end("15:21:30.400", outcome="resolved", reason="call_ended").replies()
