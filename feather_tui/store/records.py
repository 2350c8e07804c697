"""What goes into the cache and comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from feather_tui.session.identity import SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose rows: those of one host and one key, which nobody else's request may see.

    `origin` is `BaseUrl.origin`, `key_fingerprint` is `Key.fingerprint`.
    """

    origin: str
    key_fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A document from the cache.

    `body` is the decoded body of the API's answer, byte for byte. `fetched_at` is when it was
    received, `checked_at` when the API last confirmed that it is still the same. Both are UTC.
    """

    body: bytes
    fetched_at: datetime
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a session looked like when it was opened last.

    `lines` are whatever `Store.keep_picture` was given; the times are those of its analysis input, as in
    `Stored`.
    """

    lines: bytes
    fetched_at: datetime
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One session as a row of the lookup pane; the texts are the API's own, so untrusted.

    `outcome` is `knowledge_gap_analysis_outcome`, `reason` is `completion_reason`, `extraction` the
    status of the latest extraction. `turns`, `tools` (of which `tools_failed`) and `retrievals` (of
    which `retrievals_missed`) are counts; None where the platform did not capture them. `seen_at` is
    when the session was last opened here. `findings` maps a severity, one word without comma or colon,
    to its count.
    """

    session_id: SessionId
    started_at: datetime | None
    outcome: str | None
    reason: str | None
    channel: str
    turns: int
    tools: int | None
    tools_failed: int
    retrievals: int | None
    retrievals_missed: int
    extraction: str | None
    seen_at: datetime
    findings: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreInfo:
    """What the cache holds, over all hosts and keys.

    `path` is where it is or would be (None: memory was asked for); `bytes_on_disk` counts every file
    of it there, those set aside as damaged included. `oldest` and `newest` are the times at which the
    first and the last of its documents were received, None without documents.
    """

    path: Path | None
    bytes_on_disk: int
    sessions: int
    documents: int
    oldest: datetime | None
    newest: datetime | None
    in_memory: bool
