"""The list of sessions as the API gives it: a page of rows, and what each row says of its session.

Source: `GET /v1/conversations` and its older form; the API calls sessions conversations there. Rows are read
leniently: a value of a wrong type is set aside and named, a row without an id is refused and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

from feather_tui.session.identity import SessionId
from feather_tui.session.json_tree import json_type, parse_json, unreadable
from feather_tui.session.model import JsonValue

LIST_NAME: Final = "list of sessions"
"""What it is called in a sentence."""
_ADVICE: Final = "Sessions can still be opened by their ids; check whether there is a newer feather-tui."
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
_DAY_AND_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d", re.ASCII)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The version of the assistant that a session was pinned to; deployments before v1.87 do not say."""

    id: str | None = None
    name: str | None = None
    version: int | None = None

    def __str__(self) -> str:
        """The name and version as people know them, else the id."""
        return " ".join(filter(None, (self.name, self._version))) or self.id or ""

    def names(self) -> tuple[str, ...]:
        """Return all that it may be called."""
        return tuple(filter(None, (self.id, self.name, self._version, self._version[1:], str(self))))

    @property
    def _version(self) -> str:
        return "" if self.version is None else f"v{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One row of the list; the texts are the API's own, so untrusted. Empty, or None: not said.

    `surface` is called `origin` by older deployments. `agent_id` is the assigned assistant. `ended_at` is
    the time of the end, or else that of closing. `odd` names the fields whose values were of a wrong type.
    """

    session_id: SessionId
    channel: str = ""
    surface: str = ""
    status: str = ""
    session_type: str = ""
    priority: str = ""
    subject: str = ""
    summary: str = ""
    agent_id: str | None = None
    end_user_id: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    duration_ms: int | None = None
    message_count: int | None = None
    revision: Revision | None = None
    eval_status: str | None = None
    email: str | None = None
    from_number: str | None = None
    to_number: str | None = None
    external_session_id: str | None = None
    metadata: Mapping[str, JsonValue] = field(default_factory=dict)
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of the list.

    `next_cursor` None: there is no way on. `has_more`: what the API says of it. `refused` counts rows
    without a usable id.
    """

    rows: tuple[Conversation, ...]
    next_cursor: str | None
    has_more: bool
    refused: int = 0


def read_page(body: bytes) -> Page:
    """Read an answer of the list. Raises DocumentUnreadable if it is no object with a list of `items`."""
    tree = parse_json(body, LIST_NAME, _ADVICE)
    if not isinstance(tree, dict):
        raise unreadable(LIST_NAME, f"a JSON object was expected, {json_type(tree)} came", advice=_ADVICE)
    items = tree.get("items")
    if not isinstance(items, list):  # no rows would be a lie
        raise unreadable(LIST_NAME, "a list was expected", "items", _ADVICE)
    rows = tuple(filter(None, map(_conversation, items)))
    cursor = tree.get("next_cursor")
    next_cursor = cursor if isinstance(cursor, str) and cursor else None
    has_more = tree.get("has_more")
    return Page(
        rows=rows,
        next_cursor=next_cursor,
        has_more=has_more if isinstance(has_more, bool) else next_cursor is not None,
        refused=len(items) - len(rows),
    )


def session_id_of(text: str) -> SessionId | None:
    """Return a UUID in canonical form, with or without hyphens and in any case; None for anything else."""
    if not _ID.fullmatch(text):
        return None
    digits = text.replace("-", "").lower()
    return SessionId(f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}")


class _Fields:
    """The fields of a row by type; null counts as absent, and any other type is noted in `odd`."""

    def __init__(self, row: Mapping[str, JsonValue]) -> None:
        self._row = row
        self.odd: list[str] = []

    def text(self, *names: str) -> str | None:
        """Return the first of these fields that says something."""
        return next(filter(None, (self._get(name, _text) for name in names)), None)

    def number(self, name: str) -> int | None:
        return self._get(name, _number)

    def moment(self, *names: str) -> datetime | None:
        return next(filter(None, (self._get(name, _moment) for name in names)), None)

    def object(self, name: str) -> Mapping[str, JsonValue]:
        return self._get(name, _object) or {}

    def _get(self, name: str, read: Callable[[JsonValue], Value | None]) -> Value | None:
        raw = self._row.get(name)
        value = None if raw is None else read(raw)
        if raw is not None and value is None:
            self.odd.append(name)
        return value


def _conversation(row: JsonValue) -> Conversation | None:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        return None
    session_id = session_id_of(row["id"])
    if session_id is None:
        return None
    said = _Fields(row)
    evaluated = _Fields(said.object("eval_summary"))
    return Conversation(
        session_id=session_id,
        channel=said.text("channel") or "",
        surface=said.text("surface", "origin") or "",
        status=said.text("status") or "",
        session_type=said.text("session_type") or "",
        priority=said.text("priority") or "",
        subject=said.text("subject") or "",
        summary=said.text("summary", "summary_preview") or "",
        agent_id=said.text("assigned_agent_id"),
        end_user_id=said.text("end_user_id"),
        started_at=said.moment("started_at"),
        ended_at=said.moment("ended_at", "closed_at"),
        duration_ms=said.number("duration_ms"),
        message_count=said.number("message_count"),
        revision=_revision(said),
        eval_status=evaluated.text("eval_status"),
        email=said.text("email"),
        from_number=said.text("from_number"),
        to_number=said.text("to_number"),
        external_session_id=said.text("external_session_id"),
        metadata=said.object("metadata"),
        odd=(*said.odd, *(f"eval_summary.{name}" for name in evaluated.odd)),
    )


def _revision(said: _Fields) -> Revision | None:
    revision = Revision(
        id=said.text("revision_id", "team_revision_id"),
        name=said.text("revision_name", "team_revision_name"),
        version=said.number("revision_version"),
    )
    return None if revision == Revision() else revision


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: JsonValue) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _object(value: JsonValue) -> Mapping[str, JsonValue] | None:
    return value if isinstance(value, dict) else None


def _moment(value: JsonValue) -> datetime | None:
    """Return a time of any offset; one without is taken for UTC, which is what the API writes."""
    if not isinstance(value, str) or not _DAY_AND_TIME.match(value):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
