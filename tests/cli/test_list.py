"""`feather-tui list` from the words to the table, against a real server."""

from __future__ import annotations

import json
import stat
import sys
from urllib.parse import parse_qsl, urlsplit

import pytest
from command_line import Feather
from conversation_rows import listed, listed_id, older, page
from documents import SESSION_ID, analysis, extraction, row
from loopback import LoopbackApi
from loopback_answers import failure, ready

from feather_tui.api.client import ApiClient
from feather_tui.cli.arguments import parse
from feather_tui.errors import UsageError
from feather_tui.locations import Locations

NEWER, OLDER = "/v1/conversations", "/v1/v2/conversations"
SECRET = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the turns of the list come at once: how far they are apart is tested with a clock of its own."""
    monkeypatch.setattr("feather_tui.api.client.LIST_SECONDS", 0.0)


def asked(server: LoopbackApi) -> list[dict[str, str]]:
    """Give the parameters of every request, without the size of the page."""
    queries = [dict(parse_qsl(urlsplit(path).query)) for path in server.paths()]
    return [{name: value for name, value in query.items() if name != "limit"} for query in queries]


def test_a_table_has_a_row_a_session(feather: Feather, server: LoopbackApi) -> None:
    server.answers[NEWER] = ready(
        page(
            listed(1, started_at="2026-11-20T16:02:11+02:00", priority="urgent"),
            {"id": listed_id(2)},
        )
    )

    outcome = feather("list")

    heading, first, second = outcome.out.splitlines()
    assert heading.split() == [
        *("session", "start", "(UTC)", "status", "channel", "agent", "messages", "length"),
        *("evals", "priority", "revision", "subject"),
    ]
    assert first.split() == [
        *(listed_id(1), "2026-11-20", "14:02:11", "closed", "chat", "6f1e0e5c", "4", "7m", "00s", "success"),
        *("urgent", "return", "window", "v7", "Order", "1"),
    ]
    assert second.split() == [listed_id(2), "----------", "--:--:--", *"--------", "-"]
    assert heading.index("subject") == first.index("Order 1")
    assert (outcome.status, outcome.err) == (0, "")


def test_the_words_of_the_command_line_are_one_query(feather: Feather, server: LoopbackApi) -> None:
    server.answers[NEWER] = ready(page())

    feather("list", "status:error", "since:2026-11-20T09:30+02:00", "refund")
    feather("list", "status:error since:2026-11-20T09:30+02:00 refund")

    question = {"status": "error", "started_after": "2026-11-20T07:30:00Z", "q": "refund"}
    assert asked(server) == [question, question]


def test_a_line_is_an_object_that_always_has_the_same_fields(feather: Feather, server: LoopbackApi) -> None:
    server.answers[NEWER] = ready(
        page(
            listed(1, metadata={"order": "8812"}, email="dana@mail.example", message_count="4"),
            {"id": listed_id(2)},
        )
    )

    outcome = feather("list", "--format", "jsonl")

    first, second = map(json.loads, outcome.out.splitlines())
    assert list(first) == list(second)
    assert first["session_id"] == listed_id(1)
    assert (first["started_at"], first["ended_at"]) == ("2026-11-20T14:02:11Z", "2026-11-20T14:09:11Z")
    assert first["revision"] == {"id": None, "name": "return window", "version": 7}
    assert (first["metadata"], first["email"]) == ({"order": "8812"}, "dana@mail.example")
    assert (first["message_count"], first["set_aside"]) == (None, ["message_count"])
    assert {name: value for name, value in second.items() if value not in (None, [], {})} == {
        "session_id": listed_id(2)
    }
    assert outcome.err == (
        "feather-tui: Some values were of a wrong type and are shown as missing: message_count (1).\n"
    )


@pytest.mark.parametrize("number", [0, 1, 3])
def test_an_array_is_one_whatever_it_holds(feather: Feather, server: LoopbackApi, number: int) -> None:
    server.answers[NEWER] = ready(page(*map(listed, range(number))))

    array = json.loads(feather("list", "--format", "json").out)

    assert [found["session_id"] for found in array] == [listed_id(row) for row in range(number)]


def test_pages_follow_each_other_up_to_the_limit(feather: Feather, server: LoopbackApi) -> None:
    server.answers[NEWER] = [
        ready(page(listed(1), listed(2), cursor="a")),
        ready(page(listed(3), listed(4), cursor="b")),
    ]

    outcome = feather("list", "--limit", "3", "--format", "jsonl")

    assert [json.loads(line)["session_id"] for line in outcome.out.splitlines()] == [
        listed_id(number) for number in (1, 2, 3)
    ]
    assert (
        outcome.err == "feather-tui: These are the first 3; the API has more. Raise --limit or use since:.\n"
    )
    assert [dict(parse_qsl(urlsplit(path).query))["limit"] for path in server.paths()] == ["3", "3"]


def test_a_limit_that_is_just_enough_is_not_spoken_of(feather: Feather, server: LoopbackApi) -> None:
    server.answers[NEWER] = ready(page(listed(1), listed(2)))

    assert feather("list", "--limit", "2").err == ""


def test_what_is_filtered_here_is_counted(feather: Feather, server: LoopbackApi) -> None:
    server.answers[NEWER] = [
        ready(page(listed(1, session_type="test"), listed(2), cursor="a")),
        ready(page(listed(3), "no row", listed(4, session_type="test"))),
    ]

    outcome = feather("list", "type:test", "--format", "jsonl")

    assert [json.loads(line)["session_id"] for line in outcome.out.splitlines()] == [
        listed_id(1),
        listed_id(4),
    ]
    assert outcome.err.splitlines() == [
        "feather-tui: Of 4 sessions that the API gave, left out here: 2 by type:.",
        "feather-tui: 1 row of the list without a usable id: not shown.",
    ]
    assert "limit=200" in server.paths()[0]


def test_outcome_and_findings_are_those_of_sessions_opened_before(
    feather: Feather, server: LoopbackApi
) -> None:
    server.serve(SESSION_ID, analysis=analysis(row("user", "Hello?")), extraction=extraction())
    assert feather("show", SESSION_ID).status == 0
    server.answers[NEWER] = ready(page(listed(1), listed(2, id=SESSION_ID)))

    outcome = feather("list", "--format", "jsonl")
    opened = json.loads(outcome.out.splitlines()[1])
    filtered = feather("list", f"outcome:{opened['outcome']}")

    assert opened["outcome"]
    assert isinstance(opened["findings"], dict)
    assert SESSION_ID in filtered.out
    assert listed_id(1) not in filtered.out
    assert "1 never opened here, so outcome and findings are not known." in filtered.err


def test_where_nothing_is_found_it_says_where_it_looked(feather: Feather, server: LoopbackApi) -> None:
    server.answers[NEWER] = ready(page())

    outcome = feather("list", "refund")

    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err == (
        "feather-tui: No session was found. Words are looked for in subject and summary only.\n"
    )


@pytest.mark.parametrize(
    ("answers", "status", "said"),
    [
        ({}, 4, "The API has no list of sessions for this key"),
        ({NEWER: failure(403)}, 3, "may not read the list of sessions"),
        ({NEWER: failure(401)}, 3, "refused the API key"),
        ({NEWER: failure(429, retryable=False)}, 6, "the limit is reached"),
        ({NEWER: ready(b'{"items": 3}')}, 7, "at items: a list was expected"),
    ],
)
def test_a_refusal_is_one_sentence_and_nothing_is_printed(
    feather: Feather, server: LoopbackApi, answers: dict[str, object], status: int, said: str
) -> None:
    server.answers.update(answers)  # type: ignore[arg-type]  # they are answers

    for form in ("table", "json", "jsonl"):
        outcome = feather("list", "--format", form)

        assert (outcome.status, outcome.out) == (status, "")
        assert said in outcome.err
        assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_a_list_that_breaks_off_keeps_what_came_and_says_so(
    feather: Feather, server: LoopbackApi, form: str
) -> None:
    server.answers[NEWER] = [ready(page(listed(1), cursor="a")), failure(500)]

    outcome = feather("list", "--format", form)

    assert listed_id(1) in outcome.out
    assert outcome.status == 6
    early, failed = outcome.err.splitlines()
    assert early == "feather-tui: The list ends early: 1 session was printed before this."
    assert "failed to answer" in failed
    if form == "json":
        assert len(json.loads(outcome.out)) == 1


def test_an_odd_end_of_the_list_is_said(feather: Feather, server: LoopbackApi) -> None:
    server.answers[NEWER] = ready(page(listed(1), has_more=True))

    assert "goes on, but not where" in feather("list").err


def test_where_an_older_deployment_has_its_list_is_kept_between_runs(
    feather: Feather, server: LoopbackApi, locations: Locations
) -> None:
    server.answers[OLDER] = ready(page(older(listed(1))))

    for _ in range(2):
        assert listed_id(1) in feather("list").out
    feather("list", "--no-cache")

    assert [urlsplit(path).path for path in server.paths()] == [NEWER, OLDER, OLDER, NEWER, OLDER]
    file = locations.state / "list-paths.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert SECRET not in file.read_text()
    assert feather("cache", "clear").status == 0
    assert not file.exists()


def test_a_query_that_is_not_understood_asks_nobody(feather: Feather, server: LoopbackApi) -> None:
    outcome = feather("list", "refund", "stauts:error")

    assert outcome.status == 2
    assert "“stauts:error” is not understood. Did you mean status:?" in outcome.err
    assert server.requests == []


def test_a_key_that_was_typed_is_not_repeated(feather: Feather, server: LoopbackApi) -> None:
    for words in ((SECRET,), (f"external:{SECRET}",), (f"a {SECRET}",)):
        outcome = feather("list", *words)

        assert outcome.status == 2
        assert "API key" in outcome.err
        assert SECRET not in outcome.err
    assert server.requests == []


def test_what_the_api_writes_cannot_act_on_the_terminal(feather: Feather, server: LoopbackApi) -> None:
    hostile = "\x1b]52;c;cm0gLXJm\x07 \u202ereversed\r\nline"
    texts = dict.fromkeys(("subject", "status", "channel", "priority", "revision_name"), hostile)
    server.answers[NEWER] = ready(page(listed(1, assigned_agent_id=hostile, **texts)))

    outcome = feather("list", "--format", "table")

    assert len(outcome.out.splitlines()) == 2
    assert not set(outcome.out) & {"\x1b", "\x07", "\u202e", "\r"}
    assert feather("list", "--format", "jsonl").out.isascii()


def test_in_a_terminal_the_table_is_as_wide_as_it(
    feather: Feather, server: LoopbackApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers[NEWER] = ready(page(listed(1, subject="A subject that goes on and on " * 5)))
    monkeypatch.setenv("COLUMNS", "80")
    piped = feather("list").out
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)

    shown = feather("list").out.splitlines()

    assert max(map(len, shown)) <= 80
    assert shown[1].endswith("…")
    assert "…" not in piped


def test_only_ascii_where_it_is_asked_for(feather: Feather, server: LoopbackApi) -> None:
    server.answers[NEWER] = ready(page(listed(1, subject="Größe – 漢")))

    assert feather("list", "--ascii").out.isascii()


def test_the_demo_has_a_list_and_its_filters(feather: Feather) -> None:
    outcome = feather("list", "--demo", "status:error", "--format", "jsonl")

    assert outcome.status == 0
    assert {json.loads(line)["status"] for line in outcome.out.splitlines()} == {"error"}


@pytest.mark.parametrize("limit", ["0", "-1", "10001", "x", "1.5", "", "٣", "9" * 5000])
def test_a_limit_is_a_number(limit: str) -> None:
    with pytest.raises(UsageError, match="a number from 1 to 10000"):
        parse(["list", f"--limit={limit}"])


def test_the_demo_goes_with_no_profile() -> None:
    with pytest.raises(UsageError, match="--demo talks to no API"):
        parse(["list", "--demo", "--profile", "prod"])


def test_the_client_is_closed_whatever_happens(
    feather: Feather, server: LoopbackApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[ApiClient] = []
    close = ApiClient.aclose

    async def noted(client: ApiClient) -> None:
        closed.append(client)
        await close(client)

    monkeypatch.setattr(ApiClient, "aclose", noted)
    server.answers[NEWER] = [ready(page(listed(1), cursor="x")), failure(500)]

    feather("list")
    feather("list", "--limit", "1")

    assert len(closed) == 2
