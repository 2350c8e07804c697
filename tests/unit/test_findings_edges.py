"""Where a rule's judgement hangs on a detail that its three cases do not show."""

from __future__ import annotations

from datetime import timedelta

import pytest
from documents import START, analysis, call, citation, extraction, handoff, moment, row, trace
from finding_cases.case import Documents, find, of_rule
from finding_cases.talk import answered, missing, reply, user
from finding_cases.tools import REFUND, refund

from feather_tui.findings.finding import Part, Severity, call_target, row_target
from feather_tui.findings.vocabulary import ReasonGroup, group_of
from feather_tui.session.calls import Call


def test_a_retry_takes_over_the_question_whether_its_failure_was_ignored() -> None:
    session = analysis(
        user(0),
        reply(2, "Let me look.", turn="t1"),
        reply(5, "Once more.", turn="t2"),
        reply(9, "It is refunded."),
        tool_calls=[refund("c1", error="timed out"), refund("c2", turn="t2", error="timed out")],
    )
    (finding,) = of_rule(find(session), "TOOL_IGNORED")
    assert [target.id or target.index for target in finding.targets] == [3, "c2"]


def test_a_failure_after_which_somebody_took_over_was_not_ignored() -> None:
    session = analysis(
        user(0),
        reply(2, "Let me look.", turn="t1"),
        reply(9, "Hello, Ana from the refund desk."),
        tool_calls=[refund("c1", error="timed out")],
        handoff_events=[handoff(5, "refund failed")],
    )
    assert not of_rule(find(session), "TOOL_IGNORED")


def test_lost_rows_are_placed_after_the_last_record_that_is_not_lost() -> None:
    session = answered(
        user(20),
        reply(22, turn="t2"),
        rag_traces=[trace("c1", turn="t1"), trace("c1", turn="gone"), trace("c1", turn="t2")],
        citations=[citation("c1", turn="lost")],
    )
    (finding,) = of_rule(find(session), "DANGLING")
    assert finding.at == START + timedelta(seconds=2)
    (legacy,) = of_rule(find(session | missing("legacy_session")), "DANGLING")
    assert (finding.severity, legacy.severity) == (Severity.HIGH, Severity.LOW)


def test_a_reason_that_looks_like_a_need_of_our_own_is_only_a_reason() -> None:
    findings = find(answered(reply(5, latency_ms=9_000), **missing("repeats off", "no reply latency")))
    assert of_rule(findings, "TURN_SLOW")
    assert "USER_REPEAT" not in {case.rule for case in findings.not_evaluated}


def test_what_was_captured_counts_though_the_platform_says_it_was_not() -> None:
    session = answered(tool_calls=[refund("c1", error="timed out"), refund("c2")], **missing("no_tool_trace"))
    findings = find(session)
    assert of_rule(findings, "TOOL_ERROR")
    assert {"TOOL_NO_RESULT", "TOOL_IGNORED"} <= {case.rule for case in findings.not_evaluated}


def test_a_missing_field_of_a_list_that_is_too_short_is_no_contradiction() -> None:
    data = {"orders": [{"amount": 1}]}
    lost = extraction(status="partial", missing_required_fields=["orders[1].amount"], extracted_data=data)
    there = extraction(status="partial", missing_required_fields=["$.orders[0].amount"], extracted_data=data)
    assert not of_rule(find(Documents(session=answered(), extraction=lost)), "X_CONFLICT")
    assert of_rule(find(Documents(session=answered(), extraction=there)), "X_CONFLICT")


def test_an_extraction_is_late_only_a_while_after_the_end() -> None:
    absent = Documents(session=answered(), absent=True)
    end = START + timedelta(seconds=372)
    for minutes, severity in ((15, Severity.INFO), (16, Severity.MEDIUM)):
        (finding,) = of_rule(find(absent, now=end + timedelta(minutes=minutes)), "X_NONE")
        assert finding.severity is severity


def test_a_calls_two_copies_are_one_failure() -> None:
    asked = {"id": "c1", "type": "function", "function": {"name": "refund", "arguments": REFUND}}
    session = analysis(
        user(0),
        reply(2, "Let me look.", turn="t1", tool_calls=[asked]),
        row("tool", second=4, tool_results={"tool_call_id": "c1", "output": "", "error": "timed out"}),
        tool_calls=[refund("c1", error="timed out")],
    )
    assert len(of_rule(find(session), "TOOL_ERROR")) == 1


def test_a_call_that_was_not_recorded_is_found_by_its_row() -> None:
    session = analysis(user(0), reply(2, tool_calls=[{"id": "c7", "function": {"name": "refund"}}]))
    (finding,) = of_rule(find(session), "TOOL_NO_RESULT")
    assert (finding.targets[0].index, finding.targets[0].request) == (None, (1, 0))
    assert call_target(Call()).request is None


def test_unanswered_points_at_the_row_not_at_its_place_in_time() -> None:
    session = analysis(user(60, "And my money?"), user(0), reply(2))
    (finding,) = of_rule(find(session), "UNANSWERED")
    assert finding.targets == (row_target(0),)


@pytest.mark.parametrize(
    ("reason", "part"),
    [("sip_dial_failed", Part.CAUSE), ("agent_error", Part.LAST_RESORT), (None, Part.LAST_RESORT)],
)
def test_only_a_fault_that_names_what_broke_may_be_the_first_cause(reason: str | None, part: Part) -> None:
    session = answered(completion_reason=reason, knowledge_gap_analysis_outcome="error")
    (finding,) = of_rule(find(session), "END_FAULT")
    assert finding.part is part


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        ("call_ended", ReasonGroup.NORMAL),
        ("callee_busy", ReasonGroup.CUSTOMER),
        ("wedged_pipeline_timeout", ReasonGroup.FAULT),
        ("requeued", ReasonGroup.CAPACITY),
        ("migration", ReasonGroup.BOOKKEEPING),
        ("closed by ticket 7", ReasonGroup.OTHER),
        (None, ReasonGroup.OTHER),
    ],
)
def test_reasons_have_groups(reason: str | None, group: ReasonGroup) -> None:
    assert group_of(reason) is group


def test_severities_are_ordered_and_read_from_their_names() -> None:
    assert Severity.parse(" High ") is Severity.HIGH
    assert Severity.CRITICAL > Severity.HIGH > Severity.MEDIUM > Severity.LOW > Severity.INFO
    assert (Severity.HIGH.lower, Severity.INFO.lower) == (Severity.MEDIUM, Severity.INFO)
    with pytest.raises(KeyError):
        Severity.parse("urgent")


def test_findings_of_one_severity_stand_in_the_order_of_time() -> None:
    session = analysis(
        user(0),
        reply(2, turn="t1"),
        user(60),
        reply(62, turn="t2"),
        tool_calls=[call("c2", turn="t2", error="x"), call("c1", turn="t1", error="y")],
        handoff_events=[handoff(30)],
        ended_at=moment(90),
    )
    times = [finding.at for finding in find(session).found if finding.severity is Severity.HIGH]
    assert times == sorted(moment for moment in times if moment is not None)
    assert len(times) >= 2
