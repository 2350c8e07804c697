"""Forty sessions of one morning, with noise everywhere, and with one cause planted among them or none.

Planted: from 14:00 on, the refund tool fails for one assistant, each time in other words of the same kind.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from documents import Document, analysis, body, call, citation, extraction, row, trace

from feather_tui.arrivals import ExtractionCopy, Provenance, SessionCopy, Source
from feather_tui.assessing import assess
from feather_tui.cases import case_of
from feather_tui.copies import read_document
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.triage.case import Case

DAY = datetime(2026, 11, 20, tzinfo=UTC)
SINCE = DAY.replace(hour=14)
AGENTS = tuple(str(UUID(int=0xA0 + number)) for number in range(4))
CULPRIT = AGENTS[1]
TOOL = "refund_order"
SIGNATURE = "refund_order: ERP timeout after <n> ms (request <id>)"
SESSIONS, PLANTED = 40, 14

_TOOLS = (TOOL, "lookup_order", "send_email", "find_slot")
_NOISE = ("boom", "HTTP 502 from upstream", "rate limited", "no such order 88-12", "connection reset")
_BAD = ("unresolved", "abandoned", "error")
_SHARE_OF_NOISE = 0.1


@dataclass(frozen=True, slots=True)
class Sample:
    """A session of the morning and its two documents."""

    session_id: SessionId
    analysis: Document
    extraction: Document


def sessions(seed: int, *, planted: bool = True, many: int = SESSIONS) -> Iterator[Sample]:
    """Yield the morning's sessions in no order."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    numbers = list(range(many))
    chance.shuffle(numbers)
    for number in numbers:
        yield _session(chance, number, hit=planted and number < PLANTED)


def case_from(sample: Sample) -> Case:
    """The row of a session, through the program's own reading and rules."""
    copy = read_document(DocumentKind.ANALYSIS, sample.session_id, _provenance(sample.analysis))
    assert isinstance(copy, SessionCopy)
    extracted = read_document(DocumentKind.EXTRACTION, sample.session_id, _provenance(sample.extraction))
    assert isinstance(extracted, ExtractionCopy)
    assessment = assess(
        copy, extracted, extraction_absent=False, now=DAY + timedelta(days=1), thresholds=None
    )
    return case_of(sample.session_id, copy, extracted, assessment, extraction_absent=False)


def cases(seed: int, *, planted: bool = True) -> list[Case]:
    """The rows of a morning."""
    return [case_from(sample) for sample in sessions(seed, planted=planted)]


def _session(chance: random.Random, number: int, *, hit: bool) -> Sample:
    session_id = SessionId(str(UUID(int=(number + 1) << 64 | 0x1234)))
    start = SINCE + timedelta(minutes=chance.uniform(0, 170)) if hit else _any_time(chance)
    tool = TOOL if hit else chance.choice(_TOOLS)
    agent = CULPRIT if hit else chance.choice([name for name in AGENTS if name != CULPRIT or start < SINCE])
    bad = chance.random() < _SHARE_OF_NOISE
    error = None
    if hit:
        error = (
            f"ERP timeout after {chance.randint(5000, 9000)} ms (request {UUID(int=chance.getrandbits(128))})"
        )
    elif chance.random() < _SHARE_OF_NOISE:
        error = chance.choice(_NOISE)
    document = f"doc-{chance.randrange(6)}"
    chunk = {"version_id": f"v{chance.randrange(1, 3)}", "doc_id": document}
    traced = trace("chunk-1", hit=True) | {"retrieved": [{"chunk_id": "chunk-1", "score": 0.9, **chunk}]}
    model = chance.choice(("model-a", "model-b"))
    times = [(start + timedelta(seconds=seconds)).isoformat() for seconds in (0, 4, 300)]
    fields = {
        "session_id": session_id,
        "agent_id": agent,
        "channel": chance.choice(("chat", "voice", "email")),
        "started_at": times[0],
        "ended_at": times[2],
        "knowledge_gap_analysis_outcome": chance.choice(_BAD) if bad else "resolved",
        "completion_reason": "user_requested",
        "tool_calls": [call("call-1", tool, error=error, result=None if error else "{}", latency_ms=900)],
        "rag_traces": [traced],
        "citations": [citation("chunk-1", **chunk)],
        "kb_snapshot": {"captured_at": times[0], "kb_versions": {"kb-1": chance.randrange(40, 43)}},
    }
    said = (
        row("user", f"Where is order {number}?", timestamp=times[0]),
        row("assistant", "I looked it up for you.", timestamp=times[1], model_used=model, latency_ms=900),
    )
    return Sample(
        session_id,
        analysis(*said, **fields),
        extraction(session_id=session_id, agent_id=agent, created_at=times[2], updated_at=times[2]),
    )


def _any_time(chance: random.Random) -> datetime:
    return DAY + timedelta(hours=8, minutes=chance.uniform(0, 9 * 60))


def _provenance(document: Document) -> Provenance:
    return Provenance(body=body(document), source=Source.CACHE, fetched_at=DAY, checked_at=DAY)
