"""What a rendering depends on besides the session: the room it has, the clock, the glyphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime

from feather_tui.command import Command
from feather_tui.commands import COMMANDS
from feather_tui.key_names import is_typed, written
from feather_tui.rendering.ascii_signs import in_ascii
from feather_tui.rendering.clock import TIME_WIDTH, Clock
from feather_tui.rendering.safe import is_only_ascii

WIDE = 100
"""From this many columns on there is room for a time column of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """The signs beside words. A sign never stands alone for a state: the word is always there."""

    folded: str = "▸"
    unfolded: str = "▾"
    good: str = "✓"
    bad: str = "✗"
    unknown: str = "?"
    mark: str = "●"
    flag: str = "◆"
    none: str = "·"
    rule: str = "─"
    cursor: str = "▌"
    thumb: str = "┃"
    arrow: str = "→"
    prompt: str = "›"
    dash: str = "—"
    warning: str = "⚠"

    @classmethod
    def here(cls) -> Glyphs:
        """Return the signs that this terminal can show."""
        return _IN_ASCII if is_only_ascii() else cls()


_IN_ASCII = Glyphs(**{sign.name: in_ascii(str(sign.default)) for sign in fields(Glyphs)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The width in cells, and how times and signs are written.

    `dates`: the session spans several days. `marks`: findings are marked at the right edge. `commands` have
    the keys that were configured.
    """

    width: int
    clock: Clock = field(default_factory=lambda: Clock(now=datetime.now(UTC)))
    glyphs: Glyphs = field(default_factory=Glyphs.here)
    dates: bool = False
    marks: bool = False
    commands: Sequence[Command] = field(default=COMMANDS, compare=False, repr=False)

    def key(self, command_id: str) -> str:
        """Return the first key of a command as people write it."""
        return next(written(command.keys[0]) for command in self.commands if command.id == command_id)

    def key_in_line(self, command_id: str) -> str:
        """Return the first key of a command that is no text where one is typed, as people write it."""
        keys = next(command.keys for command in self.commands if command.id == command_id)
        return next((written(key) for key in keys if not is_typed(key)), "")

    @property
    def wide(self) -> bool:
        """Whether times have a column of their own."""
        return self.width >= WIDE

    @property
    def indent(self) -> int:
        """Cells before the text of an entry."""
        if not self.wide:
            return 3
        return TIME_WIDTH + 3 + (len("2026-11-20 ") if self.dates else 0)

    @property
    def body_width(self) -> int:
        """Cells for the text of an entry: between the indent and a margin of two."""
        return max(self.width - self.indent - 2, 8)

    @property
    def mark_width(self) -> int:
        """Cells at the right edge for the worst finding of an entry."""
        if not self.marks:
            return 0
        return len("  ● critical") if self.wide else len(" ● high")

    @property
    def head_width(self) -> int:
        """Cells for the head of an entry: up to the marks and a margin of two."""
        return self.width - 2 - self.mark_width

    def stamp(self, moment: datetime | None) -> str:
        """Return the time as an entry's head shows it, with the day where the session spans several."""
        time = f"{self.clock.time(moment):<{TIME_WIDTH}}"
        return f"{self.clock.day(moment)} {time}" if self.dates else time
