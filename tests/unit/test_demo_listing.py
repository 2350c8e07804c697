"""The demo's list of sessions agrees with its stories, and filters and pages as the API does."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from feather_tui.demo import incident, shop
from feather_tui.demo.transport import DemoTransport
from feather_tui.session.conversation import read_page

GONE = incident.session_id("past-retention")


async def rows(**parameters: str) -> list[dict[str, Any]]:
    return (await answer(**parameters))["items"]  # type: ignore[no-any-return]  # JSON


async def answer(**parameters: str) -> dict[str, Any]:
    headers = {"x-api-key": incident.demo_key().reveal()}
    transport, base_url = DemoTransport(), incident.DEMO_BASE_URL.text
    async with httpx.AsyncClient(
        transport=transport, base_url=base_url, headers=headers, trust_env=False
    ) as demo:
        response = await demo.get("/v1/conversations", params=parameters)
    assert response.status_code == 200
    return response.json()  # type: ignore[no-any-return]  # JSON


async def test_every_session_is_listed_but_the_one_past_its_retention() -> None:
    listed = [row["id"] for row in await rows()]

    assert listed == [session_id for session_id in incident.session_ids() if session_id != GONE]


async def test_rows_come_newest_first_and_are_read_without_a_remark() -> None:
    headers = {"x-api-key": incident.demo_key().reveal()}
    request = httpx.Request(
        "GET", f"{incident.DEMO_BASE_URL.text}/v1/conversations?limit=200", headers=headers
    )
    page = read_page((await DemoTransport().handle_async_request(request)).content)
    starts = [row.started_at for row in page.rows]

    assert starts == sorted(starts, key=lambda start: start or pytest.fail("no start"), reverse=True)
    assert page.refused == 0
    assert not any(row.odd for row in page.rows)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"status": "active"}, ["still-talking"]),
        ({"channel": "voice", "q": "REFUND"}, ["refund-works-again", "headset-refund"]),
        ({"started_after": "2026-11-20T15:04:00Z"}, ["still-talking", "refund-works-again"]),
        (
            {"started_after": "2026-11-20T15:03:12+01:00", "started_before": "2026-11-20T14:04:00Z"},
            [],
        ),
        ({"id": GONE}, []),
        ({"eval_filter": "any_failed", "channel": "email"}, None),
    ],
)
async def test_filters(parameters: dict[str, str], expected: list[str] | None) -> None:
    found = await rows(**parameters)

    if expected is not None:
        assert [row["id"] for row in found] == [incident.session_id(slug) for slug in expected]
    else:
        assert {row["eval_summary"]["eval_status"] for row in found} <= {"failure"}
        assert {row["channel"] for row in found} <= {"email"}


async def test_the_start_of_a_session_told_in_another_zone_is_compared_as_a_moment() -> None:
    (row,) = await rows(id=incident.session_id("pedido-duplicado"))
    assert "+00:00" not in row["started_at"]

    assert row in await rows(started_after="2026-11-20T14:52:20Z", started_before="2026-11-20T14:52:21Z")


@pytest.mark.parametrize("evaluations", ["has_evals", "no_evals", "all_passed", "any_failed"])
async def test_evaluations_divide_the_sessions(evaluations: str) -> None:
    found = {row["id"] for row in await rows(eval_filter=evaluations)}
    without = {row["id"] for row in await rows(eval_filter="no_evals")}

    assert found
    assert (found & without == set()) is (evaluations != "no_evals")


async def test_pages_follow_each_other() -> None:
    first = await answer(limit="20", assigned_agent_id=shop.JUNO)
    second = await answer(limit="20", assigned_agent_id=shop.JUNO, cursor=first["next_cursor"])
    whole = await rows(assigned_agent_id=shop.JUNO)

    assert first["items"] + second["items"] == whole
    assert (first["has_more"], second["has_more"], second["next_cursor"]) == (True, False, None)
