"""Whatever a document holds, every page of it can be shown: safe, no wider than the screen, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta, timezone
from typing import Any

from documents import START, body
from hypothesis import assume, given
from hypothesis import strategies as st
from wild_documents import extractions, quick, sessions, wild_extractions, wild_sessions

from feather_tui.errors import DocumentUnreadable
from feather_tui.rendering.clock import Clock, TimeMode
from feather_tui.rendering.details import details_blocks
from feather_tui.rendering.extraction import extraction_blocks
from feather_tui.rendering.header import verdict_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.row import Row, text_of, width_of
from feather_tui.rendering.safe import safe
from feather_tui.rendering.transcript import transcript_blocks
from feather_tui.session import timeline
from feather_tui.session.model import Extraction, Session
from feather_tui.session.reading import read_extraction, read_session
from feather_tui.session.shape import Reading
from feather_tui.session.summary import summarize

BERN = timezone(timedelta(hours=1), "CET")

looks = st.builds(
    Look,
    width=st.sampled_from((40, 61, 80, 120)),
    clock=st.builds(
        Clock,
        now=st.just(START + timedelta(minutes=10)),
        mode=st.sampled_from(TimeMode),
        start=st.sampled_from((None, START)),
        zone=st.just(BERN),
    ),
    dates=st.booleans(),
)


def reading_of(document: dict[str, Any]) -> Reading[Session]:
    try:
        return read_session(body(document))
    except DocumentUnreadable:
        assume(condition=False)
        raise


def check(rows: list[Row], look: Look) -> None:
    """What the screen relies on in every row."""
    assert rows
    for row in rows:
        text = "".join(text for text, _ in row)
        assert width_of(row) <= look.width
        assert safe(text) == text
        assert "\n" not in text
        assert not text or text[0] == " ", "the cursor's mark has a cell of its own"


def check_all(blocks: Iterable[Block], look: Look) -> None:
    for block in blocks:
        assert block.estimate(look) >= 1
        folded = block.rows(look, expanded=False, parts=1)
        unfolded = block.rows(look, expanded=True, parts=1)
        check(folded, look)
        check(unfolded, look)
        assert block.foldable or len(folded) == len(unfolded)


@given(st.one_of(sessions, wild_sessions), looks)
@quick
def test_any_transcript_can_be_shown(document: dict[str, Any], look: Look) -> None:
    reading = reading_of(document)

    check_all(transcript_blocks(timeline.build(reading.document), reading.asides), look)


@given(st.one_of(sessions, wild_sessions), looks)
@quick
def test_any_details_and_verdict_can_be_shown(document: dict[str, Any], look: Look) -> None:
    reading = reading_of(document)
    summary = summarize(reading.document, timeline.build(reading.document))

    check(verdict_rows(summary, look), look)
    check_all(
        details_blocks(
            reading.document, summary, reading.asides, look, freshness="fetched just now", body_bytes=9
        ),
        look,
    )


@given(st.one_of(extractions, wild_extractions), looks)
@quick
def test_any_extraction_can_be_shown(document: dict[str, Any], look: Look) -> None:
    try:
        reading: Reading[Extraction] = read_extraction(body(document))
    except DocumentUnreadable:
        assume(condition=False)
        raise

    check_all(extraction_blocks(reading.document, reading.asides, look, "fetched just now"), look)


@given(wild_sessions)
@quick
def test_what_was_set_aside_is_shown_somewhere(document: dict[str, Any]) -> None:
    reading = reading_of(document)
    entries = timeline.build(reading.document)
    look = Look(width=10_000)
    blocks: list[Block] = [
        *transcript_blocks(entries, reading.asides),
        *details_blocks(
            reading.document,
            summarize(reading.document, entries),
            reading.asides,
            look,
            freshness="",
            body_bytes=0,
        ),
    ]
    page = "\n".join(text_of(row) for block in blocks for row in block.rows(look, expanded=True, parts=1))

    for aside in reading.asides:
        assert " ".join(safe(aside.path).split()) in " ".join(page.split())


@given(sessions, st.sampled_from((80, 120)))
@quick
def test_what_was_said_is_on_the_screen_whole(document: dict[str, Any], width: int) -> None:
    session = read_session(body(document)).document
    look = Look(width=width)
    for block in transcript_blocks(timeline.build(session)):
        if isinstance(block.entry, timeline.MessageEntry):
            shown = "".join(text_of(row) for row in block.rows(look, expanded=True, parts=1))
            assert "".join(safe(block.entry.message.content).split()) in "".join(shown.split())
