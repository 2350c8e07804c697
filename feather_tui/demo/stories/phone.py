"""Two calls in which the machinery of the phone line got in the way."""

from __future__ import annotations

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.knowledge import CHAIRS, PRODUCTS, verdict
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId


def slow_model(session_id: SessionId) -> Replies:
    """A caller hears long silences, then a smaller model that repeats itself, and is passed on.

    First cause: gpt-4.1 took 9 seconds to answer, so gpt-4.1-mini stood in for it.
    """
    call = SessionBuilder(session_id, channel="voice", started="14:41:30.000")
    call.event("14:41:30.000", "Call connected.")
    call.assistant("14:41:30.900", "Copperlane, this is Juno. How can I help?", ms=670)
    call.user("14:41:38.400", "Hi, the gas spring of my Heron chair gives way. It's about a year old.")
    call.assistant(
        "14:41:47.900", "I'm sorry to hear that. Is it the version with or without armrests?", ms=9_120
    )
    call.user("14:41:52.700", "With armrests. Your line is very quiet, I thought you were gone.")
    call.event("14:42:01.900", "Model gpt-4.1 did not answer within 9 s, gpt-4.1-mini takes over.")
    call.assistant(
        "14:42:03.300",
        "Thank you. Gas springs have a five-year guarantee, so the part is free.",
        ms=10_380,
        model=shop.GPT_MINI,
    ).search(PRODUCTS, CHAIRS.chunks({4: 0.86, 5: 0.79}), ms=311, gate=verdict(0.72))
    call.user("14:42:09.100", "Good. Can I put it in myself, or do you send someone?")
    call.assistant(
        "14:42:10.200",
        "Gas springs have a five-year guarantee, so the part is free.",
        ms=720,
        model=shop.GPT_MINI,
    )
    call.user("14:42:15.500", "Yes, you said. Do I need a tool for it?")
    call.assistant(
        "14:42:16.500",
        "Gas springs have a five-year guarantee, so the part is free.",
        ms=680,
        model=shop.GPT_MINI,
    )
    call.user("14:42:40.800", "Right. Is there a technician I could ask?")
    call.assistant(
        "14:42:42.000", "Yes, I'm passing you on to our workshop.", ms=810, model=shop.GPT_MINI
    ).tool(
        "transfer_call",
        {"target": "workshop", "reason": "Needs advice on fitting a gas spring"},
        result={"transferred": True, "target": "workshop"},
        ms=402,
    )
    call.handoff("14:42:42.500", to=shop.SERVICE_DESK, reason="Needs advice on fitting a gas spring")
    call.set(customer_metadata={"customer_id": "C-166318", "line": "+49-local", "locale": "en-DE"})
    call.extraction(
        "14:42:51.220",
        status="completed",
        data={
            "customer": {"name": None, "order_id": None},
            "product": {"title": "Heron office chair", "armrests": True, "fault": "gas spring gives way"},
            "guarantee": {"applies": True, "years": 5},
        },
        tokens=(921, 117),
        ms=1_580,
    )
    return call.end("14:42:42.900", outcome="transferred", reason="transferred").replies()


def lost_audio(session_id: SessionId) -> Replies:
    """The assistant cannot hear the caller any more, and the call breaks off.

    First cause: the speech recognition's connection failed while `shop_refund_status` was under way.
    """
    call = SessionBuilder(session_id, channel="voice", started="14:21:09.000")
    call.event("14:21:09.000", "Call connected.")
    call.assistant("14:21:09.900", "Copperlane, this is Juno. How can I help?", ms=650)
    call.user(
        "14:21:15.200",
        "Yes hello, I wanted to ask about the refund for order eight eight one one, six one five zero.",
    )
    call.assistant("14:21:16.600", "Thank you. I'm checking the refund for 8811-6150.", ms=890).tool(
        "shop_refund_status", {"order_id": "8811-6150"}
    )
    call.user("14:21:22.900", "And could you also")
    call.event("14:21:23.400", "Speech recognition: connection closed by the provider (1011), reconnecting.")
    call.event("14:21:31.800", "Speech recognition: reconnect failed, 3 of 3.")
    call.assistant("14:21:33.000", "I'm sorry, I can't hear you. Are you still there?", ms=760)
    call.extraction(
        "14:21:44.600",
        status="partial",
        data={"customer": {"name": None, "order_id": "8811-6150"}, "refund": None},
        tokens=(388, 29),
        ms=870,
    )
    return call.end("14:21:33.900", outcome="error", reason="stt_provider_error").replies()
