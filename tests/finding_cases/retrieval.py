"""Cases of the rules on retrieval, on the gate and on exposure."""

from __future__ import annotations

from typing import Any, Final

from documents import Document, analysis, citation, trace

from feather_tui.findings.finding import Severity
from finding_cases.case import Case
from finding_cases.talk import answered, missing, reply, user

UNKNOWN: Final = answered(**missing("no_rag_trace"))
NO_CITATIONS: Final = missing("no_citations")


def gate(label: str = "answerable", raw: float | None = 0.8, **fields: Any) -> Document:
    """A verdict of the gate, in shadow mode unless said otherwise."""
    return {
        "label": label,
        "reason_code": "above_high_threshold",
        "raw_top_score": raw,
        "score_basis": "raw_dotproduct",
        "mode": "shadow",
        "action": "pass",
        "threshold_low": 0.45,
        "threshold_high": 0.62,
        **fields,
    }


def judged(label: str = "answerable", raw: float | None = 0.8, **fields: Any) -> Document:
    """A session whose answer's retrieval the gate judged so; what was found was shown."""
    return answered(
        rag_traces=[trace("c1", turn="t1", hit=True, answerability=gate(label, raw, **fields))],
        citations=[citation("c1", turn="t1")],
    )


def shown(*chunk_ids: str, kb_id: str = "kb-1", version: str | None = None, **fields: Any) -> Document:
    """A session that finds chunk c1, version v2, in base kb-1, and shows the model these."""
    found = trace(turn="t1", hit=True, kb_ids=["kb-1"])
    found["retrieved"] = [{"chunk_id": "c1", "doc_id": "d", "version_id": "v2"}]
    cited = [citation(chunk_id, turn="t1", kb_id=kb_id, version_id=version) for chunk_id in chunk_ids]
    return answered(**{"rag_traces": [found], "citations": cited, **fields})


NO_GATE: Final = answered(
    rag_traces=[trace("c1", turn="t1", hit=True)], citations=[citation("c1", turn="t1")]
)
THANKED: Final = analysis(
    user(0, "Thanks a lot, bye!"),
    reply(2, turn="t1"),
    rag_traces=[trace(turn="t1", hit=False, answerability=gate("not_answerable", None))],
)

CASES: Final = (
    Case(
        rule="RAG_MISS",
        severity=Severity.HIGH,
        message="Nothing retrieved for this turn (2 bases)",
        fires=answered(rag_traces=[trace(turn="t1", hit=None, kb_ids=["kb-1", "kb-2"])]),
        near=answered(rag_traces=[trace("c1", turn="t1", hit=True)]),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="RAG_MISS",
        name="no reply",
        severity=Severity.MEDIUM,
        message="Nothing retrieved for this turn (0 bases)",
        fires=answered(rag_traces=[trace(turn="gone")]),
        near=answered(rag_traces=[trace("c1", turn="gone")]),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="RAG_MISS",
        name="in part",
        severity=Severity.LOW,
        message="Nothing retrieved for this turn (0 bases)",
        fires=answered(rag_traces=[trace(turn="t1"), trace("c1", turn="t1")]),
        near=answered(rag_traces=[trace("c2", turn="t1"), trace("c1", turn="t1")]),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="RAG_MISS",
        name="small talk",
        severity=Severity.INFO,
        message="Nothing retrieved for this turn (0 bases)",
        fires=THANKED,
        near=answered(),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="RAG_HIT_CONFLICT",
        severity=Severity.LOW,
        message="hit=true but 0 chunks listed",
        fires=answered(rag_traces=[trace(turn="t1", hit=True)]),
        near=answered(rag_traces=[trace(turn="t1", hit=None)]),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="RAG_LOW",
        severity=Severity.MEDIUM,
        message="Top score 0.44 under the lower threshold 0.45",
        fires=judged(raw=0.44),
        near=judged(raw=0.44, score_basis="minmax_norm"),
        lacking=NO_GATE,
        says_so=True,
    ),
    Case(
        rule="RAG_LOW",
        name="between",
        severity=Severity.LOW,
        message="Top score 0.45 under the upper threshold 0.62",
        fires=judged(raw=0.45),
        near=judged(raw=0.62),
        lacking=judged(raw=None),
    ),
    Case(
        rule="GATE_SHADOW",
        severity=Severity.HIGH,
        message="Gate (shadow) said not_answerable; the assistant answered anyway",
        fires=judged("not_answerable", 0.2),
        near=judged("not_answerable", 0.2, mode="enforce"),
        lacking=NO_GATE,
        says_so=True,
    ),
    Case(
        rule="GATE_SHADOW",
        name="unsure",
        severity=Severity.LOW,
        message="Gate (shadow) said low_confidence; the assistant answered anyway",
        fires=judged("low_confidence", 0.5),
        near=judged("answerable", 0.5),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="GATE_SHADOW",
        name="on another basis",
        severity=Severity.MEDIUM,
        message="Gate (shadow) said not_answerable; the assistant answered anyway",
        fires=judged("not_answerable", 0.2, score_basis="cohere_rerank"),
        near=judged("answerable", 0.2, score_basis="cohere_rerank"),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="GATE_SHADOW",
        name="small talk",
        severity=Severity.INFO,
        message="Gate (shadow) said not_answerable; the assistant answered anyway",
        fires=THANKED,
        near=analysis(user(0), rag_traces=THANKED["rag_traces"]),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="GATE_ACTED",
        severity=Severity.MEDIUM,
        message="Gate enforced suppress: not_answerable, below_low_threshold",
        fires=judged(
            "not_answerable", 0.2, mode="enforce", action="suppress", reason_code="below_low_threshold"
        ),
        near=judged("not_answerable", 0.2, mode="enforce", action="pass"),
        lacking=NO_GATE,
        says_so=True,
    ),
    Case(
        rule="GATE_LEAK",
        severity=Severity.HIGH,
        message="Gate enforcing, yet chunks went to the model",
        fires=judged("not_answerable", 0.2, mode="enforce"),
        near=judged("not_answerable", 0.2, mode="enforce", action="suppress"),
        lacking=judged("not_answerable", 0.2, mode="enforce") | {"citations": []} | NO_CITATIONS,
        says_so=True,
    ),
    Case(
        rule="GATE_BLIND",
        severity=Severity.MEDIUM,
        message="Gate had no usable verdict: verdict_failed",
        fires=judged("unknown", None, reason_code="verdict_failed"),
        near=judged("answerable"),
        lacking=NO_GATE,
        says_so=True,
    ),
    Case(
        rule="GATE_BLIND",
        name="basis",
        severity=Severity.LOW,
        message="Gate had no usable verdict: not_actionable_basis",
        fires=judged("answerable", reason_code="not_actionable_basis"),
        near=judged("a label of tomorrow"),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="GATE_MIXED",
        severity=Severity.LOW,
        message="Gate mode changed during the session: shadow → enforce",
        fires=answered(
            rag_traces=[
                trace("c1", turn="t1", answerability=gate()),
                trace("c1", turn="t1", answerability=gate(mode="enforce")),
            ]
        ),
        near=answered(
            rag_traces=[
                trace("c1", turn="t1", answerability=gate()),
                trace("c1", turn="t1", answerability=gate(mode=None)),
            ]
        ),
        lacking=NO_GATE,
        says_so=True,
    ),
    Case(
        rule="NOT_EXPOSED",
        severity=Severity.HIGH,
        message="1 chunk found, none reached the model; it answered without sources",
        fires=shown(),
        near=shown("c1"),
        lacking=shown(**NO_CITATIONS),
        says_so=True,
    ),
    Case(
        rule="NOT_EXPOSED",
        name="held back",
        severity=Severity.MEDIUM,
        message="1 chunk found, none reached the model; it answered without sources",
        fires=judged("not_answerable", 0.2, mode="enforce", action="suppress") | {"citations": []},
        near=answered(),
        lacking=UNKNOWN,
        says_so=True,
    ),
    Case(
        rule="CITE_ALIEN",
        severity=Severity.HIGH,
        message="Chunk c9 cited but not retrieved this turn",
        fires=shown("c1", "c9"),
        near=shown("c1", "c1"),
        lacking=shown("c9", **missing("no_rag_trace")),
        says_so=True,
    ),
    Case(
        rule="CITE_ALIEN",
        name="of another turn",
        severity=Severity.LOW,
        message="Chunk c1 cited but not retrieved this turn",
        fires=analysis(
            user(0),
            reply(2, turn="t1"),
            user(9),
            reply(11, turn="t2"),
            rag_traces=[trace("c1", turn="t1")],
            citations=[citation("c1", turn="t1"), citation("c1", turn="t2")],
        ),
        near=shown("c1"),
        lacking=shown("c9", **NO_CITATIONS),
        says_so=True,
    ),
    Case(
        rule="CITE_VERSION",
        severity=Severity.MEDIUM,
        message="Cited version v1, retrieved v2",
        fires=shown("c1", version="v1"),
        near=shown("c1", version="v2"),
        lacking=shown("c1", version=None),
    ),
    Case(
        rule="CITE_KB",
        severity=Severity.LOW,
        message="Citation from a base that was not searched: kb-9",
        fires=shown("c1", kb_id="kb-9"),
        near=shown("c1", kb_id="kb-1", kb_snapshot={"kb_versions": {"kb-7": 3}}),
        lacking=shown(**NO_CITATIONS),
        says_so=True,
    ),
    Case(
        rule="CITE_KB",
        name="by the snapshot",
        severity=Severity.LOW,
        message="Citation from a base that was not searched: kb-9",
        fires=answered(
            citations=[citation("c1", turn="t1", kb_id="kb-9")], kb_snapshot={"kb_versions": {"kb-7": 3}}
        ),
        near=answered(
            citations=[citation("c1", turn="t1", kb_id="kb-7")], kb_snapshot={"kb_versions": {"kb-7": 3}}
        ),
        lacking=answered(citations=[citation("c1", turn="t1", kb_id="kb-9")], **missing("no_kb_snapshot")),
    ),
)
