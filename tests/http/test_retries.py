from __future__ import annotations

import pytest
from asking import ANALYSIS_PATH, asking
from loopback import LoopbackApi
from loopback_answers import failure, ready, reset_before

from feather_tui.api.progress import Progress, Stage
from feather_tui.errors import RateLimited, ServerFailed
from feather_tui.session.identity import DocumentKind

DATE = "Wed, 21 Oct 2026 07:28:00 GMT"


async def test_pauses_grow_and_are_told_before_each_next_try() -> None:
    async with LoopbackApi() as api, asking(api, luck=0.5) as asker:
        api.answers[ANALYSIS_PATH] = [failure(503), reset_before(), failure(429), ready(b'{"a": 1}')]

        assert await asker.analysis() == b'{"a": 1}'

    kind = DocumentKind.ANALYSIS
    assert asker.waits == [0.125, 0.5, 2.5]
    assert asker.progress == [
        Progress(kind=kind, stage=Stage.ASKING),
        Progress(
            kind=kind, stage=Stage.WAITING, attempt=2, wait_seconds=0.125, reason="503 service unavailable"
        ),
        Progress(kind=kind, stage=Stage.ASKING, attempt=2),
        Progress(
            kind=kind, stage=Stage.WAITING, attempt=3, wait_seconds=0.5, reason="connection reset by peer"
        ),
        Progress(kind=kind, stage=Stage.ASKING, attempt=3),
        Progress(kind=kind, stage=Stage.WAITING, attempt=4, wait_seconds=2.5, reason="429 rate limited"),
        Progress(kind=kind, stage=Stage.ASKING, attempt=4),
        Progress(kind=kind, stage=Stage.RECEIVING, attempt=4, received=8),
    ]


async def test_four_tries_and_no_more() -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = failure(503)

        error = await asker.refusal()

    assert isinstance(error, ServerFailed)
    assert len(api.requests) == 4
    assert len(asker.waits) == 3


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_what_says_it_is_not_retryable_is_not_asked_again(status: int) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = failure(status, retryable=False, retry_after=1)

        error = await asker.refusal()

    assert error.status == status
    assert len(api.requests) == 1
    assert "after" not in error.sentence.split("The server's words")[0]


@pytest.mark.parametrize(
    ("headers", "fields", "wait"),
    [
        ({"Retry-After": "7"}, {}, 7.0),
        ({"Retry-After": " 1.5 "}, {}, 1.5),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:09 GMT", "Date": DATE}, {}, 9.0),
        ({"Retry-After": "Wednesday, 21-Oct-26 07:28:09 GMT", "Date": DATE}, {}, 9.0),
        ({"Retry-After": "Wed Oct 21 07:28:09 2026", "Date": DATE}, {}, 9.0),
        ({"Retry-After": "Wed, 21 Oct 2026 07:27:00 GMT", "Date": DATE}, {}, 0.125),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:09 GMT"}, {}, 0.125),
        ({}, {"retry_after": 6}, 6.0),
        ({}, {"retry_after": 2.5}, 2.5),
        ({}, {"detail": {"message": "m", "retry_after": 6}}, 6.0),
        ({"Retry-After": "3"}, {"retry_after": 6}, 6.0),
        ({"Retry-After": "8"}, {"retry_after": 6}, 8.0),
        ({"Retry-After": "0"}, {}, 0.125),
        ({"Retry-After": "-5"}, {}, 0.125),
        ({"Retry-After": "soon"}, {}, 0.125),
        ({"Retry-After": "nan"}, {}, 0.125),
        ({"Retry-After": "9" * 400}, {}, 0.125),
        ({"Retry-After": ""}, {"retry_after": None}, 0.125),
        ({}, {"retry_after": True}, 0.125),
        ({}, {"retry_after": "6"}, 0.125),
        ({}, {"retry_after": -6}, 0.125),
        ({}, {"retry_after": 10**400}, 0.125),
        ({}, {"retry_after": float("nan")}, 0.125),
        ({}, {"retry_after": float("inf")}, 0.125),
    ],
)
async def test_the_server_may_ask_for_a_longer_pause(
    headers: dict[str, str], fields: dict[str, object], wait: float
) -> None:
    async with LoopbackApi() as api, asking(api, luck=0.5) as asker:
        api.answers[ANALYSIS_PATH] = [failure(429, headers=headers, **fields), ready({})]

        await asker.analysis()

    assert asker.waits == [wait]


@pytest.mark.parametrize(
    ("seconds", "deadline", "said"),
    [(21, 60.0, "21 s"), (119, 20.0, "119 s"), (120, 20.0, "2 min"), (5, 5.0, "5 s"), (3601, 20.0, "61 min")],
)
async def test_a_longer_pause_than_there_is_time_ends_it_and_is_told(
    seconds: int, deadline: float, said: str
) -> None:
    async with LoopbackApi() as api, asking(api, deadline_seconds=deadline) as asker:
        api.answers[ANALYSIS_PATH] = failure(429, headers={"Retry-After": str(seconds)})

        error = await asker.refusal()

    assert isinstance(error, RateLimited)
    assert error.advice.endswith(f"The server asks to be left alone for {said}.")
    assert len(api.requests) == 1
    assert asker.waits == []
