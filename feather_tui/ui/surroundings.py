"""What the screens are given besides sessions: whose data, which keys, how things are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from feather_tui.clipboard import Clipboard
from feather_tui.commands import COMMANDS, Command
from feather_tui.rendering.clock import TimeMode
from feather_tui.rendering.header import Place


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """`commands` have the keys that were configured; without `clipboard` nothing is copied."""

    place: Place
    time_mode: TimeMode = TimeMode.UTC
    commands: Sequence[Command] = COMMANDS
    clipboard: Clipboard | None = None
    now: Callable[[], datetime] = _now
