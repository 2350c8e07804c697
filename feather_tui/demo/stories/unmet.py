"""Sessions in which customer and assistant never met: a voicemail, a dead line, a full queue."""

from __future__ import annotations

from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId

_NOTHING_CAPTURED = [
    "no_rag_trace",
    "no_citations",
    "no_tool_trace",
    "no_kb_snapshot",
    "no_csat",
    "no_user_feedback",
]


def callback_voicemail(session_id: SessionId) -> Replies:
    """A promised callback reaches a voicemail, and the assistant leaves a message.

    First cause: none; nobody was at home.
    """
    call = SessionBuilder(session_id, channel="voice", started="13:52:05.000")
    call.event("13:52:05.000", "Outbound call to [PHONE]: the promised callback about order 8795-1008.")
    call.event("13:52:24.400", "Answered after 19 s.")
    call.user("13:52:31.800", "You've reached [NAME]. I'm on the road, leave me a message after the tone.")
    call.event("13:52:32.100", "Voicemail detected.")
    call.assistant(
        "13:52:34.200",
        "Hello, this is Juno from Copperlane. Your spare part for order 8795-1008 has arrived and leaves our "
        "warehouse on Monday. You need not call back. Have a good weekend!",
        ms=910,
    )
    call.extraction(
        "13:52:55.730",
        status="skipped",
        data=None,
        missing=None,
        errors=None,
        model_used=None,
        skip_reason="voicemail: the customer did not take part",
    )
    return call.end("13:52:47.600", outcome="voicemail", reason="voicemail_detected").replies()


def dead_line(session_id: SessionId) -> Replies:
    """A callback is tried twice and never rings.

    First cause: the carrier refused the outbound call with SIP 503.
    """
    call = SessionBuilder(session_id, channel="voice", started="14:12:26.000")
    call.event("14:12:26.000", "Outbound call to [PHONE]: callback about order 8788-4019.")
    call.event("14:12:26.900", "SIP 503 Service Unavailable from the carrier, trying again in 20 s.")
    call.event("14:12:47.300", "SIP 503 Service Unavailable from the carrier, giving up.")
    call.set(missing_evidence_reasons=_NOTHING_CAPTURED)
    return call.end("14:12:47.340", outcome="call_failed", reason="sip_dial_failed").replies()


def stuck_in_queue(session_id: SessionId) -> Replies:
    """A customer who was sent from the phone to the chat waits there alone until the session expires.

    First cause: the queue was full, and the session was never given to an assistant.
    """
    chat = SessionBuilder(session_id, channel="chat", started="14:26:40.000")
    chat.event("14:26:40.000", "Queued: 212 sessions of this organization are waiting.")
    chat.user("14:26:58.200", "Hello, your phone line just dropped me. It's about my refund, 8811-6150")
    chat.event("14:31:40.000", "Still queued: 260 sessions are waiting.")
    chat.user("14:33:15.730", "Is anybody there?")
    chat.user("14:39:02.460", "I'll try again tomorrow then")
    chat.event("14:41:40.000", "Queue time of 15 minutes used up. Session expired.")
    chat.set(agent_id=None, missing_evidence_reasons=_NOTHING_CAPTURED)
    return chat.end("14:41:40.020", outcome="expired", reason="queue_ttl_expired").replies()
