"""Loading many sessions: from the cache first, a few at a time, within a budget of requests.

What came is kept, why something did not is known, and `load` may be called again for what is missing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from feather_tui.api.progress import Progress, Stage
from feather_tui.budget import Budget
from feather_tui.cases import brief, case_of
from feather_tui.errors import (
    FeatherError,
    KeyProblem,
    NotCached,
    RedirectRefused,
    SettingsInvalid,
    Unavailable,
)
from feather_tui.gathered import Gathered
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.session.timeline import end_of

if TYPE_CHECKING:
    from feather_tui.arrivals import SessionCopy
    from feather_tui.library import Library
    from feather_tui.triage.case import Case

AT_ONCE: Final = 4
RATE: Final = 5.0
"""Requests a second, unless said otherwise."""

More = Callable[[], AsyncGenerator[Sequence[SessionId], None]]
"""Names more sessions, some at a time, as they become known; raises FeatherError where that ends early."""

_BATCH: Final = 200
_IN_A_ROW: Final = 4
"""So many sessions in a row that the API could not bring: it will not bring the next one either."""
_FOR_ALL: Final = (KeyProblem, SettingsInvalid, RedirectRefused)
"""What stands against one request stands against all of its kind."""
_STILL_MADE: Final = timedelta(hours=1)
"""So long after the end of a session there may yet come an extraction."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A session that came. `lacking`: why nothing is known of its extraction, None if all is."""

    case: Case
    lacking: FeatherError | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A session that did not come, and why."""

    session_id: SessionId
    error: FeatherError


@dataclass(slots=True)
class Tally:
    """How far it has come.

    `requests` counts every try. `incomplete`: how many came without anything known of their extraction.
    """

    total: int
    cached: int = 0
    asked: int = 0
    incomplete: int = 0
    requests: int = 0

    @property
    def came(self) -> int:
        """How many sessions are there."""
        return self.cached + self.asked


class Many:
    """Loads sessions, each at most once: those that are given, and those that `more` names meanwhile.

    `missing` has the reason for each that was asked for in vain; `stopped` is why no more are asked for, None
    as long as they are; `unnamed` is why `more` named no more of them. `refresh`: nothing is taken from the
    cache. `revisions`: of the assistants, as far as whoever names the sessions knows them; they are looked up
    when a session comes.
    """

    def __init__(
        self,
        library: Library,
        session_ids: Iterable[SessionId],
        *,
        more: More | None = None,
        revisions: Mapping[SessionId, str] | None = None,
        budget: Budget | None = None,
        refresh: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._library = library
        self._left = dict.fromkeys(session_ids)
        self._named = set(self._left)
        self._more = more
        self._revisions = revisions if revisions is not None else {}
        self._budget = budget or Budget(RATE)
        self._refresh = refresh
        self._now = now
        self._going = asyncio.Event()
        self._going.set()
        self._refused: dict[DocumentKind, FeatherError] = {}
        self._failed_in_a_row = 0
        self.tally = Tally(len(self._left))
        self.missing: dict[SessionId, FeatherError] = {}
        self.stopped: FeatherError | None = None
        self.unnamed: FeatherError | None = None

    @property
    def total_known(self) -> bool:
        """Whether no more sessions will be named."""
        return self._more is None

    @property
    def paused(self) -> bool:
        """Whether no more requests are made until `go_on`."""
        return not self._going.is_set()

    @property
    def not_asked(self) -> int:
        """How many sessions have not been asked for."""
        return self.tally.total - self.tally.came - len(self.missing)

    def pause(self) -> None:
        """Make no more requests until `go_on`; those under way are finished."""
        self._going.clear()

    def go_on(self) -> None:
        """End a pause."""
        self._going.set()

    async def load(self) -> AsyncGenerator[Loaded | Missing, None]:
        """Yield what there is, as it comes: the rows in the cache first. Leaving early stops the rest.

        Called again, it asks for what has not come, and forgets what stood against that.
        """
        self.stopped = self.unnamed = None
        self._failed_in_a_row = 0
        self._refused.clear()
        self.missing.clear()
        async for loaded in self._recalled(tuple(self._left)):
            yield loaded
        async with aclosing((self._more or _no_more)()) as more:
            async for outcome in self._asked(deque(self._left), more):
                yield outcome

    async def _recalled(self, session_ids: tuple[SessionId, ...]) -> AsyncIterator[Loaded]:
        for batch in () if self._refresh else _batches(session_ids):
            for session_id, case in (await self._library.cases.recall(batch)).items():
                del self._left[session_id]
                self.tally.cached += 1
                yield Loaded(self._revised(case))

    async def _asked(
        self, waiting: deque[SessionId], more: AsyncGenerator[Sequence[SessionId], None]
    ) -> AsyncIterator[Loaded | Missing]:
        running: set[asyncio.Task[Loaded | Missing]] = set()
        naming: set[asyncio.Task[tuple[SessionId, ...] | None]] = {asyncio.create_task(self._next(more))}
        try:
            while running or ((waiting or naming) and not self.stopped):
                while waiting and not self.stopped and len(running) < AT_ONCE:
                    running.add(asyncio.create_task(self._load(waiting.popleft())))
                done, _ = await asyncio.wait({*running, *naming}, return_when=asyncio.FIRST_COMPLETED)
                finished, running = running & done, running - done
                for task in finished:
                    yield self._counted(task.result())
                named, naming = naming & done, naming - done
                for page in named:
                    if (session_ids := page.result()) is not None:
                        async for loaded in self._recalled(session_ids):
                            yield loaded
                        waiting.extend(each for each in session_ids if each in self._left)
                        naming.add(asyncio.create_task(self._next(more)))
        finally:
            for each in (*running, *naming):
                each.cancel()
            await asyncio.gather(*running, *naming, return_exceptions=True)

    async def _next(self, more: AsyncGenerator[Sequence[SessionId], None]) -> tuple[SessionId, ...] | None:
        """Return sessions that were not named before, None if there will be none."""
        await self._going.wait()
        try:
            page = await anext(more)
        except StopAsyncIteration:
            self._more = None
            return None
        except FeatherError as error:
            self.unnamed = error.with_traceback(None)  # it would keep what was read until then
            return None
        fresh = tuple(dict.fromkeys(each for each in page if each not in self._named))
        self._named.update(fresh)
        self._left.update(dict.fromkeys(fresh))
        self.tally.total += len(fresh)
        return fresh

    def _counted(self, outcome: Loaded | Missing) -> Loaded | Missing:
        if isinstance(outcome, Loaded):
            del self._left[outcome.case.session_id]
            self.tally.asked += 1
            self.tally.incomplete += outcome.lacking is not None
        elif outcome.error is not self.stopped:
            self.missing[outcome.session_id] = outcome.error
        return outcome

    # ------------------------------------------------------------------ one of them

    async def _load(self, session_id: SessionId) -> Loaded | Missing:
        gathered = Gathered()
        arrivals = self._library.open(session_id, self._report, refresh=self._refresh, turn=self._turn)
        async for arrival in arrivals:
            gathered.take(arrival)
        errors = {kind: failure.error for kind, failure in gathered.failures.items()}
        self._weigh(errors)
        if gathered.session is None:
            return Missing(session_id, errors[DocumentKind.ANALYSIS])
        lacking = None if gathered.extraction_absent else errors.get(DocumentKind.EXTRACTION)
        case = self._revised(_case(session_id, gathered))
        if lacking is None and not self._may_change(gathered, gathered.session):
            await self._library.cases.keep(case, gathered.session.provenance.fetched_at)
        return Loaded(case, lacking)

    def _revised(self, case: Case) -> Case:
        """Return the row with the revision that the list told, if it did: no document has it."""
        revision = brief(self._revisions.get(case.session_id))
        return replace(case, revision=revision) if revision else case

    def _may_change(self, gathered: Gathered, session: SessionCopy) -> bool:
        end = end_of(session.session)
        return gathered.extraction_absent and end is not None and self._now() - end < _STILL_MADE

    def _weigh(self, errors: dict[DocumentKind, FeatherError]) -> None:
        """Learn from what failed whether it would fail for the others as well."""
        for kind, error in errors.items():
            error.with_traceback(None)  # it would keep what was read until then
            if isinstance(error, _FOR_ALL):
                self._refused.setdefault(kind, error)
        reason = errors.get(DocumentKind.ANALYSIS)
        unavailable = isinstance(reason, Unavailable) and not isinstance(reason, NotCached)
        self._failed_in_a_row = self._failed_in_a_row + 1 if unavailable else 0
        if self._failed_in_a_row >= _IN_A_ROW or isinstance(reason, _FOR_ALL):
            self.stopped = self.stopped or reason

    # ------------------------------------------------------------------ one request

    async def _turn(self, kind: DocumentKind) -> None:
        await self._going.wait()
        await self._budget.turn()
        await self._going.wait()
        against = self.stopped or self._refused.get(kind)
        if against is not None:
            raise against
        self.tally.requests += 1

    def _report(self, progress: Progress) -> None:
        if progress.stage is Stage.ASKING and progress.attempt > 1:
            self._budget.made_another()
            self.tally.requests += 1


async def _no_more() -> AsyncGenerator[Sequence[SessionId], None]:
    return
    yield ()  # makes it a generator


def _case(session_id: SessionId, gathered: Gathered) -> Case:
    assert gathered.assessment is not None  # noqa: S101 - comes with the session
    return case_of(
        session_id,
        gathered.require_session(),
        gathered.extraction,
        gathered.assessment,
        extraction_absent=gathered.extraction_absent,
    )


def _batches(session_ids: tuple[SessionId, ...]) -> Iterator[tuple[SessionId, ...]]:
    for start in range(0, len(session_ids), _BATCH):
        yield session_ids[start : start + _BATCH]
