"""The row of a session: from its documents, and through JSON."""

from __future__ import annotations

import json
from datetime import UTC

import triage_incident
from documents import SESSION_ID, analysis, call, citation, extraction, row, trace
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case, case_from_json
from feather_tui.triage.signature import Signature

ID = SessionId(SESSION_ID)


def made(**fields: object) -> Case:
    sample = triage_incident.Sample(
        ID, analysis(row("user", "hello"), **fields), extraction(status="partial")
    )
    return triage_incident.case_from(sample)


def test_a_row_has_the_session_in_brief() -> None:
    gate = {"mode": "shadow", "label": "not_answerable"}
    brief = made(
        knowledge_gap_analysis_outcome="resolved",
        tool_calls=[call("c1", "refund", error="boom 17"), call("c2", "refund", error="boom 18")],
        rag_traces=[trace("k1", answerability=gate), trace(hit=False, answerability=gate)],
        citations=[citation("k1"), citation("k2", version_id="v2")],
        kb_snapshot={"captured_at": "2026-11-20T14:00:00Z", "kb_versions": {"kb-1": 4}},
    )
    assert brief.errors == (Signature("refund", "boom <n>"),)
    assert (brief.tools, brief.tools_failed) == (2, 2)
    assert (brief.retrievals, brief.retrievals_missed) == (2, 1)
    assert brief.documents == (("doc of k1", None), ("doc of k2", "v2"))
    assert brief.gates == ("shadow not_answerable",)
    assert (brief.extraction, brief.worst, brief.failed) == ("partial", "critical", True)
    assert brief.first_cause is not None
    assert brief.first_cause.startswith("TOOL_ERROR refund failed")
    assert brief.findings["high"] >= 2


def test_the_same_knowledge_bases_have_the_same_fingerprint() -> None:
    def kb(**versions: int) -> str | None:
        return made(kb_snapshot={"captured_at": "2026-11-20T14:00:00Z", "kb_versions": versions}).kb

    assert kb(a=1, b=2) == kb(b=2, a=1) != kb(a=1, b=3)
    assert made().kb is None


def test_what_counts_as_failed() -> None:
    said = (row("user", "hello"), row("assistant", "Here it is.", second=2))
    plain = triage_incident.Sample(ID, analysis(*said), extraction())
    assert not triage_incident.case_from(plain).failed
    ended = triage_incident.Sample(
        ID, analysis(*said, knowledge_gap_analysis_outcome="abandoned"), extraction()
    )
    assert triage_incident.case_from(ended).failed


def test_an_endless_name_is_cut_and_says_so() -> None:
    endless = made(tool_calls=[call("c1", "x" * 5000, error="y" * 5000)])
    (signature,) = endless.errors
    assert (len(signature.tool), signature.tool[-1], signature.error[-1]) == (200, "…", "…")


_TEXT = st.text(max_size=5)
_OPTIONAL = st.none() | _TEXT
CASES = st.builds(
    Case,
    session_id=_TEXT.map(SessionId),
    started_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    outcome=_OPTIONAL,
    reason=_OPTIONAL,
    channel=_TEXT,
    agent=_OPTIONAL,
    turns=st.integers(0),
    tools=st.none() | st.integers(0),
    errors=st.lists(st.builds(Signature, _TEXT, _TEXT)).map(tuple),
    findings=st.dictionaries(_TEXT, st.integers(0)),
    documents=st.lists(st.tuples(_TEXT, _OPTIONAL)).map(tuple),
    models=st.lists(_TEXT).map(tuple),
    gates=st.lists(_TEXT).map(tuple),
    failed=st.booleans(),
)


@given(CASES)
@settings(deadline=None, max_examples=100)
def test_a_row_comes_back_from_json(case: Case) -> None:
    assert case_from_json(json.loads(json.dumps(case.as_json()))) == case
