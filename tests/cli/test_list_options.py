"""`--since 2h --status error`: the sessions of the API's list, for the board, `triage` and `common`."""

from __future__ import annotations

import json

import pytest
import triage_incident
from command_line import Feather
from conversation_rows import listed, page
from loopback import LoopbackApi
from loopback_answers import ready

from feather_tui.cli.arguments import parse
from feather_tui.cli.list_options import FIELDS, query_of
from feather_tui.errors import QueryUnreadable, UsageError
from feather_tui.session.list_query import fields

SAMPLES = tuple(triage_incident.sessions(3, many=4))


def test_the_options_are_the_fields_of_a_query() -> None:
    assert sorted(FIELDS) == sorted(field.name for field in fields.FIELDS)


@pytest.mark.parametrize("command", [[], ["triage"], ["common"]])
def test_options_and_lines_make_one_query(command: list[str]) -> None:
    arguments = parse(
        [*command, "--status", "error", "--list", "refund channel:voice", "--external", 'a "b" c']
    )

    query = query_of(arguments)

    assert query is not None
    assert query.text == "refund"
    assert query.values == {"status": "error", "channel": "voice", "external": 'a "b" c'}
    assert query_of(parse(command)) is None


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--since", "2h", "0d1f7c5e-9a55-4b43-9d52-6f6d1f0c8a11"], "named, and asked for from the list"),
        (["--since", "2h", "--offline"], "--offline asks nothing of it"),
    ],
)
def test_a_contradiction_is_one_sentence(words: list[str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        query_of(parse(words))


def test_a_value_that_is_not_understood_is_told_as_in_the_line() -> None:
    with pytest.raises(QueryUnreadable, match="“since:noon” is not understood"):
        query_of(parse(["--since", "noon"]))


def test_triage_prints_what_the_list_has(feather: Feather, server: LoopbackApi) -> None:
    for sample in SAMPLES:
        server.serve(sample.session_id, analysis=sample.analysis, extraction=sample.extraction)
    rows = [listed(number, id=sample.session_id) for number, sample in enumerate(SAMPLES)]
    rows[0]["session_type"] = "test"
    server.answers["/v1/conversations"] = ready(page(*rows))

    done = feather("triage", "--status", "error", "--type", "live", "--rate", "50", "--format", "jsonl")

    assert done.status == 0
    printed = {json.loads(line)["session_id"] for line in done.out.splitlines()}
    assert printed == {sample.session_id for sample in SAMPLES[1:]}
    assert "Of 4 sessions that the API gave, left out here: 1 by type:." in done.err
    asked = next(request.path for request in server.requests if "conversations?" in request.path)
    assert "status=error" in asked


def test_the_revisions_that_the_list_tells_are_in_the_rows_and_stay_there(
    feather: Feather, server: LoopbackApi
) -> None:
    for sample in SAMPLES:
        server.serve(sample.session_id, analysis=sample.analysis, extraction=sample.extraction)
    rows = [listed(number, id=sample.session_id) for number, sample in enumerate(SAMPLES)]
    rows[0] |= {"revision_id": "r-1", "revision_name": "autumn", "revision_version": 14}
    unnamed = {"revision_id": None, "revision_name": None, "revision_version": None}
    rows[1] |= unnamed | {"revision_id": "r" * 999}
    rows[2] |= unnamed
    server.answers["/v1/conversations"] = ready(page(*rows))
    words = ("triage", "--rate", "50", "--format", "jsonl")

    named = feather(*words, "--status", "error").out
    by_id = feather(*words, "--offline", *(sample.session_id for sample in SAMPLES)).out
    narrowed = feather(*words, "--status", "error", "--where", 'revision:"autumn v14"').out

    for out in (named, by_id):
        told = {row["session_id"]: row["revision"] for row in map(json.loads, out.splitlines())}
        expected = ["autumn v14", "r" * 199 + "…", None, "return window v7"]
        assert [told[sample.session_id] for sample in SAMPLES] == expected
    assert [json.loads(line)["session_id"] for line in narrowed.splitlines()] == [SAMPLES[0].session_id]


def test_a_list_that_is_not_there_is_the_failure(feather: Feather, server: LoopbackApi) -> None:
    assert server.requests == []

    done = feather("common", "--since", "2h")

    assert done.status == 4
    assert "The list ends early, after 0 sessions." in done.err
