"""A table as rows of the screen: columns in a fixed order, which give way where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Span, Tone, cells, fit
from feather_tui.rendering.safe import safe_line

Item = TypeVar("Item")
_GAP: Final = "  "
_NOT_SAID: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Item]):
    """A column: from which width of the screen on there is room for it, and what it shows of an item."""

    title: str
    width: int
    text: Callable[[Item, Look], str]
    tone: Callable[[Item, Look], Tone] = lambda *_: "text"
    room_from: int = 0
    right: bool = False


def titles(columns: Sequence[Column[Item]], look: Look) -> str:
    """Return the names of the columns, each followed by a gap; that of the start says what its times are."""
    return "".join(_placed(_title(column, look), column) + _GAP for column in _shown(columns, look))


def spans_of(item: Item, columns: Sequence[Column[Item]], look: Look) -> list[Span]:
    """Return an item's cells, each followed by a gap."""
    return [
        (_placed(safe_line(column.text(item, look)) or _NOT_SAID, column) + _GAP, column.tone(item, look))
        for column in _shown(columns, look)
    ]


def share(part: int, whole: int | None) -> str:
    """Return how many of how many, "?" where they were not captured."""
    return f"{count(part)}/{'?' if whole is None else count(whole)}"


def _shown(columns: Sequence[Column[Item]], look: Look) -> list[Column[Item]]:
    return [column for column in columns if look.width >= column.room_from]


def _title(column: Column[Item], look: Look) -> str:
    return f"{column.title} ({look.clock.label})" if column.title == "start" else column.title


def _placed(text: str, column: Column[Item]) -> str:
    shown = fit(text, column.width)
    room = " " * (column.width - cells(shown))
    return room + shown if column.right else shown + room
