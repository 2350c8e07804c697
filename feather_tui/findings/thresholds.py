"""From when on something is slow, repeated or low: every number the rules compare with, with its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from feather_tui.findings import words
from feather_tui.findings.words import WordList
from feather_tui.session.pauses import LONG_PAUSE_SECONDS, LONG_WAIT_SECONDS

_HOUR: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class Limit:
    """From `slow` on it is worth a look, from `bad` on it is bad. The unit is the threshold's."""

    slow: float
    bad: float


_OTHER: Final = "other"
_REPLY_MS: Final = {
    "voice": Limit(2_000, 5_000),
    "chat": Limit(8_000, 20_000),
    _OTHER: Limit(20_000, 60_000),
}
_WAIT_SECONDS: Final = {
    "voice": Limit(LONG_WAIT_SECONDS["voice"], 15),
    "chat": Limit(LONG_WAIT_SECONDS["chat"], 120),
    "sms": Limit(LONG_WAIT_SECONDS["sms"], 600),
    "email": Limit(LONG_WAIT_SECONDS["email"], 24 * _HOUR),
    _OTHER: Limit(60, 300),
}
_PAUSE_SECONDS: Final = {channel: LONG_PAUSE_SECONDS[channel] for channel in ("voice", "chat")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Which rules may read wording, and with which words (see `words`). Off: they say nothing."""

    repeats: bool = True
    frustration: bool = True
    human: bool = True
    admissions: bool = True
    courtesies: bool = True
    human_words: WordList = field(default_factory=lambda: words.HUMAN)
    frustration_words: WordList = field(default_factory=lambda: words.FRUSTRATION)
    admission_words: WordList = field(default_factory=lambda: words.ADMISSION)
    gratitude_words: WordList = field(default_factory=lambda: words.GRATITUDE)
    courtesy_words: WordList = field(default_factory=lambda: words.COURTESY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """All thresholds. Milliseconds and seconds as named; shares from 0 to 1.

    Tool latencies are the platform's own health check's (warning, critical). By channel: `voice`, `chat`,
    `sms`, `email`, and `other` for the rest; a channel that is not named takes `other`, and without `other`
    the rule says nothing about it.
    """

    tool_ms: Limit = Limit(5_000, 15_000)
    tool_loop_identical: int = 3
    tool_loop_named: int = 5
    reply_ms: Mapping[str, Limit] = field(default_factory=lambda: _REPLY_MS)
    outlier_least_rows: int = 5
    wait_seconds: Mapping[str, Limit] = field(default_factory=lambda: _WAIT_SECONDS)
    pause_seconds: Mapping[str, float] = field(default_factory=lambda: _PAUSE_SECONDS)
    retrieval_ms: int = 2_000
    retrieval_share_ms: int = 1_000
    cut_off_seconds: float = 2.0
    under_way_seconds: float = 60.0
    clock_slack_seconds: float = 5.0
    clock_jitter_seconds: float = 1.0
    repeat_likeness: float = 0.8
    repeat_least_words: int = 4
    repeat_window: int = 20
    repeats_high: int = 3
    reply_repeat_characters: int = 20
    reply_repeat_times: int = 3
    model_switches_routed: int = 3
    low_rating_percent: int = 40
    extraction_due_seconds: float = 15 * 60.0
    extraction_stale_seconds: float = 5.0
    extraction_empty_share: float = 0.5
    extraction_ms: int = 30_000
    wording: Wording = field(default_factory=Wording)

    def reply_limit(self, channel: str) -> Limit | None:
        """Return from when on a reply is slow on this channel, in milliseconds."""
        return self.reply_ms.get(channel, self.reply_ms.get(_OTHER))

    def wait_limit(self, channel: str) -> Limit | None:
        """Return from when on a wait for a reply is long on this channel, in seconds."""
        return self.wait_seconds.get(channel, self.wait_seconds.get(_OTHER))

    def pause_limit(self, channel: str) -> float | None:
        """Return from when on a customer's pause is long on this channel, in seconds."""
        return self.pause_seconds.get(channel, self.pause_seconds.get(_OTHER))
