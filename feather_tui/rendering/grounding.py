"""Where an extracted value comes from, and where a lost one should be: a few words beside the field."""

from __future__ import annotations

from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.grounding import Exactness, Ground, Grounding, GroundingResult
from feather_tui.session.likely_rows import LikelyRow
from feather_tui.session.model import Session

_SHOWN_CHARACTERS = 40


def grounding_row(result: GroundingResult, session: Session, look: Look) -> Row:
    """Return where a value was said: `said 14:02:11 by user`, or that it was not."""
    match result.ground:
        case Ground.SAID:
            first = result.said[0]
            more = f", {len(result.said) - 1} more" if len(result.said) > 1 else ""
            return ((f"said {_who(first.row, session, look)}{_as(first)}{more}", "dim"),)
        case Ground.IN_RESULT:
            first = result.in_results[0]
            tool = safe_line(first.call.name) if first.call else "a call that is not here"
            return ((f"in the result of {tool or 'an unnamed tool'}{_as(first)}", "dim"),)
        case Ground.NOT_FOUND if result.redacted:
            label = look.clock.time(session.messages[result.redacted[0]].timestamp)
            return (
                (f"{look.glyphs.unknown} not found in the transcript", "warn"),
                (f", which hides such values ({label})", "dim"),
            )
        case Ground.NOT_FOUND:
            return ((f"{look.glyphs.unknown} not found in the transcript", "warn"),)
        case Ground.NOT_CHECKABLE:
            return ((f"{look.glyphs.none} not checkable", "dim"),)


def likely_row(likely: LikelyRow, session: Session, look: Look) -> Row:
    """Return where a lost value should be, and why: `14:02:13 by assistant: … was given amount 79.90`."""
    return ((f"{_who(likely.row, session, look)}: ", "dim"), (safe_line(likely.reason), "text"))


def _who(row: int | None, session: Session, look: Look) -> str:
    if row is None:
        return "at a time not known"
    message = session.messages[row]
    return f"{look.clock.time(message.timestamp)} by {safe_line(message.role) or 'an unnamed role'}"


def _as(grounding: Grounding) -> str:
    """Return how the value stands there, where it is not written as it was extracted."""
    if grounding.exactness is Exactness.EXACT:
        return ""
    text = safe_line(grounding.text)
    return f" as {text if len(text) <= _SHOWN_CHARACTERS else f'{text[:_SHOWN_CHARACTERS]}…'}"
