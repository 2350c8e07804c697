"""The list of sessions, page by page: `GET /v1/conversations`, or where older deployments have it.

The API's paging has oddities, and none of them may lose rows in silence or go on for ever: a page may repeat
rows, give a cursor though nothing is left, none though something is, or one that leads in a circle.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, Self

from feather_tui.api.pace import LIST_SECONDS
from feather_tui.api.questions import ListPath
from feather_tui.errors import FeatherError, NotFound, RequestRejected
from feather_tui.session.conversation import LIST_NAME, read_page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from feather_tui.session.conversation import Conversation, Page
    from feather_tui.session.identity import SessionId
    from feather_tui.session.list_query.query import ListQuery

REFRESH_SECONDS: Final = 10.0
"""From asking for a list to asking for the same one again."""
LARGEST_PAGE: Final = 200
_FRUITLESS_PAGES: Final = 5
_ABSENT: Final = frozenset({404, 405})  # 405: the path is there, to write to
_FIELD_OF: Final = {"email": "email:", "from_number": "phone:", "to_number": "phone:"}
"""What only the API can filter by, and how the query calls it."""


class PageSource(Protocol):
    """What the list asks of the API client."""

    async def conversations(self, path: ListPath, parameters: Mapping[str, str]) -> bytes:
        """Return one page. Raises FeatherError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one request brought: the rows that had not come before.

    `refused` counts rows without an id, `repeated` those that had come. `more`: another request would be
    made. `notice`: why none is made though the API speaks of more; a sentence.
    """

    rows: tuple[Conversation, ...]
    refused: int
    repeated: int
    more: bool
    notice: str = ""


class ConversationList:
    """The list of one API. The client keeps requests apart; this keeps repeated questions apart.

    `path` is where the list was found before, `remember` is told where it is found now.
    """

    def __init__(
        self,
        client: PageSource,
        *,
        path: ListPath | None = None,
        remember: Callable[[ListPath], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._path = path
        self._remember = remember
        self._clock = clock
        self._sleep = sleep
        self._asked: dict[tuple[tuple[str, str], ...], float] = {}
        self._turn_at = clock()

    def pages(self, query: ListQuery, *, size: int = 50) -> Pages:
        """Return what the API has for a query, a page of at most `size` rows (200) at a time.

        What the query filters here is not left out yet, but counts in `size`.
        """
        questions = [asked | {"limit": str(min(size, LARGEST_PAGE))} for asked in query.parameters()]
        return Pages(self, questions)

    def refresh_wait(self, query: ListQuery, *, size: int = 50) -> float:
        """Return the seconds until the same question may be asked again; 0 if it may be now."""
        limit = {"limit": str(min(size, LARGEST_PAGE))}
        return max((self._due(asked | limit) for asked in query.parameters()), default=0.0)

    def page_wait(self) -> float:
        """Return the seconds until the turn of the next request comes; 0 if one would leave now."""
        return max(0.0, self._turn_at - self._clock())

    async def first(self, parameters: Mapping[str, str]) -> bytes:
        """Ask for a first page where the list was, else where it may be."""
        wait = self._due(parameters)
        if wait > 0:
            await self._sleep(wait)
        for path in sorted(ListPath, key=lambda path: (_unserved(path, parameters), path is not self._path)):
            unserved = _unserved(path, parameters)
            if unserved and path is self._path:
                raise _cannot_filter(unserved)
            try:
                body = await self._ask(path, parameters)
            except FeatherError as error:
                self._note(parameters)
                if error.status not in _ABSENT:
                    raise
                continue
            self._note(parameters)
            self._found(path)
            if unserved:
                raise _cannot_filter(unserved)
            return body
        raise _no_list()

    async def next(self, parameters: dict[str, str], cursor: str) -> bytes:
        """Ask for the page that a cursor leads to."""
        return await self._ask(self._path or ListPath.NEWER, parameters | {"cursor": cursor})

    async def _ask(self, path: ListPath, parameters: Mapping[str, str]) -> bytes:
        known = {name: value for name, value in parameters.items() if name not in path.lacks}
        try:
            return await self._client.conversations(path, known)
        finally:
            self._turn_at = self._clock() + LIST_SECONDS

    def _found(self, path: ListPath) -> None:
        if path is not self._path:
            self._path = path
            self._remember(path)

    def _due(self, parameters: Mapping[str, str]) -> float:
        asked = self._asked.get(tuple(parameters.items()))
        return 0.0 if asked is None else max(0.0, asked + REFRESH_SECONDS - self._clock())

    def _note(self, parameters: Mapping[str, str]) -> None:
        now = self._clock()
        self._asked = {key: at for key, at in self._asked.items() if now - at < REFRESH_SECONDS}
        self._asked[tuple(parameters.items())] = now


class Pages:
    """The pages of a query, without repeats: each is asked for when it is wanted.

    Iterating raises what `ApiClient.document` raises, NotFound if there is no list, and RequestRejected if
    the deployment cannot filter by what is asked. Whoever goes on after that asks for the same page again.
    """

    def __init__(self, asked: ConversationList, questions: list[dict[str, str]]) -> None:
        self._asked = asked
        self._questions = questions
        self._seen: set[SessionId] = set()
        self._trail: _Trail | None = None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Batch:
        """Ask for the next page."""
        if not self._questions:
            raise StopAsyncIteration
        parameters = self._questions[0]
        trail = self._trail or _Trail(self._seen, is_last=len(self._questions) == 1)
        if trail.cursor is None:
            body = await self._asked.first(parameters)
        else:
            body = await self._asked.next(parameters, trail.cursor)
        batch = trail.follow(read_page(body))
        self._trail = trail if trail.cursor is not None else None
        if self._trail is None:
            self._questions.pop(0)
        return batch

    async def aclose(self) -> None:
        """Go no further."""
        self._questions.clear()


class _Trail:
    """The way through the pages of one question: where it leads next, and whether it leads anywhere."""

    def __init__(self, seen: set[SessionId], *, is_last: bool) -> None:
        self.cursor: str | None = None
        self._seen = seen
        self._is_last = is_last
        self._cursors: set[str] = set()
        self._fruitless = 0

    def follow(self, page: Page) -> Batch:
        """Take a page, and set `cursor` to the next, None at the end."""
        fresh = {row.session_id: row for row in page.rows if row.session_id not in self._seen}
        self._seen.update(fresh)
        self._fruitless = 0 if fresh else self._fruitless + 1
        notice = self._why_not_on(page)
        self.cursor = page.next_cursor if page.has_more and not notice else None
        if self.cursor is not None:
            self._cursors.add(self.cursor)
        return Batch(
            rows=tuple(fresh.values()),
            refused=page.refused,
            repeated=len(page.rows) - len(fresh),
            more=self.cursor is not None or not self._is_last,
            notice=notice,
        )

    def _why_not_on(self, page: Page) -> str:
        if not page.has_more:
            return ""
        if page.next_cursor is None:
            return f"The API says that the {LIST_NAME} goes on, but not where: there is more than came."
        if page.next_cursor in self._cursors:
            return f"The {LIST_NAME} came back to a place where it had been: there may be more than came."
        if self._fruitless >= _FRUITLESS_PAGES:
            return f"{self._fruitless} pages of the {LIST_NAME} brought nothing new: there may be more."
        return ""


def _unserved(path: ListPath, parameters: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_FIELD_OF[name] for name in parameters if name in path.lacks and name in _FIELD_OF)


def _cannot_filter(fields: tuple[str, ...]) -> RequestRejected:
    return RequestRejected(
        f"This deployment of the API is an older one, and cannot filter by {' or '.join(fields)}.",
        "Leave it out, and narrow the time with since: and until: instead.",
    )


def _no_list() -> NotFound:
    return NotFound(
        f"The API has no {LIST_NAME} for this key (HTTP 404 at {' and '.join(ListPath)}).",
        "Check the base URL. Sessions can still be opened by their ids.",
        status=404,
    )
