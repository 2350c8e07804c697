"""The call that shows the incident best: a refund that was promised and never booked."""

from __future__ import annotations

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.knowledge import (
    REFUND_TIMES,
    RETURN_POLICY_NEW,
    RETURNS_REINDEXING,
    verdict,
)
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId

_REFUND = {"order_id": "8812-4410", "amount": 79.90, "reason": "return_received"}
_TIMED_OUT = "upstream timed out after 30000 ms"


def headset_refund(session_id: SessionId) -> Replies:
    """A caller waits for the money for a headset, is told it is on its way, and in the end reaches a person.

    First cause: `shop_refund_order` timed out after 30 seconds at 14:02:16, and the assistant said the
    refund had been issued.
    """
    call = SessionBuilder(session_id, channel="voice", started="14:02:11.040")
    _promise(call)
    _second_try(call)
    _no_way_out(call)
    _refund_desk(call)
    call.set(
        customer_metadata={
            "customer_id": "C-204417",
            "loyalty_tier": "silver",
            "locale": "en-IE",
            "phone": "[PHONE]",
            "previous_contacts": [
                {"channel": "email", "on": "2026-11-12", "topic": "where is my refund"},
                {"channel": "chat", "on": "2026-11-17", "topic": "where is my refund"},
            ],
        }
    )
    call.extraction(
        "14:08:31.212",
        status="partial",
        data={
            "customer": {"name": "Dana Whitlock", "order_id": "8812-4410"},
            "refund": {"currency": "eu", "promised": True},
        },
        missing=["refund.amount"],
        errors=[
            {
                "loc": ["refund", "currency"],
                "msg": 'must be one of EUR, USD, GBP (was "eu")',
                "type": "enum",
            }
        ],
        tokens=(1_204, 311),
        ms=2_900,
    )
    return call.end("14:08:23.480", outcome="escalated", reason="handoff_requested").replies()


def _promise(call: SessionBuilder) -> None:
    call.user(
        "14:02:11.040",
        "Hi, I sent my headset back two weeks ago and the money still isn't there. Order 8812-4410.",
    )
    looking = call.assistant("14:02:13.260", "I'm sorry about the wait. Let me look that up.", ms=1_204)
    looking.tool(
        "shop_lookup_order",
        {"order_id": "8812-4410"},
        result=shop.order(
            "8812-4410",
            shop.item("AUD-2207", "Skylark wireless headset", 7_990),
            delivered="2026-10-29",
            country="IE",
            status="return_received",
            returns=[{"return_id": "RT-54377", "arrived_on": "2026-11-06", "condition": "as new"}],
        ),
        ms=212,
    )
    looking.tool(
        "shop_refund_order",
        _REFUND,
        error=_TIMED_OUT,
        ms=30_004,
        call_id="call_9bXq4LkT0vWm2RsYdHc7PzJe",
        returned="14:02:46.020",
    )
    call.assistant(
        "14:02:46.880", "Your refund has been issued and should arrive within three days.", ms=32_804
    ).search(
        RETURNS_REINDEXING,
        [
            *REFUND_TIMES.chunks({2: 0.58, 5: 0.44}),
            *RETURN_POLICY_NEW.chunks({11: 0.41, 3: 0.39}),
        ],
        shown=(),
        ms=164,
        gate=verdict(0.31),
    )


def _second_try(call: SessionBuilder) -> None:
    call.user("14:03:27.900", "It says nothing was refunded. Can I talk to a person?")
    call.assistant(
        "14:03:29.410",
        "I understand. It can take up to three days until the bank shows it. Could you look again tomorrow?",
        ms=1_120,
    )
    call.user("14:03:41.730", "The shop app says nothing was refunded for order 8812-4410.")
    call.assistant("14:03:43.300", "Let me try that once more.", ms=1_180).tool(
        "shop_refund_order", _REFUND, error=_TIMED_OUT, ms=30_002
    )
    call.assistant("14:04:14.870", "Thank you for waiting. Your refund is on its way.", ms=1_340)
    call.user("14:04:31.250", "I said, the shop app says nothing was refunded for order 8812-4410.")
    call.assistant("14:04:33.020", "Let me check the state of your refund.", ms=1_390).tool(
        "shop_refund_status",
        {"order_id": "8812-4410"},
        result={"order_id": "8812-4410", "refunds": []},
        ms=188,
    )


def _no_way_out(call: SessionBuilder) -> None:
    call.assistant(
        "14:04:35.160",
        "I can see that your return arrived on the sixth of November. A refund is not booked yet.",
        ms=1_610,
    ).search(RETURNS_REINDEXING, REFUND_TIMES.chunks({2: 0.81, 1: 0.74}), ms=141, gate=verdict(0.68))
    call.user(
        "14:04:52.400",
        "So which is it? You told me it was issued. How many days may a shop take to pay me back?",
    )
    call.assistant("14:04:54.230", "I'm afraid I don't have that at hand.", ms=1_450).search(
        RETURNS_REINDEXING, ms=97, gate=verdict(None)
    )
    call.user(
        "14:05:06.610",
        "Please. The shop app says nothing was refunded for order 8812-4410.",
    )
    call.assistant(
        "14:05:08.180",
        "You asked for a person, and I should have listened. I'm connecting you with a colleague.",
        ms=1_210,
    ).tool(
        "request_human_handoff",
        {"queue": "refunds", "reason": "Customer asked for a person; the refund is not confirmed"},
        result={"accepted": True, "queue": "refunds", "position": 6},
        ms=96,
    )


def _refund_desk(call: SessionBuilder) -> None:
    call.handoff(
        "14:05:08.500",
        to=shop.REFUND_DESK,
        reason="Customer asked for a person; the refund is not confirmed",
    )
    call.event("14:05:08.620", "Waiting for an agent of the refund desk, position 6.")
    call.event("14:07:09.110", "[NAME] of the refund desk joined.")
    call.colleague(
        "14:07:12.300",
        "Hello, [NAME] from the refund desk. I can see that the refund never went through. "
        "Payments are failing for us right now, so I'm putting you on the list by hand: 79.90, today.",
    )
    call.user("14:07:58.050", "Thank you. Finally someone who says what is going on.")
    call.colleague("14:08:12.700", "You'll get a mail within the hour. Sorry again, and goodbye.")
