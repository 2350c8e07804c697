"""The list of sessions: the real client and a real server, with a clock and pauses that are made up."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from asking import KEY, SECRET
from conversation_rows import listed, listed_id, older, page
from hypothesis import given
from hypothesis import strategies as st
from loopback import LoopbackApi, analysis_path
from loopback_answers import Answer, Hold, answer, failure, ready, stall_before, stall_inside
from wild_documents import quick

from feather_tui.address import BaseUrl
from feather_tui.api.client import ApiClient
from feather_tui.api.conversations import Batch, ConversationList
from feather_tui.api.questions import ListPath
from feather_tui.errors import (
    AccessDenied,
    DocumentUnreadable,
    FeatherError,
    KeyRefused,
    NotFound,
    RateLimited,
    RequestRejected,
    ServerFailed,
    TimedOut,
)
from feather_tui.session.identity import DocumentKind, SessionId
from feather_tui.session.list_query.query import ListQuery

NEWER, OLDER = ListPath.NEWER, ListPath.OLDER
NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
EVERYTHING = ListQuery()


@dataclass
class Clock:
    """Time that passes only in pauses; `waits` are their lengths."""

    now: float = 1000.0
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def __call__(self) -> float:
        return self.now


@dataclass
class Listing:
    """The list of a server; `found` is where it was found."""

    api: LoopbackApi
    clock: Clock
    client: ApiClient
    conversations: ConversationList
    found: list[ListPath] = field(default_factory=list)

    async def batches(self, query: ListQuery = EVERYTHING, *, size: int = 50) -> list[Batch]:
        return [batch async for batch in self.conversations.pages(query, size=size)]

    async def ids(self, query: ListQuery = EVERYTHING) -> list[str]:
        return [row.session_id for batch in await self.batches(query) for row in batch.rows]

    async def refusal(self, query: ListQuery = EVERYTHING) -> FeatherError:
        with pytest.raises(FeatherError) as caught:
            await self.batches(query)
        return caught.value

    def asked(self) -> list[tuple[str, dict[str, str]]]:
        """Give path and parameters of every request."""
        parts = [urlsplit(path) for path in self.api.paths()]
        return [(part.path, dict(parse_qsl(part.query, keep_blank_values=True))) for part in parts]


@contextlib.asynccontextmanager
async def listing(*, path: ListPath | None = None, deadline: float = 20.0) -> AsyncIterator[Listing]:
    """Open a list on a server of its own."""
    clock = Clock()
    async with LoopbackApi() as api:
        client = ApiClient(
            BaseUrl.parse(api.base_url),
            KEY,
            sleep=clock.sleep,
            clock=clock,
            random=lambda: 0.5,
            deadline_seconds=deadline,
        )
        async with client:
            found: list[ListPath] = []
            conversations = ConversationList(
                client, path=path, remember=found.append, clock=clock, sleep=clock.sleep
            )
            yield Listing(api, clock, client, conversations, found)


def pages(*bodies: bytes) -> list[Answer]:
    return [ready(body) for body in bodies]


def numbers(*found: int) -> list[str]:
    return [listed_id(number) for number in found]


async def test_pages_are_asked_for_until_there_are_no_more() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = pages(
            page(listed(1), listed(2), cursor="a/b+c=="), page(listed(3), cursor="second"), page(listed(4))
        )

        batches = await here.batches()

    assert [[row.session_id for row in batch.rows] for batch in batches] == [
        numbers(1, 2),
        numbers(3),
        numbers(4),
    ]
    assert [batch.more for batch in batches] == [True, True, False]
    assert here.asked() == [
        (NEWER, {"limit": "50"}),
        (NEWER, {"limit": "50", "cursor": "a/b+c=="}),
        (NEWER, {"limit": "50", "cursor": "second"}),
    ]
    assert {request.method for request in here.api.requests} == {"GET"}
    assert not any(SECRET in path for path in here.api.paths())


async def test_the_next_page_is_asked_for_only_when_it_is_wanted() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = pages(page(listed(1), cursor="x"), page(listed(2)))

        async with contextlib.aclosing(here.conversations.pages(EVERYTHING)) as batches:
            await anext(batches)

    assert len(here.api.requests) == 1


async def test_a_page_that_did_not_come_is_asked_for_when_somebody_goes_on() -> None:
    async with listing() as here:
        there = page(listed(1), cursor="there")
        here.api.answers[NEWER] = pages(there, b"{", page(listed(2)))
        batches = here.conversations.pages(EVERYTHING)
        first = await anext(batches)
        with pytest.raises(DocumentUnreadable):
            await anext(batches)
        last = await anext(batches)

    assert [row.session_id for row in (*first.rows, *last.rows)] == numbers(1, 2)
    assert not last.more
    assert [parameters.get("cursor") for _, parameters in here.asked()] == [None, "there", "there"]


async def test_what_the_query_says_is_what_the_server_is_asked() -> None:
    query = ListQuery.parse('status:error since:2026-11-20T09:30+02:00 "a&b=c #é+"', NOW)
    async with listing() as here:
        here.api.answers[NEWER] = ready(page())

        await here.batches(query, size=500)

    assert here.asked() == [
        (
            NEWER,
            {
                "status": "error",
                "started_after": "2026-11-20T07:30:00Z",
                "q": "a&b=c #é+",
                "limit": "200",
            },
        )
    ]


async def test_a_letter_that_no_encoding_has_is_asked_for_all_the_same() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = ready(page())

        await here.batches(ListQuery(text="a\udcffb"))

    assert here.asked()[0][1]["q"] == "a?b"


async def test_an_older_deployment_has_the_list_elsewhere_and_that_is_remembered() -> None:
    async with listing() as here:
        here.api.answers[OLDER] = pages(
            page(older(listed(1)), cursor="x"), page(older(listed(2))), page(older(listed(3)))
        )

        first = await here.ids()
        here.clock.now += 60
        second = await here.ids()

    assert (first, second) == (numbers(1, 2), numbers(3))
    assert [path for path, _ in here.asked()] == [NEWER, OLDER, OLDER, OLDER]
    assert here.found == [OLDER]


@pytest.mark.parametrize("status", [404, 405])
async def test_where_the_newer_path_is_only_written_to_the_older_is_asked(status: int) -> None:
    async with listing() as here:
        here.api.answers[NEWER] = failure(status)
        here.api.answers[OLDER] = ready(page(listed(1)))

        assert await here.ids() == numbers(1)


async def test_a_place_known_from_before_is_asked_first() -> None:
    async with listing(path=OLDER) as here:
        here.api.answers[OLDER] = ready(page(listed(1)))

        await here.ids()

    assert [path for path, _ in here.asked()] == [OLDER]
    assert here.found == []


async def test_a_deployment_that_was_renewed_is_found_at_its_new_place() -> None:
    async with listing(path=OLDER) as here:
        here.api.answers[NEWER] = ready(page(listed(1)))

        assert await here.ids() == numbers(1)

    assert [path for path, _ in here.asked()] == [OLDER, NEWER]
    assert here.found == [NEWER]


async def test_without_a_list_at_either_place_one_sentence_says_so() -> None:
    async with listing() as here:
        error = await here.refusal()

    assert isinstance(error, NotFound)
    assert "no list of sessions" in error.sentence
    assert "opened by their ids" in error.advice
    assert [path for path, _ in here.asked()] == [NEWER, OLDER]
    assert here.found == []


@pytest.mark.parametrize(
    ("given_answer", "kind", "said"),
    [
        (failure(401), KeyRefused, "refused the API key"),
        (failure(403), AccessDenied, "may not read the list of sessions"),
        (failure(400), RequestRejected, "did not accept"),
        (failure(422), RequestRejected, "did not accept"),
        (failure(500), ServerFailed, "failed to answer"),
        (answer(b"<html>"), DocumentUnreadable, "a web page"),
        (answer(b'{"rows": []}'), DocumentUnreadable, "items"),
    ],
)
async def test_a_refusal_is_one_sentence_and_the_other_place_is_not_asked(
    given_answer: Answer, kind: type[FeatherError], said: str
) -> None:
    async with listing() as here:
        here.api.answers[NEWER] = given_answer

        error = await here.refusal()

    assert isinstance(error, kind)
    assert said in error.sentence
    assert len(here.api.requests) == 1


async def test_a_list_that_vanishes_between_two_pages_is_not_looked_for_elsewhere() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = [ready(page(listed(1), cursor="x")), failure(404)]
        here.api.answers[OLDER] = ready(page(listed(2)))

        error = await here.refusal()

    assert isinstance(error, NotFound)
    assert [path for path, _ in here.asked()] == [NEWER, NEWER]


@pytest.mark.parametrize(
    ("line", "field_name"), [("email:dana@mail.example", "email:"), ("phone:+4930123456", "phone:")]
)
async def test_what_an_older_deployment_would_ignore_is_refused_instead(line: str, field_name: str) -> None:
    query = ListQuery.parse(line, NOW)
    async with listing() as here:
        here.api.answers[OLDER] = ready(page(older(listed(1))))

        first, again = await here.refusal(query), None
        here.clock.now += 60
        here.api.answers[NEWER] = failure(404)
        again = await here.refusal(query)

    assert isinstance(first, RequestRejected)
    assert field_name in first.sentence
    assert str(again) == str(first)
    # Known as an older one: whether it was renewed is asked, but not for rows that nobody wants.
    assert [path for path, _ in here.asked()] == [NEWER, OLDER, NEWER]


async def test_an_id_is_left_to_us_where_the_deployment_cannot_look_for_it() -> None:
    query = ListQuery.parse(f"id:{listed_id(2)} external:crm-7 status:error", NOW)
    async with listing(path=OLDER) as here:
        here.api.answers[OLDER] = ready(page(listed(1), listed(2, external_session_id="crm-7")))

        (batch,) = await here.batches(query)

    assert here.asked() == [(OLDER, {"status": "error", "limit": "50"})]
    assert [row.session_id for row in batch.rows if query.keeps(row, None)] == numbers(2)


async def test_both_sides_of_a_call_are_asked_for_and_a_session_comes_once() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = pages(
            page(listed(1), cursor="x"), page(listed(2)), page(listed(2), listed(3))
        )

        batches = await here.batches(ListQuery.parse("phone:+4930123456", NOW))

    assert [row.session_id for batch in batches for row in batch.rows] == numbers(1, 2, 3)
    assert [batch.more for batch in batches] == [True, True, False]
    assert [sorted(parameters) for _, parameters in here.asked()] == [
        ["from_number", "limit"],
        ["cursor", "from_number", "limit"],
        ["limit", "to_number"],
    ]


async def test_a_cursor_counts_for_nothing_if_there_is_no_more() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = pages(page(listed(1), cursor="left over", has_more=False), page(listed(2)))

        (batch,) = await here.batches()

    assert (batch.more, batch.notice) == (False, "")


async def test_without_a_word_about_more_the_cursor_counts() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = pages(
            json.dumps({"items": [listed(1)], "next_cursor": "x"}).encode(),
            json.dumps({"items": [listed(2)]}).encode(),
        )

        assert await here.ids() == numbers(1, 2)


async def test_more_without_a_cursor_is_said() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = ready(page(listed(1), has_more=True))

        (batch,) = await here.batches()

    assert "there is more than came" in batch.notice
    assert not batch.more


async def test_a_cursor_that_leads_in_a_circle_is_followed_once_and_said() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = pages(
            page(listed(1), cursor="a"), page(listed(2), cursor="b"), page(listed(3), cursor="a")
        )

        batches = await here.batches()

    assert len(batches) == 3
    assert "came back to a place" in batches[-1].notice


async def test_rows_that_come_again_are_counted_and_left_out() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = pages(
            page(listed(1), listed(2), cursor="a"), page(listed(2), listed(3), listed(3), None)
        )

        _, second = await here.batches()

    assert [row.session_id for row in second.rows] == numbers(3)
    assert (second.repeated, second.refused) == (2, 1)


async def test_pages_that_bring_nothing_new_come_to_an_end_and_empty_ones_between_do_not_matter() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = pages(
            page(cursor="a"),
            page(cursor="b"),
            page(listed(1), cursor="c"),
            *(page(listed(1), cursor=f"more {number}") for number in range(9)),
        )

        batches = await here.batches()

    assert len(batches) == 8
    assert batches[-1].notice.startswith("5 pages")


async def test_requests_for_the_list_are_two_seconds_apart() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = [
            *pages(*(page(listed(number), cursor=f"{number}") for number in range(4))),
            ready(page(listed(5))),
        ]

        await here.batches()

    assert here.clock.waits == [2.0] * 4


async def test_time_that_passed_counts() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = pages(page(listed(1), cursor="x"), page(listed(2)))

        async for _ in here.conversations.pages(EVERYTHING):
            here.clock.now += 1.5

    assert here.clock.waits == [0.5]


async def test_a_look_at_the_other_place_waits_as_well() -> None:
    async with listing() as here:
        await here.refusal()

    assert here.clock.waits == [2.0]


async def test_a_second_list_of_the_same_client_shares_the_pace() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = ready(page(listed(1)))
        other = ConversationList(here.client, clock=here.clock, sleep=here.clock.sleep)

        async with asyncio.TaskGroup() as group:
            group.create_task(here.ids())
            group.create_task(_exhaust(other))
            group.create_task(_exhaust(other, "status:error"))

    assert here.clock.waits == [2.0, 2.0]


async def _exhaust(conversations: ConversationList, line: str = "") -> None:
    async for _ in conversations.pages(ListQuery.parse(line, NOW)):
        pass


async def test_a_limited_list_is_asked_again_later_and_never_sooner_than_the_pace() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = [failure(429), failure(503), ready(page(listed(1)))]

        assert await here.ids() == numbers(1)

    assert here.clock.waits == [2.0, 2.0]  # for a document it would be 0.125 s and 0.5 s


async def test_a_server_that_asks_for_a_longer_pause_gets_it() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = [failure(429, headers={"Retry-After": "7"}), ready(page(listed(1)))]

        assert await here.ids() == numbers(1)

    assert here.clock.waits == [7.0]


async def test_a_limit_that_stays_is_said_after_four_tries() -> None:
    async with listing() as here:
        here.api.answers[NEWER] = failure(429)

        error = await here.refusal()

    assert isinstance(error, RateLimited)
    assert len(here.api.requests) == 4
    assert here.clock.now - 1000 >= 6


@pytest.mark.parametrize("stalled", [stall_before(), stall_inside(page(listed(1)))])
async def test_a_stall_ends_at_the_deadline_and_the_next_question_is_answered(stalled: Answer) -> None:
    async with listing(deadline=0.2) as here:
        here.api.answers[NEWER] = [stalled, ready(page(listed(1)))]

        error = await here.refusal()
        here.clock.now += 60
        ids = await here.ids()

    assert isinstance(error, TimedOut)
    assert "list of sessions" in error.sentence
    assert ids == numbers(1)


async def test_waiting_for_a_turn_is_not_part_of_the_deadline() -> None:
    held = asyncio.Event()

    async def sleep(_: float) -> None:
        await held.wait()

    async with LoopbackApi() as api:
        api.answers[NEWER] = ready(page(listed(1)))
        async with ApiClient(
            BaseUrl.parse(api.base_url), KEY, sleep=sleep, clock=lambda: 0.0, deadline_seconds=0.1
        ) as client:
            await client.conversations(NEWER, {})
            second = asyncio.create_task(client.conversations(NEWER, {}))
            await asyncio.sleep(0.3)  # longer than the deadline: only a deadline that ran would end it
            assert not second.done()
            held.set()
            await second


async def test_a_document_does_not_wait_for_the_list() -> None:
    session_id = SessionId(listed_id(1))
    async with listing() as here:
        gate = asyncio.Event()
        here.api.answers[NEWER] = ready(page(listed(1))).after(Hold(gate))
        here.api.answers[analysis_path(session_id)] = ready({"session_id": session_id})
        task = asyncio.create_task(here.ids())

        await here.client.document(DocumentKind.ANALYSIS, session_id)
        gate.set()
        await task

    assert here.clock.waits == []


async def test_the_same_question_is_asked_again_after_ten_seconds_and_another_one_is_not_kept() -> None:
    query = ListQuery.parse("status:error", NOW)
    async with listing() as here:
        here.api.answers[NEWER] = ready(page(listed(1)))
        assert here.conversations.refresh_wait(query) == 0

        await here.ids(query)
        assert here.conversations.refresh_wait(query) == 10
        here.clock.now += 4
        await here.ids()
        assert here.conversations.refresh_wait(query) == 6
        await here.ids(query)

    assert here.clock.waits == [6.0]
    assert len(here.api.requests) == 3


async def test_the_ten_seconds_count_from_the_answer_also_from_a_refusal() -> None:
    query = ListQuery.parse("status:error", NOW)
    async with listing() as here:
        here.api.answers[NEWER] = [ready(page()), failure(500)]
        await here.ids()

        await here.refusal(query)

        assert here.clock.waits == [2.0]
        assert here.conversations.refresh_wait(query) == 10
        assert here.conversations.refresh_wait(EVERYTHING) == 8


async def test_a_question_given_up_while_it_waits_is_not_asked() -> None:
    async with LoopbackApi() as api:
        api.answers[NEWER] = ready(page(listed(1)))
        never = asyncio.Event()
        waiting = asyncio.Event()

        async def sleep(_: float) -> None:
            waiting.set()
            await never.wait()

        async with ApiClient(BaseUrl.parse(api.base_url), KEY, sleep=sleep, clock=lambda: 0.0) as client:
            await client.conversations(NEWER, {})
            task = asyncio.create_task(client.conversations(NEWER, {}))
            await waiting.wait()
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            assert len(api.requests) == 1


class Scripted:
    """A client that gives pages, and counts."""

    def __init__(self, bodies: list[bytes]) -> None:
        self.bodies = bodies
        self.asked = 0

    async def conversations(self, _path: ListPath, _parameters: object) -> bytes:
        self.asked += 1
        assert self.asked <= 30, "it goes on for ever"
        return self.bodies[min(self.asked, len(self.bodies)) - 1]


STATUSES = st.sampled_from([200, 200, 200, 404, 429, 429, 503, 500])


@quick
@given(
    st.lists(st.tuples(STATUSES, st.floats(0, 3), st.sampled_from([None, "1", "7"])), max_size=30),
    st.lists(st.tuples(st.floats(0, 9), st.sampled_from(["", "status:error", "phone:+4930123456"]))),
    st.floats(0, 0.999),
)
def test_whatever_is_asked_and_answered_no_two_requests_are_closer_than_two_seconds(
    answers: list[tuple[int, float, str | None]], questions: list[tuple[float, str]], luck: float
) -> None:
    clock = Clock()
    asked_at: list[float] = []

    def reply(request: httpx.Request) -> httpx.Response:
        asked_at.append(clock.now)
        status, seconds, come_back = answers[len(asked_at) - 1] if len(asked_at) <= len(answers) else FINE
        clock.now += seconds
        more = f"cursor {len(asked_at)}" if len(asked_at) % 3 else None
        body = page(listed(len(asked_at)), cursor=more) if status == 200 else b"{}"
        headers = {"retry-after": come_back} if come_back else {}
        return httpx.Response(status, content=body, headers=headers, request=request)

    async def run() -> None:
        client = ApiClient(
            BaseUrl.parse("https://api.example.com"),
            KEY,
            transport=httpx.MockTransport(reply),
            sleep=clock.sleep,
            clock=clock,
            random=lambda: luck,
            deadline_seconds=60,
        )
        async with client:
            conversations = ConversationList(client, clock=clock, sleep=clock.sleep)
            for pause, line in questions:
                clock.now += pause
                with contextlib.suppress(FeatherError):
                    await _exhaust(conversations, line)

    asyncio.run(run())

    # Clocks count in floating point: a pause may fall short of itself by its last digits.
    assert all(later - earlier > 2 - 1e-9 for earlier, later in pairwise(asked_at))


FINE = (200, 0.0, None)
PAGES = st.lists(
    st.builds(
        lambda rows, cursor, more: page(*map(listed, rows), next_cursor=cursor, has_more=more),
        st.lists(st.integers(0, 12), max_size=5),
        st.none() | st.sampled_from(["", "a", "b", "c", "d"]),
        st.booleans() | st.none(),
    ),
    min_size=1,
    max_size=12,
)


@quick
@given(PAGES)
def test_any_pages_come_to_an_end_and_no_row_comes_twice_or_is_lost(bodies: list[bytes]) -> None:
    async def run() -> None:
        client = Scripted(bodies)
        batches = [batch async for batch in ConversationList(client).pages(EVERYTHING)]
        ids = [row.session_id for batch in batches for row in batch.rows]
        came = {row["id"] for body in bodies[: client.asked] for row in json.loads(body)["items"]}

        assert len(ids) == len(set(ids))
        assert set(ids) == came
        assert len(batches) == client.asked
        last = json.loads(bodies[min(client.asked, len(bodies)) - 1])
        goes_on = last["has_more"] is True or (last["has_more"] is None and bool(last["next_cursor"]))
        assert bool(batches[-1].notice) is goes_on

    asyncio.run(run())
