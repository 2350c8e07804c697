"""The fields of a query: `status:error`, and what is known to stand behind the colon."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from feather_tui.session.conversation import session_id_of

SEVERITIES: Final = ("info", "low", "medium", "high", "critical")
"""From the least to the worst."""
_PHONE_PUNCTUATION: Final = re.compile(r"[\s().\-/]")
_PHONE: Final = re.compile(r"\+\d{5,15}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field.

    `parameter` is what the API calls it; empty: the API cannot filter by it, so it is done here. `values` are
    offered as completions. `read` gives a value its one form, empty if it is not understood; then `expected`
    says what would be.
    """

    name: str
    help: str
    parameter: str = ""
    values: tuple[str, ...] = ()
    read: Callable[[str], str] = str.strip
    expected: str = "a word"


def _uuid(text: str) -> str:
    return session_id_of(text.strip()) or ""


def _lower(text: str) -> str:
    return text.strip().lower()


def _address(text: str) -> str:
    return text.strip() if "@" in text.strip("@ ") else ""


def _phone(text: str) -> str:
    number = _PHONE_PUNCTUATION.sub("", text)
    number = f"+{number[2:]}" if number.startswith("00") else number
    return number if _PHONE.fullmatch(number) else ""


def _one_of(*words: str) -> Callable[[str], str]:
    return lambda text: _lower(text) if _lower(text) in words else ""


_EVALS: Final = ("any_failed", "all_passed", "has_evals", "no_evals")
_STATUSES: Final = (
    *("error", "active", "closed", "expired", "waiting_for_human", "transferred", "awaiting_approval"),
    *("queued", "ringing", "paused", "pending_dispatch", "superseded"),
)
_OUTCOMES: Final = (
    *("error", "unresolved", "escalated", "abandoned", "expired", "transferred", "call_failed"),
    *("voicemail", "resolved"),
)
_AN_ID: Final = "a UUID"

FIELDS: Final = (
    Field(name="status", help="of the session now", parameter="status", values=_STATUSES, read=_lower),
    Field(
        name="channel",
        help="how the customer came",
        parameter="channel",
        values=("chat", "voice", "email", "sms"),
        read=_lower,
    ),
    Field(
        name="since",
        help="started then or later; UTC unless said",
        values=("15m", "1h", "2h", "24h", "7d"),
    ),
    Field(name="until", help="started then or earlier", values=("15m", "1h", "24h")),
    Field(
        name="agent",
        help="id of the assistant",
        parameter="assigned_agent_id",
        read=_uuid,
        expected=_AN_ID,
    ),
    Field(
        name="email",
        help="an address of the customer",
        parameter="email",
        read=_address,
        expected="an e-mail address",
    ),
    Field(
        name="phone",
        help="either number of the call or message",
        read=_phone,
        expected="a number with its country, such as +4930123456",
    ),
    Field(name="external", help="the id that your own system gave", parameter="external_session_id"),
    Field(name="user", help="id of the end user", parameter="end_user_id", read=_uuid, expected=_AN_ID),
    Field(
        name="eval",
        help="how its evaluations ended",
        parameter="eval_filter",
        values=_EVALS,
        read=_one_of(*_EVALS),
        expected=f"one of {', '.join(_EVALS)}",
    ),
    Field(
        name="priority",
        help="of the session",
        parameter="priority",
        values=("urgent", "high", "normal", "low"),
        read=_lower,
    ),
    Field(name="id", help="of the session", parameter="id", read=_uuid, expected=_AN_ID),
    Field(
        name="type", help="live, or a try; filtered here", values=("live", "test", "simulation"), read=_lower
    ),
    Field(name="revision", help="name or version of the assistant's revision; filtered here", read=_lower),
    Field(name="outcome", help="of sessions opened here; filtered here", values=_OUTCOMES, read=_lower),
    Field(
        name="worst",
        help="a finding at least so severe, in sessions opened here; filtered here",
        values=tuple(reversed(SEVERITIES)),
        read=_one_of(*SEVERITIES),
        expected=f"one of {', '.join(SEVERITIES)}",
    ),
)
FIELD_OF: Final = {field.name: field for field in FIELDS}
