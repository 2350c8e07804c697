"""The pages of evidence: golden pages of the demo's incident, the scale, and any document at any width."""

from __future__ import annotations

import re
from typing import Any

import pytest
from chains import answer, answer_lines, call_lines, calls_of, golden, rows_of, told, under
from chains import call as call_chain_of
from documents import citation, read, request, result, row, trace
from hypothesis import given
from hypothesis import strategies as st
from looks import look
from wild_documents import quick, sessions

from feather_tui.rendering.call_chain import call_blocks
from feather_tui.rendering.evidence import answer_blocks
from feather_tui.rendering.page.leading import LeadingBlock
from feather_tui.rendering.row import Row, cells, text_of, width_of
from feather_tui.rendering.safe import safe
from feather_tui.rendering.score_scale import scale_row, standing
from feather_tui.session import timeline
from feather_tui.session.call_chain import call_chain
from feather_tui.session.evidence import answer_chain
from feather_tui.session.model import Answerability

ASKED = row("user", "Where is it?", turn="u", second=1)
REPLY = row("assistant", "On its way.", turn="a", second=5)


@pytest.mark.parametrize("width", [80, 120])
def test_the_refund_that_was_promised(width: int) -> None:
    session = told("headset-refund")
    entries = timeline.build(session)

    assert answer_lines(answer_chain(session, entries, 4), width) == golden(f"evidence-answer-{width}")


@pytest.mark.parametrize("width", [80, 120])
def test_the_refund_that_timed_out(width: int) -> None:
    session = told("headset-refund")
    entries = timeline.build(session)
    refund = next(entry for entry in calls_of(entries) if entry.call.name == "shop_refund_order")

    assert call_lines(call_chain(session, entries, refund), width) == golden(f"evidence-call-{width}")


# ---------------------------------------------------------------------- the page of an answer


def test_shown_chunks_are_never_said_to_be_used() -> None:
    page = answer_lines(
        answer(1, ASKED, REPLY, rag_traces=[trace("c1", turn="a")], citations=[citation("c1", turn="a")])
    )

    assert under("shown to the model", page) == [
        " shown to the model   1 chunk, which does not prove that the reply used it",
        "   c1                        doc of c1  version not recorded",
    ]


def test_what_does_not_match_is_listed() -> None:
    page = answer_lines(
        answer(
            1,
            ASKED,
            REPLY,
            rag_traces=[{**trace("c1", "c2", turn="a"), "hit": False}],
            citations=[citation("c9", turn="a", version_id="v2")],
        )
    )

    assert under("found, not shown", page) == [
        " found, not shown   2 chunks",
        "   c1                        doc of c1  version not recorded",
        "   c2                        doc of c2  version not recorded",
        " shown, not found   1 chunk",
        "   c9                        doc of c9  v2",
        " shown in another version   none",
    ]
    assert under("retrieval", page)[0] == " retrieval   2 chunks found   ✗ recorded as a miss"


def test_exposure_that_was_not_captured_is_not_called_none() -> None:
    fields = {"rag_traces": [trace("c1", turn="a")], "missing_evidence_reasons": ["no_citations"]}
    page = answer_lines(answer(1, ASKED, REPLY, **fields))

    assert under("shown to the model", page) == [" shown to the model   not captured"]
    assert "? not known" in under("retrieval", page)[1]
    assert under("found, not known to be shown", page)[0].endswith("1 chunk")
    assert any("no_citations: which chunks reached the model" in line for line in under("missing", page))


def test_a_reply_without_retrieval_says_so() -> None:
    page = answer_lines(answer(1, ASKED, REPLY))

    assert under("retrieval", page) == [" retrieval   none on record for this reply"]
    assert not any(line.startswith(" found") for line in page)


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("minmax_norm", "0.9 on basis minmax_norm: the thresholds do not apply"),
        (None, "0.9 on a basis that was not recorded: the thresholds do not apply"),
    ],
)
def test_a_score_of_another_basis_is_not_held_against_the_thresholds(basis: str | None, said: str) -> None:
    gate = {"raw_top_score": 0.9, "score_basis": basis, "threshold_low": 0.4, "threshold_high": 0.6}
    page = answer_lines(answer(1, ASKED, REPLY, rag_traces=[trace(turn="a", answerability=gate)]), 120)

    assert next(line for line in page if "raw score" in line).endswith(said)
    assert not any("high 0.6" in line for line in page)


def test_a_long_question_is_folded_and_whole_when_unfolded() -> None:
    chain = answer(1, row("user", "\n".join(f"line {number}" for number in range(30))), REPLY)

    assert "   … 22 more lines" in answer_lines(chain)
    assert "   line 29" in answer_lines(chain, expanded=True)


def test_blocks_lead_to_what_they_tell_about() -> None:
    chain = answer(1, ASKED, REPLY, rag_traces=[trace("c1", turn="a")])
    entries = [block.entry for block in answer_blocks(chain, look()) if block.entry is not None]

    assert entries == [*chain.questions, *chain.retrievals, chain.answer]


# ---------------------------------------------------------------------- the page of a call


def test_a_retry_shows_how_its_arguments_differ_and_how_it_ended() -> None:
    page = call_lines(
        call_chain_of(
            0,
            row(
                "assistant",
                turn="a",
                second=1,
                tool_calls=[request("c1", "refund", '{"amount": 79.9, "x": 1}')],
            ),
            row("assistant", turn="b", second=2, tool_calls=[request("c2", "refund", '{"amount": 80}')]),
            row("tool", turn="t", second=3, tool_results=result("c2", error="no such order")),
        )
    )

    assert [line.strip() for line in under("later calls of refund", page)[2:]] == [
        "14:02:13  other arguments",
        "changed  amount  79.9 → 80",
        "removed  x  1",
        "no such order",
    ]


def test_a_call_that_nobody_spoke_of_says_so() -> None:
    page = call_lines(call_chain_of(0, row("assistant", turn="a", tool_calls=[request("c1")])))

    assert under("said next", page)[0].endswith(
        "nothing, before the customer spoke again or the session ended"
    )
    assert any("it never returned" in line for line in under("missing", page))


# ---------------------------------------------------------------------- the scale


def gate(raw: float | None, low: float | None = 0.45, high: float | None = 0.62) -> Answerability:
    return Answerability(raw_top_score=raw, threshold_low=low, threshold_high=high)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (gate(0.31), "0.31, below the low threshold 0.45"),
        (gate(0.45), "0.45, between the thresholds 0.45 and 0.62"),
        (gate(0.62), "0.62, not below the high threshold 0.62"),
        (gate(0.5, low=None), "0.5, below the high threshold 0.62"),
        (gate(0.5, high=None), "0.5, not below the low threshold 0.45"),
        (gate(0.5, low=None, high=None), "0.5"),
        (gate(None), "not recorded"),
    ],
)
def test_the_score_is_held_against_the_thresholds_in_words(verdict: Answerability, said: str) -> None:
    assert standing(verdict) == said


def test_the_scale_is_in_order_and_true() -> None:
    scale = text_of(scale_row(gate(0.31), 140, look()))

    labels = [label.strip() for label in re.split("─+", scale)]
    assert labels == ["0", "● raw 0.31", "low 0.45", "high 0.62", "1"]
    gaps = [len(rule) for rule in re.findall("─+", scale)]
    assert [gap / sum(gaps) for gap in gaps] == pytest.approx([0.31, 0.14, 0.17, 0.38], abs=0.02)


def test_a_score_at_a_threshold_stands_behind_it() -> None:
    scale = text_of(scale_row(gate(0.45), 80, look()))

    assert scale.index("low 0.45") < scale.index("raw 0.45") < scale.index("high 0.62")


def test_a_scale_goes_as_far_as_its_scores() -> None:
    scale = text_of(scale_row(gate(-0.5, high=3.0), 80, look()))

    assert scale.startswith("-0.5 ")
    assert scale.endswith(" 3")


@pytest.mark.parametrize(
    "verdict", [gate(None), gate(0.5, None, None), gate(float("inf")), gate(0.5, float("nan"))]
)
def test_without_numbers_to_place_there_is_no_scale(verdict: Answerability) -> None:
    assert scale_row(verdict, 80, look()) == ()


@given(
    st.floats(allow_nan=False), st.floats(allow_nan=False), st.floats(allow_nan=False), st.integers(0, 150)
)
@quick
def test_a_scale_of_any_scores_fits_or_is_left_out(raw: float, low: float, high: float, width: int) -> None:
    assert width_of(scale_row(gate(raw, low, high), width, look())) <= width


# ---------------------------------------------------------------------- any document


def check(blocks: list[LeadingBlock], width: int) -> None:
    for block in blocks:
        for expanded in (False, True):
            rows: list[Row] = block.rows(look(width), expanded=expanded, parts=1)
            assert rows
            for shown in rows:
                text = "".join(text for text, _ in shown)
                assert cells(text) <= width
                assert safe(text) == text
                assert "\n" not in text


@given(sessions, st.sampled_from((40, 80, 120)))
@quick
def test_the_evidence_of_any_document_fits_the_screen_and_leads_to_its_entries(
    document: Any, width: int
) -> None:
    session = read(document)
    entries = timeline.build(session)
    for number in rows_of(entries):
        blocks = answer_blocks(answer_chain(session, entries, number), look(width))
        check(blocks, width)
        assert all(block.entry is None or block.entry in entries for block in blocks)
    for entry in calls_of(entries):
        blocks = call_blocks(call_chain(session, entries, entry), look(width))
        check(blocks, width)
        assert all(block.entry is None or block.entry in entries for block in blocks)
