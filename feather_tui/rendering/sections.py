"""What the evidence pages are made of: titled sections, and entries as the transcript shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feather_tui.rendering.details import GAP_MEANINGS
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.leading import LeadingBlock
from feather_tui.rendering.row import BLANK, Row, Span, spread
from feather_tui.rendering.transcript import EntryBlock
from feather_tui.rendering.values import fact_rows
from feather_tui.session.timeline import Entry

LONG = 9
"""Rows of what a page is about that are shown while it is folded."""
SHORT = 3
"""The same, of what stands between."""


def titled(title: str, note: Row, look: Look, right: Iterable[Span] = ()) -> Row:
    """Return the row above a section: its title, and a note on it."""
    left: list[Span] = [(f" {title}", "strong")]
    if note:
        left += [("   ", "text"), *note]
    return spread(left, right, look.width - 2)


def section(title: str, blocks: Sequence[LeadingBlock], look: Look, note: Row = ()) -> list[LeadingBlock]:
    """Return blocks under a title, and a blank row behind them; nothing if there is nothing to say."""
    if not blocks and not note:
        return []
    return [LeadingBlock([titled(title, note, look)]), *blocks, LeadingBlock([BLANK])]


def entry_block(entry: Entry, look: Look, limit: int) -> LeadingBlock:
    """Return an entry as the transcript shows it, in at most `limit` rows; unfolded, with all its fields."""
    block = EntryBlock(entry, spaced=False)
    rows = block.rows(look, expanded=False, parts=1)
    return LeadingBlock(
        shortened(rows, limit, look.indent),
        entry,
        (lambda parts: block.rows(look, expanded=True, parts=parts)) if block.foldable else None,
    )


def shortened(rows: Sequence[Row], limit: int, indent: int) -> list[Row]:
    """Return the first `limit` rows, and a row that says how many more there are."""
    left = len(rows) - limit
    if left <= 1:  # the note would take the room of the one row
        return list(rows)
    note: Row = ((" " * indent, "text"), (f"… {left} more lines", "dim"))
    return [*rows[:limit], note]


def missing_section(facts: Iterable[tuple[str, str]], gaps: Iterable[str], look: Look) -> list[LeadingBlock]:
    """Return what the document does not hold: facts of (what, why it matters), and the platform's reasons."""
    reasons = [
        ("not captured", f"{reason}: {GAP_MEANINGS.get(reason, 'unknown to this version')}")
        for reason in gaps
    ]
    rows = fact_rows([*facts, *reasons], look.indent, look.body_width)
    note: Row = () if rows else (("nothing that the document should hold", "dim"),)
    return section("missing", [LeadingBlock([row]) for row in rows], look, note)
