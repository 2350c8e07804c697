"""The records hold every field of the API's two documents, under the API's own names, and no other."""

from __future__ import annotations

from dataclasses import fields

import pytest

from feather_tui.session import model

SCHEMAS = {
    # analysis input
    model.Session: (
        "analyzer_input_schema_version session_id organization_id agent_id channel started_at ended_at "
        "completion_reason knowledge_gap_analysis_outcome messages rag_traces citations tool_calls "
        "handoff_events kb_snapshot user_feedback csat reopen customer_metadata missing_evidence_reasons"
    ),
    model.Message: (
        "turn_id role timestamp content tool_calls tool_results model_used latency_ms truncated "
        "original_char_count"
    ),
    model.ToolRequest: "id type function",
    model.RequestedFunction: "name arguments",
    model.ToolResult: "tool_call_id output error",
    model.RagTrace: (
        "rag_query_id assistant_turn_id query_hash kb_ids retrieved top_score hit latency_ms answerability"
    ),
    model.RetrievedChunk: "chunk_id doc_id version_id score",
    model.Answerability: (
        "label reason_code raw_top_score score_basis mode action threshold_low threshold_high"
    ),
    model.Citation: "assistant_turn_id kb_id doc_id chunk_id version_id",
    model.ToolCall: (
        "tool_call_id assistant_turn_id name arguments arguments_parsed result error latency_ms"
    ),
    model.Handoff: "timestamp transferred_to_agent_id reason",
    model.KbSnapshot: "captured_at kb_versions",
    model.Feedback: "timestamp rating comment",
    model.Csat: "timestamp score scale_max",
    model.Reopen: "timestamp reason",
    # extraction
    model.Extraction: (
        "id organization_id session_id agent_id schema_id schema_version status skip_reason extracted_data "
        "validation_errors missing_required_fields error_message model_used tokens_input tokens_output "
        "latency_ms created_at updated_at"
    ),
}
"""The properties of `SessionAnalysisInput`, `ExtractionResultResponse` and their parts (v1.21.0)."""


@pytest.mark.parametrize("record", SCHEMAS, ids=lambda record: record.__name__)
def test_a_record_has_the_fields_of_its_schema(record: type) -> None:
    assert {field.name for field in fields(record)} == set(SCHEMAS[record].split())


def test_no_record_is_without_a_schema() -> None:
    records = {
        value
        for value in vars(model).values()
        if isinstance(value, type)
        and hasattr(value, "__match_args__")
        and value.__module__ == model.__name__
        and hasattr(value, "__dataclass_fields__")
    }

    assert records == set(SCHEMAS)
