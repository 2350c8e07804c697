"""The chain of a reply: question, what happened on the way, retrievals, exposures, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from chains import answer, rows_of
from documents import call, citation, handoff, read, request, result, row, trace
from hypothesis import given
from wild_documents import quick, sessions

from feather_tui.session import timeline
from feather_tui.session.evidence import AnswerChain, Lack, answer_chain
from feather_tui.session.timeline import CallEntry, MessageEntry

ASKED = row("user", "Where is it?", turn="u", second=1)
REPLY = row("assistant", "On its way.", turn="a", second=5)
GATE = {
    "label": "answerable",
    "mode": "shadow",
    "score_basis": "raw_dotproduct",
    "raw_top_score": 0.7,
    "threshold_low": 0.4,
    "threshold_high": 0.6,
}
FULL = {"hit": True, "answerability": GATE}


def chunk(chunk_id: str, version: str | None = "v1", score: float | None = 0.5) -> dict[str, Any]:
    return {"chunk_id": chunk_id, "doc_id": "doc", "version_id": version, "score": score}


def searched(*chunks: dict[str, Any], turn: str = "a", **fields: Any) -> dict[str, Any]:
    return {**trace(turn=turn), "retrieved": list(chunks), **FULL, **fields}


def ids(chunks: Any) -> list[str]:
    return [item.chunk_id if hasattr(item, "chunk_id") else item.citation.chunk_id for item in chunks]


# ---------------------------------------------------------------------- question and steps


def test_the_question_is_the_row_before_the_reply() -> None:
    chain = answer(
        3, row("user", "old", second=0), row("assistant", "done"), row("user", "new"), row("assistant", "x")
    )

    assert [asked.message.content for asked in chain.questions] == ["new"]
    assert chain.steps == ()


def test_rows_of_the_customer_that_nobody_answered_belong_together() -> None:
    chain = answer(3, row("assistant", "hi"), row("user", "1"), row("user", "2"), row("assistant", "x"))

    assert [asked.row for asked in chain.questions] == [1, 2]


def test_what_happened_between_is_a_step_in_its_order() -> None:
    chain = answer(
        4,
        row("user", "refund?", turn="u", second=0),
        row("assistant", "Let me see.", turn="b", second=1, tool_calls=[request("c1")]),
        row("tool", turn="t", second=2, tool_results=result("c1", "{}")),
        row("system_event", "a beep", turn="e", second=3),
        row("assistant", "Done.", turn="c", second=90),
        channel="voice",
    )

    assert [type(step) for step in chain.steps] == [MessageEntry, CallEntry, MessageEntry]
    assert [step.row for step in chain.steps if isinstance(step, MessageEntry)] == [1, 3]


def test_a_handoff_on_the_way_is_a_step() -> None:
    chain = answer(
        1,
        row("user", "person!", second=0),
        row("assistant", "Hello", second=9),
        handoff_events=[handoff(4, "asked")],
    )

    assert [type(step).__name__ for step in chain.steps] == ["HandoffEntry"]


def test_without_a_customer_there_is_no_question() -> None:
    chain = answer(1, row("system", "be kind"), row("assistant", "Hello"))

    assert chain.questions == ()
    assert Lack.QUESTION in chain.lacks


def test_calls_of_the_replys_own_row_are_told_apart_from_those_before_it() -> None:
    chain = answer(1, ASKED, {**REPLY, "tool_calls": [request("c1")]})

    assert [entry.call.id for entry in chain.called] == ["c1"]
    assert chain.steps == ()


def test_a_row_that_does_not_stand_by_itself_has_no_chain() -> None:
    with pytest.raises(LookupError):
        answer(7, ASKED, REPLY)


# ---------------------------------------------------------------------- chunks


def test_found_and_shown_are_compared() -> None:
    chain = answer(
        1,
        ASKED,
        REPLY,
        rag_traces=[searched(chunk("c1"), chunk("c2"), chunk("c3", "v3"))],
        citations=[
            citation("c1", turn="a", version_id="v1"),
            citation("c3", turn="a", version_id="v2"),
            citation("c9", turn="a", version_id="v1"),
        ],
    )

    assert ids(chain.retrieved) == ["c1", "c2", "c3"]
    assert ids(chain.not_shown) == ["c2"]
    assert ids(chain.strays) == ["c9"]
    assert ids(chain.other_versions) == ["c3"]
    assert [exposure.index for exposure in chain.exposures] == [0, 1, 2]


def test_a_chunk_that_two_retrievals_found_and_one_showed_was_shown() -> None:
    chain = answer(
        1,
        ASKED,
        REPLY,
        rag_traces=[searched(chunk("c1")), searched(chunk("c1"))],
        citations=[citation("c1", turn="a")],
    )

    assert len(chain.retrievals) == 2
    assert chain.not_shown == ()
    assert chain.strays == ()


def test_a_chunk_that_is_cited_twice_is_no_stray() -> None:
    chain = answer(
        1, ASKED, REPLY, rag_traces=[searched(chunk("c1"))], citations=[citation("c1", turn="a")] * 2
    )

    assert len(chain.exposures) == 2
    assert chain.strays == ()


def test_chunks_of_a_turn_without_retrieval_are_strays() -> None:
    chain = answer(1, ASKED, REPLY, citations=[citation("c1", turn="a")])

    assert ids(chain.strays) == ["c1"]
    assert Lack.RETRIEVAL in chain.lacks


@pytest.mark.parametrize(("found", "shown"), [("v1", "v1"), (None, "v1"), ("v1", None), (None, None)])
def test_only_known_versions_differ(found: str | None, shown: str | None) -> None:
    chain = answer(
        1,
        ASKED,
        REPLY,
        rag_traces=[searched(chunk("c1", found))],
        citations=[citation("c1", turn="a", version_id=shown)],
    )

    assert chain.other_versions == ()
    assert (Lack.VERSION in chain.lacks) == (None in {found, shown})


def test_a_version_that_one_of_two_retrievals_found_is_no_other_version() -> None:
    chain = answer(
        1,
        ASKED,
        REPLY,
        rag_traces=[searched(chunk("c1", "v1")), searched(chunk("c1", "v2"))],
        citations=[citation("c1", turn="a", version_id="v2")],
    )

    assert chain.other_versions == ()


def test_the_retrieval_of_another_row_is_not_the_replys() -> None:
    """Its turn is a tool's row that led to no reply, and that row is shown inside the call above."""
    chain = answer(
        1,
        ASKED,
        {**REPLY, "tool_calls": [request("c1")]},
        row("tool", turn="t", second=6, tool_results=result("c1", "{}")),
        row("user", "hello?", turn="v", second=7),
        rag_traces=[searched(chunk("c1"), turn="t"), searched(chunk("c2"), turn="a")],
    )

    assert ids(chain.retrieved) == ["c2"]


# ---------------------------------------------------------------------- what is missing


def missing(**fields: Any) -> AnswerChain:
    return answer(
        1,
        ASKED,
        REPLY,
        rag_traces=[searched(chunk("c1"), **fields)],
        citations=[citation("c1", turn="a", version_id="v1")],
    )


def test_of_a_full_record_only_the_query_is_missing() -> None:
    assert missing().lacks == (Lack.QUERY,)


@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        ({"hit": None}, Lack.HIT),
        ({"answerability": None}, Lack.GATE),
        ({"answerability": {**GATE, "raw_top_score": None}}, Lack.RAW_SCORE),
        ({"answerability": {**GATE, "threshold_low": None}}, Lack.THRESHOLDS),
        ({"answerability": {**GATE, "score_basis": "minmax_norm"}}, Lack.BASIS),
        ({"answerability": {**GATE, "score_basis": None}}, Lack.BASIS),
        ({"retrieved": [chunk("c1", score=None)]}, Lack.CHUNK_SCORE),
    ],
)
def test_each_missing_part_is_named(fields: dict[str, Any], lack: Lack) -> None:
    assert missing(**fields).lacks == (Lack.QUERY, lack)


def test_nothing_shown_is_not_known_where_citations_were_not_captured() -> None:
    fields = {"rag_traces": [searched(chunk("c1"))], "missing_evidence_reasons": ["no_citations"]}

    assert Lack.EXPOSURE in answer(1, ASKED, REPLY, **fields).lacks
    assert Lack.EXPOSURE not in answer(1, ASKED, REPLY, **fields, citations=[citation("c1", turn="a")]).lacks


def test_gaps_are_those_that_concern_evidence() -> None:
    reasons = ["no_csat", "no_user_feedback", "transcript_redaction_skipped", "no_rag_trace", "brand_new"]

    assert answer(1, ASKED, REPLY, missing_evidence_reasons=reasons).gaps == ("no_rag_trace", "brand_new")


# ---------------------------------------------------------------------- any document


@given(sessions)
@quick
def test_every_row_of_any_document_has_a_chain_that_loses_nothing(document: Any) -> None:
    session = read(document)
    entries = timeline.build(session)
    for number in rows_of(entries):
        chain = answer_chain(session, entries, number)
        assert chain.answer.row == number
        assert all(asked.message.role == "user" for asked in chain.questions)
        assert all(session.citations[exposure.index] is exposure.citation for exposure in chain.exposures)
        shown = {exposure.citation.chunk_id for exposure in chain.exposures}
        assert {chunk.chunk_id for chunk in chain.retrieved} - shown == {c.chunk_id for c in chain.not_shown}


def test_recorded_calls_are_steps_by_their_turn() -> None:
    chain = answer(
        2,
        ASKED,
        row("assistant", "One moment.", turn="b", second=2),
        REPLY,
        tool_calls=[call("c1", turn="b", result="{}")],
    )

    assert [entry.call.id for entry in chain.steps if isinstance(entry, CallEntry)] == ["c1"]
