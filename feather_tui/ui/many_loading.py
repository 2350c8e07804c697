"""The loading of many sessions, as the board shows it: how far, how fast, what is missing and why."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from feather_tui.rendering.board import Unloaded
from feather_tui.rendering.board_news import News, State

if TYPE_CHECKING:
    from feather_tui.listed_sessions import ListedSessions
    from feather_tui.many import Many


class ManyLoading:
    """Tells of one `Many`; `clock` counts seconds. Time in which nothing is asked for does not count."""

    def __init__(
        self,
        many: Many,
        listed: ListedSessions | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.many = many
        self.state = State.LOADING
        self._listed = listed
        self._clock = clock
        self._since = clock()
        self._seconds = 0.0
        self._requests = self._asked = 0

    def begin(self) -> None:
        """Note that sessions are being asked for from now on."""
        self.state = State.LOADING
        self._since, self._seconds = self._clock(), 0.0
        self._requests, self._asked = self.many.tally.requests, self.many.tally.asked

    def pause(self) -> None:
        """Have no more asked for, until `go_on`."""
        self._seconds += self._clock() - self._since
        self.state = State.PAUSED
        self.many.pause()

    def go_on(self) -> None:
        """End a pause."""
        self._since = self._clock()
        self.state = State.LOADING
        self.many.go_on()

    def end(self, *, stopped: bool) -> None:
        """Note that nothing more comes; `stopped` by the reader."""
        self.many.go_on()
        self.state = State.STOPPED if stopped else State.ENDED

    @property
    def under_way(self) -> bool:
        """Whether more may come without being asked for."""
        return self.state in {State.LOADING, State.PAUSED}

    @property
    def not_here(self) -> int:
        """How many of the sessions that are named have not come."""
        return self.many.tally.total - self.many.tally.came

    @property
    def lacking(self) -> bool:
        """Whether there is something to ask for again."""
        many = self.many
        return many.tally.came < many.tally.total or many.unnamed is not None or not many.total_known

    @property
    def unloaded(self) -> Iterator[Unloaded]:
        """The sessions that were asked for in vain, each with the reason."""
        for session_id, error in self.many.missing.items():
            yield Unloaded(session_id, error.brief, str(error))

    @property
    def news(self) -> News:
        """How far it has come."""
        many, tally = self.many, self.many.tally
        missing = Counter(error.brief for error in many.missing.values())
        if self.state is State.ENDED and many.not_asked:
            missing["not asked for"] = many.not_asked
        rate, seconds_left = self._pace() if self.state is State.LOADING else (None, None)
        return News(
            state=self.state,
            came=tally.came,
            total=tally.total,
            total_known=many.total_known or many.unnamed is not None,
            cached=tally.cached,
            incomplete=tally.incomplete,
            rate=rate,
            seconds_left=seconds_left,
            missing=missing,
            notes=tuple(self._notes()),
        )

    def _pace(self) -> tuple[float | None, float | None]:
        seconds = self._seconds + self._clock() - self._since
        asked = self.many.tally.asked - self._asked
        if seconds < 1 or not asked:
            return None, None
        rate = (self.many.tally.requests - self._requests) / seconds
        return rate, self.many.not_asked * seconds / asked

    def _notes(self) -> Iterable[str]:
        many = self.many
        if many.stopped is not None:
            yield str(many.stopped)
        if many.unnamed is not None:
            yield f"The list ends early, after {many.tally.total:,} sessions. {many.unnamed}"
        elif many.total_known and not many.tally.total:
            yield "The list has no session for this."
        if self._listed is not None:
            yield from self._listed.sentences()
