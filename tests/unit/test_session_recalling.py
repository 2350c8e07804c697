"""What was read once is recalled as the same, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from documents import SESSION_ID, Document, analysis, body, extraction, row, trace
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import extractions, quick, sessions, wild_extractions, wild_sessions

from feather_tui.demo import incident
from feather_tui.errors import DocumentUnreadable
from feather_tui.session.identity import DocumentKind
from feather_tui.session.reading import read_extraction, read_session
from feather_tui.session.recalling import recall_extraction, recall_session, take_extraction, take_session


@given(sessions)
@quick
def test_a_session_is_recalled_as_it_was_read(document: Document) -> None:
    text = body(document)
    recalled = recall_session(text)
    assert recalled is None or recalled == read_session(text)


@given(extractions)
@quick
def test_an_extraction_is_recalled_as_it_was_read(document: Document) -> None:
    text = body(document)
    recalled = recall_extraction(text)
    assert recalled is None or recalled == read_extraction(text)


@given(wild_sessions)
@quick
def test_what_was_refused_or_set_aside_is_never_recalled_otherwise(document: Document) -> None:
    text = body(document)
    recalled = recall_session(text)
    try:
        read = read_session(text)
    except DocumentUnreadable:
        assert recalled is None
    else:
        assert recalled is None or recalled == read


@given(wild_extractions)
@quick
def test_nor_is_an_extraction(document: Document) -> None:
    text = body(document)
    recalled = recall_extraction(text)
    try:
        read = read_extraction(text)
    except DocumentUnreadable:
        assert recalled is None
    else:
        assert recalled is None or recalled == read


@given(st.one_of(sessions, wild_sessions))
@quick
def test_a_session_is_taken_as_it_would_be_read(document: Document) -> None:
    text = body(document)
    assert same_or_left(take_session, read_session, text)


@given(st.one_of(extractions, wild_extractions))
@quick
def test_an_extraction_is_taken_as_it_would_be_read(document: Document) -> None:
    text = body(document)
    assert same_or_left(take_extraction, read_extraction, text)


@pytest.mark.parametrize(
    "text",
    [
        *(b"", b"{", b"[]", b"null", b"{}x", b'\xef\xbb\xbf{"session_id": "a"}', b"\xff\xfe\x00"),
        b'{"session_id": "a", "session_id": "b"}',
        b'{"session_id": "a", "rag_traces": [{"top_score": NaN}]}',
        b'{"session_id": "a", "rag_traces": [{"top_score": 1e999}]}',
        b'{"session_id": "a", "x": ' + b"[" * 200 + b"]" * 200 + b"}",
        b'{"session_id": "a", "x": ' + b"1" * 5_000 + b"}",
        rb'{"session_id": "a", "channel": "\ud83d"}',
        rb'{"session_id": "a", "channel": "\ud83d\ude00"}',
        '{"session_id": "a"}'.encode("utf-16"),
    ],
)
def test_odd_json_is_taken_as_it_would_be_read(text: bytes) -> None:
    assert same_or_left(take_session, read_session, text)
    assert same_or_left(take_extraction, read_extraction, text)


def same_or_left(take: Callable[[bytes], object], read: Callable[[bytes], object], text: bytes) -> bool:
    """Whether taking comes to what reading comes to, a refusal in its words among it, or leaves it to it."""
    outcomes = []
    for way in (take, read):
        try:
            outcomes.append(way(text))
        except DocumentUnreadable as error:
            outcomes.append(str(error))
    taken, expected = outcomes
    return taken is None or taken == expected


def test_the_sessions_of_the_demo_are_recalled() -> None:
    """The quick way is the usual way, or it would be no use."""
    bodies = [
        body(answer.body)
        for session_id in incident.session_ids()
        if (answer := incident.replies(session_id)[DocumentKind.ANALYSIS]).status == HTTPStatus.OK
    ]
    recalled = [recall_session(text) for text in bodies]

    assert len(bodies) > 20
    assert recalled == [read_session(text) for text in bodies] == [take_session(text) for text in bodies]


@pytest.mark.parametrize(
    "fields",
    [
        {"started_at": "2026-11-20T14:02:11"},
        {"started_at": "2026-11-20T14:02:11.123456+05:30"},
        {"started_at": None, "agent_id": None, "messages": None},
        {"brand_new_field": {"deep": [1]}, "messages": [row("user", "Hi", brand_new_field=1)]},
        {"rag_traces": [trace("c1", top_score=1)]},
    ],
)
def test_what_needs_no_decision_is_recalled(fields: dict[str, Any]) -> None:
    text = body(analysis(**fields))
    assert recall_session(text) == read_session(text)


@pytest.mark.parametrize(
    "fields",
    [
        {"started_at": "2026-11-20 14:02:11"},
        {"started_at": "2026-11-20T24:00:00Z"},
        {"started_at": 1_763_647_331},
        {"channel": 7},
        {"messages": [None]},
        {"messages": {}},
        {"messages": [row("user", "Hi", latency_ms=True)]},
        {"missing_evidence_reasons": ["no_csat", None]},
        {"kb_snapshot": {"kb_versions": {"kb": "3"}}},
        {"customer_metadata": []},
        {"session_id": None},
    ],
)
def test_what_needs_a_decision_is_left_to_the_reading(fields: dict[str, Any]) -> None:
    assert recall_session(body({**analysis(), **fields})) is None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"session_id": "\\ud83d"}',
        rb'{"session_id": "\\ud83d\ude00"}',
        b"\xff\xfe\x00",
        pytest.param(b'{"session_id": "\xed\xa0\x80"}', id="an encoded half of a pair"),
        pytest.param('{"session_id": "\\ud800"}'.encode("utf-16"), id="an escaped half in UTF-16"),
    ],
)
def test_what_is_no_object_or_may_need_mending_is_left_to_the_reading(text: bytes) -> None:
    assert recall_session(text) is None
    assert recall_extraction(text) is None


def test_a_whole_number_where_a_score_is_expected_is_one() -> None:
    recalled = recall_extraction(body(extraction(session_id=SESSION_ID, schema_version=7)))
    assert recalled is not None
    assert recalled.document.schema_version == 7
