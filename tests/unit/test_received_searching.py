"""Searching a document as received: what matches, where it begins, and that it can be done in steps."""

from __future__ import annotations

import json

import pytest

from feather_tui.session.query import Query
from feather_tui.session.received import searching
from feather_tui.session.received.json_text import JsonText
from feather_tui.session.received.searching import (
    JsonSearcher,
    Searcher,
    TextSearcher,
    first_match,
    inner_json,
)


def exhausted(searcher: Searcher) -> list[int]:
    found: list[int] = []
    while not searcher.done:
        found += searcher.step()
    assert searcher.progress == 1
    return found


def found_in(document: str, query: str) -> list[str]:
    """The first characters of the values found."""
    text = JsonText.parse(document.encode())
    places = exhausted(JsonSearcher(text, Query.parse(query)))
    assert places == sorted(places)
    assert first_match(text, Query.parse(query)) == (places[0] if places else None)
    return [text.body[place : place + 3].decode() for place in places]


DOCUMENT = json.dumps(
    {
        "role": "user",
        "content": "Où est-il? Grüße",
        "list": ["refund", {"Refund": 79.5}],
        "arguments": json.dumps({"note": "Café", "amount": 12}),
        "user": None,
    }
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("refund", ['"re', "79."]),
        ("Refund", ["79."]),
        ('"role": "user"', ['"us']),
        ("79.5", ["79."]),
        ("null", ["nul"]),
        ("grüsse", ['"O\\']),
        ("\\u00f9", ['"O\\']),
        ("café", ['"{\\']),
        ('"amount": 12', ['"{\\']),
        ("\\vr[eo][fl]", ['"us', '"re', "79."]),
        ("list", ['["r']),
        ("[", []),
        ("zebra", []),
    ],
)
def test_what_matches(query: str, found: list[str]) -> None:
    assert found_in(DOCUMENT, query) == found


def test_it_is_done_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "STEP_CHARACTERS", 100)
    text = JsonText.parse(json.dumps([f"item {number}" for number in range(40)]).encode())
    searcher = JsonSearcher(text, Query.parse("item"))
    first = searcher.step()
    assert 0 < len(first) < 10
    assert 0 < searcher.progress < 0.5
    assert len(first + exhausted(searcher)) == 40


def test_plain_text_is_searched_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "STEP_CHARACTERS", 5)
    text = "one refund\ntwo\n\nrefund refund"
    assert exhausted(TextSearcher(text, Query.parse("refund"))) == [4, 16, 23]
    assert exhausted(TextSearcher(text, Query.parse("\\v^refund$"))) == []
    assert exhausted(TextSearcher(text, Query.parse("\\v^two$"))) == [11]
    assert exhausted(TextSearcher("", Query.parse("x"))) == []


@pytest.mark.parametrize("text", ["[ADDRESS]", "{not json", "plain", "12", '"a"', "[NaN]", ""])
def test_what_only_looks_like_json_is_none(text: str) -> None:
    assert inner_json(text) is None


@pytest.mark.parametrize("text", ["{}", ' [1, "x"]', '{"a": "\ud800"}'])
def test_json_in_a_string_is_found(text: str) -> None:
    inner = inner_json(text)
    assert inner is not None
    assert json.loads(inner.body) == json.loads(text)
