"""Cases of the rules on endings and handoffs."""

from __future__ import annotations

from typing import Final

from documents import analysis, call, handoff, moment

from feather_tui.findings.finding import Severity
from finding_cases.case import Case, without
from finding_cases.talk import answered, missing, reply, user

CASES: Final = (
    Case(
        rule="END_FAULT",
        severity=Severity.CRITICAL,
        message="Ended in a platform fault: tts_provider_error (outcome error)",
        fires=answered(knowledge_gap_analysis_outcome="error", completion_reason="tts_provider_error"),
        near=answered(knowledge_gap_analysis_outcome="unresolved", completion_reason="silence_timeout"),
        lacking=answered(knowledge_gap_analysis_outcome=None, completion_reason=None),
    ),
    Case(
        rule="END_CAPACITY",
        severity=Severity.HIGH,
        message="Stopped by capacity or queue limits: org_concurrency_limit",
        fires=answered(completion_reason="org_concurrency_limit"),
        near=answered(completion_reason="a limit of our own"),
        lacking=answered(completion_reason=None),
    ),
    Case(
        rule="END_BAD",
        severity=Severity.MEDIUM,
        message="Closed without resolution: abandoned / participant_left",
        fires=answered(knowledge_gap_analysis_outcome="abandoned", completion_reason="participant_left"),
        near=answered(knowledge_gap_analysis_outcome="expired", completion_reason="queue_ttl_expired"),
        lacking=answered(knowledge_gap_analysis_outcome=None),
    ),
    Case(
        rule="ESCALATED",
        severity=Severity.MEDIUM,
        message="Handed off to desk-1: wants a refund",
        fires=answered(handoff_events=[handoff(10, "wants a refund", "desk-1")]),
        near=answered(knowledge_gap_analysis_outcome="resolved"),
        lacking=without(answered(knowledge_gap_analysis_outcome=None), "handoff_events"),
    ),
    Case(
        rule="HANDOFF_NO_REASON",
        severity=Severity.MEDIUM,
        message="Handoff gives no reason",
        fires=answered(handoff_events=[handoff(10, "  ")]),
        near=answered(handoff_events=[handoff(10, "wants a refund")]),
        lacking=answered(knowledge_gap_analysis_outcome="transferred"),
    ),
    Case(
        rule="HANDOFF_UNRECORDED",
        severity=Severity.MEDIUM,
        message="Escalation without a handoff record",
        fires=answered(tool_calls=[call("c1", "transfer_call", turn="t1", result="{}")]),
        near=answered(tool_calls=[call("c1", "transfer_call", turn="t1", error="queue closed")]),
        lacking=answered(knowledge_gap_analysis_outcome=None),
    ),
    Case(
        rule="OUTCOME_CONFLICT",
        severity=Severity.MEDIUM,
        message="Marked resolved, but it was handed off",
        fires=answered(handoff_events=[handoff(10, "wants a refund")], completion_reason="resolved"),
        near=answered(handoff_events=[handoff(10, "wants a refund")], completion_reason="handoff_resolved"),
        lacking=answered(handoff_events=[handoff(10, "x")], knowledge_gap_analysis_outcome=None),
    ),
    Case(
        rule="UNANSWERED",
        severity=Severity.HIGH,
        message="Last user message got no reply: “And where is my money?”",
        fires=answered(user(60, "And where is my money?")),
        near=answered(user(60, "And where is my money?"), handoff_events=[handoff(70, "money")]),
        lacking=analysis(),
    ),
    Case(
        rule="UNANSWERED",
        name="goodbye",
        severity=Severity.INFO,
        message="Last user message got no reply: “Perfect, thank you!”",
        fires=answered(user(60, "Perfect, thank you!")),
        near=answered(user(60, "Perfect, thank you!"), reply(61)),
        lacking=analysis(),
    ),
    Case(
        rule="UNANSWERED",
        name="customer left",
        severity=Severity.MEDIUM,
        message="Last user message got no reply: “One more thing”",
        fires=answered(user(60, "One more thing"), completion_reason="participant_left"),
        near=answered(completion_reason="participant_left"),
        lacking=analysis(),
    ),
    Case(
        rule="UNANSWERED",
        name="after a handoff",
        severity=Severity.LOW,
        message="Last user message got no reply: “Are you there, colleague?”",
        fires=answered(user(60, "Are you there, colleague?"), handoff_events=[handoff(30, "money")]),
        near=answered(handoff_events=[handoff(30, "money")]),
        lacking=analysis(),
    ),
    Case(
        rule="SILENT_AGENT",
        severity=Severity.CRITICAL,
        message="The assistant never replied",
        fires=analysis(user(0), user(30, "Anybody there?")),
        near=analysis(user(0), channel="voice", knowledge_gap_analysis_outcome="voicemail"),
        lacking=analysis(),
    ),
    Case(
        rule="ABRUPT_END",
        severity=Severity.MEDIUM,
        message="Cut off mid-exchange (participant_left)",
        fires=analysis(
            user(0), reply(2, "Which order?"), ended_at=moment(3), completion_reason="participant_left"
        ),
        near=analysis(
            user(0), reply(2, "Which order?"), ended_at=moment(40), completion_reason="participant_left"
        ),
        lacking=analysis(user(0), reply(2, "Which order?"), ended_at=moment(3), completion_reason=None),
    ),
    Case(
        rule="ABRUPT_END",
        name="call under way",
        severity=Severity.MEDIUM,
        message="Cut off mid-exchange (pipeline_exit)",
        fires=answered(tool_calls=[call("c1", turn="t1")], completion_reason="pipeline_exit"),
        near=answered(tool_calls=[call("c1", turn="t1", result="{}")], completion_reason="pipeline_exit"),
        lacking=answered(completion_reason="pipeline_exit", **missing("no_tool_trace")),
    ),
    Case(
        rule="END_UNKNOWN",
        severity=Severity.LOW,
        message="End not recorded (outcome, reason, time)",
        fires=answered(
            knowledge_gap_analysis_outcome=None, completion_reason="unknown_reason", ended_at=None
        ),
        near=answered(completion_reason="a reason nobody listed"),
        lacking=answered(),
    ),
)
