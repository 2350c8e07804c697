"""What the screens are given besides sessions: whose data, which keys, how things are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from feather_tui.clipboard import Clipboard
from feather_tui.command import Command
from feather_tui.commands import COMMANDS
from feather_tui.mark_files import MarkFiles
from feather_tui.pager import Pager
from feather_tui.rendering.clock import TimeMode
from feather_tui.rendering.masthead import Place


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """`commands` have the keys that were configured; without `clipboard` or `pager` nothing goes there.

    `marks` are in memory only unless they have a directory. `theme` is one of `themes.THEMES`; `only_ascii`:
    the terminal shows nothing else. `requests_per_second`: the budget of loading many sessions. `basis`: what
    pictures of sessions depend on besides size and times, as `first_sight.setting_of` takes it; without it
    none are kept.
    """

    place: Place
    time_mode: TimeMode = TimeMode.UTC
    commands: Sequence[Command] = COMMANDS
    clipboard: Clipboard | None = None
    pager: Pager | None = None
    marks: MarkFiles = field(default_factory=MarkFiles)
    theme: str = "ansi"
    only_ascii: bool = False
    requests_per_second: float = 5.0
    basis: str = ""
    now: Callable[[], datetime] = _now
