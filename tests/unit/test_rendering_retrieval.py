"""A retrieval on the screen: what was found, what of it the model saw, what the gate said."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from documents import citation, row, trace
from looks import blocks_of, lines, look, tone_of

from feather_tui.rendering.transcript import EntryBlock
from feather_tui.session.timeline import ExposureEntry, RetrievalEntry

GATE = {
    "label": "not_answerable",
    "reason_code": "below_low_threshold",
    "raw_top_score": 0.31,
    "score_basis": "raw_dotproduct",
    "mode": "shadow",
    "action": "pass",
    "threshold_low": 0.45,
    "threshold_high": 0.6,
}


def retrieval(*chunk_ids: str, cited: tuple[str, ...] = (), linked: bool = True, **fields: Any) -> EntryBlock:
    messages = [row("assistant", "x")] if linked else []
    blocks = blocks_of(
        *messages, rag_traces=[trace(*chunk_ids, **fields)], citations=[citation(chunk) for chunk in cited]
    )
    return next(block for block in blocks if isinstance(block.entry, RetrievalEntry))


def folded(block: EntryBlock, width: int = 120) -> str:
    (line,) = [line for line in lines([block], width) if line]
    return line.strip()


def unfolded(block: EntryBlock, width: int = 120) -> str:
    return dedent("\n".join(lines([block], width, expanded=True)[1:])).strip("\n")


def test_a_retrieval_is_one_line() -> None:
    block = retrieval("c1", "c2", cited=("c2",), latency_ms=180, answerability=GATE)

    assert folded(block).startswith(
        "▸ retrieval   2 chunks, 1 shown to the model   raw 0.31 < 0.45   shadow: not answerable"
    )
    assert folded(block).endswith("180 ms")
    assert folded(block, 80) == (
        "▸ retrieval   2 chunks, 1 shown  raw 0.31 < 0.45  shadow: not answ…  180 ms"
    )


@pytest.mark.parametrize(
    ("block", "piece", "tone"),
    [
        (retrieval("c1", cited=("c1",)), "1 chunk, 1 shown", "text"),
        (retrieval("c1"), "1 chunk, 0 shown", "warn"),
        (retrieval(), "✗ nothing found", "bad"),
        (retrieval("c1", hit=False), "✗ recorded as a miss", "bad"),
        (retrieval("c1", cited=("c9",)), "1 shown but not retrieved here", "warn"),
        (retrieval("c1", linked=False), "turn not here", "warn"),
        (retrieval("c1", answerability=GATE | {"raw_top_score": 0.5}), "raw 0.50 < 0.60", "text"),
        (retrieval("c1", answerability=GATE | {"raw_top_score": 0.7}), "raw 0.70", "dim"),
        (retrieval("c1", answerability=GATE | {"label": "answerable"}), "shadow: answerable", "dim"),
        (
            retrieval("c1", answerability=GATE | {"mode": "enforce", "action": "suppress"}),
            "enforce: not answerable, suppress",
            "warn",
        ),
        (retrieval("c1", answerability={}), "gate: no label", "warn"),
    ],
)
def test_what_matters_is_on_the_line(block: EntryBlock, piece: str, tone: str) -> None:
    assert piece in folded(block)
    assert tone_of(block.rows(look(120), expanded=False, parts=1), piece) == tone


def test_a_gate_that_did_not_run_is_not_mentioned_folded_and_explained_unfolded() -> None:
    block = retrieval("c1")

    assert "gate" not in folded(block)
    assert "no answerability verdict: the gate was off, or this was not recorded" in unfolded(block)


def test_unfolding_shows_every_field() -> None:
    block = retrieval(
        "c1",
        kb_ids=["kb-1", "kb-2"],
        retrieved=[{"chunk_id": "c1", "doc_id": "d1", "version_id": "v1", "score": 0.8125}],
        cited=("c1", "c7"),
        top_score=0.81,
        hit=True,
        latency_ms=1800,
        query_hash="9f2c",
        answerability=GATE,
    )
    text = " ".join(unfolded(block).split())

    for piece in (
        "1 0.8125 ✓ shown c1",
        "document d1",
        "version v1",
        "shown document doc of c1",
        "shown version not recorded",
        "chunk c7 document doc of c7 version not recorded knowledge base kb-1",
        "in the document citations[1]",
        "hit yes",
        "top score 0.81",
        "latency 1,800 ms",
        "searched base kb-1 searched base kb-2",
        "query id query turn-1",
        "query hash 9f2c",
        "turn id turn-1",
        "in the document rag_traces[0]",
        "label not_answerable",
        "reason below_low_threshold",
        "mode shadow",
        "action pass",
        "raw top score 0.31",
        "score basis raw_dotproduct",
        "threshold low 0.45",
        "threshold high 0.6",
    ):
        assert piece in text


@pytest.mark.parametrize(("hit", "words"), [(True, "yes"), (False, "no"), (None, "not recorded")])
def test_a_hit_is_yes_no_or_unknown(hit: bool | None, words: str) -> None:  # noqa: FBT001 - a table's column
    assert f"hit              {words}" in unfolded(retrieval("c1", hit=hit))


def test_a_chunk_that_the_model_did_not_see_says_so() -> None:
    assert "· not shown c1" in unfolded(retrieval("c1"))


def test_a_chunk_with_a_very_long_name_is_whole_somewhere() -> None:
    name = "chunk-" + "x" * 120

    assert name in "".join(unfolded(retrieval(name), 80).split())


def test_chunks_shown_without_a_retrieval_are_one_line() -> None:
    (block,) = [
        block
        for block in blocks_of(
            row("assistant", "x"), citations=[citation("c1"), citation("c2", version_id="v3")]
        )
        if isinstance(block.entry, ExposureEntry)
    ]

    assert folded(block) == "▸ shown to the model   2 chunks, no retrieval on record for this turn"
    text = " ".join(unfolded(block).split())
    for piece in ("chunk c1", "version v3", "citations[1]"):
        assert piece in text


def test_hostile_text_is_made_safe_everywhere() -> None:
    esc = "\x1b[2J"
    block = retrieval(
        esc,
        kb_ids=[esc],
        query_hash=esc,
        rag_query_id=esc,
        cited=(esc, esc + "2"),
        answerability=dict.fromkeys(("label", "reason_code", "mode", "action", "score_basis"), esc),
    )
    text = "\n".join(lines([block], expanded=True))

    assert "\x1b" not in text
    assert text.count("␛[2J") >= 10
