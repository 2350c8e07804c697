"""Three customers who asked about the rules while the knowledge base of return policies was indexed again."""

from __future__ import annotations

from dataclasses import replace

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder, letter
from feather_tui.demo.knowledge import (
    OUTLET,
    OUTLET_TERMS,
    REFUND_TIMES,
    RETURN_POLICY,
    RETURN_POLICY_NEW,
    RETURNS_REINDEXING,
    failed_verdict,
    verdict,
)
from feather_tui.demo.reply import Replies
from feather_tui.session.identity import SessionId


def return_window(session_id: SessionId) -> Replies:
    """A customer with three days left is told that the time for a return is over.

    First cause: the search for the return policy found nothing while its base was indexed again, and the
    shadow gate's "not answerable" held nothing back.
    """
    chat = SessionBuilder(session_id, channel="chat", started="14:09:48.700")
    chat.user("14:09:48.700", "Hi, my desk lamp came on 24 October. Can I still send it back?")
    chat.assistant(
        "14:09:51.020",
        "Hi! Returns are possible within 14 days of delivery, so I'm afraid the time for your lamp is over.",
        ms=1_890,
    ).search(RETURNS_REINDEXING, ms=88, gate=verdict(None))
    chat.user("14:10:24.310", "14 days? It said 30 when I bought it. Where do I find that?")
    chat.assistant(
        "14:10:26.780",
        "I understand the confusion. As far as I know it is 14 days, as the law has it for online shops. "
        "I can't give you a link at the moment.",
        ms=2_040,
    ).search(RETURNS_REINDEXING, ms=91, gate=verdict(None))
    chat.user(
        "14:11:15.900",
        'Your own checkout page says: "30 days, no questions asked". I have a screenshot.',
    )
    chat.assistant(
        "14:11:18.330",
        "Thank you for pointing that out. I can't confirm it right now, please keep the screenshot.",
        ms=1_960,
    ).search(RETURNS_REINDEXING, REFUND_TIMES.chunks({8: 0.46}), ms=102, gate=verdict(0.29))
    chat.user("14:12:02.140", "OK. Not great.")
    chat.assistant("14:12:03.910", "I'm sorry that I could not help you further today.", ms=1_180)
    chat.set(customer_metadata={"customer_id": "C-211860", "locale": "en-NL", "page": "/help/returns"})
    return chat.end("14:12:40.000", outcome="unresolved", reason="unresolved").replies()


def gift_receipt(session_id: SessionId) -> Replies:
    """A question about gifts gets no answer but a link, because the gate held weak chunks back.

    First cause: the base was being indexed again, so the search found only weak chunks.
    """
    chat = SessionBuilder(session_id, channel="chat", started="14:15:31.120")
    chat.event("14:15:31.120", "Session opened from the gift shop's page.")
    chat.user(
        "14:15:40.480",
        "My aunt gave me a speaker from your shop but no receipt 🎁 Can I swap it for another colour?",
    )
    chat.assistant(
        "14:15:43.030",
        "What a nice present! I can't find our rule for gifts without a receipt just now, and I don't want "
        "to guess. It is at copperlane.example/help/gifts.",
        ms=2_180,
    ).search(
        RETURNS_REINDEXING,
        RETURN_POLICY_NEW.chunks({14: 0.52, 12: 0.47, 2: 0.4}),
        shown=(),
        ms=157,
        gate=verdict(0.38, mode="enforce", action="suppress"),
    )
    chat.user("14:16:22.770", "oh ok, found it there. all clear, thanks!")
    chat.assistant("14:16:24.210", "Glad to hear that. Enjoy the music! 🎶", ms=1_060).tool(
        "end_session", {"summary": "Pointed to the gift page"}, result={"ended": True}, ms=31
    )
    chat.extraction(
        "14:16:33.600",
        status="completed",
        data={"customer": {"name": None}, "topic": "gift exchange", "answered_by": "link"},
        tokens=(498, 41),
        ms=960,
    )
    return chat.end("14:16:24.300", outcome="resolved", reason="agent_initiated").replies()


def outlet_chair(session_id: SessionId) -> Replies:
    """A buyer of an outlet chair gets the rule for new goods by mail, and writes back in vain.

    First cause: the model was shown a chunk of the old return policy, which the search had not returned.
    """
    mail = SessionBuilder(session_id, channel="email", started="14:18:00.000", agent=shop.MILO)
    mail.user(
        "14:18:00.000",
        letter(
            "Subject: Outlet chair, order 8777-0139",
            "Dear Copperlane team,",
            "I bought the Heron office chair in your outlet (with the scratched armrest). It came "
            "on 4 November, and it does not fit under my desk. Can I still return it, and who pays "
            "for the pick-up?",
            "Kind regards,\n[NAME]",
        ),
    )
    terms = OUTLET_TERMS.chunks({1: 0.77, 2: 0.7, 6: 0.61})
    mail.assistant(
        "14:19:12.640",
        letter(
            "Dear [NAME],",
            "thank you for writing. You can return the chair within 30 days of delivery, so until 4"
            " December. We pick up bulky goods free of charge: just reply to this mail with a day.",
            "Kind regards,\nMilo, Copperlane",
        ),
        ms=6_870,
    ).search(
        OUTLET,
        terms,
        shown=(terms[0], replace(terms[1], version_id="v2"), *RETURN_POLICY.chunks({3: 0.91})),
        ms=204,
        gate=failed_verdict(),
    )
    mail.user(
        "15:01:44.000",
        letter(
            "Subject: Re: Outlet chair, order 8777-0139",
            "Hello Milo,",
            "the outlet page says 14 days and that I pay for the pick-up. Now I have two answers. "
            "Which one is true? 14 days would have been until Wednesday!",
            "[NAME]",
        ),
    )
    mail.extraction(
        "15:31:52.900",
        status="completed",
        data={
            "customer": {"name": "Henrike Oldag", "order_id": "8777-0139"},
            "return": {"reason": "does not fit", "deadline_told": "2026-12-04", "pick_up": "free"},
        },
        tokens=(1_402, 133),
        ms=2_310,
    )
    return mail.end("15:31:44.000", outcome="unresolved", reason="unresolved").replies()
