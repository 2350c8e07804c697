"""The timeline as a page: its whitespace, what its parts were set aside with, and its estimates."""

from __future__ import annotations

from typing import Any

import pytest
from documents import analysis, body, call, citation, handoff, request, result, row, timeline_of, trace
from hypothesis import given
from looks import blocks_of, lines, look
from wild_documents import quick, sessions

from feather_tui.rendering.page.page import Page
from feather_tui.rendering.row import text_of
from feather_tui.rendering.transcript import EntryBlock, aside_rows, plain, transcript_blocks
from feather_tui.session import timeline
from feather_tui.session.reading import read_session
from feather_tui.session.shape import Aside


def read_blocks(document: dict[str, Any]) -> list[EntryBlock]:
    reading = read_session(body(document))
    return transcript_blocks(timeline.build(reading.document), reading.asides)


def test_a_conversation_at_80_columns() -> None:
    blocks = transcript_blocks(
        timeline_of(
            row("user", "Where is my money?", turn="t0"),
            row("assistant", "Let me see.", turn="t1", second=2, tool_calls=[request("x")]),
            row("assistant", "It is on its way.", turn="t2", second=40),
            rag_traces=[trace("c1", turn="t2")],
            tool_calls=[call("x", turn="t1", result="ok")],
            handoff_events=[handoff(50)],
            channel="voice",
        )
    )

    assert [line[:44].rstrip() for line in lines(blocks)] == [
        " 14:02:11 user",
        "   Where is my money?",
        "",
        " 14:02:13 assistant",
        "   Let me see.",
        "   ▸ lookup_order",
        "",
        "   ── customer waited 38 s ────────────",
        "",
        " 14:02:51 assistant",
        "   It is on its way.",
        "   ▸ retrieval   1 chunk, 0 shown",
        "",
        " 14:03:01 → handed off (target not recorded)",
        "",
        "   ── ended 14:08:23  resolved  user_request",
    ]


def test_the_day_is_shown_where_a_session_spans_several() -> None:
    (block,) = blocks_of(row("user", "hi"))
    rows = block.rows(look(80, dates=True), expanded=False, parts=1)
    wide = block.rows(look(120, dates=True), expanded=False, parts=1)

    assert plain(rows) == [" 2026-11-20 14:02:11 user", "   hi"]
    assert plain(wide) == [" 2026-11-20 14:02:11  user", " " * 22 + "hi"]


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (analysis(row("user", "hi", mood="odd"), ended_at=None), "MessageEntry"),
        (analysis(tool_calls=[call("x", mood="odd")]), "CallEntry"),
        (analysis(row("assistant", tool_calls=[request("x") | {"mood": "odd"}])), "MessageEntry"),
        (analysis(rag_traces=[trace("c1", mood="odd")]), "RetrievalEntry"),
        (analysis(rag_traces=[trace("c1", answerability={"mood": "odd"})]), "RetrievalEntry"),
        (analysis(rag_traces=[trace("c1")], citations=[citation("c1", mood="odd")]), "RetrievalEntry"),
        (analysis(rag_traces=[trace("c1")], citations=[citation("c2", mood="odd")]), "RetrievalEntry"),
        (analysis(citations=[citation("c1", mood="odd")]), "ExposureEntry"),
        (analysis(handoff_events=[handoff(1) | {"mood": "odd"}]), "HandoffEntry"),
        (
            analysis(
                row("assistant", tool_calls=[request("x")]),
                row("tool", tool_results=result("x", "") | {"mood": "odd"}),
            ),
            "CallEntry",
        ),
    ],
)
def test_what_was_set_aside_is_shown_with_its_record(document: dict[str, Any], kind: str) -> None:
    holders = [
        type(block.entry).__name__
        for block in read_blocks(document)
        if "odd" in "".join(lines([block], expanded=True))
    ]

    assert holders == [kind]


def test_asides_of_the_document_itself_hang_under_no_entry() -> None:
    blocks = read_blocks(analysis(row("user", "hi"), weather="odd", csat={"mood": "odd"}))

    assert "odd" not in "".join(lines(blocks, expanded=True))


def test_asides_are_shown_with_path_reason_and_value() -> None:
    aside = Aside(
        "messages[0].latency_ms", "\x1bsoon", "not a valid integer, unable to parse string as an integer"
    )

    assert plain(aside_rows([aside], 2, 60)) == [
        "  not understood by this version, as received",
        "  field            messages[0].latency_ms",
        "  because          not a valid integer, unable to parse string",
        "                   as an integer",
        '    "\\u001bsoon"',
    ]


def test_a_null_row_is_shown_as_one() -> None:
    block, *_ = read_blocks(analysis(None, row("user")))  # type: ignore[arg-type]  # what a broken API might send

    assert "an empty row" in "".join(lines([block], expanded=True))


@given(sessions)
@quick
def test_estimates_are_right_for_short_entries(document: dict[str, Any]) -> None:
    """Where nothing wraps, the scroll bar is exact from the start."""
    seen = look(4000)
    for block in read_blocks(document):
        content = block.entry.message.content if isinstance(block.entry, timeline.MessageEntry) else ""
        estimated, real = block.estimate(seen), len(block.rows(seen, expanded=False, parts=1))
        notes = isinstance(block.entry, timeline.MessageEntry) and (
            block.entry.orphan or block.entry.message.truncated
        )
        if content.strip() and not notes and block.entry.message.role in {"user", "assistant"}:  # type: ignore[union-attr]  # only messages have content
            assert estimated == real
        else:
            assert abs(estimated - real) <= 8 + content.count("\n")


def test_long_messages_are_estimated_near_enough() -> None:
    (block,) = blocks_of(row("user", "a word and another " * 2000))

    real = len(block.rows(look(), expanded=False, parts=1))
    assert abs(block.estimate(look()) - real) < real * 0.1


def test_a_transcript_is_a_page() -> None:
    blocks = blocks_of(*(row("user", f"message {number}", second=number) for number in range(100)))
    page = Page(blocks, look(), 5)

    page.end()

    assert [text_of(text) for text, _ in page.view()] == [
        " 14:03:49 user",
        "   message 98",
        "",
        " 14:03:50 user",
        "   message 99",
    ]
