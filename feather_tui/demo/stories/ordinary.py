"""Short sessions of the same day in which all went as ever: before the incident, and beside it."""

from __future__ import annotations

from feather_tui.demo import shop
from feather_tui.demo.builder import letter
from feather_tui.demo.knowledge import (
    CHAIRS,
    DELIVERY,
    KEYBOARDS,
    LAMPS,
    PRODUCTS,
    REFUND_TIMES,
    RETURNS,
    SHIPPING,
    verdict,
)
from feather_tui.demo.paced import PacedSession
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId


def spare_key(session_id: SessionId) -> Replies:
    """A caller lost the key of a cabinet, and a spare one is sent.

    First cause: none, all is well.
    """
    call = PacedSession(session_id, channel="voice", started="12:41:50.000")
    call.opens("Hi, I've lost the little key of my filing cabinet. The number on the lock is 4 0 7.")
    call.answers("I see. Let me look whether we have that one.").tool(
        "shop_check_stock",
        {"category": "spare parts", "tag": "key 407"},
        result={
            "items": [{"sku": "KEY-L407", "title": "Cabinet key 407", "in_stock": 23, "price_cents": 400}]
        },
        ms=168,
    )
    call.answers("We do, for four euros. Shall I send one to the address of your last order?")
    call.asks("Yes, please do.")
    call.answers("I'm ordering it.").tool(
        "shop_create_order",
        {"lines": [{"sku": "KEY-L407", "quantity": 1}], "ship_to": "last"},
        result={"order_id": "8815-0042", "paid": True},
        ms=612,
    )
    call.answers("It leaves tomorrow as order 8815-0042. Goodbye!")
    data = {"customer": {"order_id": "8815-0042"}, "part": {"sku": "KEY-L407", "price": 4.0}}
    return call.closes(data, outcome="resolved", reason="call_ended")


def second_invoice(session_id: SessionId) -> Replies:
    """A customer asks by mail for an invoice once more, and gets it.

    First cause: none, all is well.
    """
    mail = PacedSession(session_id, channel="email", started="12:56:00.000")
    mail.opens(
        letter(
            "Subject: Invoice 8761-9980",
            "Dear Copperlane,",
            "my tax adviser wants the invoice of the standing desk, order 8761-9980, and I cannot find it.",
            "Yours,\n[NAME]",
        )
    )
    mail.answers("").tool(
        "billing_send_invoice",
        {"order_id": "8761-9980", "to": "[EMAIL]"},
        result={"invoice": "2026-701766", "sent": True},
        ms=544,
    )
    mail.answers(
        letter(
            "Dear [NAME],",
            "the invoice 2026-701766 is on its way to [EMAIL] once more.",
            "Kind regards,\nMilo, Copperlane",
        )
    )
    data = {"customer": {"name": "Oda Lindqvist", "order_id": "8761-9980"}, "invoice": {"sent": True}}
    return mail.closes(data, outcome="resolved", reason="resolved")


def half_a_pair(session_id: SessionId) -> Replies:
    """One of two book-ends was missing, and its price is paid back by mail.

    First cause: none, all is well.
    """
    mail = PacedSession(session_id, channel="email", started="13:17:25.000")
    mail.opens(
        letter(
            "Subject: one book-end of two",
            "Hello,",
            "the box of order 8807-1453 held a single book-end. I got a second one elsewhere, so please give "
            "me half of the price back, 11.50 EUR.",
            "Thanks,\n[NAME]",
        )
    )
    mail.answers("").tool(
        "shop_refund_order",
        {"order_id": "8807-1453", "amount": 11.50, "reason": "incomplete"},
        result=shop.refund("8807-1453", 11.50, booking="RF-30388"),
        ms=1_322,
    )
    mail.answers(
        letter(
            "Dear [NAME],",
            "you are right, and it is booked: 11.50 € back to your card, reference RF-30388.",
            "Kind regards,\nMilo, Copperlane",
        )
    ).search(RETURNS, REFUND_TIMES.chunks({1: 0.83, 2: 0.79}), ms=138, gate=verdict(0.74))
    data = {
        "customer": {"name": "Bertil Aune", "order_id": "8807-1453"},
        "refund": {"amount": 11.5, "currency": "EUR", "promised": True, "booking": "RF-30388"},
    }
    return mail.closes(data, outcome="resolved", reason="resolved")


def which_bulb(session_id: SessionId) -> Replies:
    """A customer asks by sms which bulb a lamp takes, and is told.

    First cause: none, all is well.
    """
    sms = PacedSession(session_id, channel="sms", started="13:36:40.000")
    sms.opens("Which bulb goes into the Gannet desk lamp?")
    sms.answers("Copperlane: E14, 6 W at most. One comes with the lamp.").search(
        PRODUCTS, LAMPS.chunks({2: 0.9, 5: 0.73}), ms=152, gate=verdict(0.79)
    )
    sms.asks("Dimmable too?")
    sms.answers("Yes, any dimmable E14 LED works with its switch.").search(
        PRODUCTS, LAMPS.chunks({5: 0.85}), ms=147, gate=verdict(0.71)
    )
    data = {"product": {"title": "Gannet desk lamp"}, "question": "which bulb", "answered": True}
    return sms.closes(data, outcome="resolved", reason="agent_initiated")


def sold_out_pillow(session_id: SessionId) -> Replies:
    """Minutes before payments are deployed, a cancelled pillow is paid back in a second.

    First cause: none, all is well.
    """
    chat = PacedSession(session_id, channel="chat", started="13:53:26.480")
    chat.opens("Hey, you cancelled my pillow (8813-2207) because it's sold out. Do I get the 38 € back?")
    chat.answers("Hey! Of course you do, I'm booking it right now.").tool(
        "shop_refund_order",
        {"order_id": "8813-2207", "amount": 38.00, "reason": "cancelled"},
        result=shop.refund("8813-2207", 38.00, booking="RF-30402"),
        ms=1_104,
    )
    chat.answers("Done: 38.00 € go back to your card, reference RF-30402.")
    chat.asks("That was quick, thank you!")
    chat.answers("My pleasure. Sleep well without it!")
    data = {
        "customer": {"name": "Hanne Osei", "order_id": "8813-2207"},
        "refund": {"amount": 38.0, "currency": "EUR", "promised": True, "booking": "RF-30402"},
    }
    return chat.closes(data, outcome="resolved", reason="user_requested")


def saturday_delivery(session_id: SessionId) -> Replies:
    """Beside the incident, a chat about delivery on Saturdays goes as on any day.

    First cause: none, all is well.
    """
    chat = PacedSession(session_id, channel="chat", started="14:04:33.150")
    chat.opens("Do you deliver on Saturdays? I'm never at home during the week")
    chat.answers(
        "We do, in most towns. What is your order number? Then I'll see whether yours is one."
    ).search(SHIPPING, DELIVERY.chunks({7: 0.89, 2: 0.74}), ms=121, gate=verdict(0.78))
    chat.asks("8814-7026")
    chat.answers("Thank you.").tool(
        "carrier_set_delivery_day",
        {"order_id": "8814-7026", "day": "2026-11-28"},
        result={"accepted": True, "day": "2026-11-28", "window": "09:00-13:00"},
        ms=437,
    )
    chat.answers("It works: Saturday the 28th, between nine and one.")
    data = {
        "customer": {"name": None, "order_id": "8814-7026"},
        "delivery": {"day": "2026-11-28", "window": "09:00-13:00"},
        "refund": None,
    }
    return chat.closes(data, outcome="resolved", reason="user_requested")


def squeaky_chair(session_id: SessionId) -> Replies:
    """Beside the incident, a caller is told how to silence a chair.

    First cause: none, all is well.
    """
    call = PacedSession(session_id, channel="voice", started="14:38:10.000")
    call.opens("Hello, my Heron chair squeaks whenever I lean back. Is it broken?")
    call.answers("No, that's the tilt joint. A drop of silicone oil where back and seat meet helps.").search(
        PRODUCTS, CHAIRS.chunks({6: 0.88, 4: 0.72}), ms=143, gate=verdict(0.76)
    )
    call.asks("Let me try. Oh, it's gone! Great, thank you very much.")
    call.answers("Wonderful. Have a quiet weekend!").tool(
        "end_session", {"summary": "Chair squeaks, oiled"}, result={"ended": True}, ms=35
    )
    data = {"product": {"title": "Heron office chair", "fault": "squeaks"}, "refund": None}
    return call.closes(data, outcome="resolved", reason="call_ended")


def other_layout(session_id: SessionId) -> Replies:
    """Beside the incident, a customer has an order's keyboard changed by sms before it is packed.

    First cause: none, all is well.
    """
    sms = PacedSession(session_id, channel="sms", started="14:49:20.000")
    sms.opens("I ordered the Tarn 75 an hour ago (8816-1180). Can you make it French layout?")
    sms.answers("").tool(
        "shop_change_order",
        {"order_id": "8816-1180", "sku": "KEY-0075", "options": {"layout": "FR"}},
        result={"order_id": "8816-1180", "changed": True, "options": {"layout": "FR"}},
        ms=389,
    )
    sms.answers("Copperlane: done, 8816-1180 comes with the French layout, at the same price.").search(
        PRODUCTS, KEYBOARDS.chunks({3: 0.87}), ms=149, gate=verdict(0.75)
    )
    sms.asks("Merci!")
    sms.answers("De rien!")
    data = {"customer": {"order_id": "8816-1180"}, "order": {"layout": "FR"}, "refund": None}
    return sms.closes(data, outcome="resolved", reason="agent_initiated")
