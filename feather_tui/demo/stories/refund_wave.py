"""Eight more customers of the hour without refunds: whoever answers and wherever, the booking times out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feather_tui.demo import shop
from feather_tui.demo.builder import letter
from feather_tui.demo.knowledge import REFUND_TIMES, RETURNS_REINDEXING, verdict
from feather_tui.demo.paced import PacedSession
from feather_tui.demo.reply import Replies
from feather_tui.demo.shop import Document
from feather_tui.demo.turn import Turn
from feather_tui.session.identity import SessionId

_NO_NAME: Final = ("customer.name",)


@dataclass(frozen=True, slots=True)
class _Owed:
    """What a customer is to get back: for which article of which order, since when it is here, and why."""

    order_id: str
    sku: str
    title: str
    cents: int
    arrived: str
    reason: str = "return_received"

    def order(self) -> Document:
        """Return what `shop_lookup_order` does."""
        article = shop.item(self.sku, self.title, self.cents)
        if not self.arrived:
            return shop.order(self.order_id, article, delivered="2026-11-16", payments_captured=2)
        back = {"return_id": f"RT-54{self.sku[-3:]}", "arrived_on": self.arrived, "condition": "as new"}
        return shop.order(
            self.order_id, article, delivered="2026-11-06", status="return_received", returns=[back]
        )

    def extracted(self, name: str | None, *, promised: bool | None) -> Document:
        """Return what an extraction finds."""
        return {
            "customer": {"name": name, "order_id": self.order_id},
            "refund": {"amount": self.cents / 100, "currency": "EUR", "promised": promised},
        }


def _look_up(turn: Turn, owed: _Owed) -> Turn:
    found = owed.order()
    return turn.tool("shop_lookup_order", {"order_id": owed.order_id}, result=found, ms=190 + owed.cents % 67)


def _time_out(turn: Turn, owed: _Owed) -> None:
    arguments = {
        "order_id": owed.order_id,
        "amount": owed.cents / 100,
        "reason": owed.reason,
    }
    error = "upstream timed out after 30000 ms"
    turn.tool("shop_refund_order", arguments, error=error, ms=30_001 + owed.cents % 7)


def foot_rest(session_id: SessionId) -> Replies:
    """A customer asks by sms for the money for a foot rest, and is told to try again another day.

    First cause: `shop_refund_order` timed out after 30 seconds.
    """
    owed = _Owed("8803-2156", "FTR-0021", "Teal foot rest", 4_490, "2026-11-18")
    sms = PacedSession(session_id, channel="sms", started="13:59:08.000")
    sms.opens("Hi, foot rest is back with you since wednesday, order 8803-2156. When is the money here?")
    _time_out(_look_up(sms.answers(""), owed), owed)
    sms.answers("Copperlane: I could not book the 44.90 € just now, our payments system does not answer.")
    sms.asks("And now?")
    sms.answers("Nothing is lost, your return is on record. Please write again tomorrow.")
    data = owed.extracted(None, promised=False)
    return sms.closes(data, outcome="unresolved", reason="unresolved", status="partial", missing=_NO_NAME)


def bike_lamp(session_id: SessionId) -> Replies:
    """A customer has sent the wrong lamp back, and is handed over when the booking fails.

    First cause: `shop_refund_order` timed out after 30 seconds.
    """
    owed = _Owed("8797-6402", "BKL-0310", "Bike lamp set Firefly", 3_995, "2026-11-17", "wrong_item")
    chat = PacedSession(session_id, channel="chat", started="13:59:40.720")
    chat.opens(
        "Good afternoon, you sent me a bike lamp I never ordered, 8797-6402. It's back. 39.95 please :)"
    )
    _look_up(chat.answers("Good afternoon! I'm checking what arrived here."), owed)
    chat.answers("The lamp set came in on Tuesday, so the 39.95 € are yours. To the same card?")
    chat.asks("Same card, yes")
    _time_out(chat.answers("I'm booking it now."), owed)
    chat.hands_over(
        "I'm sorry, that did not work: the booking was not confirmed. Our refund desk takes it from here.",
        reason="Refund of a wrong delivery could not be booked",
        position=2,
    )
    data = owed.extracted("Mirko Halloran", promised=False)
    return chat.closes(data, outcome="transferred", reason="transferred")


def clamp_lamp(session_id: SessionId) -> Replies:
    """A caller waits half a minute in silence, hears that nothing was booked, and hangs up.

    First cause: `shop_refund_order` timed out after 30 seconds.
    """
    owed = _Owed("8785-1934", "LMP-0417", "Curlew clamp lamp", 5_900, "2026-11-13")
    call = PacedSession(session_id, channel="voice", started="14:11:05.000")
    call.opens("Hello, a clamp lamp, order 8785-1934. A week ago it went back, and my bank shows nothing.")
    _look_up(call.answers("I'm sorry to hear that, let me see."), owed)
    _time_out(call.answers("Here it is, 59 euros, not paid back yet. I'm doing that now."), owed)
    call.answers("I could not book it, the payments system gave no answer. Please call again later.")
    call.asks("Later! I've been holding the phone for a minute already. Goodbye.")
    data = owed.extracted(None, promised=False)
    return call.closes(
        data, outcome="abandoned", reason="client_initiated", status="partial", missing=_NO_NAME
    )


def tea_kettle(session_id: SessionId) -> Replies:
    """A mail about a dented kettle is answered with a refund that was never booked, and closed.

    First cause: `shop_refund_order` timed out after 30 seconds, and the mail confirmed the refund
    all the same.
    """
    owed = _Owed("8800-5571", "KTL-0008", "Enamel kettle 1.2 l", 5_250, "2026-11-19", "damaged")
    mail = PacedSession(session_id, channel="email", started="14:13:20.000")
    mail.opens(
        letter(
            "Subject: dented kettle, 8800-5571",
            "Hello,",
            "the parcel service tells me that the dented kettle reached you yesterday. I don't want another "
            "one, I'd rather have the 52.50 EUR.",
            "Best wishes,\n[NAME]",
        )
    )
    _time_out(_look_up(mail.answers(""), owed), owed)
    mail.answers(
        letter(
            "Dear [NAME],",
            "we are sorry about the dent. The 52.50 € have been refunded and reach you by Wednesday.",
            "Kind regards,\nMilo, Copperlane",
        )
    ).search(RETURNS_REINDEXING, REFUND_TIMES.chunks({1: 0.86, 2: 0.75}), ms=144, gate=verdict(0.72))
    data = owed.extracted("Solveig Brandt", promised=True)
    return mail.closes(data, outcome="resolved", reason="resolved")


def paid_twice(session_id: SessionId) -> Replies:
    """A customer who paid twice for a rug wants one payment back, and closes the window on the second try.

    First cause: `shop_refund_order` timed out after 30 seconds, twice.
    """
    owed = _Owed("8810-3088", "RUG-0120", "Wool rug Dune", 18_900, "", "paid_twice")
    chat = PacedSession(session_id, channel="chat", started="14:35:52.600")
    chat.opens("my card was charged twice for the rug?! 8810-3088, 189 euros each. I want one of them back")
    _look_up(chat.answers("That should not happen. Let me look at the payments of 8810-3088."), owed)
    _time_out(chat.answers("You're right, there are two payments. I'm returning one of them."), owed)
    chat.answers("That took too long and failed. Shall I try once more?")
    chat.asks("yes")
    _time_out(chat.answers("Trying again, please stay with me."), owed)
    chat.answers("I'm afraid it failed again. I can't book it at the moment.")
    chat.event(
        chat.later(300.0), "The customer closed the window at 14:37:50. Session closed after 5 minutes."
    )
    data = owed.extracted(None, promised=None)
    missing = (*_NO_NAME, "refund.promised")
    return chat.closes(data, outcome="abandoned", reason="abandoned", status="partial", missing=missing)


def moving_boxes(session_id: SessionId) -> Replies:
    """A customer sent back unused boxes, asks by sms, and the refund desk is to write back.

    First cause: `shop_refund_order` timed out after 30 seconds.
    """
    owed = _Owed("8792-7713", "BOX-0510", "Moving boxes, 10 pieces", 2_700, "2026-11-12")
    sms = PacedSession(session_id, channel="sms", started="14:44:31.000")
    sms.opens("Moving boxes (8792-7713) went back unused, 27 eur. Nothing arrived so far")
    _time_out(_look_up(sms.answers(""), owed), owed)
    sms.hands_over(
        "Copperlane: booking the 27.00 € failed, payments are down. Our refund desk will write to you.",
        reason="Refund not booked, payments timed out",
        position=9,
    )
    sms.asks("OK, I'll wait for them")
    data = owed.extracted(None, promised=False)
    return sms.closes(
        data, outcome="escalated", reason="handoff_requested", status="partial", missing=_NO_NAME
    )


def garden_table(session_id: SessionId) -> Replies:
    """A caller hears that a table is paid back, calls it good news, and no money is on its way.

    First cause: `shop_refund_order` timed out after 30 seconds, and the caller was told it was done.
    """
    owed = _Owed("8776-0495", "GTB-0062", "Folding table Marsh", 14_500, "2026-11-10")
    call = PacedSession(session_id, channel="voice", started="15:00:48.000")
    call.opens("Good day. You have my folding table back, order 8776-0495, but I don't have my 145 euros.")
    _look_up(call.answers("Good day! One moment, I have it in a second."), owed)
    _time_out(call.answers("The table arrived on the tenth. I'm paying it back now."), owed)
    call.answers("Thank you for waiting. 145 euros are on the way to your account.").search(
        RETURNS_REINDEXING, REFUND_TIMES.chunks({1: 0.81, 6: 0.7}), ms=131, gate=verdict(0.68)
    )
    call.asks("That's good news, thanks. Bye now.")
    call.answers("Goodbye, and a nice weekend!").tool(
        "end_session", {"summary": "Refund of 145 EUR"}, result={"ended": True}, ms=36
    )
    data = owed.extracted("Piet van Loon", promised=True)
    return call.closes(data, outcome="resolved", reason="call_ended")


def wall_clock(session_id: SessionId) -> Replies:
    """A mail written minutes before the rollback still meets the time-out, and is left open.

    First cause: `shop_refund_order` timed out after 30 seconds.
    """
    owed = _Owed("8804-6620", "CLK-0093", "Wall clock Tern", 7_400, "2026-11-19", "faulty")
    mail = PacedSession(session_id, channel="email", started="15:02:15.000")
    mail.opens(
        letter(
            "Subject: Clock that runs backwards",
            "Dear all,",
            "funny as it was, I returned the clock of order 8804-6620. Do you already know when I can expect "
            "the 74.00 EUR?",
            "[NAME]",
        )
    )
    _time_out(_look_up(mail.answers(""), owed), owed)
    mail.answers(
        letter(
            "Dear [NAME],",
            "the clock is here, but I was unable to book your 74.00 €: our payments system did not answer. I "
            "leave your case open and do not promise a day.",
            "Kind regards,\nMilo, Copperlane",
        )
    )
    data = owed.extracted("Ines Calder", promised=False)
    return mail.closes(data, outcome="unresolved", reason="unresolved")
