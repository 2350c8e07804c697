"""Cases of the rules on the document itself."""

from __future__ import annotations

from typing import Final

from documents import extraction, moment

from feather_tui.findings.finding import Severity
from finding_cases.case import Case, Documents
from finding_cases.talk import answered, missing

CASES: Final = (
    Case(
        rule="PII_RAW",
        severity=Severity.HIGH,
        message="Transcript may hold raw personal data: its redaction was skipped",
        fires=answered(**missing("no_csat", "transcript_redaction_skipped")),
        near=answered(**missing("no_csat", "legacy_session")),
        lacking=answered(),
    ),
    Case(
        rule="EVIDENCE_GAP",
        severity=Severity.MEDIUM,
        message="Not captured: no_rag_trace, legacy_session: absence proves nothing",
        fires=answered(**missing("no_csat", "no_rag_trace", "legacy_session")),
        near=answered(**missing("no_csat", "no_user_feedback")),
        lacking=answered(),
    ),
    Case(
        rule="SHAPE_NEW",
        severity=Severity.LOW,
        message="Newer document shape, shown as is: schema version 3, outcome contained",
        fires=answered(analyzer_input_schema_version=3, knowledge_gap_analysis_outcome="contained"),
        near=answered(analyzer_input_schema_version=2, channel="fax"),
        lacking=answered(),
    ),
    Case(
        rule="SHAPE_NEW",
        name="extraction",
        severity=Severity.LOW,
        message="Newer document shape, shown as is: extraction status needs_review",
        fires=Documents(session=answered(), extraction=extraction(status="needs_review")),
        near=Documents(session=answered(), extraction=extraction(status="partial")),
        lacking=answered(),
    ),
    Case(
        rule="LOW_RATING",
        severity=Severity.HIGH,
        message="CSAT 2/5",
        fires=answered(csat={"timestamp": moment(300), "score": 2}),
        near=answered(csat={"timestamp": moment(300), "score": 2, "scale_max": 4}),
        lacking=answered(**missing("no_csat")),
        says_so=True,
    ),
    Case(
        rule="LOW_RATING",
        name="feedback",
        severity=Severity.INFO,
        message="Feedback: rating none, “Too slow.”",
        fires=answered(user_feedback={"timestamp": moment(300), "comment": "Too slow."}),
        near=answered(csat={"timestamp": moment(300), "score": 5}),
        lacking=answered(**missing("no_csat")),
        says_so=True,
    ),
)
