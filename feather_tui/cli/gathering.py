"""Loading many sessions for the commands that print them: the progress, what is missing, the exit status."""

from __future__ import annotations

import asyncio
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from feather_tui.budget import Budget
from feather_tui.cli.list_options import query_of
from feather_tui.cli.messages import say
from feather_tui.cli.references import read_references
from feather_tui.cli.wiring import Desk
from feather_tui.errors import UsageError
from feather_tui.many import Loaded, Many, Missing
from feather_tui.rendering.clock import count

if TYPE_CHECKING:
    import argparse

    from feather_tui.listed_sessions import ListedSessions
    from feather_tui.session.identity import SessionId

_NEWS_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sessions to load: those that were named, and those that the list has."""

    session_ids: tuple[SessionId, ...] = ()
    listed: ListedSessions | None = None


def chosen(arguments: argparse.Namespace, on_desk: Desk) -> Chosen:
    """Return the sessions to load: those given, those that the list has, or all of the demo.

    Raises ReferenceUnreadable, QueryUnreadable, UsageError.
    """
    query = query_of(arguments)
    if query is not None:
        from feather_tui.listed_sessions import ListedSessions  # start-up time: seldom asked for

        return Chosen(listed=ListedSessions(on_desk.library, query))
    if arguments.references:
        return Chosen(read_references(arguments.references))
    if on_desk.given:
        return Chosen(on_desk.given)
    raise UsageError(
        "No session was given.",
        "Give session ids, log lines that hold them, - for a pipe, or --since 2h for those of the list.",
    )


def gather(
    arguments: argparse.Namespace,
    on_desk: Desk,
    sessions: Chosen,
    take: Callable[[Loaded | Missing], None],
) -> int:
    """Hand over each session as it comes, say what is missing, and return the exit status.

    That is 0 if anything came and nothing stood against going on, else that of the failure.
    """
    return asyncio.run(_gather(arguments, on_desk, sessions, take))


async def _gather(
    arguments: argparse.Namespace,
    on_desk: Desk,
    sessions: Chosen,
    take: Callable[[Loaded | Missing], None],
) -> int:
    library = on_desk.library
    budget = Budget(math.inf if arguments.demo else arguments.rate)  # the demo shares its limit with nobody
    listed = sessions.listed
    loading = Many(
        library,
        sessions.session_ids,
        more=listed,
        revisions=listed.revisions if listed else None,
        budget=budget,
        refresh=arguments.refresh,
    )
    news = _News(loading)
    try:
        async for outcome in loading.load():
            news.clear()
            take(outcome)
            news.tell()
        await library.tidy()
    finally:
        news.clear()
        await library.close()
        about_list = sessions.listed.sentences() if sessions.listed else ()
        for sentence in (*library.notices, *about_list, *_sentences(loading)):
            say(sentence)
    reason = loading.stopped or loading.unnamed
    if reason is not None:
        return reason.exit_status
    first = next(iter(loading.missing.values()), None)
    return first.exit_status if first is not None and not loading.tally.came else 0


def _sentences(loading: Many) -> Iterator[str]:
    """Yield what is to be said of what is missing, and why."""
    tally = loading.tally
    if loading.stopped is not None:
        yield f"{loading.stopped}"
    if loading.unnamed is not None:
        yield f"The list ends early, after {count(tally.total)} sessions. {loading.unnamed}"
    elif not tally.total and loading.total_known:
        yield "The list has no session for this."
    if tally.came < tally.total:
        reasons = [f"{number} {brief}" for brief, number in _reasons(loading).items()]
        yield (
            f"{count(tally.came)} of {count(tally.total)} sessions are here; missing: {', '.join(reasons)}. "
            "What came is kept: the same command asks only for the rest."
        )
    if tally.incomplete:
        yield f"Of {count(tally.incomplete)} sessions the extraction is not known: it could not be fetched."


def _reasons(loading: Many) -> Counter[str]:
    reasons = Counter(error.brief for error in loading.missing.values())
    if loading.not_asked:
        reasons["not asked for"] = loading.not_asked
    return reasons


class _News:
    """A line of progress, where messages go to a terminal."""

    def __init__(self, loading: Many) -> None:
        self._loading = loading
        self._told_at = self._started_at = time.monotonic()
        self._shown = False
        self._wanted = sys.stderr is not None and sys.stderr.isatty()

    def tell(self) -> None:
        """Write how far it has come, unless that was done a moment ago."""
        now = time.monotonic()
        if not self._wanted or now - self._told_at < _NEWS_SECONDS:
            return
        self._told_at, self._shown = now, True
        tally, missing = self._loading.tally, len(self._loading.missing)
        rate = tally.requests / (now - self._started_at)
        failed = f", {count(missing)} failed" if missing else ""
        sys.stderr.write(
            f"{count(tally.came)} of {count(tally.total)} sessions ({count(tally.cached)} from the cache)"
            f"{failed}, {rate:.1f} requests/s; Ctrl-C ends it"
        )
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            self._shown = False
