"""The head of the screen: how the session went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from feather_tui.rendering.clock import duration
from feather_tui.rendering.entries.marks import outcome_tone
from feather_tui.rendering.findings import looking_row, suspicion_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Span, flow
from feather_tui.rendering.safe import safe_line
from feather_tui.session.summary import Summary

if TYPE_CHECKING:
    from feather_tui.findings.verdict import Verdict  # the type alone, as in `rendering.findings`

ROOMY_HEIGHT: Final = 16
"""On a screen of fewer rows the verdict keeps to its first row; the details view has all of it."""


def head_rows(
    summary: Summary, verdict: Verdict | None, look: Look, height: int, *, looking: bool
) -> list[Row]:
    """Return how the session went and what went wrong, for a screen of `height` rows.

    `looking`: what went wrong is being looked for.
    """
    roomy = height >= ROOMY_HEIGHT
    rows = verdict_rows(summary, look)[: None if roomy else 1]
    if verdict is not None:
        return rows + suspicion_rows(verdict, look, 2 if roomy else 1)
    return [*rows, looking_row()] if looking else rows


def verdict_rows(summary: Summary, look: Look) -> list[Row]:
    """Return how the session went, in as many rows as it needs; nothing is left out."""
    return flow(_verdict(summary, look), look.width, gap="   " if look.wide else "  ")


def _verdict(summary: Summary, look: Look) -> Iterator[Row]:
    outcome = summary.outcome
    tone = outcome_tone(outcome)
    sign = {"good": look.glyphs.good, "bad": look.glyphs.bad}.get(tone, look.glyphs.none)
    yield ((f"{sign} {safe_line(outcome or 'outcome not recorded')}", tone),)
    yield ((safe_line(summary.reason or "no reason recorded"), "text"),)
    yield ((safe_line(summary.channel or "channel not given"), "text"),)
    yield ((look.clock.full(summary.started_at), "dim"),)
    length = duration(summary.duration_seconds)
    yield ((length if summary.ended_at else f"{length}, end not recorded", "text"),)
    yield ((f"{summary.turns} turn{'s' * (summary.turns != 1)}", "text"),)
    yield _tools(summary)
    yield _retrievals(summary)
    if summary.unlinked:
        yield ((f"unlinked {summary.unlinked}", "warn"),)
    if summary.gaps:
        yield ((f"evidence gaps: {', '.join(map(_gap, summary.gaps))}", "warn"),)


def _tools(summary: Summary) -> Row:
    if summary.tools is None:
        return (("tools not captured", "warn"),)
    spans: list[Span] = [(f"tools {summary.tools}", "text")]
    if summary.tools_failed:
        spans += [(" ", "text"), (f"({summary.tools_failed} failed)", "bad")]
    if summary.tools_unanswered:
        spans += [(" ", "text"), (f"({summary.tools_unanswered} without result)", "warn")]
    return tuple(spans)


def _retrievals(summary: Summary) -> Row:
    if summary.retrievals is None:
        return (("retrievals not captured", "warn"),)
    spans: list[Span] = [(f"retrieval {summary.retrievals}", "text")]
    if summary.retrievals_missed:
        missed = f"({summary.retrievals_missed} miss{'es' * (summary.retrievals_missed != 1)})"
        spans += [(" ", "text"), (missed, "bad")]
    return tuple(spans)


def _gap(reason: str) -> str:
    return safe_line(reason).removeprefix("no_").replace("_", " ")
