"""The sessions table: one summary row a known session, for the lookup pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feather_tui.session.identity import SessionId
from feather_tui.store.encoding import digest_of_columns, pack_text, pack_time, unpack_text, unpack_time
from feather_tui.store.records import Known

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from feather_tui.store.encoding import Column
    from feather_tui.store.records import Scope

_COLUMNS = (
    "session_id, started_at, outcome, reason, channel, turns, tools, tools_failed,"
    " retrievals, retrievals_missed, extraction, seen_at, findings"
)


def write(connection: sqlite3.Connection, scope: Scope, session_id: SessionId, known: Known) -> None:
    """Write one session's row in place of what was there. Raises sqlite3.Error."""
    columns = (*_owner(scope), pack_text(session_id), *_pack(known))
    values = (*columns, digest_of_columns(columns))
    places = ", ".join("?" * len(values))
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT OR REPLACE INTO sessions"  # noqa: S608 - names of our own
            f" (origin, key_fingerprint, {_COLUMNS}, digest) VALUES ({places})",
            values,
        )


def read_all(connection: sqlite3.Connection, scope: Scope) -> tuple[list[Known], list[int]]:
    """Return the scope's sessions, newest start first, and the ids of rows that were damaged.

    Those without a start come last. Raises sqlite3.Error.
    """
    owner = _owner(scope)
    known: list[Known] = []
    damaged: list[int] = []
    rows = connection.execute(
        f"SELECT {_COLUMNS}, digest, id FROM sessions"  # noqa: S608 - names of our own
        " WHERE origin = ? AND key_fingerprint = ? ORDER BY started_at DESC, seen_at DESC",
        owner,
    )
    for *columns, digest, row_id in rows:
        if digest == digest_of_columns((*owner, *columns)):
            known.append(_unpack(columns))
        else:
            damaged.append(row_id)
    return known, damaged


def remove(connection: sqlite3.Connection, row_ids: Iterable[int]) -> None:
    """Remove rows by their id. Raises sqlite3.Error."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("DELETE FROM sessions WHERE id = ?", ((row_id,) for row_id in row_ids))


def _owner(scope: Scope) -> tuple[bytes, bytes]:
    return pack_text(scope.origin), pack_text(scope.key_fingerprint)


def _pack(known: Known) -> tuple[Column, ...]:
    """Return the columns after `session_id`, in their order."""
    return (
        None if known.started_at is None else pack_time(known.started_at),
        _pack_optional(known.outcome),
        _pack_optional(known.reason),
        pack_text(known.channel),
        known.turns,
        known.tools,
        known.tools_failed,
        known.retrievals,
        known.retrievals_missed,
        _pack_optional(known.extraction),
        pack_time(known.seen_at),
        pack_text(",".join(f"{severity}:{count}" for severity, count in known.findings.items())),
    )


def _unpack(columns: list[Any]) -> Known:
    """Undo `_pack`; the digest has said that every column is as it was written."""
    (
        session_id,
        started_at,
        outcome,
        reason,
        channel,
        turns,
        tools,
        tools_failed,
        retrievals,
        retrievals_missed,
        extraction,
        seen_at,
        findings,
    ) = columns
    return Known(
        session_id=SessionId(unpack_text(session_id)),
        started_at=None if started_at is None else unpack_time(started_at),
        outcome=_unpack_optional(outcome),
        reason=_unpack_optional(reason),
        channel=unpack_text(channel),
        turns=turns,
        tools=tools,
        tools_failed=tools_failed,
        retrievals=retrievals,
        retrievals_missed=retrievals_missed,
        extraction=_unpack_optional(extraction),
        seen_at=unpack_time(seen_at),
        findings=_unpack_findings(unpack_text(findings)),
    )


def _pack_optional(text: str | None) -> bytes | None:
    return None if text is None else pack_text(text)


def _unpack_optional(packed: bytes | None) -> str | None:
    return None if packed is None else unpack_text(packed)


def _unpack_findings(text: str) -> dict[str, int]:
    """Read "high:2,low:1"."""
    pairs = (entry.split(":") for entry in text.split(",") if entry)
    return {severity: int(count) for severity, count in pairs}
