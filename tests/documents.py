"""API documents for tests, built from the few values a test is about; everything else is plain and fixed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from feather_tui.session import timeline
from feather_tui.session.model import Extraction, Session
from feather_tui.session.reading import read_extraction, read_session

Document = dict[str, Any]

SESSION_ID = "3f6c1a90-7b1e-4c55-9a57-0d6f5a1c2e4b"
ORGANIZATION_ID = "0b9d6a52-1f3e-4d7c-8a90-5e2f7c4b1a36"
AGENT_ID = "7c2e9f14-6a8b-4b3d-9e05-1d4f8a6c2b70"
START = datetime(2026, 11, 20, 14, 2, 11, tzinfo=UTC)


def moment(second: float) -> str:
    """The time so many seconds after the session's start, as the API writes it."""
    return (START + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")


def analysis(*messages: Document, **fields: Any) -> Document:
    """An analysis input. It has only the fields that the API promises, and those given."""
    return {
        "session_id": SESSION_ID,
        "organization_id": ORGANIZATION_ID,
        "agent_id": AGENT_ID,
        "channel": "chat",
        "started_at": moment(0),
        "ended_at": moment(372),
        "completion_reason": "user_requested",
        "knowledge_gap_analysis_outcome": "resolved",
        "messages": list(messages),
        **fields,
    }


def row(role: str, content: str = "", *, turn: str = "turn-1", second: float = 0, **fields: Any) -> Document:
    """A row of `messages`."""
    return {"turn_id": turn, "role": role, "timestamp": moment(second), "content": content, **fields}


def request(call_id: str, name: str = "lookup_order", arguments: str = "{}") -> Document:
    """An item of `messages[].tool_calls`."""
    return {"id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}


def result(call_id: str, output: str = "", error: str | None = None) -> Document:
    """A value of `messages[].tool_results`."""
    return {"tool_call_id": call_id, "output": output, "error": error}


def call(
    call_id: str, name: str = "lookup_order", arguments: str = "{}", *, turn: str = "turn-1", **fields: Any
) -> Document:
    """A row of `tool_calls`."""
    return {
        "tool_call_id": call_id,
        "assistant_turn_id": turn,
        "name": name,
        "arguments": arguments,
        **fields,
    }


def trace(*chunk_ids: str, turn: str = "turn-1", **fields: Any) -> Document:
    """A row of `rag_traces` that retrieved these chunks."""
    retrieved = [{"chunk_id": chunk_id, "doc_id": f"doc of {chunk_id}"} for chunk_id in chunk_ids]
    return {"rag_query_id": f"query {turn}", "assistant_turn_id": turn, "retrieved": retrieved, **fields}


def citation(chunk_id: str, *, turn: str = "turn-1", **fields: Any) -> Document:
    """A row of `citations`."""
    return {
        "assistant_turn_id": turn,
        "kb_id": "kb-1",
        "doc_id": f"doc of {chunk_id}",
        "chunk_id": chunk_id,
        **fields,
    }


def handoff(second: float | None, reason: str | None = None, target: str | None = None) -> Document:
    """A row of `handoff_events`."""
    timestamp = None if second is None else moment(second)
    return {"timestamp": timestamp, "transferred_to_agent_id": target, "reason": reason}


def extraction(**fields: Any) -> Document:
    """An extraction in which all went well, but for the fields given."""
    return {
        "id": "5a1f0c7e-93d2-4b68-8e41-c07d2b9f6a15",
        "organization_id": ORGANIZATION_ID,
        "session_id": SESSION_ID,
        "agent_id": AGENT_ID,
        "schema_id": "e8d3b6a1-2c4f-4975-b0a8-6f1e9d7c5324",
        "schema_version": 7,
        "status": "completed",
        "skip_reason": None,
        "extracted_data": {"customer": {"order_id": "8812-4410"}},
        "validation_errors": [],
        "missing_required_fields": [],
        "error_message": None,
        "model_used": "gpt-4.1-mini",
        "tokens_input": 1204,
        "tokens_output": 311,
        "latency_ms": 2900,
        "created_at": moment(378),
        "updated_at": moment(380),
        **fields,
    }


def body(document: object) -> bytes:
    """The bytes of a document, as the API would send them."""
    return json.dumps(document).encode()


def read(document: Document) -> Session:
    """The session of an analysis input, through the program's own reading."""
    return read_session(body(document)).document


def read_extracted(document: Document) -> Extraction:
    """The record of an extraction, through the program's own reading."""
    return read_extraction(body(document)).document


def timeline_of(*messages: Document, **fields: Any) -> tuple[timeline.Entry, ...]:
    """The timeline of `analysis(*messages, **fields)`."""
    return timeline.build(read(analysis(*messages, **fields)))
