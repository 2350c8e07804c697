from __future__ import annotations

import pytest
from asking import ANALYSIS_PATH, SESSION, asking
from loopback import WHOAMI, LoopbackApi
from loopback_answers import Answer, answer, failure, page, ready, redirect

from feather_tui.errors import (
    AccessDenied,
    AnswerUnreadable,
    DocumentUnreadable,
    FeatherError,
    KeyRefused,
    NotFound,
    RateLimited,
    RedirectRefused,
    RequestRejected,
    ServerFailed,
    SessionLive,
    Unavailable,
)

ERRORS: list[tuple[int, type[FeatherError], int, str]] = [
    (300, RedirectRefused, 1, "not sent to another address"),
    (304, RedirectRefused, 1, "not sent to another address"),
    (400, RequestRejected, 1, "did not accept"),
    (401, KeyRefused, 1, "refused the API key"),
    (402, RequestRejected, 1, "402 payment required"),
    (403, AccessDenied, 1, f"may not read the analysis input of session {SESSION}"),
    (404, NotFound, 1, f"Session {SESSION} was not found"),
    (405, RequestRejected, 1, "did not accept"),
    (408, RequestRejected, 1, "did not accept"),
    (409, SessionLive, 1, "the session has not ended"),
    (410, RequestRejected, 1, "did not accept"),
    (418, RequestRejected, 1, "did not accept"),
    (422, RequestRejected, 1, "did not accept"),
    (429, RateLimited, 4, "after 4 tries"),
    (499, RequestRejected, 1, "HTTP 499"),
    (500, ServerFailed, 1, "HTTP 500 internal server error)"),
    (501, ServerFailed, 1, "failed to answer"),
    (502, ServerFailed, 4, "502 bad gateway, after 4 tries"),
    (503, ServerFailed, 4, "503 service unavailable, after 4 tries"),
    (504, ServerFailed, 4, "504 gateway timeout, after 4 tries"),
    (507, ServerFailed, 1, "failed to answer"),
    (599, ServerFailed, 1, "HTTP 599"),
    (201, DocumentUnreadable, 1, "HTTP 201 created"),
    (204, DocumentUnreadable, 1, "HTTP 204 no content"),
    (206, DocumentUnreadable, 1, "HTTP 206"),
    (799, DocumentUnreadable, 1, "HTTP 799"),
]


@pytest.mark.parametrize("with_body", [True, False])
@pytest.mark.parametrize(("status", "kind", "tries", "said"), ERRORS)
async def test_every_status_is_one_error_with_a_sentence(
    status: int, kind: type[FeatherError], tries: int, said: str, *, with_body: bool
) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        body_allowed = with_body and status not in {204, 304}
        api.answers[ANALYSIS_PATH] = failure(status) if body_allowed else answer(status=status)

        error = await asker.refusal()

    assert type(error) is kind
    assert error.status == (None if kind is DocumentUnreadable else status)
    assert said in error.sentence
    assert error.sentence.endswith(".")
    assert error.advice.endswith(".")
    assert api.paths() == [ANALYSIS_PATH] * tries


@pytest.mark.parametrize("status", [400, 401, 403, 409, 422, 429, 500, 503])
async def test_the_servers_words_are_quoted_as_its_own(status: int) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = failure(status, message="  Mind\nthe\x1b[31m gap ")

        error = await asker.refusal()

    assert error.sentence.endswith("The server's words: “Mind the\x1b[31m gap”.")


async def test_long_words_are_cut_and_marked() -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = failure(500, message="a" * 5000)

        error = await asker.refusal()

    assert f"“{'a' * 200}…”" in error.sentence
    assert "a" * 201 not in error.sentence


async def test_a_404_means_something_else_for_each_document() -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        with pytest.raises(NotFound) as analysis:
            await asker.analysis()
        with pytest.raises(NotFound) as extraction:
            await asker.extraction()

    assert "another organization" in analysis.value.sentence
    assert "none exists yet" not in analysis.value.sentence
    assert "none exists yet" in extraction.value.sentence
    assert "base URL may be wrong" not in str(analysis.value)


@pytest.mark.parametrize(
    "missing", [page(404), answer(status=404), ready({"detail": "Not Found"}, status=404)]
)
async def test_a_404_that_is_not_the_apis_own_casts_doubt_on_the_base_url(missing: Answer) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = missing

        error = await asker.refusal()

    assert isinstance(error, NotFound)
    assert "base URL may be wrong" in error.advice


async def test_a_409_keeps_when_to_look_again() -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = ready(
            {"detail": {"error": "session_active", "message": "Still running", "retry_after": 15}}, status=409
        )

        error = await asker.refusal()

    assert isinstance(error, SessionLive)
    assert "“Still running”" in error.sentence
    assert "suggests to wait 15 s" in error.advice


@pytest.mark.parametrize("status", [500, 503])
async def test_an_html_error_page_is_quoted_by_its_first_line(status: int) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = page(status, "\n\n<h1>nginx is sad</h1>\n<p>really</p>")

        error = await asker.refusal()

    assert isinstance(error, Unavailable)
    assert "“<h1>nginx is sad</h1>”" in error.sentence


@pytest.mark.parametrize(
    ("location", "quoted"),
    [
        ("https://elsewhere.example/x", "“https://elsewhere.example/x”"),
        ("/login", "“/login”"),
        ("http://[broken", "“http://[broken”"),
        ("javascript:alert(1)", "“javascript:alert(1)”"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_refused_and_its_target_named(status: int, location: str, quoted: str) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = redirect(location, status)

        error = await asker.refusal()

    assert isinstance(error, RedirectRefused)
    assert f"redirects to {quoted} (HTTP {status})" in error.sentence
    assert api.paths() == [ANALYSIS_PATH]


async def test_whoami_tells_whose_key_it_is() -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[WHOAMI] = ready(
            {
                "user_id": "u1",
                "email": None,
                "role": "org:admin",
                "organization_name": 7,
                "is_internal": False,
            }
        )

        identity = await asker.client.whoami()

    assert (identity.user_id, identity.role) == ("u1", "org:admin")
    assert (identity.email, identity.organization_id, identity.organization_name) == (None, None, None)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (failure(401), KeyRefused),
        (failure(404), NotFound),
        (failure(409), RequestRejected),
        (failure(503), ServerFailed),
        (ready(b'{"user_id": '), DocumentUnreadable),
        (ready(b'{"a":' * 5000), DocumentUnreadable),
        (ready(b"[]"), DocumentUnreadable),
        (page(), AnswerUnreadable),
    ],
)
async def test_whoami_fails_as_a_document_does(given: Answer, kind: type[FeatherError]) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[WHOAMI] = given

        with pytest.raises(kind):
            await asker.client.whoami()
