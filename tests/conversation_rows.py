"""Rows and pages of the list of sessions, as the API sends them."""

from __future__ import annotations

import json
from typing import Any

ASSISTANT = "6f1e0e5c-3f0b-4a0b-8f5e-0a6a0b7d1c01"


def listed_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def listed(number: int, **changes: Any) -> dict[str, Any]:
    """A row as v1.90 writes it; `changes` replace or add fields."""
    return {
        "id": listed_id(number),
        "organization_id": "9f1e0e5c-3f0b-4a0b-8f5e-0a6a0b7d1c02",
        "end_user_id": "8f1e0e5c-3f0b-4a0b-8f5e-0a6a0b7d1c03",
        "channel": "chat",
        "surface": "webchat_widget",
        "external_session_id": None,
        "status": "closed",
        "session_type": "live",
        "priority": "normal",
        "subject": f"Order {number}",
        "assigned_agent_id": ASSISTANT,
        "summary": None,
        "metadata": {},
        "context_variables": {},
        "message_count": 4,
        "started_at": "2026-11-20T14:02:11Z",
        "ended_at": "2026-11-20T14:09:11Z",
        "closed_at": "2026-11-20T14:10:00Z",
        "duration_ms": 420_000,
        "has_recording": False,
        "memory_sync_state": "synced",
        "eval_summary": {"total": 1, "succeeded": 1, "eval_status": "success"},
        "revision_id": None,
        "revision_name": "return window",
        "revision_version": 7,
        "from_number": None,
        "to_number": None,
        "email": None,
    } | changes


def older(row: dict[str, Any]) -> dict[str, Any]:
    """The row as v1.21 writes it."""
    newer = ("surface", "memory_sync_state", "revision_id", "revision_name", "revision_version")
    later = (*newer, "from_number", "to_number", "email")
    kept = {name: value for name, value in row.items() if name not in later}
    return kept | {"origin": row["surface"], "memory_synced": True}


def page(*rows: Any, cursor: str | None = None, **fields: Any) -> bytes:
    """An answer of the list; `fields` replace or add what stands beside the rows."""
    whole = {"items": list(rows), "next_cursor": cursor, "has_more": cursor is not None} | fields
    return json.dumps(whole).encode()
