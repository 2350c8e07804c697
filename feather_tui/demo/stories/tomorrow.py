"""A session as a later release of the API might describe it: fields and values nobody knows yet."""

from __future__ import annotations

from http import HTTPStatus

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.knowledge import DELIVERY, SHIPPING, verdict
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId


def tomorrows_shape(session_id: SessionId) -> Replies:
    """A customer gets a QR code for a return instead of a label; the record is of schema version 3.

    First cause: the label printer's tool failed with an error the assistant could not read.
    """
    chat = SessionBuilder(session_id, channel="chat", started="14:58:12.000", model="gpt-5.1-support")
    chat.user("14:58:12.000", "Hi, can I get the label for RT-55201 again? My printer ate it 🖨️")
    chat.amend("messages", delivery_status="read", authored_by="end_user")
    chat.assistant("14:58:14.100", "Sure, I'm making a new one.", ms=1_260).tool(
        "shop_print_label",
        {"return_id": "RT-55201", "format": "pdf"},
        error="PRN-7: 0x80070057",
        ms=894,
    )
    chat.amend("messages", delivery_status="internal")
    chat.amend("tool_calls", http_status=HTTPStatus.BAD_GATEWAY.value, attempts=[{"number": 1, "ms": 894}])
    chat.event("14:58:16.000", "Suggested to the assistant: offer a QR code instead.", role="supervisor")
    chat.assistant(
        "14:58:18.300",
        "The label printer is on strike, but you don't need paper: show this QR code at any Blaufuchs shop.",
        ms=1_840,
    ).tool(
        "shop_print_label",
        {"return_id": "RT-55201", "format": "qr"},
        result={"return_id": "RT-55201", "qr": "https://copperlane.example/q/RT-55201"},
        ms=377,
    ).search(
        SHIPPING,
        DELIVERY.chunks({15: 0.78}),
        ms=121,
        gate=verdict(0.55, mode="advise") | {"label": "partly_answerable", "confidence": 0.58},
    )
    chat.amend("rag_traces", rerank={"model": "rerank-4", "moved": 3})
    chat.user("14:59:05.600", "Even better, thank you!")
    chat.set(
        analyzer_input_schema_version=3,
        assistant_revision={
            "id": shop.identifier("revision", "juno", "88"),
            "version": 88,
            "name": "pre-friday",
        },
        sentiment_timeline=[
            {"at": chat.stamp("14:58:12"), "value": 0.1},
            {"at": chat.stamp("14:59:05"), "value": 0.8},
        ],
        missing_evidence_reasons=["no_csat", "no_user_feedback", "no_sentiment_audio"],
    )
    chat.extraction(
        "14:59:31.000",
        version=7,
        status="needs_review",
        data={"customer": {"name": None}, "return": {"return_id": "RT-55201", "label": "qr"}},
        tokens=(733, 58),
        ms=1_020,
        confidence=0.62,
        review={"queue": "extractions", "due": chat.stamp("18:00:00")},
    )
    return chat.end("14:59:22.000", outcome="contained", reason="self_served").replies()
