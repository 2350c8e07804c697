"""What stands between messages: handoffs, silences, the end, and the head of the unlinked bucket."""

from __future__ import annotations

from feather_tui.rendering.clock import duration
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Tone, cells
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import fact_rows
from feather_tui.session.summary import BAD_OUTCOMES, GOOD_OUTCOMES
from feather_tui.session.timeline import EndEntry, HandoffEntry, SilenceEntry, UnlinkedEntry


def handoff_rows(entry: HandoffEntry, look: Look, *, expanded: bool, parts: int) -> list[Row]:
    """Return a handoff's rows: when, to whom, and why."""
    del parts
    handoff = entry.handoff
    reason = safe_line(handoff.reason or "").strip()
    target = safe_line(handoff.transferred_to_agent_id or "")
    head: Row = (
        (f" {look.stamp(handoff.timestamp)}", "dim"),
        ("  " if look.wide else " ", "text"),
        (f"{look.glyphs.arrow} handed off", "warn"),
        (f" to {target[:8]}" if target else " (target not recorded)", "dim"),
        (": ", "dim"),
        (reason, "text") if reason else ("no reason given", "warn"),
    )
    if not expanded:
        return [head]
    facts = [
        ("time", look.clock.full(handoff.timestamp)),
        ("to", handoff.transferred_to_agent_id or "not recorded"),
        ("reason", handoff.reason or "not given"),
        ("in the document", f"handoff_events[{entry.index}]"),
    ]
    return [head, *fact_rows(facts, look.indent + 2, look.body_width - 2)]


def silence_rows(entry: SilenceEntry, look: Look, *, expanded: bool, parts: int) -> list[Row]:
    """Return the one row of a silence."""
    del expanded, parts
    length = duration(entry.seconds)
    text = f"customer waited {length}" if entry.waiting else f"{length} silence"
    return [_rule(text, look, "warn" if entry.waiting else "dim")]


def end_rows(entry: EndEntry, look: Look, *, expanded: bool, parts: int) -> list[Row]:
    """Return the one row of the session's end."""
    del expanded, parts
    outcome = safe_line(entry.outcome or "outcome not recorded")
    reason = safe_line(entry.reason or "reason not recorded")
    when = look.clock.time(entry.at) if entry.at else "at a time not recorded"
    return [_rule(f"ended {when}  {outcome}  {reason}", look, outcome_tone(entry.outcome))]


def unlinked_rows(entry: UnlinkedEntry, look: Look, *, expanded: bool, parts: int) -> list[Row]:
    """Return the head of the bucket of records whose turn is not in the document."""
    del expanded, parts
    plural = "s point" if entry.count != 1 else " points"
    return [_rule(f"unlinked: {entry.count} record{plural} to turns that are not here", look, "warn")]


def outcome_tone(outcome: str | None) -> Tone:
    """Return the tone of an outcome; one that the API has not had so far is shown plain."""
    if outcome in BAD_OUTCOMES:
        return "bad"
    return "good" if outcome in GOOD_OUTCOMES else "text"


def _rule(text: str, look: Look, tone: Tone) -> Row:
    room = max(look.body_width - cells(text) - 4, 0)
    return (
        (" " * look.indent, "text"),
        (f"{look.glyphs.rule * 2} ", "dim"),
        (text, tone),
        (" ", "text"),
        (look.glyphs.rule * min(room, 12), "dim"),
    )
