"""The shop's knowledge bases: their pages, the chunks a search returns, and what the gate says of them.

The returns base is indexed again from 13:47 on. Until that is done, at 15:12, most of its pages cannot
be found, and those that can are of another version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from feather_tui.demo.shop import identifier

if TYPE_CHECKING:
    from feather_tui.demo.shop import Document

THRESHOLD_LOW: Final = 0.45
THRESHOLD_HIGH: Final = 0.62


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A knowledge base; `documents` is its number of active document versions."""

    kb_id: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A piece of a page, with the score a search gave it."""

    base: Base
    doc_id: str
    version_id: str
    number: int
    score: float

    @property
    def chunk_id(self) -> str:
        """The chunk's id: it stays when the page gets a new version."""
        return f"{self.doc_id}-{self.number:02}"

    def retrieved(self) -> Document:
        """Return the chunk as an entry of `rag_traces[].retrieved`."""
        return {
            "chunk_id": self.chunk_id,
            "doc_id": self.doc_id,
            "version_id": self.version_id,
            "score": self.score,
        }

    def cited(self, turn_id: str) -> Document:
        """Return the chunk as an entry of `citations`."""
        return {
            "assistant_turn_id": turn_id,
            "kb_id": self.base.kb_id,
            "doc_id": self.doc_id,
            "chunk_id": self.chunk_id,
            "version_id": self.version_id,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document of a knowledge base in its active version."""

    base: Base
    doc_id: str
    version_id: str

    def chunks(self, scores: Mapping[int, float]) -> tuple[Chunk, ...]:
        """Return chunks of this page: their numbers, and the scores a search gave them."""
        return tuple(
            Chunk(base=self.base, doc_id=self.doc_id, version_id=self.version_id, number=number, score=score)
            for number, score in scores.items()
        )


RETURNS: Final = Base(kb_id=identifier("knowledge base", "returns"), documents=42)
RETURNS_REINDEXING: Final = replace(RETURNS, documents=17)
SHIPPING: Final = Base(kb_id=identifier("knowledge base", "shipping"), documents=28)
PRODUCTS: Final = Base(kb_id=identifier("knowledge base", "products"), documents=613)
OUTLET: Final = Base(kb_id=identifier("knowledge base", "outlet"), documents=9)

RETURN_POLICY: Final = Page(base=RETURNS, doc_id="return-policy", version_id="v14")
RETURN_POLICY_NEW: Final = replace(RETURN_POLICY, version_id="v15")
REFUND_TIMES: Final = Page(base=RETURNS, doc_id="refund-times", version_id="v6")
WARRANTY: Final = Page(base=RETURNS, doc_id="warranty", version_id="v9")
OUTLET_TERMS: Final = Page(base=OUTLET, doc_id="outlet-terms", version_id="v3")
DELIVERY: Final = Page(base=SHIPPING, doc_id="delivery-times", version_id="v11")
CUSTOMS: Final = Page(base=SHIPPING, doc_id="customs", version_id="v4")
ADDRESS_CHANGE: Final = Page(base=SHIPPING, doc_id="address-change", version_id="v2")
KEYBOARDS: Final = Page(base=PRODUCTS, doc_id="keyboards", version_id="v31")
LAMPS: Final = Page(base=PRODUCTS, doc_id="desk-lamps", version_id="v22")
CHAIRS: Final = Page(base=PRODUCTS, doc_id="chairs", version_id="v8")


def verdict(raw_top_score: float | None, *, mode: str = "shadow", action: str = "pass") -> Document:
    """Return the answerability gate's verdict on a search; None is a search that found nothing."""
    label, reason_code = _judged(raw_top_score)
    return {
        "label": label,
        "reason_code": reason_code,
        "raw_top_score": raw_top_score,
        "score_basis": "raw_dotproduct",
        "mode": mode,
        "action": action,
        "threshold_low": THRESHOLD_LOW,
        "threshold_high": THRESHOLD_HIGH,
    }


def failed_verdict(*, mode: str = "shadow") -> Document:
    """Return the verdict of a gate that could not judge."""
    return verdict(None, mode=mode) | {"label": "unknown", "reason_code": "verdict_failed"}


def _judged(raw_top_score: float | None) -> tuple[str, str]:
    if raw_top_score is None:
        return "not_answerable", "no_results"
    if raw_top_score < THRESHOLD_LOW:
        return "not_answerable", "below_low_threshold"
    if raw_top_score < THRESHOLD_HIGH:
        return "low_confidence", "weak_band"
    return "answerable", "above_high_threshold"
