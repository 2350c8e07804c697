"""The verdict: which finding is the first cause, what follows from it, what is said without one."""

from __future__ import annotations

from documents import analysis, call, extraction, handoff, trace
from finding_cases.case import Documents, find
from finding_cases.retrieval import gate, shown
from finding_cases.talk import answered, missing, reply, user

from feather_tui.findings.verdict import Verdict, suspect


def verdict(given: dict[str, object] | Documents) -> Verdict:
    return suspect(find(given))


def rules_of(judged: Verdict) -> list[str]:
    return [finding.rule for finding in judged.causes]


def failing(*calls: dict[str, object], gap: float = 60) -> dict[str, object]:
    """Turn t1 calls at 2 s, turn t2 so many seconds later; the customer speaks in between."""
    return analysis(
        user(0),
        reply(2, "Let me look.", turn="t1"),
        user(3, "Well?"),
        reply(2 + gap, "Here it is.", turn="t2"),
        tool_calls=list(calls),
    )


def test_the_earliest_high_finding_is_the_cause_even_if_a_later_one_is_worse() -> None:
    session = failing(call("c1", turn="t1", error="HTTP 500")) | {
        "completion_reason": "agent_error",
        "knowledge_gap_analysis_outcome": "error",
    }
    assert verdict(session).phrases == (
        "lookup_order failed (HTTP 500)",
        "platform fault (agent_error)",
    )


def test_a_fault_that_names_what_broke_is_a_cause_and_one_that_does_not_is_a_last_resort() -> None:
    slow_then_broken = analysis(user(0), reply(40), completion_reason="tts_provider_error")
    assert rules_of(verdict(slow_then_broken)) == ["END_FAULT"]
    slow_then_ended = analysis(user(0), reply(40), completion_reason="agent_error")
    assert rules_of(verdict(slow_then_ended)) == ["SILENCE"]


def test_two_causes_within_five_seconds_are_both_named() -> None:
    calls = (
        call("c1", "lookup", turn="t1", error="HTTP 500"),
        call("c2", "refund", turn="t2", error="HTTP 502"),
    )
    assert (
        verdict(failing(*calls, gap=5)).phrases[0] == "lookup failed (HTTP 500) or refund failed (HTTP 502)"
    )
    assert verdict(failing(*calls, gap=5.5)).phrases[0] == "lookup failed (HTTP 500)"


def test_the_same_failure_twice_is_one_cause() -> None:
    session = failing(call("c1", turn="t1", error="HTTP 500"), call("c2", turn="t1", error="HTTP 500"))
    assert rules_of(verdict(session)) == ["TOOL_ERROR"]


def test_what_lies_under_a_finding_is_named_in_its_place_even_if_it_is_milder() -> None:
    weak = trace("c1", turn="t1", hit=True, answerability=gate("not_answerable", 0.3))
    judged = verdict(answered(rag_traces=[weak]))
    assert rules_of(judged) == ["RAG_LOW"]
    assert [finding.rule for finding in judged.chain] == ["GATE_SHADOW", "NOT_EXPOSED"]


def test_the_chain_holds_reactions_after_the_cause_and_none_before() -> None:
    session = analysis(
        user(0, "This is ridiculous."),
        reply(2, "Let me see.", turn="t1"),
        reply(3, "It is refunded."),
        user(20, "Can I speak to a human?"),
        reply(22, "One moment."),
        tool_calls=[call("c1", "refund", turn="t1", error="timeout", latency_ms=900)],
        handoff_events=[handoff(30, "asked")],
        completion_reason="handoff_requested",
        knowledge_gap_analysis_outcome="escalated",
    )
    assert verdict(session).sentence == (
        "refund timed out 900 ms → answered anyway → asked for a human → transferred"
    )


def test_without_a_cause_in_the_conversation_the_last_resort_is_what_the_extraction_lost() -> None:
    lost = Documents(
        session=answered(), extraction=extraction(status="partial", missing_required_fields=["refund.amount"])
    )
    assert verdict(lost).sentence == "the extraction lost refund.amount"


def test_nothing_found_says_what_was_looked_at_and_what_could_not_be() -> None:
    clean = Documents(session=shown("c1"), extraction=extraction())
    judged = verdict(clean)
    assert judged.causes == ()
    assert not judged.weak
    assert judged.sentence == (
        "nothing found in: ending, tools, speed, retrieval, conversation, evidence, extraction; "
        "could not look at: no row of the assistant carries a latency; no retrieval carries a latency; "
        "no retrieval carries a verdict of the gate: it was off, or the record is older than it; "
        "no row of the assistant names its model"
    )


def test_what_the_api_never_has_is_not_worth_a_mention() -> None:
    judged = verdict(answered(**missing("no_csat", "no_user_feedback")))
    assert not any("csat" in reason for reason in judged.not_looked_at)


def test_a_phrase_quotes_in_short() -> None:
    session = answered(tool_calls=[call("c1", "n" * 500, turn="t1", error="e" * 500)])
    assert all(len(phrase) <= 100 for phrase in verdict(session).phrases)
