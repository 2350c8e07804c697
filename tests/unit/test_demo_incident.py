"""The demo shows everything it is meant to show, and its sessions can be found by name."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from feather_tui.demo import incident
from feather_tui.session import reading
from feather_tui.session.identity import DocumentKind
from feather_tui.session.model import Extraction, Session
from feather_tui.session.summary import summarize
from feather_tui.session.timeline import build


def body(slug: str, kind: DocumentKind) -> bytes:
    return json.dumps(incident.replies(incident.session_id(slug))[kind].body).encode()


def session(slug: str) -> Session:
    return reading.read_session(body(slug, DocumentKind.ANALYSIS)).document


def extraction(slug: str) -> Extraction:
    return reading.read_extraction(body(slug, DocumentKind.EXTRACTION)).document


def all_of(kind: DocumentKind) -> Iterator[dict[str, Any]]:
    for told in incident.SESSIONS:
        reply = incident.replies(told.session_id)[kind]
        if reply.status == 200:
            yield reply.body


ANALYSES = tuple(all_of(DocumentKind.ANALYSIS))
EXTRACTIONS = tuple(all_of(DocumentKind.EXTRACTION))


def records(name: str) -> list[dict[str, Any]]:
    return [record for analysis in ANALYSES for record in analysis.get(name, [])]


def test_short_names_and_ids_lead_to_one_session_each() -> None:
    ids = incident.session_ids()
    assert len({told.slug for told in incident.SESSIONS}) == len(ids)
    assert len({session_id[:8] for session_id in ids}) == len(ids)
    assert incident.session_id("headset-refund").startswith("3f6c1a90-")
    with pytest.raises(KeyError):
        incident.session_id("no-such-story")


def test_sessions_are_listed_newest_first() -> None:
    starts = [datetime.fromisoformat(analysis["started_at"]) for analysis in ANALYSES]
    assert starts == sorted(starts, reverse=True)


def test_every_story_says_what_happened_and_what_came_first() -> None:
    for told in incident.SESSIONS:
        chapter = importlib.import_module(f"feather_tui.demo.stories.{told.chapter}")
        story = getattr(chapter, told.slug.replace("-", "_"))
        summary, _, rest = story.__doc__.partition("\n\n")
        assert summary.rstrip().endswith("."), told.slug
        assert rest.strip().startswith("First cause: "), told.slug
        assert rest.strip().startswith("First cause: no") == (not told.cause), told.slug


def test_a_story_is_told_the_same_way_twice() -> None:
    for session_id in incident.session_ids():
        assert incident.replies(session_id) == incident.replies(session_id)


def test_all_outcomes_channels_and_extraction_statuses_occur() -> None:
    outcomes = {analysis["knowledge_gap_analysis_outcome"] for analysis in ANALYSES}
    assert outcomes == {
        "resolved",
        "unresolved",
        "transferred",
        "expired",
        "error",
        "abandoned",
        "voicemail",
        "escalated",
        "call_failed",
        None,
        "contained",
    }
    assert {analysis["channel"] for analysis in ANALYSES} == {"chat", "voice", "sms", "email"}
    roles = {row["role"] for row in records("messages")}
    assert roles == {"user", "assistant", "system", "tool", "system_event", "supervisor"}
    assert {extraction["status"] for extraction in EXTRACTIONS} == {
        "completed",
        "partial",
        "validation_failed",
        "failed",
        "skipped",
        "needs_review",
    }


@pytest.mark.parametrize(
    "reason",
    [
        "resolved",
        "handoff_resolved",
        "transferred",
        "participant_left",
        "max_call_duration",
        "agent_error",
        "sip_dial_failed",
        "stt_provider_error",
        "queue_ttl_expired",
        "stale_routing",
        "migration",
    ],
)
def test_reasons_of_every_group_occur(reason: str) -> None:
    assert reason in {analysis["completion_reason"] for analysis in ANALYSES}


def test_every_missing_evidence_reason_and_several_combinations_occur() -> None:
    combinations = {frozenset(analysis["missing_evidence_reasons"]) for analysis in ANALYSES}
    assert len(combinations) >= 6
    assert {
        "legacy_session",
        "transcript_redaction_skipped",
        "no_tool_trace",
        "no_rag_trace",
        "no_kb_snapshot",
    } <= (frozenset[str]().union(*combinations))


def test_what_can_go_wrong_with_a_tool_occurs() -> None:
    calls = records("tool_calls")
    assert any("timed out" in (call["error"] or "") for call in calls)
    assert any("HTTP 500" in (call["error"] or "") for call in calls)
    assert any('"success": false' in (call["result"] or "") for call in calls)
    assert any(call["result"] is None and call["error"] is None for call in calls)
    assert any(call["arguments_parsed"] is None for call in calls)
    assert any(call["result"] and (call["latency_ms"] or 0) >= 15_000 for call in calls)
    assert any(len(call["result"] or "") >= 20_000 for call in calls)
    assert any(_lines(call["result"]) in range(55, 80) for call in calls)


def _lines(result: str | None) -> int:
    try:
        return len(json.dumps(json.loads(result or ""), indent=2).splitlines())
    except ValueError:
        return 0


def test_arguments_and_results_are_json_text_and_only_one_session_s_arguments_are_broken() -> None:
    for analysis in ANALYSES:
        for call in analysis.get("tool_calls", []):
            if call["result"] is not None:
                json.loads(call["result"])
            if call["arguments_parsed"] is None:
                assert analysis["session_id"] == incident.session_id("exchange-size")
            else:
                assert json.loads(call["arguments"]) == call["arguments_parsed"]


def test_the_refund_loop_calls_the_same_tool_with_the_same_arguments() -> None:
    calls = session("refund-loop").tool_calls
    assert len(calls) == 4
    assert len({(call.name, call.arguments) for call in calls}) == 1


def test_one_call_is_recorded_otherwise_than_it_was_asked_for() -> None:
    told = session("two-amounts")
    asked = {call.id: call.function.arguments for row in told.messages for call in row.tool_calls}
    differing = [call for call in told.tool_calls if call.arguments != asked[call.tool_call_id]]
    assert [call.name for call in differing] == ["shop_issue_voucher"]


def test_what_can_go_wrong_with_a_retrieval_occurs() -> None:
    traces = records("rag_traces")
    verdicts = [trace["answerability"] for trace in traces if trace["answerability"]]
    assert any(trace["hit"] is False for trace in traces)
    assert {verdict["label"] for verdict in verdicts} >= {"answerable", "low_confidence", "not_answerable"}
    assert any(verdict["mode"] == "shadow" and verdict["label"] == "not_answerable" for verdict in verdicts)
    assert any(verdict["mode"] == "enforce" and verdict["action"] != "pass" for verdict in verdicts)
    assert any(verdict["reason_code"] == "verdict_failed" for verdict in verdicts)


def test_the_outlet_chair_s_answer_was_shown_what_was_not_found() -> None:
    told = session("outlet-chair")
    found = {chunk.chunk_id: chunk.version_id for chunk in told.rag_traces[0].retrieved}
    shown = {citation.chunk_id: citation.version_id for citation in told.citations}
    assert shown.keys() - found.keys()
    assert any(found[chunk] != version for chunk, version in shown.items() if chunk in found)
    assert told.kb_snapshot is not None
    assert {citation.kb_id for citation in told.citations} - told.kb_snapshot.kb_versions.keys()


def test_handoffs_come_with_and_without_a_reason_and_one_is_not_recorded() -> None:
    reasons = [bool(handoff["reason"]) for handoff in records("handoff_events")]
    assert {True, False} == set(reasons)
    assert session("bulk-invoice").knowledge_gap_analysis_outcome == "escalated"
    assert not session("bulk-invoice").handoff_events


def test_some_documents_are_refused() -> None:
    statuses = {
        told.slug: tuple(reply.status.value for reply in incident.replies(told.session_id).values())
        for told in incident.SESSIONS
    }
    assert statuses["still-talking"] == (409, 404)
    assert statuses["past-retention"] == (404, 200)
    assert [analysis for analysis, _ in statuses.values()].count(200) == len(statuses) - 2
    assert list(statuses.values()).count((200, 404)) >= 3


def test_one_session_has_two_thousand_rows() -> None:
    told = session("dock-check-in")
    said = [row.content for row in told.messages if row.role == "user"]
    assert len(told.messages) == 2_000
    assert len(set(said)) > 0.9 * len(said)


def test_the_flagship_shows_the_incident() -> None:
    told = session("headset-refund")
    summary = summarize(told, build(told))
    assert (summary.channel, summary.outcome, summary.reason) == ("voice", "escalated", "handoff_requested")
    assert (summary.turns, summary.tools, summary.tools_failed) == (18, 5, 2)
    assert (summary.retrievals, summary.retrievals_missed, summary.handoffs) == (3, 1, 1)
    assert round(summary.duration_seconds or 0) == 6 * 60 + 12
    first = next(call for call in told.tool_calls if call.error)
    assert (first.name, first.latency_ms) == ("shop_refund_order", 30_004)
    assert extraction("headset-refund").missing_required_fields == ("refund.amount",)


def test_other_shapes_of_times_and_texts_occur() -> None:
    assert all(analysis["started_at"].startswith("2026-11-20T") for analysis in ANALYSES)
    assert [a["session_id"] for a in ANALYSES if a["started_at"].endswith("+02:00")] == [
        incident.session_id("taghyir-alunwan")
    ]
    assert any(row["truncated"] for row in records("messages"))
    assert session("reopened-refund").reopen is not None
    assert session("reopened-refund").csat is not None
    assert session("reopened-refund").user_feedback is not None
    assert len({row.model_used for row in session("slow-model").messages if row.model_used}) == 2


def test_validation_errors_come_in_several_shapes() -> None:
    shapes = {
        frozenset(error) for extraction in EXTRACTIONS for error in extraction["validation_errors"] or []
    }
    assert len(shapes) >= 5


def test_a_session_is_healthy_or_has_a_first_cause() -> None:
    assert not set(incident.HEALTHY) & incident.FIRST_CAUSES.keys()
    assert set(incident.HEALTHY) | incident.FIRST_CAUSES.keys() <= set(incident.session_ids())
    assert len(incident.HEALTHY) >= 3


@pytest.mark.parametrize("told", [told for told in incident.SESSIONS if told.session_id in incident.HEALTHY])
def test_nothing_went_wrong_in_a_healthy_session(told: incident.Told) -> None:
    summary = summarize(session(told.slug), build(session(told.slug)))
    assert summary.outcome == "resolved"
    assert (summary.tools_failed, summary.tools_unanswered, summary.retrievals_missed) == (0, 0, 0)
    assert (summary.handoffs, summary.unlinked, summary.gaps) == (0, 0, ())
    assert extraction(told.slug).status == "completed"
    assert not extraction(told.slug).missing_required_fields
