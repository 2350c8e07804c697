"""Cases of the rules on extractions."""

from __future__ import annotations

from typing import Any, Final

from documents import Document, analysis, extraction, moment

from feather_tui.findings.finding import Severity
from finding_cases.case import Case, Documents
from finding_cases.talk import answered

UNASKED: Final = Documents(session=answered())
ABSENT: Final = Documents(session=answered(), absent=True)


def extracted(session: Document | None = None, **fields: Any) -> Documents:
    """A session and its extraction, in which all is well but for these fields."""
    return Documents(session=session or answered(), extraction=extraction(**fields))


CASES: Final = (
    Case(
        rule="X_NONE",
        severity=Severity.MEDIUM,
        message="No extraction for this session",
        fires=ABSENT,
        near=extracted(),
        lacking=UNASKED,
        says_so=True,
    ),
    Case(
        rule="X_NONE",
        name="nothing to extract",
        severity=Severity.INFO,
        message="No extraction for this session",
        fires=Documents(session=analysis(), absent=True),
        near=extracted(),
        lacking=UNASKED,
        says_so=True,
    ),
    Case(
        rule="X_FAILED",
        severity=Severity.HIGH,
        message="Extraction failed: output ended early",
        fires=extracted(status="failed", error_message="output ended early", extracted_data=None),
        near=extracted(status="partial", error_message="output ended early"),
        lacking=ABSENT,
        says_so=True,
    ),
    Case(
        rule="X_INVALID",
        severity=Severity.HIGH,
        message='refund.currency: must be EUR (was "eu")',
        fires=extracted(
            status="partial",
            validation_errors=[{"loc": ["refund", "currency"], "msg": "must be EUR", "input": "eu"}],
        ),
        near=extracted(status="partial", validation_errors=[]),
        lacking=UNASKED,
        says_so=True,
    ),
    Case(
        rule="X_INVALID",
        name="no field",
        severity=Severity.HIGH,
        message='no field named: {"rule": "a < b"}',
        fires=extracted(status="partial", validation_errors=[{"rule": "a < b"}]),
        near=extracted(
            status="partial",
            missing_required_fields=["a.b"],
            validation_errors=[{"path": "$.a.b", "message": "required"}],
        ),
        lacking=ABSENT,
        says_so=True,
    ),
    Case(
        rule="X_MISSING",
        severity=Severity.HIGH,
        message="Required field lost: refund.amount",
        fires=extracted(status="partial", missing_required_fields=["refund.amount"]),
        near=extracted(status="partial", missing_required_fields=[]),
        lacking=UNASKED,
        says_so=True,
    ),
    Case(
        rule="X_PARTIAL",
        severity=Severity.MEDIUM,
        message="validation_failed, but no field named",
        fires=extracted(status="validation_failed"),
        near=extracted(status="validation_failed", missing_required_fields=["a"]),
        lacking=ABSENT,
        says_so=True,
    ),
    Case(
        rule="X_SKIPPED",
        severity=Severity.LOW,
        message="Extraction skipped: no schema",
        fires=extracted(status="skipped", skip_reason="no schema"),
        near=extracted(status="completed", skip_reason="no schema"),
        lacking=ABSENT,
        says_so=True,
    ),
    Case(
        rule="X_CONFLICT",
        severity=Severity.MEDIUM,
        message="Extraction contradicts itself: completed with an error message",
        fires=extracted(error_message="late"),
        near=extracted(status="partial", error_message="late"),
        lacking=UNASKED,
        says_so=True,
    ),
    Case(
        rule="X_CONFLICT",
        name="missing and there",
        severity=Severity.MEDIUM,
        message="Extraction contradicts itself: customer.order_id counts as missing and has a value",
        fires=extracted(status="partial", missing_required_fields=["customer.order_id"]),
        near=extracted(status="partial", missing_required_fields=["customer.name"]),
        lacking=UNASKED,
        says_so=True,
    ),
    Case(
        rule="X_CONFLICT",
        name="of another organization",
        severity=Severity.MEDIUM,
        message="Extraction contradicts itself: it names another organization",
        fires=extracted(organization_id="00000000-0000-0000-0000-000000000001"),
        near=extracted(organization_id="0B9D6A521F3E4D7C8A905E2F7C4B1A36"),
        lacking=UNASKED,
        says_so=True,
    ),
    Case(
        rule="X_STALE",
        severity=Severity.MEDIUM,
        message="Extraction is 6 min 2 s older than the session's end",
        fires=extracted(updated_at=moment(10)),
        near=extracted(updated_at=moment(367)),
        lacking=extracted(updated_at=None, created_at=None),
    ),
    Case(
        rule="X_STALE",
        name="reopened",
        severity=Severity.HIGH,
        message="Extraction is 1 h 0 min older than the session's reopening",
        fires=extracted(answered(reopen={"timestamp": moment(3_980)}, ended_at=moment(4_100))),
        near=extracted(answered(reopen={"timestamp": moment(380)})),
        lacking=ABSENT,
        says_so=True,
    ),
    Case(
        rule="X_EMPTY",
        severity=Severity.MEDIUM,
        message="2 of 3 extracted values are empty",
        fires=extracted(extracted_data={"a": None, "b": {"c": " ", "d": 0}}),
        near=extracted(extracted_data={"a": None, "b": False}),
        lacking=UNASKED,
        says_so=True,
    ),
    Case(
        rule="X_SLOW",
        severity=Severity.LOW,
        message="Extraction took 30.0 s",
        fires=extracted(latency_ms=30_000),
        near=extracted(latency_ms=29_999),
        lacking=extracted(latency_ms=None),
    ),
)
