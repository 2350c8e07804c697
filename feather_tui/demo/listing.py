"""The demo's list of sessions, as the API answers it: rows made from the stories, filters, pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from feather_tui.demo import incident, shop
from feather_tui.demo.records import moment
from feather_tui.demo.reply import Reply, found
from feather_tui.demo.shop import Document
from feather_tui.session.identity import DocumentKind

PATH: Final = "/v1/conversations"
_USUAL_PAGE: Final = 50
_STATUSES: Final = {"error": "error", "call_failed": "error", "expired": "expired"}
_EVALUATIONS: Final = {
    **dict.fromkeys(("error", "call_failed", "unresolved", "abandoned"), "failure"),
    "resolved": "success",
}
_STILL_GOING_ON: Final = {"channel": "voice", "agent_id": shop.JUNO, "messages": [{}] * 6}
_PHONE: Final = "+493023125"
"""Numbers of Berlin that are nobody's, but for three digits."""


def rows() -> list[Document]:
    """Return a row for each session, newest first; one that is past its retention has none any more."""
    made = [_row(number, told) for number, told in enumerate(incident.SESSIONS)]
    return [row for row in made if row is not None]


def page(rows: list[Document], asked: Mapping[str, str]) -> Reply:
    """Answer a request with these parameters."""
    kept = [row for row in rows if all(_KEEPS[name](row, asked[name]) for name in _KEEPS if name in asked)]
    begin = int(asked.get("cursor") or 0)
    end = begin + int(asked.get("limit", _USUAL_PAGE))
    more = end < len(kept)
    return found({"items": kept[begin:end], "next_cursor": str(end) if more else None, "has_more": more})


def _row(number: int, told: incident.Told) -> Document | None:
    reply = incident.replies(told.session_id)[DocumentKind.ANALYSIS]
    if reply.status is HTTPStatus.OK:
        session, status = reply.body, _STATUSES.get(reply.body["knowledge_gap_analysis_outcome"], "closed")
    elif reply.status is HTTPStatus.CONFLICT:
        session, status = {"started_at": moment("15:41:07").isoformat(), **_STILL_GOING_ON}, "active"
    else:
        return None
    assistant = "milo" if session["agent_id"] == shop.MILO else "juno"
    return {
        "id": told.session_id,
        "organization_id": shop.ORGANIZATION,
        "end_user_id": shop.identifier("end user", told.slug),
        "channel": session["channel"],
        "surface": {"voice": "phone_line", "email": "mailbox"}.get(session["channel"], "webchat_widget"),
        "external_session_id": None,
        "status": status,
        "session_type": "live",
        "priority": "normal",
        "subject": told.slug.replace("-", " ").capitalize(),
        "assigned_agent_id": session["agent_id"],
        "summary": None,
        "metadata": {},
        "context_variables": {},
        "message_count": len(session.get("messages", ())),
        "started_at": session["started_at"],
        "ended_at": session.get("ended_at"),
        "closed_at": session.get("ended_at"),
        "duration_ms": _duration(session["started_at"], session.get("ended_at")),
        "has_recording": session["channel"] == "voice",
        "memory_sync_state": "synced",
        "eval_summary": {
            "eval_status": _EVALUATIONS.get(session.get("knowledge_gap_analysis_outcome") or "", "none")
        },
        "revision_id": shop.identifier("revision", assistant, "14"),
        "revision_name": f"{assistant} autumn",
        "revision_version": 14,
        "from_number": f"{_PHONE}{number:03}" if session["channel"] in {"voice", "sms"} else None,
        "to_number": None,
        "email": f"{told.slug}@mail.example" if session["channel"] == "email" else None,
    }


def _duration(started: str, ended: str | None) -> int | None:
    if ended is None:
        return None
    length = datetime.fromisoformat(ended) - datetime.fromisoformat(started)
    return round(length.total_seconds() * 1000)


def _same(name: str) -> Callable[[Document, str], bool]:
    return lambda row, value: bool(row[name] == value)


def _evaluated(row: Document, value: str) -> bool:
    status: str = row["eval_summary"]["eval_status"]
    kept = {
        "has_evals": status != "none",
        "no_evals": status == "none",
        "all_passed": status == "success",
        "any_failed": status == "failure",
    }
    return kept.get(value, False)


def _started(row: Document) -> datetime:
    return datetime.fromisoformat(row["started_at"])


_KEEPS: Final[Mapping[str, Callable[[Any, str], bool]]] = {
    **{
        name: _same(name)
        for name in ("status", "channel", "end_user_id", "assigned_agent_id", "priority", "id")
    },
    **{name: _same(name) for name in ("external_session_id", "from_number", "to_number", "email")},
    "started_after": lambda row, value: _started(row) >= datetime.fromisoformat(value),
    "started_before": lambda row, value: _started(row) <= datetime.fromisoformat(value),
    "q": lambda row, value: value.lower() in row["subject"].lower(),
    "eval_filter": _evaluated,
}
