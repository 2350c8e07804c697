"""Two sessions in which the tools, or the records of them, went astray."""

from __future__ import annotations

import json

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.knowledge import REFUND_TIMES, RETURNS_REINDEXING, verdict
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId


def exchange_size(session_id: SessionId) -> Replies:
    """An exchange is never booked, and the session ends in an error while the customer waits.

    First cause: the model's arguments for `shop_create_return` broke off in the middle of the JSON, twice.
    """
    broken = '{"order_id": "8798-4432", "lines": [{"sku": "MAT-0160", "quantity": 1, "exchange_for": "MAT-02'
    chat = SessionBuilder(session_id, channel="chat", started="14:29:02.900")
    chat.user(
        "14:29:02.900",
        "Hi, the desk mat from order 8798-4432 is too small. Can I swap the 160 cm for the 200 cm one?",
    )
    chat.assistant("14:29:05.100", "Of course! I'll book the exchange.", ms=1_660).tool(
        "shop_create_return", broken
    )
    chat.assistant("14:29:15.400", "One more moment, please.", ms=1_270).tool(
        "shop_create_return",
        broken,
        error="arguments are not valid JSON: unterminated string starting at character 87",
        ms=3,
    )
    chat.user("14:29:58.330", "sure, no rush")
    chat.user("14:31:20.610", "Anything? I have to leave in five minutes.")
    chat.event("14:31:24.800", "Agent stopped: tool arguments could not be parsed (2 of 2 attempts).")
    chat.extraction(
        "14:31:59.150",
        status="failed",
        data=None,
        missing=None,
        errors=None,
        tokens=(702, 4_096),
        ms=24_310,
        error_message="The model's output ended at 4096 tokens, before the JSON was complete.",
    )
    return chat.end("14:31:24.850", outcome="error", reason="agent_error").replies()


def two_amounts(session_id: SessionId) -> Replies:
    """A customer gets a voucher over ten times the price, and the two records of the call disagree.

    First cause: the voucher was made out over 799.00, where the assistant had asked for 79.90.
    """
    order_id = "8809-3327"
    chat = SessionBuilder(session_id, channel="chat", started="14:46:05.440")
    chat.user(
        "14:46:05.440",
        f"Is it true that you can't pay refunds today? I'm waiting for {order_id}, the desk lamp.",
    )
    chat.assistant("14:46:07.530", "Let me check both for you.", ms=1_420).tool(
        "shop_lookup_order",
        {"order_id": order_id},
        result=shop.order(
            order_id,
            shop.item("LMP-0388", "Gannet desk lamp", 7_990, options={"colour": "moss"}),
            delivered="2026-11-05",
            status="return_received",
        ),
        ms=219,
    )
    chat.assistant(
        "14:46:10.300",
        "It's true, payments are disturbed at the moment. I could send you a voucher over 79.90 € right now, "
        "or you wait for the refund to your card. Which do you prefer?",
        ms=2_080,
    ).search(RETURNS_REINDEXING, REFUND_TIMES.chunks({6: 0.83, 1: 0.71}), ms=139, gate=verdict(0.69))
    chat.user("14:46:44.020", "The voucher is fine, I need a new lamp anyway")
    chat.assistant("14:46:45.900", "Here it comes.", ms=1_310).tool(
        "shop_issue_voucher",
        {"order_id": order_id, "amount": 79.90, "currency": "EUR", "reason": "refund_delayed"},
        result={"voucher": "CL-4F7K-22QX", "amount": 79.90, "currency": "EUR", "valid_until": "2027-11-20"},
        ms=318,
    )
    recorded = {"order_id": order_id, "amount": 799.0, "currency": "EUR", "reason": "refund_delayed"}
    chat.amend(
        "tool_calls",
        arguments=json.dumps(recorded),
        arguments_parsed=recorded,
        result=json.dumps(
            {"voucher": "CL-4F7K-22QX", "amount": 799.0, "currency": "EUR", "valid_until": "2027-11-20"}
        ),
    )
    chat.assistant("14:46:48.370", "Done: voucher CL-4F7K-22QX over 79.90 €, valid for a year.", ms=1_700)
    chat.user("14:48:02.180", "Erm, the mail says 799 €? Not that I mind 😅")
    chat.assistant(
        "14:48:04.610",
        "The voucher I asked for is over 79.90 €. I've noted what your mail says for my colleagues.",
        ms=1_880,
    ).tool(
        "crm_add_note",
        {"customer_id": "C-198203", "note": "Voucher CL-4F7K-22QX: mail says 799 EUR, should be 79.90"},
        result={"note_id": "N-90177", "saved": True},
        ms=148,
    )
    chat.user("14:48:31.750", "Fair enough. Bye")
    chat.assistant("14:48:33.200", "Thank you for being honest. Bye!", ms=1_040).tool(
        "end_session", {"summary": "Voucher issued"}, result={"ended": True}, ms=33
    )
    chat.set(customer_metadata={"customer_id": "C-198203", "locale": "en-AT"})
    chat.extraction(
        "14:48:43.900",
        status="validation_failed",
        data={
            "customer": {"name": "Leopold Hainz", "order_id": order_id},
            "refund": {"amount": 799.0, "currency": "EUR", "promised": True, "method": "voucher"},
        },
        errors=[{"rule": "refund.amount <= order.total", "value": 799.0, "order_total": 79.90}],
        tokens=(1_655, 140),
        ms=2_020,
    )
    return chat.end("14:48:33.280", outcome="resolved", reason="agent_initiated").replies()
