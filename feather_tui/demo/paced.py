"""A short session whose times need not be told: they follow from what is said, and on which channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self

from feather_tui.demo import shop
from feather_tui.demo.builder import SessionBuilder
from feather_tui.demo.records import moment
from feather_tui.demo.reply import Replies
from feather_tui.demo.shop import Document
from feather_tui.demo.turn import Turn
from feather_tui.session.identity import SessionId

_SCHEMA_ACTIVATED: Final = moment("13:50:00")
"""From then on extractions are of version 7."""
_ON_THE_WAY: Final = 0.15
"""Seconds until a reply that is made is on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pace:
    """Seconds a customer takes, and milliseconds the model does: at the least, and for every character."""

    seconds: float
    seconds_each: float
    ms: int
    ms_each: int


_PACES: Final = {
    "voice": _Pace(seconds=2.0, seconds_each=0.03, ms=610, ms_each=2),
    "chat": _Pace(seconds=9.0, seconds_each=0.15, ms=1_130, ms_each=6),
    "sms": _Pace(seconds=25.0, seconds_each=0.3, ms=960, ms_each=4),
    "email": _Pace(seconds=600.0, seconds_each=2.0, ms=2_970, ms_each=7),
}


class PacedSession(SessionBuilder):
    """A session told in the order in which it went; chat and voice are Juno's, email and sms Milo's."""

    def __init__(self, session_id: SessionId, *, channel: str, started: str) -> None:
        agent = shop.MILO if channel in {"email", "sms"} else shop.JUNO
        super().__init__(session_id, channel=channel, started=started, agent=agent)
        self._pace = _PACES[channel]
        self._read = 0

    def opens(self, words: str) -> Self:
        """The customer writes, or calls, is greeted, and says why."""
        if self._records.document["channel"] != "voice":
            return self.user(self.later(0), words)
        self.event(self.later(0), "Call connected.")
        self.answers("Copperlane, this is Juno. How can I help?")
        return self.asks(words)

    def asks(self, words: str) -> Self:
        """The customer goes on, after the time it takes to read the reply and to say this."""
        pause = self._pace.seconds + self._pace.seconds_each * (self._read + len(words))
        return self.user(self.later(pause), words)

    def answers(self, words: str) -> Turn:
        """The assistant replies; without words it only calls tools."""
        self._read = len(words)
        ms = self._pace.ms + self._pace.ms_each * len(words)
        return self.assistant(self.later(ms / 1_000 + _ON_THE_WAY), words, ms=ms)

    def hands_over(self, words: str, *, reason: str, position: int) -> Self:
        """The assistant says so and puts the session in the refund desk's queue."""
        self.answers(words).tool(
            "request_human_handoff",
            {"queue": "refunds", "reason": reason},
            result={"accepted": True, "queue": "refunds", "position": position},
            ms=80 + position,
        )
        return self.handoff(self.later(0.2), to=shop.REFUND_DESK, reason=reason)

    def closes(
        self,
        data: Document,
        *,
        outcome: str,
        reason: str,
        status: str = "completed",
        missing: Sequence[str] = (),
        after: float = 2.0,
    ) -> Replies:
        """End so many seconds after the newest row, and extract `data` some seconds later."""
        written = len(str(data)) // 2
        ms = 900 + 11 * written
        ended = self.later(after)
        self.extraction(
            self.later(after + 3.5 + ms / 1_000),
            version=7 if moment(ended) >= _SCHEMA_ACTIVATED else 6,
            status=status,
            data=data,
            missing=missing,
            tokens=(600 + 90 * len(self._records.document["messages"]), written),
            ms=ms,
        )
        return self.end(ended, outcome=outcome, reason=reason).replies()

    def later(self, seconds: float) -> str:
        """Return the time so many seconds after the newest row."""
        return (self._records.now + timedelta(seconds=seconds)).time().isoformat("milliseconds")
