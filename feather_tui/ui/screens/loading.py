"""The screen that loads sessions: it alone opens and lists them, and has the index of them made."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.screen import Screen

from feather_tui.api.progress import Progress
from feather_tui.arrivals import Failure
from feather_tui.errors import FeatherError, KeyRefused, RateLimited, TimedOut, Unreachable
from feather_tui.library import Library
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.ui.listing import Listing
from feather_tui.ui.messages import Arrived, IndexBuilt, KnownSessions, LoadEnded, LoadMessage, Progressed
from feather_tui.ui.opened import OpenedSession
from feather_tui.ui.surroundings import Surroundings

_TICK_SECONDS = 0.5
_UNAVAILABLE = 503


class LoadingScreen(Screen[None]):
    """Opens sessions through the library, and keeps what arrives.

    One load at a time; loads are numbered, so that late news of an older one is dropped. What is shown of it
    all is left to the subclass: `show_documents`, `show_status`, `show_list`.
    """

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        super().__init__()
        self.library = library
        self.surroundings = surroundings
        self.now = surroundings.now
        self.opened: OpenedSession | None = None
        self.listing = Listing()
        self._load = 0
        self._refreshing = False

    def on_mount(self) -> None:
        """Begin; Textual calls this of every class, so subclasses add to `begin`."""
        self.begin()

    def begin(self) -> None:
        """Read the cache's list; count seconds only while something is loading."""
        self._ticking = self.set_interval(_TICK_SECONDS, self._tick, pause=True)
        self.run_worker(self._begin(), group="begin")

    async def _begin(self) -> None:
        """Read the list; then let go of what has expired, when the first session has had its turn."""
        await self._read_known()
        await self.library.tidy()
        if self.opened is None or not self.opened.loading:
            self._index()

    @work(group="index", exclusive=True)
    async def _index(self) -> None:
        """Go on with the index of what was said, in the background; it stands back while a session loads."""
        await self.library.cache_search.build_index()
        self.post_message(IndexBuilt())

    def show_documents(self, *, keep_place: bool) -> None:
        """Show what there is of the open session."""
        raise NotImplementedError

    def show_status(self) -> None:
        """Show what is being loaded, and what failed."""
        raise NotImplementedError

    def show_list(self) -> None:
        """Show the sessions known here."""
        raise NotImplementedError

    def is_open(self, session_id: SessionId) -> bool:
        """Return whether this is the session on the screen."""
        return self.opened is not None and self.opened.session_id == session_id

    def list_sessions(self, session_ids: Sequence[SessionId]) -> None:
        """List sessions, and load those that are not open one after the other."""
        self.listing.give(session_ids)
        others = [session_id for session_id in session_ids if not self.is_open(session_id)]
        if others:
            self.run_worker(self._fill(others), group="fill", exclusive=True)

    def stop_loading(self) -> None:
        """Stop the load under way, or looking again; what is shown stays."""
        if self.opened is not None:
            self.opened.next_look = None
            self.workers.cancel_group(self, "load")
            self.show_status()

    def open_session(self, session_id: SessionId, *, refresh: bool = False) -> None:
        """Open a session, or ask again for the open one; another load is cancelled."""
        again = self.is_open(session_id)
        if again and refresh and self._refreshing:
            return  # the answers are on their way; a key held down is no reason to ask for more
        self._refreshing = refresh
        if self.opened is None or not again:
            self.opened = OpenedSession(session_id=session_id)
        self.opened.begin(self.now())
        self._load += 1
        self.workers.cancel_group(self, "index")
        load = self._fetch(self._load, session_id, refresh=refresh)
        self.run_worker(load, group="load", exclusive=True)
        self._ticking.resume()
        self.show_documents(keep_place=again)

    async def _fetch(self, load: int, session_id: SessionId, *, refresh: bool) -> None:
        def report(progress: Progress) -> None:
            self.post_message(Progressed(load, progress))

        finished = False
        try:
            async for arrival in self.library.open(session_id, report, refresh=refresh):
                self.post_message(Arrived(load, arrival))
            finished = True
        finally:
            self.post_message(LoadEnded(load, cancelled=not finished))

    async def _fill(self, session_ids: Sequence[SessionId]) -> None:
        """Load the other given sessions one at a time: the rate limit is shared with production.

        What would fail for each of them ends it.
        """
        waiting = list(session_ids)
        while waiting:
            session_id = waiting.pop(0)
            async for arrival in self.library.open(session_id, lambda _: None):
                if isinstance(arrival, Failure) and arrival.kind is DocumentKind.ANALYSIS:
                    self.listing.note(session_id, in_brief(arrival.error))
                    if _concerns_all(arrival.error):
                        self._ask_no_more(waiting, arrival.error)
            await self._read_known()
        self._index()

    def _ask_no_more(self, waiting: list[SessionId], error: FeatherError) -> None:
        """Ask for none of these."""
        for session_id in waiting:
            self.listing.note(session_id, f"not asked for: {in_brief(error)}")
        waiting.clear()

    async def _read_known(self) -> None:
        self.post_message(KnownSessions(await self.library.known()))

    @on(Arrived)
    def _take(self, event: Arrived) -> None:
        if opened := self._concerned(event):
            had_copy = opened.copy is not None
            opened.take(event.arrival, self.now())
            self.show_documents(keep_place=had_copy)

    @on(Progressed)
    def _hear(self, event: Progressed) -> None:
        if opened := self._concerned(event):
            opened.hear(event.progress, self.now())
            self.show_status()

    @on(LoadEnded)
    def _end(self, event: LoadEnded) -> None:
        if opened := self._concerned(event):
            self._refreshing = False
            opened.end(self.now(), cancelled=event.cancelled)
            if opened.next_look is None:
                self._ticking.pause()
            self.show_documents(keep_place=True)
            self.run_worker(self._read_known(), group="known")
            self._index()

    @on(KnownSessions)
    def _know(self, event: KnownSessions) -> None:
        self.listing.know(event.known)
        self.show_list()

    def _concerned(self, event: LoadMessage) -> OpenedSession | None:
        return self.opened if event.load == self._load else None

    def _tick(self) -> None:
        """While loading: count the seconds. While the session is live: look again in time."""
        opened = self.opened
        if opened is not None and opened.next_look is not None and self.now() >= opened.next_look:
            self.open_session(opened.session_id, refresh=True)
        self.show_status()


def _concerns_all(error: FeatherError) -> bool:
    """Return whether other sessions would fare the same, so that asking on only adds to the trouble."""
    return (
        isinstance(error, KeyRefused | RateLimited | TimedOut | Unreachable) or error.status == _UNAVAILABLE
    )


def in_brief(error: FeatherError) -> str:
    """Return why a session is not there, in a few words, with the status of the answer if there was one."""
    return f"{error.brief} ({error.status})" if error.status is not None else error.brief
