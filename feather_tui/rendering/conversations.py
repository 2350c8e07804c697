"""The list of sessions that the API gives: a row each, in columns that give way on narrow screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from feather_tui.rendering.clock import TIME_WIDTH, count, duration
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Tone, cells, fit, fit_row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.conversation import Conversation
from feather_tui.session.reference import short

_GAP: Final = "  "
_BAD: Final = frozenset({"error", "expired"})
_NOT_SAID: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column: from which width of the screen on there is room for it, and what it shows of a row."""

    title: str
    width: int
    room_from: int
    text: Callable[[Conversation, Look], str]
    tone: Callable[[Conversation], Tone] = lambda _: "text"
    right: bool = False


def heading_row(look: Look) -> Row:
    """Return the names of the columns."""
    titles = [_placed(_title(column, look), column) for column in _shown(look)]
    return ((_GAP.join([*titles, "subject"]), "dim"),)


def conversation_row(row: Conversation, look: Look) -> Row:
    """Return a session's row; one too wide is cut visibly."""
    spans = [
        (_placed(safe_line(column.text(row, look)) or _NOT_SAID, column) + _GAP, column.tone(row))
        for column in _shown(look)
    ]
    subject = safe_line(row.subject or row.summary) or _NOT_SAID
    return fit_row((*spans, (subject, "text")), look.width)


def _shown(look: Look) -> list[_Column]:
    return [column for column in _COLUMNS if look.width >= column.room_from]


def _title(column: _Column, look: Look) -> str:
    return f"{column.title} ({look.clock.label})" if column.title == "start" else column.title


def _placed(text: str, column: _Column) -> str:
    shown = fit(text, column.width)
    room = " " * (column.width - cells(shown))
    return room + shown if column.right else shown + room


def _start(row: Conversation, look: Look) -> str:
    return f"{look.clock.day(row.started_at)} {look.clock.time(row.started_at):<{TIME_WIDTH}}"


def _status_tone(row: Conversation) -> Tone:
    return "bad" if row.status in _BAD else "text"


def _agent(row: Conversation, _: Look) -> str:
    return short(row.agent_id or "")


def _messages(row: Conversation, _: Look) -> str:
    return "" if row.message_count is None else count(row.message_count)


def _length(row: Conversation, _: Look) -> str:
    return "" if row.duration_ms is None else duration(row.duration_ms / 1000)


def _revision(row: Conversation, _: Look) -> str:
    return "" if row.revision is None else str(row.revision)


_COLUMNS: Final = (
    _Column(title="session", width=36, room_from=0, text=lambda row, _: row.session_id),
    _Column(title="start", width=19, room_from=0, text=_start, tone=lambda _: "dim"),
    _Column(title="status", width=10, room_from=0, text=lambda row, _: row.status, tone=_status_tone),
    _Column(title="channel", width=7, room_from=100, text=lambda row, _: row.channel),
    _Column(title="agent", width=8, room_from=112, text=_agent),
    _Column(title="messages", width=8, room_from=132, text=_messages, right=True),
    _Column(title="length", width=8, room_from=132, text=_length, right=True),
    _Column(title="evals", width=7, room_from=144, text=lambda row, _: row.eval_status or ""),
    _Column(title="priority", width=8, room_from=156, text=lambda row, _: row.priority),
    _Column(title="revision", width=20, room_from=180, text=_revision),
)
