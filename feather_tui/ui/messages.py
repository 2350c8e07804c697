"""What workers and widgets tell the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from feather_tui.api.progress import Progress
from feather_tui.arrivals import Arrival
from feather_tui.errors import FeatherError
from feather_tui.session.identity import SessionId
from feather_tui.session.sought import Found, Hit, Sought
from feather_tui.store.records import Known

if TYPE_CHECKING:
    from feather_tui.api.conversations import Batch
    from feather_tui.session.list_query.answer import ListAnswer


class LoadMessage(Message):
    """News of one load. Loads are numbered, so that late news of an older one can be told apart."""

    def __init__(self, load: int) -> None:
        super().__init__()
        self.load = load


class Arrived(LoadMessage):
    """A document arrived, or failed to."""

    def __init__(self, load: int, arrival: Arrival) -> None:
        super().__init__(load)
        self.arrival = arrival


class Progressed(LoadMessage):
    """The client got further with a document, or waits before its next try."""

    def __init__(self, load: int, progress: Progress) -> None:
        super().__init__(load)
        self.progress = progress


class LoadEnded(LoadMessage):
    """Nothing more is coming; `cancelled` by the user."""

    def __init__(self, load: int, *, cancelled: bool) -> None:
        super().__init__(load)
        self.cancelled = cancelled


class KnownSessions(Message):
    """The sessions in the cache."""

    def __init__(self, known: list[Known]) -> None:
        super().__init__()
        self.known = known


class SessionsChosen(Message):
    """The lookup pane asks to open the first of these, and to list them all."""

    def __init__(self, session_ids: tuple[SessionId, ...]) -> None:
        super().__init__()
        self.session_ids = session_ids


class CacheSought(Message):
    """The lookup pane asks for the cached sessions that have something; None: for none any more."""

    def __init__(self, sought: Sought | None) -> None:
        super().__init__()
        self.sought = sought


class CacheSearched(Message):
    """A search of the cached sessions got further."""

    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found


class IndexBuilt(Message):
    """All that is cached stands in the index now, or as much of it as there is room for."""


class HitChosen(Message):
    """The lookup pane asks to open a session at what was found in it."""

    def __init__(self, hit: Hit) -> None:
        super().__init__()
        self.hit = hit


class ListMessage(Message):
    """About an answer of the API's list; that of a query that is no longer asked can be told apart."""

    def __init__(self, answer: ListAnswer) -> None:
        super().__init__()
        self.answer = answer


class ListAsked(ListMessage):
    """The lookup pane asks the API for a list."""


class ListPageWanted(ListMessage):
    """The lookup pane asks for the next page."""


class ListTurn(ListMessage):
    """The next request waits so many seconds for its turn."""

    def __init__(self, answer: ListAnswer, seconds: float) -> None:
        super().__init__(answer)
        self.seconds = seconds


class ListBrought(ListMessage):
    """A page came."""

    def __init__(self, answer: ListAnswer, batch: Batch) -> None:
        super().__init__(answer)
        self.batch = batch


class ListStopped(ListMessage):
    """An error ended the list."""

    def __init__(self, answer: ListAnswer, error: FeatherError) -> None:
        super().__init__(answer)
        self.error = error


class LookupLeft(Message):
    """The lookup is left, from its empty line: "back" to the session, or "quit"."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self.command = command
