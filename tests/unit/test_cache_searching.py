"""Searching the cached sessions: with the index, without it, and while it is being made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import get_ident
from typing import TypeVar
from uuid import UUID

import pytest
from documents import analysis, body, extraction, row
from store_samples import ANALYSIS, EXTRACTION, NOW, SCOPE, known, opened

from feather_tui import cache_search
from feather_tui.cache_search import CacheSearch
from feather_tui.session.identity import SessionId
from feather_tui.session.said import PIECE_CHARACTERS
from feather_tui.session.saying import Said
from feather_tui.session.sought import Found, Match, Sought, find
from feather_tui.store import trigrams
from feather_tui.store.store import Store

Result = TypeVar("Result")
COUNT = 40


def session(number: int) -> SessionId:
    return SessionId(str(UUID(int=number)))


def put(store: Store, number: int, *said: str) -> None:
    """Cache a session in which this was said; the higher its number, the earlier it began."""
    messages = [row("user", text, turn=f"turn-{place}", second=place) for place, text in enumerate(said)]
    store.put(SCOPE, session(number), ANALYSIS, body(analysis(*messages, session_id=session(number))), NOW)
    store.note(
        SCOPE,
        session(number),
        known(number, session_id=session(number), started_at=NOW - number * timedelta(minutes=1)),
    )


@pytest.fixture
async def cached(tmp_path: Path) -> AsyncIterator[tuple[CacheSearch, Store]]:
    """Forty sessions: each says its number, every tenth something about a refund. All in one thread."""
    worker = ThreadPoolExecutor(1)
    threads: set[int] = set()

    def run(function: Callable[..., Result], *args: object) -> asyncio.Future[Result]:
        def noted() -> Result:
            threads.add(get_ident())
            return function(*args)

        return asyncio.get_running_loop().run_in_executor(worker, noted)

    with opened(tmp_path / "cache" / "sessions.sqlite3") as store:
        for number in range(COUNT):
            put(store, number, f"number {number:03}", "a refund" if number % 10 == 0 else "thanks")
        yield CacheSearch(store, SCOPE, run), store
        assert len(threads) <= 1
        worker.shutdown()


async def search(searching: CacheSearch, text: str) -> Found:
    """The last news of a search."""
    news = [found async for found in searching.search(Sought.parse(text))]
    assert news
    return news[-1]


def numbers(found: Found) -> list[int]:
    return [UUID(hit.session_id).int for hit in found.hits]


@pytest.mark.parametrize("indexed", [False, True])
async def test_every_session_that_holds_it_is_found_newest_first(
    cached: tuple[CacheSearch, Store], *, indexed: bool
) -> None:
    searching, store = cached
    if indexed:
        await searching.build_index()
    found = await search(searching, "refund")
    assert numbers(found) == [0, 10, 20, 30]
    assert (found.left, found.cached, found.indexed) == (0, COUNT, COUNT if indexed else 0)
    assert {(hit.who, hit.excerpt) for hit in found.hits} == {("user", "a refund")}
    assert numbers(await search(searching, "number 007")) == [7]
    assert numbers(await search(searching, r"\v00[12]$")) == [1, 2]
    assert numbers(await search(searching, "zebra")) == []
    assert store.notices == ()


async def test_news_come_as_sessions_are_looked_through(cached: tuple[CacheSearch, Store]) -> None:
    searching, store = cached
    for number in range(100, 104):
        put(store, number, "number of a long session", "x" * 300_000)
    news = [found async for found in searching.search(Sought.parse("number"))]
    assert [len(found.hits) + found.left for found in news] == [COUNT + 4] * len(news)
    assert [found.left for found in news] == sorted((found.left for found in news), reverse=True)
    assert [len(found.hits) for found in news] == [COUNT + 1, COUNT + 2, COUNT + 4]


async def test_an_index_that_is_not_whole_hides_nothing(cached: tuple[CacheSearch, Store]) -> None:
    searching, store = cached
    await searching.build_index()
    put(store, 77, "a refund, at last")
    found = await search(searching, "refund")
    assert numbers(found) == [0, 10, 20, 30, 77]
    assert (found.cached, found.indexed) == (COUNT + 1, COUNT)


async def test_words_may_stand_in_either_document(cached: tuple[CacheSearch, Store]) -> None:
    searching, store = cached
    record = extraction(session_id=session(7), extracted_data={"colour": "vermilion"})
    store.put(SCOPE, session(7), EXTRACTION, body(record), NOW)
    for _ in range(2):
        (hit,) = (await search(searching, "vermilion")).hits
        assert (hit.session_id, hit.who, hit.field) == (session(7), "extraction", "extracted_data.colour")
        assert numbers(await search(searching, "007 vermilion")) == [7]
        assert numbers(await search(searching, "008 vermilion")) == []
        await searching.build_index()


async def test_only_what_may_hold_it_is_looked_through(
    cached: tuple[CacheSearch, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    searching, _ = cached
    await searching.build_index()
    read = []

    def counting(texts: Iterable[Said], sought: Sought) -> Match | None:
        read.append(texts)
        return find(texts, sought)

    monkeypatch.setattr(cache_search, "find", counting)
    assert numbers(await search(searching, "number 031")) == [31]
    assert len(read) == 1


async def test_without_a_full_text_table_the_documents_are_read(
    tmp_path: Path, cached: tuple[CacheSearch, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    searching, _ = cached
    monkeypatch.setattr(trigrams, "available", lambda: False)
    with opened(tmp_path / "cache" / "sessions.sqlite3") as store:
        plain = CacheSearch(store, SCOPE, searching._in_worker)
        await plain.build_index()
        found = await search(plain, "refund")
        assert numbers(found) == [0, 10, 20, 30]
        assert found.no_index


async def test_an_unreadable_document_is_dropped_as_when_it_is_opened(
    cached: tuple[CacheSearch, Store],
) -> None:
    searching, store = cached
    store.put(SCOPE, session(50), ANALYSIS, b'{"messages": 7}', NOW)
    assert numbers(await search(searching, "refund")) == [0, 10, 20, 30]
    await searching.build_index()
    assert store.get(SCOPE, session(50), ANALYSIS) is None
    found = await search(searching, "refund")
    assert (found.cached, found.indexed) == (COUNT, COUNT)


async def test_a_long_session_is_indexed_in_pieces_and_found_to_its_end(
    cached: tuple[CacheSearch, Store],
) -> None:
    searching, store = cached
    put(store, 60, *(["x" * (PIECE_CHARACTERS // 4)] * 9), "the needle")
    await searching.build_index()
    assert len(store.index.pieces(SCOPE, session(60))) > 2
    assert numbers(await search(searching, "needle")) == [60]


async def test_what_was_begun_by_a_stopped_build_is_gone_on_with(
    cached: tuple[CacheSearch, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    searching, store = cached
    await searching.build_index()
    put(store, 60, *(["x" * PIECE_CHARACTERS] * 3), "the needle")
    full = iter([True, False])
    add = store.index.add
    with monkeypatch.context() as patch:
        patch.setattr(store.index, "add", lambda *args: next(full) and add(*args))
        await searching.build_index()
    assert store.index.prospects(SCOPE, ()).indexed == COUNT
    assert numbers(await search(searching, "needle")) == [60]
    await searching.build_index()
    assert store.index.prospects(SCOPE, ()).indexed == COUNT + 1
    assert numbers(await search(searching, "needle")) == [60]


async def test_a_built_index_is_sealed_against_damage(
    cached: tuple[CacheSearch, Store], tmp_path: Path
) -> None:
    searching, store = cached
    await searching.build_index()
    store._database.connection.execute("UPDATE trigrams_data SET block = zeroblob(40)")
    with opened(tmp_path / "cache" / "sessions.sqlite3") as later:
        again = CacheSearch(later, SCOPE, searching._in_worker)
        assert numbers(await search(again, "refund")) == [0, 10, 20, 30]


async def test_with_nothing_cached_it_says_so(cached: tuple[CacheSearch, Store]) -> None:
    searching, store = cached
    store.clear()
    found = await search(searching, "refund")
    assert (found.hits, found.cached, found.left) == ((), 0, 0)
