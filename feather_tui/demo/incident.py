"""The sessions of the demo: a shop's afternoon on which refunds stopped, 20 November 2026, in UTC.

12:18  a dock worker begins to read return labels to the assistant
13:47  the knowledge base of return policies is indexed again; until 15:12 most of it cannot be found
13:50  version 7 of the extraction schema is activated, with required refund fields
13:55  the payments service is deployed; from 13:58 on `shop_refund_order` times out after 30 seconds
14:20  the voice line's speech recognition fails for some minutes; the refund desk's queue overflows
15:04  the deployment is rolled back, and refunds work again

This module only names the sessions: a story is imported and told when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from feather_tui.address import BaseUrl
from feather_tui.credentials import Key
from feather_tui.session.identity import SessionId

if TYPE_CHECKING:
    from feather_tui.demo.reply import Replies

DEMO_BASE_URL: Final = BaseUrl.parse("https://demo.invalid")
"""An address that cannot exist: nothing answers there but `DemoTransport`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A session of the demo.

    `chapter` is its module in `stories`; `cause` says what went wrong first, and is empty if nothing did.
    """

    slug: str
    session_id: SessionId
    chapter: str
    cause: str = ""


def _told(slug: str, session_id: str, chapter: str, cause: str = "") -> Told:
    return Told(slug=slug, session_id=SessionId(session_id), chapter=chapter, cause=cause)


SESSIONS: Final = (
    _told("still-talking", "594d2956-3170-4b09-9436-59ec51e71ecb", "absent"),
    _told("refund-works-again", "e47fcba3-8e3a-4b35-9661-242f6d693b6b", "quiet"),
    _told(
        "wall-clock",
        "887e3aba-44d3-462a-97af-2b12f558c15d",
        "refund_wave",
        "shop_refund_order timed out after 30 seconds",
    ),
    _told(
        "garden-table",
        "a1967182-decb-4523-8bf3-b5edcb81a9ff",
        "refund_wave",
        "shop_refund_order timed out, and the caller was told that the money is on its way",
    ),
    _told(
        "tomorrows-shape",
        "cc2f3a89-96e3-4866-8f1a-78390411ad38",
        "tomorrow",
        "the label printer's tool answered with an error the assistant could not read",
    ),
    _told(
        "pedido-duplicado",
        "af8197d4-fa0b-4962-bb0d-1c3ab28563bd",
        "languages",
        "the carrier's tracking took 16 seconds to answer",
    ),
    _told("other-layout", "31ccce05-dc1b-4863-af3b-6b6a69d081a8", "ordinary"),
    _told(
        "two-amounts",
        "673304ae-8258-4667-832e-4a8d83fe1d17",
        "tools",
        "the voucher was made out over 799.00, where the assistant had asked for 79.90",
    ),
    _told(
        "moving-boxes",
        "6caf8e0c-3ff6-48ff-a1b6-bb6d44894af7",
        "refund_wave",
        "shop_refund_order timed out after 30 seconds",
    ),
    _told(
        "slow-model",
        "2ba3528d-c40b-4df2-9b14-4d00fffd9949",
        "phone",
        "the model took 9 seconds to answer before a smaller one stood in",
    ),
    _told("squeaky-chair", "cb5a2b65-25da-4012-8287-1e0339f09ee9", "ordinary"),
    _told(
        "taghyir-alunwan",
        "79e76ac8-6b97-4958-bb92-273d35685914",
        "languages",
        "the address change was refused by the carrier, inside a result that counts as a success",
    ),
    _told(
        "paid-twice",
        "e8fa6269-1f61-4e19-b56f-064483d84e35",
        "refund_wave",
        "shop_refund_order timed out after 30 seconds, twice",
    ),
    _told(
        "moved-mid-call",
        "6183a2b3-b9b3-4333-aeea-0ae1de36c698",
        "evidence",
        "the call moved to another server and part of its record was lost",
    ),
    _told(
        "exchange-size",
        "5748f59b-a87d-40f7-af0b-47f197155ac1",
        "tools",
        "the model's tool arguments broke off in the middle of the JSON",
    ),
    _told(
        "stuck-in-queue",
        "0089c5be-8928-475e-8c3b-171da12b63f1",
        "unmet",
        "the queue was full and the session was never given to an assistant",
    ),
    _told(
        "refund-loop",
        "d9c2e0a5-b3fa-486d-b265-702297876969",
        "refunds",
        "shop_refund_order timed out, and the assistant called it again and again",
    ),
    _told(
        "lost-audio",
        "b65759e5-3b01-4fcc-b369-6fa4cd374aad",
        "phone",
        "speech recognition failed during a tool call that never came back",
    ),
    _told(
        "outlet-chair",
        "93c621eb-a81d-4cb0-90b3-b3aa9c9c492a",
        "policy",
        "the model was shown a chunk of the old index that the search had not returned",
    ),
    _told(
        "gift-receipt",
        "0dc26ca3-2ea3-40d7-9964-e835a7c25f25",
        "policy",
        "the search found only weak chunks, and the enforcing gate held them back",
    ),
    _told(
        "tea-kettle",
        "bc366d16-4415-4221-806f-6b17dee3379b",
        "refund_wave",
        "shop_refund_order timed out, and the mail confirmed the refund all the same",
    ),
    _told(
        "dead-line",
        "0a4d1b82-6851-4e70-a813-5e54682337aa",
        "unmet",
        "the carrier refused the outbound call",
    ),
    _told(
        "clamp-lamp",
        "af209fd5-7773-4987-a443-2c8f6e329224",
        "refund_wave",
        "shop_refund_order timed out after 30 seconds",
    ),
    _told(
        "return-window",
        "1b70f443-1355-4b59-bfeb-e7ccf0a51d7e",
        "policy",
        "the return policy could not be found while its base was indexed again",
    ),
    _told(
        "lampe-zurueck",
        "5906f9ec-4ef9-47c6-8a83-abaca4f182ae",
        "languages",
        "shop_create_return failed with HTTP 500",
    ),
    _told("saturday-delivery", "2430d2b1-2bd6-43b6-adf1-43e61759908a", "ordinary"),
    _told(
        "headset-refund",
        "3f6c1a90-8d27-4c1b-9e54-6b0f2d7a83c5",
        "headset",
        "shop_refund_order timed out after 30 seconds",
    ),
    _told(
        "reopened-refund",
        "46b355e8-3f49-4149-8f09-5f6df7055349",
        "reopened",
        "shop_refund_order timed out, and the mail confirmed the refund all the same",
    ),
    _told(
        "bike-lamp",
        "5a030630-d0d5-4b39-91f6-81bdae3e9900",
        "refund_wave",
        "shop_refund_order timed out after 30 seconds",
    ),
    _told(
        "foot-rest",
        "a30b96e9-1df7-4909-b58b-c5fed9085c47",
        "refund_wave",
        "shop_refund_order timed out after 30 seconds",
    ),
    _told(
        "charger-refund",
        "53c77b72-7ce7-4920-95ae-b0c50e0f0cf4",
        "refunds",
        "shop_refund_order timed out after 30 seconds",
    ),
    _told("sold-out-pillow", "eef9b137-cc57-4823-a8e7-6ae7b8f3442b", "ordinary"),
    _told("callback-voicemail", "3c66c785-a7fe-4553-a908-a04045328120", "unmet"),
    _told(
        "kansetsu-zei",
        "5c94e07c-bfc3-4fda-be39-0b1af80c8ec4",
        "languages",
        "the customs page matched the question only weakly",
    ),
    _told("keyboard-return", "42f05282-d3e5-4f22-90e0-1944bb7741d4", "quiet"),
    _told("which-bulb", "7322531c-b88c-4c5d-b0e9-10bf4690c45b", "ordinary"),
    _told("parcel-today", "3ce08b88-070a-4856-866d-f4c03e58a658", "quiet"),
    _told(
        "bulk-invoice",
        "19e66937-958f-4a16-a3f6-8416c3faaa62",
        "office",
        "the customer's mail was cut before the line that names the tax number",
    ),
    _told("half-a-pair", "3e4b7eb1-1b12-45cd-adb1-c38baaa052c7", "ordinary"),
    _told("older-record", "ef670508-8fa9-47c5-aaeb-9eb99a3740b8", "evidence"),
    _told(
        "unmasked-call",
        "81153104-d569-498c-b55c-2450317ec967",
        "evidence",
        "the redaction did not run, so the transcript holds personal data",
    ),
    _told("second-invoice", "c87f995d-9706-4450-b1d7-a9a673c99111", "ordinary"),
    _told("warranty-letter", "532f810f-b40c-48df-aac2-84a70a469154", "office"),
    _told("spare-key", "6fe254b6-4850-412c-be78-6f183654b652", "ordinary"),
    _told(
        "dock-check-in",
        "fb221f2b-a72f-4b67-b834-34c40cd38246",
        "dock",
        "shop_register_returns timed out from 13:58 on",
    ),
    _told("past-retention", "c6fabdf9-4aaf-42f2-8eeb-67af7231946a", "absent"),
)
"""Every session, newest start first; the one whose start is not known any more comes last."""

_BY_SLUG: Final = MappingProxyType({told.slug: told for told in SESSIONS})
_BY_ID: Final = MappingProxyType({told.session_id: told for told in SESSIONS})


def session_ids() -> tuple[SessionId, ...]:
    """Return the ids of all sessions, newest first."""
    return tuple(_BY_ID)


def session_id(slug: str) -> SessionId:
    """Return the id of the session with this short name, such as `headset-refund`. Raises KeyError."""
    return _BY_SLUG[slug].session_id


FIRST_CAUSES: Final[Mapping[SessionId, str]] = MappingProxyType(
    {told.session_id: told.cause for told in SESSIONS if told.cause}
)
"""What went wrong first in each session in which something did, in one plain phrase."""

HEALTHY: Final = (
    *map(session_id, ("refund-works-again", "keyboard-return", "parcel-today", "warranty-letter")),
    *(told.session_id for told in SESSIONS if told.chapter == "ordinary"),
)
"""Sessions in which nothing went wrong."""


def demo_key() -> Key:
    """Return the key that opens the demo, and nothing else."""
    return Key.parse("fth_live_demo-opens-nothing-but-the-demo")


def replies(session_id: SessionId) -> Replies:
    """Tell a session's story: what the API answers for its documents. Raises KeyError for other ids."""
    told = _BY_ID[session_id]
    chapter = import_module(f"feather_tui.demo.stories.{told.chapter}")
    story = cast("Callable[[SessionId], Replies]", getattr(chapter, told.slug.replace("-", "_")))
    return story(session_id)
