"""Rows and sessions that many cases begin with."""

from __future__ import annotations

from typing import Any

from documents import Document, analysis, row


def user(second: float, text: str = "Where is the parcel with my lamp?", **fields: Any) -> Document:
    """A customer's row; its turn is named for its second."""
    return row("user", text, turn=f"u{second:g}", second=second, **fields)


def reply(second: float, text: str = "It arrives on Monday.", *, turn: str = "", **fields: Any) -> Document:
    """An assistant's row."""
    return row("assistant", text, turn=turn or f"a{second:g}", second=second, **fields)


def tool_row(second: float, **fields: Any) -> Document:
    """A row of role tool."""
    return row("tool", "", turn=f"x{second:g}", second=second, **fields)


def answered(*more: Document, **fields: Any) -> Document:
    """A session: the customer asks at 0 s, turn t1 answers at 2 s, and what is given happens besides."""
    return analysis(user(0), reply(2, turn="t1"), *more, **fields)


def missing(*reasons: str) -> Document:
    """The field that says what was not captured."""
    return {"missing_evidence_reasons": list(reasons)}
