from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from asking import SESSION
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui.address import BaseUrl
from feather_tui.api import questions, responses
from feather_tui.api.retry import LONGEST_ASKED, TRANSIENT_STATUSES, Setback, pause
from feather_tui.api.server_words import Words, read_words
from feather_tui.errors import ServerFailed
from feather_tui.session.identity import DocumentKind

BASE_URL = BaseUrl.parse("https://api.example.com")
NOW = datetime(2026, 8, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": "bad_request", "message": "No"}, Words(message="No", is_api=True)),
        ({"error": "bad_request"}, Words(message="bad_request", is_api=True)),
        ({"error": "bad_request", "message": " "}, Words(message="bad_request", is_api=True)),
        ({"error": 1, "message": ["x"]}, Words()),
        ({"status": "shutting_down"}, Words()),
        (
            {"error": "e", "message": "m", "retryable": True, "retry_after": 3},
            Words(message="m", retryable=True, retry_after=3.0, is_api=True),
        ),
        (
            {"error": "e", "message": "m", "retryable": None, "retry_after": None},
            Words(message="m", is_api=True),
        ),
        ({"error": "e", "message": "m", "retryable": "no"}, Words(message="m", is_api=True)),
        (
            {"detail": {"error": "e", "message": "m", "retryable": False}},
            Words(message="m", retryable=False, is_api=True),
        ),
        (
            {"detail": [{"loc": ["path", "session_id"], "msg": "not a UUID", "type": "x", "input": "hush"}]},
            Words(message="path.session_id: not a UUID", is_api=True),
        ),
        (
            {"detail": [{"loc": ["query", 0], "msg": "bad"}, {"msg": "worse"}, 7]},
            Words(message="query.0: bad (and 2 more)", is_api=True),
        ),
        ({"detail": [{"loc": "path", "msg": "bad"}]}, Words(message="bad", is_api=True)),
        ({"detail": []}, Words(is_api=True)),
        ({"detail": ["odd"]}, Words(is_api=True)),
        ({"detail": "Not Found"}, Words(message="Not Found")),
        ({"detail": None, "message": "m"}, Words(message="m", is_api=True)),
        (b"\n  \nBad gateway\nsecond line", Words(message="Bad gateway")),
        (b"[1]", Words(message="[1]")),
        (b"\xff\xfe", Words(message="\ufffd\ufffd")),
        (b"[" * 60_000, Words(message="[" * 60_000)),
        (b'{"error": ' + b"9" * 5000 + b"}", Words(message='{"error": ' + "9" * 5000 + "}")),
        (b"", Words()),
    ],
)
def test_the_words_are_found_in_every_shape(body: dict[str, Any] | bytes, words: Words) -> None:
    assert read_words(body if isinstance(body, bytes) else json.dumps(body).encode()) == words


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["detail", "error", "message", "retryable", "retry_after", "loc", "msg"]), inner
        )
    ),
    max_leaves=10,
)


@settings(deadline=None, max_examples=100)
@given(
    status=st.integers(min_value=100, max_value=999).filter(lambda status: status != 200),
    headers=st.dictionaries(st.sampled_from(["retry-after", "date", "location"]), st.text(max_size=40)),
    body=st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()),
    kind=st.sampled_from([*DocumentKind, None]),
)
def test_any_answer_becomes_one_error_and_one_decision(
    status: int, headers: dict[str, str], body: bytes, kind: DocumentKind | None
) -> None:
    question = questions.document(kind, SESSION) if kind else questions.WHOAMI

    setback = responses.setback(status, headers, body, question, BASE_URL, attempt=2, now=NOW)

    assert setback.error.sentence
    assert len(str(setback.error)) < 1000
    assert setback.reason.startswith(str(status))
    assert setback.transient <= (status in TRANSIENT_STATUSES)
    assert setback.asked_wait >= 0


@settings(deadline=None, max_examples=100)
@given(
    transient=st.booleans(),
    asked=st.floats(min_value=0, max_value=100),
    attempt=st.integers(min_value=1, max_value=6),
    remaining=st.floats(min_value=-5, max_value=60),
    luck=st.floats(min_value=0, max_value=1, exclude_max=True),
)
def test_a_pause_fits_into_the_time_left_and_is_not_shorter_than_asked(
    *, transient: bool, asked: float, attempt: int, remaining: float, luck: float
) -> None:
    setback = Setback(error=ServerFailed("x"), reason="x", transient=transient, asked_wait=asked)

    wait = pause(setback, attempt=attempt, remaining=remaining, luck=luck)

    if wait is None:
        assert not transient or attempt >= 4 or remaining <= max(asked, 5) or asked > LONGEST_ASKED
        return
    assert transient
    assert attempt < 4
    assert asked <= wait < remaining
    assert wait <= LONGEST_ASKED
