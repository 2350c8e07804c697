"""The words the API is known to use in open fields, and what they tell.

Source: the enums of the OpenAPI file v1.21.0, and the 75 termination reasons of v1.90.0; their grouping is
this program's own. Words that are not listed are shown as they are and taken for neither good nor bad.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

KNOWN_SCHEMA_VERSION: Final = 2
OUTCOMES: Final = frozenset(
    {
        "resolved",
        "unresolved",
        "transferred",
        "expired",
        "error",
        "abandoned",
        "voicemail",
        "escalated",
        "call_failed",
    }
)
STATUSES: Final = frozenset({"completed", "partial", "validation_failed", "failed", "skipped"})
EVIDENCE_REASONS: Final = frozenset(
    {
        "no_rag_trace",
        "no_kb_snapshot",
        "no_citations",
        "no_tool_trace",
        "no_csat",
        "no_user_feedback",
        "transcript_redaction_skipped",
        "legacy_session",
    }
)
TERMINAL_TOOLS: Final = frozenset({"transfer_call", "request_human_handoff", "end_session"})
"""Platform tools that end the assistant's turn, and often its part."""
HANDOFF_TOOLS: Final = TERMINAL_TOOLS - {"end_session"}
HANDED_OFF: Final = frozenset({"escalated", "transferred"})
"""Outcomes that say that somebody else took over."""


class ReasonGroup(StrEnum):
    """What kind of end a `completion_reason` names."""

    NORMAL = "normal"
    CUSTOMER = "customer side"
    FAULT = "platform fault"
    CAPACITY = "capacity or queue"
    BOOKKEEPING = "bookkeeping"
    OTHER = "not known"


_REASONS: Final = {
    # `handoff_requested` is not in the list of v1.90.0, but callers may close with words of their own.
    ReasonGroup.NORMAL: (
        "resolved handoff_resolved handoff_requested agent_initiated user_requested call_ended transferred "
        "escalated unresolved"
    ),
    ReasonGroup.CUSTOMER: (
        "abandoned participant_left client_initiated user_rejected user_unavailable callee_busy "
        "callee_no_answer callee_unavailable callee_declined callee_not_found silence_timeout "
        "max_call_duration voicemail_detected"
    ),
    ReasonGroup.FAULT: (
        "error agent_error pipeline_exit setup_error stt_provider_error tts_provider_error media_failure "
        "connection_timeout join_failure participant_join_timeout token_mint_failed dispatch_failed "
        "dispatch_interrupted dispatch_unacknowledged dispatch_quarantined sip_failed sip_trunk_failure "
        "sip_dial_failed signal_close state_mismatch server_shutdown wedged_pipeline_timeout "
        "agent_absent_orphan orphaned missing_lease missing_conversation malformed_dispatch_metadata "
        "dial_unknown_teardown_confirmed ambiguous_no_room_aged delivery_max_tries_exceeded"
    ),
    ReasonGroup.CAPACITY: (
        "capacity_rejected org_concurrency_limit global_pipeline_limit stt_limit tts_limit "
        "carrier_cps_deferred call_window_deferred queue_ttl_expired requeued reservation_expired "
        "dial_requeue_exhausted inline_dispatch_abandoned outbound_cancelled"
    ),
    ReasonGroup.BOOKKEEPING: (
        "superseded duplicate_dispatch duplicate_identity stale_routing config_rebound migration "
        "room_deleted room_closed participant_removed unknown unknown_reason"
    ),
}
_GROUP_OF: Final = {reason: group for group, reasons in _REASONS.items() for reason in reasons.split()}

_GENERIC_FAULTS: Final = frozenset({"error", "agent_error", "pipeline_exit", "orphaned"})
_COMPONENTS: Final = {
    "stt_": "speech recognition failed",
    "tts_": "speech output failed",
    "sip_": "the telephone line failed",
    "media_": "the audio failed",
    "dispatch_": "the session was not dispatched",
}
UNKNOWN_REASONS: Final = frozenset({"unknown", "unknown_reason"})


def group_of(reason: str | None) -> ReasonGroup:
    """Return the group of a `completion_reason`."""
    return _GROUP_OF.get(reason or "", ReasonGroup.OTHER)


def names_a_component(reason: str | None) -> bool:
    """Return whether a fault's reason says what broke, rather than only that something did."""
    return group_of(reason) is ReasonGroup.FAULT and reason not in _GENERIC_FAULTS


def fault_in_words(reason: str | None) -> str:
    """Return a fault's reason for people, with the raw word."""
    raw = reason or "no reason given"
    said = next((words for prefix, words in _COMPONENTS.items() if raw.startswith(prefix)), "platform fault")
    return f"{said} ({raw})"
