"""The analysis input of one session while it is being told: its rows, its ids, its clock.

Times are texts such as "14:02:11" or "14:02:11.040": UTC, on the day of the incident. Ids are made from
the session's id and a running number, so that every run gives the same document.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from feather_tui.demo import shop
from feather_tui.demo.knowledge import Base
from feather_tui.demo.shop import Document
from feather_tui.session.identity import SessionId

DAY: Final = date(2026, 11, 20)


def moment(text: str) -> datetime:
    """Return the time `text` names on the day of the incident."""
    return datetime.combine(DAY, time.fromisoformat(text), UTC)


class Records:
    """The records of one session; `document` is the analysis input, `now` the time of its newest row."""

    def __init__(
        self, session_id: SessionId, *, agent: str, channel: str, started: str, utc_offset_hours: int
    ) -> None:
        self._zone = timezone(timedelta(hours=utc_offset_hours))
        self._identifiers_made = 0
        self.now = moment(started)
        self.document: Document = {
            "analyzer_input_schema_version": 2,
            "session_id": session_id,
            "organization_id": shop.ORGANIZATION,
            "agent_id": agent,
            "channel": channel,
            "started_at": self.stamp(self.now),
            "ended_at": None,
            "completion_reason": None,
            "knowledge_gap_analysis_outcome": None,
            "messages": [],
            "rag_traces": [],
            "citations": [],
            "tool_calls": [],
            "handoff_events": [],
            "kb_snapshot": None,
            "user_feedback": None,
            "csat": None,
            "reopen": None,
            "customer_metadata": None,
            "missing_evidence_reasons": ["no_csat", "no_user_feedback"],
        }

    def row(
        self,
        role: str,
        at: datetime,
        content: str,
        *,
        model: str | None = None,
        ms: int | None = None,
        results: Document | None = None,
        original_chars: int | None = None,
    ) -> Document:
        """Append a message and return it."""
        self.now = at
        row: Document = {
            "turn_id": self.identifier("turn"),
            "role": role,
            "timestamp": self.stamp(at),
            "content": content,
            "tool_calls": None,
            "tool_results": results,
            "model_used": model,
            "latency_ms": ms,
            "truncated": original_chars is not None,
            "original_char_count": original_chars,
        }
        self.document["messages"].append(row)
        return row

    def stamp(self, at: datetime) -> str:
        """Return a time as this session's documents write it."""
        return at.astimezone(self._zone).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def identifier(self, what: str) -> str:
        """Return a new UUID."""
        self._identifiers_made += 1
        return shop.identifier(self.document["session_id"], what, str(self._identifiers_made))

    def remember(self, base: Base) -> None:
        """Add a base to the snapshot, which the session's first search takes."""
        if self.document["kb_snapshot"] is None:
            self.document["kb_snapshot"] = {"captured_at": self.stamp(self.now), "kb_versions": {}}
        self.document["kb_snapshot"]["kb_versions"].setdefault(base.kb_id, base.documents)
