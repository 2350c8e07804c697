"""Tells a session row by row and writes down its two documents as the API would.

Times are texts such as "14:02:11" or "14:02:11.040": UTC, on the day of the incident.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from feather_tui.demo import shop
from feather_tui.demo.records import Records, moment
from feather_tui.demo.reply import NOT_EXTRACTED, Replies, found
from feather_tui.demo.shop import Document
from feather_tui.demo.turn import Turn, json_text, result_of
from feather_tui.session.identity import DocumentKind, SessionId


def letter(*paragraphs: str) -> str:
    """Return the text of a mail."""
    return "\n\n".join(paragraphs)


class SessionBuilder:
    """One session: its rows in the order in which they are told, its end, and its extraction."""

    def __init__(
        self,
        session_id: SessionId,
        *,
        channel: str,
        started: str,
        agent: str = shop.JUNO,
        model: str = shop.GPT,
        utc_offset_hours: int = 0,
    ) -> None:
        self._model = model
        self._extraction = NOT_EXTRACTED
        self._records = Records(
            session_id,
            agent=agent,
            channel=channel,
            started=started,
            utc_offset_hours=utc_offset_hours,
        )

    def user(self, at: str, content: str, *, original_chars: int | None = None) -> Self:
        """The customer says something; `original_chars` is its length before it was cut."""
        self._records.row("user", moment(at), content, original_chars=original_chars)
        return self

    def assistant(self, at: str, content: str, *, ms: int, model: str = "") -> Turn:
        """The assistant says something, or only calls tools; `ms` is the latency of the row."""
        row = self._records.row("assistant", moment(at), content, model=model or self._model, ms=ms)
        return Turn(self._records, row["turn_id"], row)

    def colleague(self, at: str, content: str) -> Self:
        """A person of the shop answers: role `assistant`, but no model."""
        self._records.row("assistant", moment(at), content)
        return self

    def event(self, at: str, content: str, *, role: str = "system_event") -> Self:
        """The platform notes something."""
        self._records.row(role, moment(at), content)
        return self

    def stray_result(self, at: str, call_id: str, output: Any) -> Self:
        """A result comes in for a call that is not on record."""
        self._records.row("tool", moment(at), "", results=result_of(call_id, json_text(output)))
        return self

    def missing_turn(self) -> Turn:
        """Return a turn whose rows were lost: what is told of it points at nothing."""
        return Turn(self._records, self._records.identifier("turn"))

    def handoff(self, at: str, *, to: str | None = None, reason: str | None = None) -> Self:
        """The session goes to a person or to another assistant."""
        return self.add("handoff_events", timestamp=self.stamp(at), transferred_to_agent_id=to, reason=reason)

    def end(self, at: str, *, outcome: str | None, reason: str | None) -> Self:
        """The session ends."""
        return self.set(
            ended_at=self.stamp(at), knowledge_gap_analysis_outcome=outcome, completion_reason=reason
        )

    def set(self, **values: Any) -> Self:
        """Set fields of the analysis input as they are."""
        self._records.document.update(values)
        return self

    def leave_out(self, *names: str) -> Self:
        """Take fields out of the analysis input, as records of older releases lack them."""
        for name in names:
            del self._records.document[name]
        return self

    def add(self, records: str, **record: Any) -> Self:
        """Append a record to a list of the analysis input as it is."""
        self._records.document[records].append(record)
        return self

    def amend(self, records: str, **changes: Any) -> Self:
        """Change the newest record of a list, where two copies differ or a field is new."""
        self._records.document[records][-1].update(changes)
        return self

    def extraction(
        self,
        at: str,
        *,
        status: str,
        data: Document | None,
        tokens: tuple[int, int] | None = None,
        ms: int | None = None,
        version: int = 7,
        missing: Sequence[str] | None = (),
        errors: Sequence[Document] | None = (),
        **more: Any,
    ) -> Self:
        """The extraction is done; `tokens` are those read and written, `more` sets other fields."""
        read, written = tokens or (None, None)
        body = {
            "id": self._records.identifier("extraction"),
            "organization_id": shop.ORGANIZATION,
            "session_id": self._records.document["session_id"],
            "agent_id": self._records.document["agent_id"],
            "schema_id": shop.SUPPORT_SCHEMA,
            "schema_version": version,
            "status": status,
            "skip_reason": None,
            "extracted_data": data,
            "validation_errors": None if errors is None else list(errors),
            "missing_required_fields": None if missing is None else list(missing),
            "error_message": None,
            "model_used": shop.GPT_MINI,
            "tokens_input": read,
            "tokens_output": written,
            "latency_ms": ms,
            "created_at": self.stamp(at),
            "updated_at": self.stamp(at),
        }
        self._extraction = found(body | more)
        return self

    def stamp(self, at: str) -> str:
        """Return a time as the session's documents write it."""
        return self._records.stamp(moment(at))

    def replies(self) -> Replies:
        """Return what the API answers for the session as told."""
        return {
            DocumentKind.ANALYSIS: found(self._records.document),
            DocumentKind.EXTRACTION: self._extraction,
        }
