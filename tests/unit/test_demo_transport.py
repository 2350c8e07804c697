"""The demo's transport answers as the API does."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import httpx
import pytest

from feather_tui.demo import incident
from feather_tui.demo.reply import Replies
from feather_tui.demo.transport import DemoTransport
from feather_tui.session.identity import SessionId


def client(**headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=DemoTransport(), base_url=incident.DEMO_BASE_URL.text, headers=headers, trust_env=False
    )


async def get(path: str) -> httpx.Response:
    async with client(**{"x-api-key": incident.demo_key().reveal()}) as demo:
        return await demo.get(path)


def error_of(response: httpx.Response) -> Any:
    body = response.json()
    assert isinstance(body["message"], str)
    return response.status_code, body["error"]


@pytest.mark.parametrize(
    ("path", "field"),
    [("/v1/sessions/{}/analysis-input", "channel"), ("/v1/conversations/{}/extraction", "status")],
)
async def test_both_documents_are_answered(path: str, field: str) -> None:
    session_id = incident.session_id("headset-refund")
    response = await get(path.format(session_id))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json()["session_id"] == session_id
    assert field in response.json()


async def test_whoami_names_the_organization_of_the_sessions() -> None:
    session = await get(f"/v1/sessions/{incident.session_id('headset-refund')}/analysis-input")
    whoami = await get("/v1/identity/whoami")
    assert whoami.json()["organization_id"] == session.json()["organization_id"]
    assert whoami.json()["organization_name"] == "Copperlane"
    assert whoami.json()["role"] == "org:member"


async def test_a_session_that_has_not_ended_is_a_conflict_without_an_extraction() -> None:
    session_id = incident.session_id("still-talking")
    assert error_of(await get(f"/v1/sessions/{session_id}/analysis-input")) == (409, "conflict")
    assert error_of(await get(f"/v1/conversations/{session_id}/extraction")) == (404, "not_found")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v1/v2/conversations",
        "/v1/sessions/00000000-0000-4000-8000-000000000000/analysis-input",
        f"/v1/sessions/{incident.session_id('headset-refund')}/analysis-input/more",
        f"/v1/sessions/{incident.session_id('headset-refund')}/extraction",
    ],
)
async def test_everything_else_is_not_found(path: str) -> None:
    assert error_of(await get(path)) == (404, "not_found")


async def test_only_reading_is_answered() -> None:
    async with client(**{"x-api-key": incident.demo_key().reveal()}) as demo:
        assert error_of(await demo.post("/v1/identity/whoami")) == (404, "not_found")


@pytest.mark.parametrize("headers", [{}, {"x-api-key": ""}, {"x-api-key": "fth_live_4T8zSomebodyElse"}])
async def test_without_the_demo_key_nothing_is_answered(headers: dict[str, str]) -> None:
    async with client(**headers) as demo:
        assert error_of(await demo.get("/v1/identity/whoami")) == (401, "authentication_required")


async def test_every_run_answers_with_the_same_bytes() -> None:
    for session_id in incident.session_ids():
        path = f"/v1/sessions/{session_id}/analysis-input"
        assert (await get(path)).content == (await get(path)).content


async def test_a_story_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[SessionId] = []
    tell = incident.replies

    def told(session_id: SessionId) -> Replies:
        asked.append(session_id)
        return tell(session_id)

    monkeypatch.setattr(incident, "replies", told)
    session_id = incident.session_id("parcel-today")
    async with client(**{"x-api-key": incident.demo_key().reveal()}) as demo:
        await demo.get(f"/v1/sessions/{session_id}/analysis-input")
        await demo.get(f"/v1/sessions/{session_id}/analysis-input")
        await demo.get(f"/v1/conversations/{session_id}/extraction")
    assert asked == [session_id]


def test_naming_the_sessions_tells_no_story_and_loads_no_network() -> None:
    program = (
        "import sys; from feather_tui.demo import incident; incident.session_ids();"
        "heavy = {'httpx', 'pydantic', 'textual', 'random'};"
        "print([name for name in sys.modules if '.stories' in name or name in heavy])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_demo_key_is_known_by_its_beginning() -> None:
    assert incident.demo_key().masked == "fth_live_demo…"


async def test_an_answer_can_be_made_to_take_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("feather_tui.demo.transport.asyncio.sleep", sleep)
    transport = DemoTransport(latency_seconds=0.4)
    request = httpx.Request("GET", f"{incident.DEMO_BASE_URL.text}/v1/identity/whoami")
    assert (await transport.handle_async_request(request)).status_code == 401
    assert slept == [0.4]
