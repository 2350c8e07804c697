"""What was said, text by text: whose it is, and cut into pieces that lose nothing."""

from __future__ import annotations

from documents import call, extraction, handoff, read_extracted, request, row, timeline_of, trace
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick

from feather_tui.session.said import (
    OVERLAP_CHARACTERS,
    PIECE_CHARACTERS,
    pieces,
    said_in_extraction,
    said_in_timeline,
)
from feather_tui.session.saying import Said

sizes = st.lists(
    st.one_of(st.integers(0, 300), st.integers(PIECE_CHARACTERS - 2, 3 * PIECE_CHARACTERS)), max_size=6
)


def test_each_text_has_a_word_for_whose_it_is() -> None:
    said = said_in_timeline(
        timeline_of(
            row("user", "Where is it?", turn="t1"),
            row("assistant", "", turn="t2", second=1, tool_calls=[request("c1", "shop_lookup")]),
            row("robot", "beep", turn="t3", second=2),
            tool_calls=[call("c1", "shop_lookup", error="timed out", turn="t2")],
            rag_traces=[trace("chunk-1", turn="t2")],
            handoff_events=[handoff(3, "asked for a human")],
        )
    )
    whose = {one.text: (one.who, one.field) for one in said}
    assert whose["Where is it?"] == ("user", "content")
    assert whose["beep"] == ("robot", "content")
    assert whose["timed out"] == ("tool shop_lookup", "error")
    assert whose["chunk-1"] == ("retrieval", "retrieved[0].chunk_id")
    assert whose["asked for a human"] == ("handoff", "reason")
    assert whose["resolved"] == ("end", "knowledge_gap_analysis_outcome")


def test_a_text_of_an_extraction_has_its_path() -> None:
    said = list(said_in_extraction(read_extracted(extraction(extracted_data={"refund": {"amount": 79.9}}))))
    assert Said("extraction", "extracted_data.refund.amount", "79.9") in said
    assert Said("extraction", "extracted_data.refund", "refund") in said


@given(sizes)
@quick
def test_pieces_are_of_bounded_size_and_together_hold_every_text(lengths: list[int]) -> None:
    texts = [f"{number}" * length for number, length in enumerate(lengths)]
    cut = list(pieces(Said("user", f"{number}", text) for number, text in enumerate(texts)))
    assert cut
    for piece in cut:
        size = sum(len(said.text) for said in piece)
        assert size <= 2 * PIECE_CHARACTERS + OVERLAP_CHARACTERS
    for number, text in enumerate(texts):
        parts = [said.text for piece in cut for said in piece if said.field == f"{number}"]
        assert parts[0] + "".join(part[OVERLAP_CHARACTERS:] for part in parts[1:]) == text


def test_what_stands_where_a_long_text_is_parted_is_whole_in_one_of_the_parts() -> None:
    text = "a" * (PIECE_CHARACTERS - 3) + "needle" + "b" * PIECE_CHARACTERS
    parts = [said.text for piece in pieces([Said("user", "content", text)]) for said in piece]
    assert len(parts) > 1
    assert any("needle" in part for part in parts)
