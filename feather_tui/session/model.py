"""The two documents of a finished session, as plain records.

Field names are the API's own. Every field but the session's id has a default, because documents
lose and gain fields: an absent or null field takes its default, an unknown one is kept aside
(`shape.unknown_fields`), an unknown enum value stays the text it is.

Source: `SessionAnalysisInput` and `ExtractionResultResponse` of the Feather OpenAPI file, v1.21.0.
Times are aware datetimes, latencies milliseconds, ids the text the API sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

JsonValue = Any
"""A free-form JSON value: dict, list, str, int, float, bool or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedFunction:
    """`messages[].tool_calls[].function`: the message's own copy of what was called."""

    name: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolRequest:
    """`messages[].tool_calls[]`: a tool call as the message that made it recorded it."""

    id: str = ""
    type: str = "function"
    function: RequestedFunction = field(default_factory=RequestedFunction)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolResult:
    """`messages[].tool_results`: one object, in spite of the plural name."""

    tool_call_id: str = ""
    output: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`messages[]`: one row of the transcript. `role` is an open set."""

    turn_id: str = ""
    role: str = ""
    timestamp: datetime | None = None
    content: str = ""
    tool_calls: tuple[ToolRequest, ...] = ()
    tool_results: ToolResult | None = None
    model_used: str | None = None
    latency_ms: int | None = None
    truncated: bool = False
    original_char_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievedChunk:
    """`rag_traces[].retrieved[]`: a chunk that the search returned."""

    chunk_id: str = ""
    doc_id: str = ""
    version_id: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerability:
    """`rag_traces[].answerability`: the gate's verdict. The thresholds belong to `raw_top_score`."""

    label: str | None = None
    reason_code: str | None = None
    raw_top_score: float | None = None
    score_basis: str | None = None
    mode: str | None = None
    action: str | None = None
    threshold_low: float | None = None
    threshold_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RagTrace:
    """`rag_traces[]`: one retrieval. `hit` None: not recorded; `answerability` None: no gate ran."""

    rag_query_id: str = ""
    assistant_turn_id: str = ""
    query_hash: str | None = None
    kb_ids: tuple[str, ...] = ()
    retrieved: tuple[RetrievedChunk, ...] = ()
    top_score: float | None = None
    hit: bool | None = None
    latency_ms: int | None = None
    answerability: Answerability | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`citations[]`: a chunk put in front of the model. It does not prove that the answer used it."""

    assistant_turn_id: str = ""
    kb_id: str = ""
    doc_id: str = ""
    chunk_id: str = ""
    version_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """`tool_calls[]`: a call as the runtime recorded it. `arguments` is JSON text as the model wrote it."""

    tool_call_id: str = ""
    assistant_turn_id: str = ""
    name: str = ""
    arguments: str = ""
    arguments_parsed: JsonValue = None
    result: str | None = None
    error: str | None = None
    latency_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """`handoff_events[]`: a transfer to a person or another assistant."""

    timestamp: datetime | None = None
    transferred_to_agent_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KbSnapshot:
    """`kb_snapshot`: `kb_versions` maps a knowledge base to its *number* of active document versions."""

    captured_at: datetime | None = None
    kb_versions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """`user_feedback`: reserved by the API, null so far."""

    timestamp: datetime | None = None
    rating: int | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Csat:
    """`csat`: reserved by the API, null so far."""

    timestamp: datetime | None = None
    score: int | None = None
    scale_max: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """`reopen`: reserved by the API, null so far."""

    timestamp: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The analysis input: `GET /v1/sessions/{session_id}/analysis-input`."""

    session_id: str
    analyzer_input_schema_version: int = 2
    organization_id: str = ""
    agent_id: str | None = None
    channel: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    completion_reason: str | None = None
    knowledge_gap_analysis_outcome: str | None = None
    messages: tuple[Message, ...] = ()
    rag_traces: tuple[RagTrace, ...] = ()
    citations: tuple[Citation, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    handoff_events: tuple[Handoff, ...] = ()
    kb_snapshot: KbSnapshot | None = None
    user_feedback: Feedback | None = None
    csat: Csat | None = None
    reopen: Reopen | None = None
    customer_metadata: dict[str, JsonValue] | None = None
    missing_evidence_reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The latest extraction: `GET /v1/conversations/{session_id}/extraction`."""

    session_id: str
    id: str = ""
    organization_id: str = ""
    agent_id: str | None = None
    schema_id: str | None = None
    schema_version: int | None = None
    status: str = ""
    skip_reason: str | None = None
    extracted_data: dict[str, JsonValue] | None = None
    validation_errors: tuple[dict[str, JsonValue], ...] | None = None
    missing_required_fields: tuple[str, ...] | None = None
    error_message: str | None = None
    model_used: str | None = None
    tokens_input: int | None = None
    tokens_output: int | None = None
    latency_ms: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
