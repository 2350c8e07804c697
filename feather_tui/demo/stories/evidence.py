"""Sessions whose record is the trouble: torn apart, carried over from an older system, or not redacted."""

from __future__ import annotations

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.knowledge import DELIVERY, LAMPS, PRODUCTS, SHIPPING, verdict
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId


def moved_mid_call(session_id: SessionId) -> Replies:
    """A call moves to another server; turns, a tool call and the reason of the handoff are lost on the way.

    First cause: the call moved at 14:34:20, and the two servers' records were joined with holes.
    """
    call = SessionBuilder(session_id, channel="voice", started="14:33:47.000")
    call.event("14:33:47.000", "Call connected on voice-eu-2.")
    call.assistant("14:33:47.900", "Copperlane, this is Juno. How can I help?", ms=630)
    call.user(
        "14:33:54.600", "My lamp from order 8802-7714 flickers, and the parcel with the new one is late."
    )
    call.assistant("14:33:55.900", "Two things, then. First the parcel.", ms=840).tool(
        "carrier_track_parcel",
        {"tracking_id": "BF55119902"},
        result={"tracking_id": "BF55119902", "state": "in_transit", "eta": "2026-11-21"},
        ms=377,
        call_id="call_0001",
    )
    call.assistant("14:33:58.400", "It is on its way and should be with you tomorrow.", ms=910).search(
        SHIPPING, DELIVERY.chunks({2: 0.83}), ms=133, gate=verdict(0.7)
    )
    call.user("14:34:08.200", "Tomorrow is fine. And the flickering?")
    _lost_on_the_way(call)
    call.event("14:34:20.700", "Call moved from voice-eu-2 to voice-eu-5.")
    call.event("14:34:13.900", "Call accepted on voice-eu-5 (clock of voice-eu-5).")
    call.stray_result("14:34:15.300", "call_0007", {"sku": "LMP-0412", "in_stock": 12})
    call.assistant("14:34:29.100", "Which bulb do you use in it?", ms=980).tool(
        "shop_check_stock",
        {"sku": "BLB-0099"},
        result={"sku": "BLB-0099", "in_stock": 160},
        ms=181,
        call_id="call_0001",
    )
    call.user("14:34:36.500", "The one that came with it. Hello? You sound different.")
    call.assistant("14:34:38.000", "I'm passing you on to a colleague who knows the lamp.", ms=890)
    call.handoff("14:34:39.200")
    call.set(
        kb_snapshot=None,
        missing_evidence_reasons=["no_kb_snapshot", "no_csat", "no_user_feedback"],
    )
    call.extraction(
        "14:34:58.030",
        status="partial",
        data={
            "customer": {"name": None, "order_id": "8802-7714"},
            "product": {"title": "desk lamp", "fault": "flickers"},
        },
        missing=["customer.name"],
        tokens=(644, 61),
        ms=1_210,
        agent_id=shop.SERVICE_DESK,
    )
    return call.end("14:34:39.900", outcome="transferred", reason="stale_routing").replies()


def _lost_on_the_way(call: SessionBuilder) -> None:
    lost = call.missing_turn()
    lost.tool("shop_lookup_order", {"order_id": "8802-7714"}, result={"order_id": "8802-7714"}, ms=228)
    lost.search(PRODUCTS, LAMPS.chunks({3: 0.78, 5: 0.7}), ms=151, gate=verdict(0.66))
    call.missing_turn().search(PRODUCTS, ms=160, gate=verdict(None))
    call.amend("rag_traces", hit=True)


def older_record(session_id: SessionId) -> Replies:
    """A conversation by sms was carried over from an older system: its end and its tools are not on record.

    First cause: nothing that the record would show.
    """
    sms = SessionBuilder(session_id, channel="sms", started="13:12:44.000", agent=shop.MILO)
    sms.event("13:12:44.000", "Carried over from the former helpdesk. Text only.", role="system")
    sms.user("13:12:44.000", "Do you ship to the Azores?")
    sms.assistant(
        "13:12:51.000", "Copperlane: yes, within 9 to 12 working days. Shipping is 14.90 EUR.", ms=2_400
    )
    sms.user("13:20:08.000", "And if I order 2 lamps, still 14.90?")
    sms.assistant("13:20:15.000", "Yes, up to 20 kg it stays 14.90 EUR.", ms=2_150)
    sms.user("13:26:31.000", "ok ordering now. 8810-0067 done")
    sms.assistant("13:26:38.000", "Thank you! We'll text you when it leaves our warehouse.", ms=2_300)
    sms.end("13:26:38.000", outcome=None, reason="migration")
    sms.set(
        ended_at=None,
        agent_id=None,
        missing_evidence_reasons=[
            "legacy_session",
            "no_rag_trace",
            "no_citations",
            "no_tool_trace",
            "no_kb_snapshot",
            "no_csat",
            "no_user_feedback",
        ],
    )
    return sms.leave_out(
        "analyzer_input_schema_version",
        "rag_traces",
        "citations",
        "tool_calls",
        "handoff_events",
        "kb_snapshot",
    ).replies()


def unmasked_call(session_id: SessionId) -> Replies:
    """A caller changes an address and a phone number, and all of it stands in the transcript as it was said.

    First cause: the redaction did not run. (The data are invented; the numbers belong to nobody.)
    """
    call = SessionBuilder(session_id, channel="voice", started="13:05:20.000")
    call.assistant("13:05:20.900", "Copperlane, this is Juno. How can I help?", ms=640)
    call.user("13:05:27.100", "Maren Holtkamp here. I've moved, could you change my address and number?")
    call.assistant("13:05:28.200", "Gladly, Ms Holtkamp. Where do you live now?", ms=760)
    call.user("13:05:36.900", "Musterweg 12 in 00000 Beispielstadt. The number is 030 23125 014.")
    call.assistant("13:05:38.200", "And your mail address stays maren.holtkamp@example.com?", ms=820)
    call.user("13:05:42.600", "Yes, that one stays.")
    call.assistant("13:05:43.700", "Then I'm saving it.", ms=730).tool(
        "crm_update_customer",
        {
            "customer_id": "C-150092",
            "street": "Musterweg 12",
            "city": "00000 Beispielstadt",
            "phone": "+49 30 23125014",
        },
        result={"customer_id": "C-150092", "updated": ["street", "city", "phone"]},
        ms=266,
    )
    call.assistant("13:05:45.200", "Done. From now on parcels go to Musterweg 12.", ms=840)
    call.user("13:05:50.300", "Thanks a lot, goodbye.")
    call.assistant("13:05:51.400", "Goodbye, Ms Holtkamp.", ms=610)
    call.set(
        customer_metadata={
            "customer_id": "C-150092",
            "name": "Maren Holtkamp",
            "email": "maren.holtkamp@example.com",
            "phone": "+49 30 23125014",
        },
        missing_evidence_reasons=["transcript_redaction_skipped", "no_csat", "no_user_feedback"],
    )
    call.extraction(
        "13:06:01.770",
        version=6,
        status="completed",
        data={
            "customer": {"name": "Maren Holtkamp", "email": "maren.holtkamp@example.com"},
            "address_change": {"requested": True, "confirmed": True, "street": "Musterweg 12"},
        },
        tokens=(803, 74),
        ms=1_330,
    )
    return call.end("13:05:54.200", outcome="resolved", reason="call_ended").replies()
