"""The list of sessions that the API gives: a row each, in columns that give way on narrow screens."""

from __future__ import annotations

from typing import Final

from feather_tui.rendering.clock import TIME_WIDTH, count, duration
from feather_tui.rendering.columns import Column, spans_of, titles
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row, Tone, fit_row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.conversation import Conversation
from feather_tui.session.reference import short

_BAD: Final = frozenset({"error", "expired"})


def heading_row(look: Look) -> Row:
    """Return the names of the columns."""
    return ((f"{titles(_COLUMNS, look)}subject", "dim"),)


def conversation_row(row: Conversation, look: Look) -> Row:
    """Return a session's row; one too wide is cut visibly."""
    return fit_row((*spans_of(row, _COLUMNS, look), (subject(row), "text")), look.width)


def subject(row: Conversation) -> str:
    """Return what a session was about."""
    return safe_line(row.subject or row.summary) or "-"


def status_tone(row: Conversation) -> Tone:
    """Return how a session's status is shown."""
    return "bad" if row.status in _BAD else "text"


def agent(row: Conversation) -> str:
    """Return the beginning of the assistant's id."""
    return short(row.agent_id or "")


def messages(row: Conversation) -> str:
    """Return how many messages a session has."""
    return "" if row.message_count is None else count(row.message_count)


def length(row: Conversation) -> str:
    """Return how long a session took."""
    return "" if row.duration_ms is None else duration(row.duration_ms / 1000)


def revision(row: Conversation) -> str:
    """Return which version of the assistant it was."""
    return "" if row.revision is None else str(row.revision)


def _start(row: Conversation, look: Look) -> str:
    return f"{look.clock.day(row.started_at)} {look.clock.time(row.started_at):<{TIME_WIDTH}}"


_COLUMNS: Final[tuple[Column[Conversation], ...]] = (
    Column(title="session", width=36, text=lambda row, _: row.session_id),
    Column(title="start", width=19, text=_start, tone=lambda *_: "dim"),
    Column(title="status", width=10, text=lambda row, _: row.status, tone=lambda row, _: status_tone(row)),
    Column(title="channel", width=7, room_from=100, text=lambda row, _: row.channel),
    Column(title="agent", width=8, room_from=112, text=lambda row, _: agent(row)),
    Column(title="messages", width=8, room_from=132, text=lambda row, _: messages(row), right=True),
    Column(title="length", width=8, room_from=132, text=lambda row, _: length(row), right=True),
    Column(title="evals", width=7, room_from=144, text=lambda row, _: row.eval_status or ""),
    Column(title="priority", width=8, room_from=156, text=lambda row, _: row.priority),
    Column(title="revision", width=20, room_from=180, text=lambda row, _: revision(row)),
)
