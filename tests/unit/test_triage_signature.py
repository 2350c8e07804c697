"""Errors that differ in ids, numbers, times, hosts and quoted values only are one; other words are others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui.triage.signature import LONGEST, Signature, normalised


@pytest.mark.parametrize(
    ("error", "signature"),
    [
        ("upstream timed out", "upstream timed out"),
        ("timeout after 5203 ms", "timeout after <n> ms"),
        ("order 8812-4410 not found", "order <n>-<n> not found"),
        ("no row 3F6C1A90-7b1e-4c55-9a57-0d6f5a1c2e4b", "no row <id>"),
        ("request req_8f3k2 refused", "request <id> refused"),
        ("died at 2026-11-20T14:02:11.250Z, worker 3", "died at <time>, worker <n>"),
        ("GET https://erp.shop.example/orders/1?a=b failed", "GET <url> failed"),
        ("connect ECONNREFUSED 10.0.0.3:5432", "connect ECONNREFUSED <host>"),
        ("no route to erp-7.internal", "no route to <host>"),
        ("mail to jane.doe@example.com bounced", "mail to <email> bounced"),
        ("can't find 'blue shoes' in \"stock\"", "can't find <text> in <text>"),
        ("  two\n\tlines  ", "two lines"),
        ('{"error": {"message": "refund 77 failed", "code": 9}}', "refund <n> failed"),
        ('HTTP 500: {"code": "E 77", "tries": 5}', 'HTTP 500: {"code": <text>, "tries": <n>}'),
        ("", ""),
    ],
)
def test_what_belongs_to_one_case_becomes_a_sign(error: str, signature: str) -> None:
    assert normalised(error) == signature


@pytest.mark.parametrize(
    "telling",
    ["HTTP 503 from upstream", "status code: 502", "java.net.SocketTimeoutException: Read timed out"],
)
def test_what_tells_the_kind_of_error_stays(telling: str) -> None:
    assert normalised(telling) == telling


def test_a_long_error_ends_in_an_ellipsis() -> None:
    assert len(normalised("word " * 1000)) <= LONGEST
    assert normalised("word " * 1000).endswith("…")


_PIECES = st.sampled_from(
    [
        *"\"'`“”<>{}[]:.,-_@/ \n",
        "12",
        "1.2.3.4",
        "x.com",
        "id7a8b9c",
        "http://",
        "HTTP 503",
        "14:02",
        "é",
        "\ud800",
    ]
)


@given(st.text() | st.lists(_PIECES, max_size=40).map("".join))
@settings(deadline=None, max_examples=100)
def test_what_is_normalised_stays_as_it_is(error: str) -> None:
    once = normalised(error)
    assert normalised(once) == once
    assert len(once) <= LONGEST


@given(st.integers(1, 10**12), st.integers(1, 10**12), st.uuids(), st.uuids())
@settings(deadline=None, max_examples=50)
def test_two_of_a_kind_are_one(number: int, other: int, one: object, another: object) -> None:
    assert normalised(f"try {number} of {one} failed") == normalised(f"try {other} of {another} failed")


def test_a_signature_names_the_tool() -> None:
    assert Signature("refund", "boom").text == "refund: boom"
