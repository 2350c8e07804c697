"""What a rule needs in order to look, and whether a session has it.

Some is missing because the platform says that it was not captured (`missing_evidence_reasons`), some because
no record carries the field. A rule that could not look says so: "none found" would be a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.vocabulary import EVIDENCE_REASONS


class Need(StrEnum):
    """A kind of evidence. The value is the platform's reason where it has one."""

    TOOLS = "no_tool_trace"
    RETRIEVALS = "no_rag_trace"
    CITATIONS = "no_citations"
    CSAT = "no_csat"
    TOOL_LATENCY = "no tool latency"
    REPLY_LATENCY = "no reply latency"
    RETRIEVAL_LATENCY = "no retrieval latency"
    MODELS = "no model names"
    TIMES = "no times"
    GATE = "no gate verdicts"
    EXTRACTION = "no extraction"
    EXTRACTION_ANSWER = "no answer about the extraction"
    READING_REPEATS = "repeats off"
    READING_FRUSTRATION = "frustration off"
    READING_REQUESTS = "requests off"


_BECAUSE: Final = {
    Need.TOOLS: "no_tool_trace: tool calls were not captured",
    Need.RETRIEVALS: "no_rag_trace: retrievals were not captured",
    Need.CITATIONS: "no_citations: what the model was shown was not captured",
    Need.CSAT: "no_csat: no rating was captured",
    Need.TOOL_LATENCY: "no tool call carries a latency",
    Need.REPLY_LATENCY: "no row of the assistant carries a latency",
    Need.RETRIEVAL_LATENCY: "no retrieval carries a latency",
    Need.MODELS: "no row of the assistant names its model",
    Need.TIMES: "no row carries a time",
    Need.GATE: "no retrieval carries a verdict of the gate: it was off, or the record is older than it",
    Need.EXTRACTION: "no extraction is at hand",
    Need.EXTRACTION_ANSWER: "whether there is an extraction is not known yet",
    Need.READING_REPEATS: "reading the wording for repeats is switched off",
    Need.READING_FRUSTRATION: "reading the wording for frustration is switched off",
    Need.READING_REQUESTS: "reading the wording for requests is switched off",
}


def because(need: Need, facts: Facts) -> str:
    """Return why a need is not met, in words."""
    if need is Need.EXTRACTION and facts.extraction_absent:
        return "this session has no extraction"
    return _BECAUSE[need]


def not_captured(facts: Facts) -> frozenset[Need]:
    """Return what the platform declares as not captured, whatever is there in spite of it."""
    return frozenset(need for need in Need if need in facts.missing & EVIDENCE_REASONS)


def unmet(facts: Facts) -> frozenset[Need]:
    """Return what is not there at all: declared as not captured and without a record, or carried by none."""
    session = facts.session
    records: dict[Need, bool] = {
        Need.TOOLS: bool(facts.calls),
        Need.RETRIEVALS: bool(session.rag_traces),
        Need.CITATIONS: bool(session.citations),
        Need.CSAT: session.csat is not None or session.user_feedback is not None,
    }
    absent = {need for need in not_captured(facts) if not records[need]}
    absent |= {need for need, fields in _carried(facts).items() if _all_none(fields)}
    wording = facts.thresholds.wording
    there = {
        Need.EXTRACTION: facts.extraction is not None,
        Need.EXTRACTION_ANSWER: facts.extraction is not None or facts.extraction_absent,
        Need.READING_REPEATS: wording.repeats,
        Need.READING_FRUSTRATION: wording.frustration,
        Need.READING_REQUESTS: wording.human,
    }
    return frozenset(absent | {need for need, is_there in there.items() if not is_there})


def _carried(facts: Facts) -> dict[Need, Iterable[object]]:
    """Return for each need the field of every record that could meet it."""
    traces = facts.session.rag_traces
    return {
        Need.TOOL_LATENCY: (call.call.latency_ms for call in facts.calls),
        Need.REPLY_LATENCY: (said.message.latency_ms for said in facts.assistant),
        Need.RETRIEVAL_LATENCY: (trace.latency_ms for trace in traces),
        Need.MODELS: (said.message.model_used or None for said in facts.assistant),
        Need.TIMES: (said.at for said in facts.rows),
        Need.GATE: (trace.answerability for trace in traces),
    }


def _all_none(values: Iterable[object]) -> bool:
    """Return whether there are values and every one is None; without records there is nothing to miss."""
    empty = True
    for value in values:
        if value is not None:
            return False
        empty = False
    return not empty
