"""Whatever the documents hold: findings without an exception, each at a place that exists, in one order."""

from __future__ import annotations

from collections import Counter
from typing import Any

from documents import Document, read, read_extracted
from finding_cases.case import NOW
from hypothesis import given, reject
from hypothesis import strategies as st
from wild_documents import extractions, quick, sessions, wild_extractions, wild_sessions

from feather_tui.errors import DocumentUnreadable
from feather_tui.findings.catalogue import RULES
from feather_tui.findings.evaluate import evaluate
from feather_tui.findings.faults import faults_of
from feather_tui.findings.finding import Findings, Severity, Target, TargetKind
from feather_tui.findings.line import MAX_CHARACTERS
from feather_tui.findings.verdict import suspect
from feather_tui.session.model import Extraction, Session


def judged(session: Document, extraction: Document | None) -> tuple[Session, Extraction | None, Findings]:
    record = read(session)
    extracted = None if extraction is None else read_extracted(extraction)
    return record, extracted, evaluate(record, extracted, now=NOW, extraction_absent=extraction is None)


def exists(target: Target, session: Session, extraction: Extraction | None) -> bool:
    lists: dict[TargetKind, tuple[Any, ...]] = {
        TargetKind.ROW: session.messages,
        TargetKind.CALL: session.tool_calls,
        TargetKind.RETRIEVAL: session.rag_traces,
        TargetKind.CITATION: session.citations,
        TargetKind.HANDOFF: session.handoff_events,
    }
    if target.request is not None:
        row, place = target.request
        return session.messages[row].tool_calls[place].id == target.id
    if target.kind in lists:
        return target.index is not None and 0 <= target.index < len(lists[target.kind])
    if target.kind is TargetKind.EXTRACTION_FIELD and target.path:
        return extraction is not None and target.path in {fault.dotted for fault in faults_of(extraction)}
    return target.index is None


@quick
@given(sessions, st.none() | extractions)
def test_every_target_is_in_the_documents(session: Document, extraction: Document | None) -> None:
    record, extracted, findings = judged(session, extraction)
    for finding in findings.found:
        assert finding.targets
        assert all(exists(target, record, extracted) for target in finding.targets), finding
        assert len(finding.message) <= MAX_CHARACTERS


@quick
@given(wild_sessions, st.none() | wild_extractions)
def test_wild_documents_give_findings_and_a_verdict(session: Document, extraction: Document | None) -> None:
    try:
        _, _, findings = judged(session, extraction)
    except DocumentUnreadable:
        reject()
    verdict = suspect(findings)
    assert verdict.sentence
    assert len(verdict.causes) <= 2
    assert all(phrase for phrase in verdict.phrases)


@quick
@given(sessions, st.none() | extractions)
def test_findings_are_the_same_each_time_and_worst_first(
    session: Document, extraction: Document | None
) -> None:
    _, _, findings = judged(session, extraction)
    assert judged(session, extraction)[2] == findings
    severities = [finding.severity for finding in findings.found]
    assert severities == sorted(severities, reverse=True)
    assert sum(findings.counts.values()) == len(severities)
    assert findings.worst == (severities[0] if severities else None)


@quick
@given(sessions, st.none() | extractions)
def test_a_rule_is_evaluated_or_says_why_not(session: Document, extraction: Document | None) -> None:
    _, _, findings = judged(session, extraction)
    unable = {case.rule: case.because for case in findings.not_evaluated}
    assert not unable.keys() & {finding.rule for finding in findings.found}
    assert all(unable.values())


@quick
@given(sessions, st.randoms(use_true_random=False))
def test_the_order_of_independent_records_changes_no_finding(session: Document, chance: Any) -> None:
    mixed = dict(session)
    for name in ("rag_traces", "handoff_events", "missing_evidence_reasons"):
        if isinstance(session.get(name), list):
            mixed[name] = chance.sample(session[name], len(session[name]))
    assert _fired(mixed) == _fired(session)


def _fired(session: Document) -> Counter[tuple[str, Severity]]:
    findings = judged(session, None)[2]
    return Counter((finding.rule, finding.severity) for finding in findings.found)


def test_every_rule_says_what_it_looks_for_and_where() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    for rule in RULES:
        assert rule.title
        assert rule.reason.endswith(".")
        assert rule.fields
        assert all(field.startswith(("A.", "X.")) for field in rule.fields), rule.id
        assert set(rule.explains) <= set(ids), rule.id
