"""The scroll bar's thumb: the part that stands for what is in sight."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thumb:
    """Where the thumb is, in rows of the view: [start, stop)."""

    start: int
    stop: int


def thumb_of(*, above: int, height: int, total: int) -> Thumb | None:
    """Return the thumb of a view of `height` rows with so many `above` it; None if all are in sight."""
    if total <= height:
        return None
    length = max(height * height // total, 1)
    room, beyond = height - length, max(total - height, 1)
    start = min(round(above * room / beyond), room)
    return Thumb(start, start + length)
