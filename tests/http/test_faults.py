from __future__ import annotations

import gzip
import itertools
import json

import pytest
from asking import ANALYSIS_PATH, SESSION, asking, forget_all_names
from loopback import LoopbackApi, closed_address, deaf_address
from loopback_answers import (
    Answer,
    Send,
    Stall,
    answer,
    bad_gzip,
    cut_gzip,
    drip,
    endless,
    gzip_bomb,
    page,
    ready,
    reset_before,
    reset_inside,
    stall_before,
    stall_in_headers,
    stall_inside,
    truncated,
    zipped,
)

from feather_tui.errors import AnswerTooLarge, DocumentUnreadable, TimedOut, Unreachable

DOCUMENT = json.dumps({"session_id": SESSION, "messages": ["grüße"] * 500}).encode()


@pytest.mark.parametrize(
    "given",
    [
        ready(DOCUMENT),
        zipped(DOCUMENT),
        answer(DOCUMENT, headers={"Content-Type": "text/html"}),
        answer(DOCUMENT, headers={"Content-Encoding": "identity"}),
        answer(b"\xef\xbb\xbf" + DOCUMENT),
        zipped(b"\xef\xbb\xbf" + DOCUMENT),
        drip(b'{"a": 1}', 0),
    ],
)
async def test_a_document_comes_decoded_and_without_a_byte_order_mark(given: Answer) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = given

        body = await asker.analysis()

    assert body in {DOCUMENT, b'{"a": 1}'}
    assert asker.progress[-1].received in {len(body), len(body) + 3}


async def test_white_space_before_the_object_is_kept() -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = ready(b" \r\n\t{}\n")

        assert await asker.analysis() == b" \r\n\t{}\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (reset_before(), "broke off its answer: connection reset by peer"),
        (reset_inside(DOCUMENT), "broke off its answer: connection reset by peer"),
        (truncated(DOCUMENT), "without sending complete message body"),
        (Answer((Send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),)), "SSH-2.0-OpenSSH_9.2"),
        (answer(DOCUMENT, headers={"Content-Length": "many"}), "Content-Length"),
    ],
)
async def test_a_broken_connection_is_tried_again_and_then_explained(given: Answer, said: str) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = given

        error = await asker.refusal()

    assert type(error) is Unreachable
    assert said in error.sentence
    assert error.sentence.startswith(api.base_url)
    assert error.sentence.endswith("after 4 tries.")
    assert error.advice
    assert len(api.requests) == 4


@pytest.mark.parametrize("fault", [reset_before(), reset_inside(DOCUMENT), truncated(DOCUMENT)])
async def test_a_broken_connection_is_forgotten_when_the_next_one_holds(fault: Answer) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = [fault, fault, ready(DOCUMENT)]

        assert await asker.analysis() == DOCUMENT


async def test_a_closed_port_is_refused_with_a_reason() -> None:
    async with asking(closed_address()) as asker:
        error = await asker.refusal()

    assert type(error) is Unreachable
    assert "No connection to http://127.0.0.1:" in error.sentence
    assert "connection refused, after 4 tries." in error.sentence
    assert len(asker.waits) == 3


async def test_a_name_without_an_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_all_names(monkeypatch)
    async with asking("https://feather.invalid") as asker:
        error = await asker.refusal()

    assert type(error) is Unreachable
    assert "No connection to https://feather.invalid: the name has no address" in error.sentence


async def test_a_port_without_tls_is_not_asked_again() -> None:
    async with LoopbackApi() as api, asking(api.base_url.replace("http:", "https:")) as asker:
        error = await asker.refusal()

    assert type(error) is Unreachable
    assert "TLS failed (wrong version number)" in error.sentence
    assert asker.waits == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (stall_before(), "nothing had come on try 1"),
        (stall_in_headers(), "nothing had come on try 1"),
        (stall_inside(DOCUMENT), f"{len(DOCUMENT) // 2:,} bytes had come on try 1"),
        (drip(DOCUMENT, 0.01), "bytes had come on try 1"),
        (stall_inside(b"<html></html>", status=503), "nothing had come on try 1"),
        ([reset_before(), stall_before()], "nothing had come on try 2, after connection reset by peer"),
    ],
)
async def test_the_deadline_ends_what_never_ends(given: Answer | list[Answer], said: str) -> None:
    async with LoopbackApi() as api, asking(api, luck=0, deadline_seconds=0.25) as asker:
        api.answers[ANALYSIS_PATH] = given

        error = await asker.refusal()

    assert type(error) is TimedOut
    assert f"did not come from {api.base_url} within 0.25 s" in error.sentence
    assert said in error.sentence
    assert "deadline_seconds" in error.advice


async def test_the_deadline_ends_a_connection_that_is_never_made() -> None:
    with deaf_address() as address:
        async with asking(address, deadline_seconds=0.1) as asker:
            error = await asker.refusal()

    assert type(error) is TimedOut


async def test_the_deadline_ends_a_tls_handshake_that_is_never_made() -> None:
    with deaf_address() as address:
        async with asking(address.replace("http:", "https:"), deadline_seconds=0.1) as asker:
            error = await asker.refusal()

    assert type(error) is TimedOut


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (page(), "a web page, beginning “<!DOCTYPE html>”"),
        (answer(b"\n\n  OK  \n more"), "not a JSON object, beginning “OK”"),
        (ready(b"[1, 2]"), "not a JSON object, beginning “[1, 2]”"),
        (ready(b"null"), "beginning “null”"),
        (ready(b"\xff\xfe{\x00}\x00"), "not a JSON object"),
        (ready(b"x" * 1000), f"“{'x' * 120}…”"),
        (ready(b""), "came empty"),
        (ready(b"\xef\xbb\xbf \n"), "came empty"),
        (zipped(b""), "came empty"),
        (bad_gzip(), "damaged encoding"),
        (cut_gzip(DOCUMENT), "the gzip stream ends early"),
        (answer(headers={"Content-Encoding": "gzip"}), "the gzip stream ends early"),
        (bad_gzip(gzip.compress(b"{}", mtime=0) + b"{}"), "bytes after the end"),
        (answer(DOCUMENT, headers={"Content-Encoding": "br"}), "“br” was not asked for"),
        (answer(DOCUMENT, headers={"Content-Encoding": "gzip, gzip"}), "“gzip, gzip” was not asked for"),
    ],
)
async def test_a_200_without_a_json_object_is_unreadable_at_once(given: Answer, said: str) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = given

        error = await asker.refusal()

    assert type(error) is DocumentUnreadable
    assert said in error.sentence
    assert f"analysis input of session {SESSION}" in error.sentence
    assert error.advice
    assert len(api.requests) == 1


@pytest.mark.parametrize("body", [b"not gzip", gzip.compress(b'{"message": "hm"}', mtime=0)[:15]])
async def test_a_fault_in_the_body_of_an_error_does_not_hide_the_error(body: bytes) -> None:
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = answer(body, status=403, headers={"Content-Encoding": "gzip"})

        error = await asker.refusal()

    assert error.status == 403


@pytest.mark.parametrize(
    ("given", "most_read"),
    [
        (answer(b"{" + b" " * 5000), 0),
        (zipped(b"{" + b" " * 5000), 0),
        (gzip_bomb(64), 0),
        (endless(), 1000),
    ],
)
async def test_more_than_the_cap_is_not_read(given: Answer, most_read: int) -> None:
    async with LoopbackApi() as api, asking(api, max_bytes=1000) as asker:
        api.answers[ANALYSIS_PATH] = given

        error = await asker.refusal()

    assert type(error) is AnswerTooLarge
    assert "larger than the limit of 1000 bytes" in error.sentence
    assert "max_document_megabytes" in error.advice
    assert max(moment.received for moment in asker.progress) <= most_read
    assert len(api.requests) == 1


async def test_a_length_above_the_cap_is_refused_before_the_body() -> None:
    async with LoopbackApi() as api, asking(api, max_bytes=1000) as asker:
        api.answers[ANALYSIS_PATH] = Answer(
            (Send(b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"), Stall())
        )

        error = await asker.refusal()

    assert type(error) is AnswerTooLarge


async def test_a_bomb_is_stopped_at_the_cap() -> None:
    async with LoopbackApi() as api, asking(api, max_bytes=2 * 1024 * 1024) as asker:
        api.answers[ANALYSIS_PATH] = gzip_bomb(64)

        error = await asker.refusal()

    assert type(error) is AnswerTooLarge
    assert "2 MiB" in error.sentence
    received = [moment.received for moment in asker.progress]
    assert received[-1] == 2 * 1024 * 1024
    assert max(after - before for before, after in itertools.pairwise(received)) <= 64 * 1024


async def test_a_document_of_exactly_the_cap_is_read() -> None:
    async with LoopbackApi() as api, asking(api, max_bytes=len(DOCUMENT)) as asker:
        api.answers[ANALYSIS_PATH] = [zipped(DOCUMENT), ready(DOCUMENT)]

        assert await asker.analysis() == DOCUMENT
        assert await asker.analysis() == DOCUMENT


async def test_the_body_of_an_error_is_read_only_at_its_beginning() -> None:
    head = b"HTTP/1.1 500 No\r\nContent-Length: 1000000\r\n\r\n"
    async with LoopbackApi() as api, asking(api) as asker:
        api.answers[ANALYSIS_PATH] = Answer((Send(head + b"x" * 100_000), Stall()))

        error = await asker.refusal()

    assert error.status == 500
