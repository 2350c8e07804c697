"""The demo's documents are what the API would send: in shape, in their links, and in their times."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from feather_tui.demo import incident
from feather_tui.session import model
from feather_tui.session.identity import DocumentKind

NEWER_SHAPE = "tomorrows-shape"
TORN = "moved-mid-call"
ANALYSES = [
    told.slug
    for told in incident.SESSIONS
    if incident.replies(told.session_id)[DocumentKind.ANALYSIS].status == 200
]
EXTRACTIONS = [
    told.slug
    for told in incident.SESSIONS
    if incident.replies(told.session_id)[DocumentKind.EXTRACTION].status == 200
]

REQUIRED: dict[type, set[str]] = {
    model.Session: {
        "session_id",
        "organization_id",
        "agent_id",
        "channel",
        "started_at",
        "ended_at",
        "completion_reason",
        "knowledge_gap_analysis_outcome",
    },
    model.Message: {"turn_id", "role", "timestamp", "content"},
    model.ToolRequest: {"id", "function"},
    model.RequestedFunction: {"name", "arguments"},
    model.ToolResult: {"tool_call_id", "output"},
    model.RetrievedChunk: {"chunk_id", "doc_id"},
    model.RagTrace: {"rag_query_id", "assistant_turn_id"},
    model.Citation: {"assistant_turn_id", "kb_id", "doc_id", "chunk_id"},
    model.ToolCall: {"tool_call_id", "assistant_turn_id", "name", "arguments"},
    model.Handoff: {"timestamp"},
    model.KbSnapshot: {"captured_at"},
    model.Feedback: {"timestamp"},
    model.Csat: {"timestamp", "score"},
    model.Reopen: {"timestamp"},
    model.Extraction: {field.name for field in dataclasses.fields(model.Extraction)},
}
NEVER_NULL: dict[type, set[str]] = REQUIRED | {
    model.Session: {
        "session_id",
        "organization_id",
        "channel",
        "started_at",
        "messages",
        "rag_traces",
        "citations",
        "tool_calls",
        "handoff_events",
        "missing_evidence_reasons",
    },
    model.Extraction: {
        "id",
        "organization_id",
        "session_id",
        "schema_version",
        "status",
        "created_at",
        "updated_at",
    },
    model.RagTrace: {"rag_query_id", "assistant_turn_id", "kb_ids", "retrieved"},
    model.Message: {"turn_id", "role", "timestamp", "content", "truncated"},
}
UUIDS = {
    "session_id",
    "organization_id",
    "agent_id",
    "turn_id",
    "rag_query_id",
    "assistant_turn_id",
    "kb_id",
    "kb_ids",
    "schema_id",
    "transferred_to_agent_id",
}
ENUMS = {
    "knowledge_gap_analysis_outcome": {
        "resolved",
        "unresolved",
        "transferred",
        "expired",
        "error",
        "abandoned",
        "voicemail",
        "escalated",
        "call_failed",
    },
    "missing_evidence_reasons": {
        "no_rag_trace",
        "no_kb_snapshot",
        "no_citations",
        "no_tool_trace",
        "no_csat",
        "no_user_feedback",
        "transcript_redaction_skipped",
        "legacy_session",
    },
    "status": {"completed", "partial", "validation_failed", "failed", "skipped"},
    "role": {"user", "assistant", "system", "tool", "system_event"},
    "channel": {"chat", "voice", "sms", "email"},
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|\+02:00)")
PERSONAL = re.compile(r"[\w.]+@[\w.]+\.\w+|\+\d{2} ?\d{2,}")


def offences(value: Any, record: type, path: str = "") -> list[str]:
    """Compare a JSON object with the fields of a record; every difference is one line."""
    hints = typing.get_type_hints(record)
    found = [f"{path}.{name}: unknown" for name in value.keys() - hints.keys()]
    found += [f"{path}.{name}: missing" for name in REQUIRED.get(record, set()) - value.keys()]
    for name in value.keys() & hints.keys():
        found += _field_offences(value[name], hints[name], record, f"{path}.{name}")
    return found


def _field_offences(value: Any, hint: Any, record: type, path: str) -> list[str]:
    name = path.rpartition(".")[2]
    if value is None:
        return [f"{path}: null"] if name in NEVER_NULL.get(record, set()) else []
    if isinstance(hint, types.UnionType):
        hint = next(choice for choice in typing.get_args(hint) if choice is not types.NoneType)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            return [f"{path}: not a list"]
        item = typing.get_args(hint)[0]
        return [line for each in value for line in _value_offences(each, item, record, path)]
    return _value_offences(value, hint, record, path)


def _value_offences(value: Any, hint: Any, record: type, path: str) -> list[str]:
    name = path.rpartition(".")[2]
    if dataclasses.is_dataclass(hint):
        return offences(value, typing.cast("type", hint), path)
    if hint is datetime:
        return [] if isinstance(value, str) and TIME.fullmatch(value) else [f"{path}: {value!r} is no time"]
    if name in ENUMS and value not in ENUMS[name]:
        return [f"{path}: {value!r} is not of the enum"]
    if (name in UUIDS or (record is model.Extraction and name == "id")) and not _is_canonical(value):
        return [f"{path}: {value!r} is no canonical UUID"]
    expected = {float: (int, float), bool: (bool,), int: (int,), str: (str,)}.get(hint)
    if expected and (not isinstance(value, expected) or (isinstance(value, bool) and hint is not bool)):
        return [f"{path}: {value!r} is no {hint.__name__}"]
    return []


def _is_canonical(text: str) -> bool:
    return str(uuid.UUID(text)) == text


def document(slug: str, kind: DocumentKind = DocumentKind.ANALYSIS) -> dict[str, Any]:
    return incident.replies(incident.session_id(slug))[kind].body


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("slug", [slug for slug in ANALYSES if slug != NEWER_SHAPE])
def test_an_analysis_input_has_the_shape_of_the_schema(slug: str) -> None:
    assert offences(document(slug), model.Session) == []


@pytest.mark.parametrize("slug", [slug for slug in EXTRACTIONS if slug != NEWER_SHAPE])
def test_an_extraction_has_the_shape_of_the_schema(slug: str) -> None:
    assert offences(document(slug, DocumentKind.EXTRACTION), model.Extraction) == []


def test_one_session_is_of_a_newer_shape_and_lacks_nothing() -> None:
    analysis = "\n".join(offences(document(NEWER_SHAPE), model.Session))
    extraction = "\n".join(offences(document(NEWER_SHAPE, DocumentKind.EXTRACTION), model.Extraction))

    assert document(NEWER_SHAPE)["analyzer_input_schema_version"] == 3
    assert ".assistant_revision: unknown" in analysis
    assert ".messages.delivery_status: unknown" in analysis
    assert "'contained' is not of the enum" in analysis
    assert "'supervisor' is not of the enum" in analysis
    assert "'needs_review' is not of the enum" in extraction
    assert ".confidence: unknown" in extraction
    assert ": missing" not in analysis + extraction


@pytest.mark.parametrize("slug", ANALYSES)
def test_both_documents_are_of_the_session_they_are_asked_for(slug: str) -> None:
    replies = incident.replies(incident.session_id(slug))
    for reply in replies.values():
        assert reply.body.get("session_id", incident.session_id(slug)) == incident.session_id(slug)


@pytest.mark.parametrize("slug", [slug for slug in ANALYSES if slug != TORN])
def test_every_record_points_at_a_row(slug: str) -> None:
    analysis = document(slug)
    turns = {row["turn_id"] for row in analysis["messages"]}
    calls = {call["id"] for row in analysis["messages"] for call in row["tool_calls"] or []}
    results = [row["tool_results"]["tool_call_id"] for row in analysis["messages"] if row["tool_results"]]
    for records in ("rag_traces", "citations", "tool_calls"):
        assert {record["assistant_turn_id"] for record in analysis.get(records, [])} <= turns
    assert {call["tool_call_id"] for call in analysis.get("tool_calls", [])} == calls
    assert set(results) <= calls
    assert len(results) == len(set(results))


def test_one_session_is_torn() -> None:
    analysis = document(TORN)
    turns = {row["turn_id"] for row in analysis["messages"]}
    results = {row["tool_results"]["tool_call_id"] for row in analysis["messages"] if row["tool_results"]}
    call_ids = [call["tool_call_id"] for call in analysis["tool_calls"]]

    for records in ("rag_traces", "citations", "tool_calls"):
        assert any(record["assistant_turn_id"] not in turns for record in analysis[records]), records
    assert results - set(call_ids)
    assert len(call_ids) > len(set(call_ids))
    assert any(trace["hit"] and not trace["retrieved"] for trace in analysis["rag_traces"])


@pytest.mark.parametrize("slug", [slug for slug in ANALYSES if slug != TORN])
def test_time_runs_forward(slug: str) -> None:
    analysis = document(slug)
    times = [when(row["timestamp"]) for row in analysis["messages"]]
    ended = when(analysis["ended_at"]) if analysis["ended_at"] else times[-1]
    handoffs = [when(handoff["timestamp"]) for handoff in analysis.get("handoff_events", [])]

    assert [when(analysis["started_at"]), *times, ended] == sorted(
        [when(analysis["started_at"]), *times, ended]
    )
    assert all(times[0] <= handoff <= ended for handoff in handoffs)


@pytest.mark.parametrize("slug", [slug for slug in ANALYSES if slug != TORN])
def test_a_tool_s_latency_fits_between_the_rows_around_it(slug: str) -> None:
    rows = document(slug)["messages"]
    latency = {call["tool_call_id"]: call["latency_ms"] for call in document(slug).get("tool_calls", [])}
    asked: dict[str, datetime] = {}
    for row in rows:
        for call in row["tool_calls"] or []:
            asked[call["id"]] = when(row["timestamp"])
        if row["tool_results"]:
            call_id = row["tool_results"]["tool_call_id"]
            assert asked[call_id] + timedelta(milliseconds=latency[call_id]) <= when(row["timestamp"])


@pytest.mark.parametrize("slug", [slug for slug in ANALYSES if slug != TORN])
def test_a_reply_s_latency_fits_behind_what_the_customer_said(slug: str) -> None:
    said = when(document(slug)["started_at"])
    for row in document(slug)["messages"]:
        if row["role"] == "user":
            said = when(row["timestamp"])
        if row["latency_ms"] is not None:
            assert when(row["timestamp"]) - timedelta(milliseconds=row["latency_ms"]) >= said


@pytest.mark.parametrize("slug", sorted(set(ANALYSES) & set(EXTRACTIONS) - {"reopened-refund"}))
def test_an_extraction_is_made_after_the_end(slug: str) -> None:
    extraction = document(slug, DocumentKind.EXTRACTION)
    waited = when(extraction["created_at"]) - when(document(slug)["ended_at"])
    assert timedelta() < waited < timedelta(minutes=1)
    assert waited >= timedelta(milliseconds=extraction["latency_ms"] or 0)


@pytest.mark.parametrize("slug", [slug for slug in ANALYSES if slug != "unmasked-call"])
def test_what_was_said_holds_no_address_or_number_of_a_person(slug: str) -> None:
    assert [row["content"] for row in document(slug)["messages"] if PERSONAL.search(row["content"])] == []


def test_the_checks_would_find_what_is_wrong() -> None:
    broken = document("keyboard-return") | {"surprise": 1, "organization_id": "no", "channel": None}
    del broken["agent_id"]
    broken["messages"][0]["timestamp"] = datetime(2026, 11, 20, tzinfo=UTC).isoformat()
    with pytest.raises(ValueError, match="badly formed"):
        offences(broken, model.Session)
    broken["organization_id"] = broken["session_id"].upper()
    assert {
        line.partition(": ")[2].partition(" is ")[2] or line for line in offences(broken, model.Session)
    } == {
        ".surprise: unknown",
        ".agent_id: missing",
        ".channel: null",
        "no canonical UUID",
        "no time",
    }
