"""Sessions of the API's list as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.rendering.clock import iso

if TYPE_CHECKING:
    from feather_tui.session.conversation import Conversation, Revision
    from feather_tui.session.list_query.query import Assessed
    from feather_tui.session.model import JsonValue


def conversation_json(row: Conversation, known: Assessed | None) -> dict[str, JsonValue]:
    """Return one object, with the same fields for every session; null: not said.

    Times are UTC. `revision` has `id`, `name`, `version`. `outcome` and `findings` (a count by severity) are
    known of sessions that were opened here, and null for all others. `set_aside` names fields of the API
    whose values were of a wrong type.
    """
    return {
        "session_id": row.session_id,
        "status": row.status or None,
        "channel": row.channel or None,
        "surface": row.surface or None,
        "session_type": row.session_type or None,
        "priority": row.priority or None,
        "subject": row.subject or None,
        "summary": row.summary or None,
        "agent_id": row.agent_id,
        "end_user_id": row.end_user_id,
        "started_at": iso(row.started_at) or None,
        "ended_at": iso(row.ended_at) or None,
        "duration_ms": row.duration_ms,
        "message_count": row.message_count,
        "revision": _revision(row.revision),
        "eval_status": row.eval_status,
        "email": row.email,
        "from_number": row.from_number,
        "to_number": row.to_number,
        "external_session_id": row.external_session_id,
        "metadata": row.metadata,
        "outcome": None if known is None else known.outcome,
        "findings": None if known is None else dict(known.findings),
        "set_aside": list(row.odd),
    }


def _revision(revision: Revision | None) -> JsonValue:
    if revision is None:
        return None
    return {"id": revision.id, "name": revision.name, "version": revision.version}
