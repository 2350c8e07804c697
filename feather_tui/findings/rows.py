"""Rows in the order of time, the waits between them, and the handoffs among them.

A *place* is a row's position in the order of time, from 0; a *row* is an index in `messages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from feather_tui.findings.finding import Target, row_target
from feather_tui.session.model import Handoff, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A row in its place."""

    row: int
    place: int
    message: Message

    @property
    def by_user(self) -> bool:
        """Whether the customer said it."""
        return self.message.role == "user"

    @property
    def at(self) -> datetime | None:
        """When."""
        return self.message.timestamp

    @property
    def target(self) -> Target:
        """Where to look."""
        return row_target(self.row)


class Wait(NamedTuple):
    """The time between two rows that say something, one after the other."""

    before: Said
    after: Said
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """A handoff, and the place before which it happened."""

    before: int
    index: int
    handoff: Handoff


def waits(said: Iterable[Said]) -> Iterator[Wait]:
    """Yield the waits between rows that follow each other, where both have a time."""
    for before, after in pairwise(said):
        start, end = before.message.timestamp, after.message.timestamp
        if start is not None and end is not None:
            yield Wait(before, after, (end - start).total_seconds())
