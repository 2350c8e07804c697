"""How renderings are looked at in tests: fixed clock, UTC, and rows as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from documents import START, timeline_of

from feather_tui.rendering.clock import Clock, TimeMode
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.row import Row, Tone, text_of
from feather_tui.rendering.transcript import EntryBlock, transcript_blocks
from feather_tui.session.timeline import EndEntry


def look(width: int = 80, *, mode: TimeMode = TimeMode.UTC, dates: bool = False) -> Look:
    """A look ten minutes after the documents' sessions began."""
    clock = Clock(now=START + timedelta(minutes=10), mode=mode, start=START)
    return Look(width=width, clock=clock, dates=dates)


def lines(blocks: Iterable[Block], width: int = 80, *, expanded: bool = False) -> list[str]:
    """The lines of text of some blocks."""
    return [text_of(row) for block in blocks for row in block.rows(look(width), expanded=expanded, parts=1)]


def blocks_of(*messages: Any, **fields: Any) -> list[EntryBlock]:
    """The transcript of `analysis(*messages, **fields)`, without the line of its end."""
    entries = timeline_of(*messages, **fields)
    return transcript_blocks([entry for entry in entries if not isinstance(entry, EndEntry)])


def tone_of(rows: Sequence[Row], text: str) -> Tone:
    """The tone of the first span that contains a text."""
    return next(tone for row in rows for span, tone in row if text in span)
