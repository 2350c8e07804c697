"""The query line of the list: what it means, what it asks the API for, what is filtered here."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from conversation_rows import ASSISTANT, listed, listed_id, page
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import HOSTILE, quick

from feather_tui.cli.list_parser import list_parser
from feather_tui.errors import QueryUnreadable
from feather_tui.export.conversations import conversation_json
from feather_tui.session.conversation import Conversation, read_page
from feather_tui.session.list_query.completing import completions, seen_in
from feather_tui.session.list_query.fields import FIELDS, SEVERITIES
from feather_tui.session.list_query.query import NOT_OPENED, ListQuery
from feather_tui.session.list_query.times import since, until

README = Path(__file__).parents[2] / "README.md"
NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
PARIS = timezone(timedelta(hours=1))
KEY = "fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9"


@dataclass
class Opened:
    outcome: str | None = None
    findings: Mapping[str, int] = field(default_factory=dict)


def parsed(line: str) -> ListQuery:
    return ListQuery.parse(line, NOW)


def asked(line: str) -> dict[str, str]:
    (parameters,) = parsed(line).parameters()
    return parameters


def refused(line: str) -> QueryUnreadable:
    with pytest.raises(QueryUnreadable) as caught:
        parsed(line)
    return caught.value


def row(**changes: Any) -> Conversation:
    return read_page(page(listed(1, **changes))).rows[0]


@pytest.mark.parametrize("line", ["", "   ", "\t"])
def test_an_empty_line_asks_for_everything(line: str) -> None:
    assert parsed(line) == ListQuery()
    assert asked(line) == {}
    assert parsed(line).keeps(row(), None)


@pytest.mark.parametrize(
    ("line", "parameters"),
    [
        ("status:error", {"status": "error"}),
        ("STATUS:Error", {"status": "error"}),
        ("status:brand_new", {"status": "brand_new"}),
        ("channel:voice priority:urgent", {"channel": "voice", "priority": "urgent"}),
        (f"agent:{ASSISTANT.upper()}", {"assigned_agent_id": ASSISTANT}),
        (f"user:{ASSISTANT.replace('-', '')}", {"end_user_id": ASSISTANT}),
        (f"id:{listed_id(4)}", {"id": listed_id(4)}),
        ("email:Dana@Mail.example", {"email": "Dana@Mail.example"}),
        ("external:crm-7", {"external_session_id": "crm-7"}),
        ('external:"crm 7"', {"external_session_id": "crm 7"}),
        ("eval:any_failed", {"eval_filter": "any_failed"}),
        ("since:2h", {"started_after": "2026-11-20T12:30:00Z"}),
        ("until:30m", {"started_before": "2026-11-20T14:00:00Z"}),
        ("refund", {"q": "refund"}),
        ("refund  monitor arm", {"q": "refund monitor arm"}),
        ('"refund  monitor" arm', {"q": "refund  monitor arm"}),
        ('refund status:error "status:closed"', {"q": "refund status:closed", "status": "error"}),
        ("8:30", {"q": "8:30"}),
        ("type:test outcome:error worst:high revision:calm", {}),
    ],
)
def test_what_the_api_is_asked_for(line: str, parameters: dict[str, str]) -> None:
    assert asked(line) == parameters


@pytest.mark.parametrize("phone", ["+4930123456", '"+49 30 123-456"', "0049(30)123.456"])
def test_a_phone_number_is_either_side_of_the_call(phone: str) -> None:
    assert parsed(f"phone:{phone} status:error").parameters() == (
        {"status": "error", "from_number": "+4930123456"},
        {"status": "error", "to_number": "+4930123456"},
    )


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("45s", "2026-11-20T14:29:15+00:00"),
        ("30m", "2026-11-20T14:00:00+00:00"),
        ("2H", "2026-11-20T12:30:00+00:00"),
        ("7d", "2026-11-13T14:30:00+00:00"),
        ("1w", "2026-11-13T14:30:00+00:00"),
        ("09:30", "2026-11-20T09:30:00+00:00"),
        ("9:30", "2026-11-20T09:30:00+00:00"),
        ("14:30", "2026-11-20T14:30:00+00:00"),
        ("14:31", "2026-11-19T14:31:00+00:00"),
        ("15:30+02:00", "2026-11-20T13:30:00+00:00"),
        ("09:30:15z", "2026-11-20T09:30:15+00:00"),
        ("2026-11-19", "2026-11-19T00:00:00+00:00"),
        ("2026-11-19T23:30", "2026-11-19T23:30:00+00:00"),
        ("2026-11-20T09:30+02:00", "2026-11-20T07:30:00+00:00"),
        ("2026-11-20T09:30:15.25Z", "2026-11-20T09:30:15.250000+00:00"),
        ("2026-11-20 9:30-0500", "2026-11-20T14:30:00+00:00"),
    ],
)
def test_the_beginning(text: str, moment: str) -> None:
    assert since(text, NOW) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("text", "after", "moment"),
    [
        ("30m", None, "2026-11-20T14:00:00+00:00"),
        ("2026-11-19", None, "2026-11-19T23:59:59.999999+00:00"),
        ("09:30", None, "2026-11-20T09:30:00+00:00"),
        ("18:00", None, "2026-11-19T18:00:00+00:00"),
        ("18:00", "2026-11-20T09:00:00+00:00", "2026-11-20T18:00:00+00:00"),
        ("01:00", "2026-11-19T22:00:00+00:00", "2026-11-20T01:00:00+00:00"),
        ("22:00", "2026-11-19T22:00:00+00:00", "2026-11-19T22:00:00+00:00"),
    ],
)
def test_the_end(text: str, after: str | None, moment: str) -> None:
    begin = datetime.fromisoformat(after) if after else None

    assert until(text, NOW, after=begin) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("09:30", "2026-11-20T08:30:00+00:00"),
        ("15:20", "2026-11-20T14:20:00+00:00"),
        ("2026-11-20", "2026-11-19T23:00:00+00:00"),
        ("2026-11-20T09:30", "2026-11-20T08:30:00+00:00"),
        ("09:30Z", "2026-11-20T09:30:00+00:00"),
        ("2h", "2026-11-20T12:30:00+00:00"),
    ],
)
def test_times_without_a_zone_are_of_the_one_given(text: str, moment: str) -> None:
    assert since(text, NOW, PARIS) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2", "2 h", "-2h", "2y", "25:00", "09:60", "9", "2026-13-01", "2026-02-31", "٢h"),
        *("999999w", "2026-11-20T", "2026-11-20T09:30+99:00", "09:30 CET", "1e3h", "2h30m"),
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert since(text, NOW) is None
    assert until(text, NOW) is None


def test_a_window_is_read_whatever_stands_first() -> None:
    assert asked("until:01:00 since:22:00") == {
        "started_after": "2026-11-19T22:00:00Z",
        "started_before": "2026-11-20T01:00:00Z",
    }


@pytest.mark.parametrize(
    ("line", "place", "advice"),
    [
        ("refund stauts:error", "stauts:error", "Did you mean status:?"),
        ("qqq:1 x", "qqq:1", "There are status:, channel:,"),
        ("see http://shop.example", "http://shop.example", "put it in quotes"),
        ("status:", "status:", "status: takes a word."),
        ('a status:"" b', 'status:""', "status: takes a word."),
        ("agent:juno", "agent:juno", "agent: takes a UUID."),
        ("id:3f6c1a90", "id:3f6c1a90", "id: takes a UUID."),
        ("email:dana", "email:dana", "an e-mail address"),
        ("phone:030123456", "phone:030123456", "such as +4930123456"),
        ("eval:bad", "eval:bad", "one of any_failed, all_passed"),
        ("worst:awful", "worst:awful", "one of info, low, medium"),
        ("since:soon x", "since:soon", "since: takes how long ago"),
        ("until:then", "until:then", "until: takes how long ago"),
        ("since:1h until:2h", "until:2h", "ends before it begins"),
        ("status:a status:b", "status:b", "only once"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(line: str, place: str, advice: str) -> None:
    error = refused(line)

    assert line[error.start : error.end] == place
    assert advice in error.advice
    assert place in error.sentence
    assert error.exit_status == 2


@pytest.mark.parametrize("line", [KEY, f"external:{KEY}", f"status:error {KEY}x:1", f'"a {KEY}"'])
def test_a_key_is_neither_sent_nor_repeated(line: str) -> None:
    error = refused(line)

    assert KEY not in str(error)
    assert "API key" in error.sentence


@pytest.mark.parametrize(
    ("line", "changes", "left_out"),
    [
        ("type:test", {"session_type": "live"}, "type"),
        ("type:live", {"session_type": "Live"}, ""),
        ("type:live", {"session_type": None}, "type"),
        ("revision:calm", {"revision_name": "Calm", "revision_version": 3}, ""),
        ('revision:"calm v3"', {"revision_name": "Calm", "revision_version": 3}, ""),
        ("revision:v3", {"revision_name": "Calm", "revision_version": 3}, ""),
        ("revision:3", {"revision_name": "Calm", "revision_version": 3}, ""),
        ("revision:none", {"revision_name": "Calm", "revision_version": None}, "revision"),
        ("revision:calm", {"revision_name": None, "revision_version": None}, "revision"),
        (f"id:{listed_id(1)}", {}, ""),
        (f"id:{listed_id(2)}", {}, "id"),
        ("external:crm-7", {"external_session_id": "crm-7"}, ""),
        ("external:crm-7", {}, "external"),
        ("status:error refund", {}, ""),
    ],
)
def test_what_is_filtered_here_by_the_row(line: str, changes: dict[str, Any], left_out: str) -> None:
    assert parsed(line).left_out_by(row(**changes), None) == left_out


@pytest.mark.parametrize(
    ("line", "known", "left_out"),
    [
        ("outcome:error", Opened("error"), ""),
        ("outcome:error", Opened("Error"), ""),
        ("outcome:error", Opened("resolved"), "outcome"),
        ("outcome:error", Opened(None), "outcome"),
        ("outcome:error", None, NOT_OPENED),
        ("worst:high", Opened(findings={"high": 1}), ""),
        ("worst:high", Opened(findings={"critical": 2}), ""),
        ("worst:high", Opened(findings={"medium": 2, "high": 0}), "worst"),
        ("worst:info", Opened(), "worst"),
        ("worst:info", None, NOT_OPENED),
        ("outcome:error worst:high", Opened("error", {"low": 1}), "worst"),
        ("type:test worst:high", None, "type"),
    ],
)
def test_what_is_filtered_here_by_what_is_known(line: str, known: Opened | None, left_out: str) -> None:
    query = parsed(line)

    assert query.left_out_by(row(), known) == left_out
    assert query.keeps(row(), known) is not bool(left_out)


def test_the_names_of_what_is_filtered_here() -> None:
    assert parsed("worst:high status:error type:live outcome:error").local == ("type", "outcome", "worst")
    assert parsed(f"status:error id:{listed_id(1)} external:x").local == ()


def words(line: str, cursor: int | None = None) -> list[str]:
    return [found.word for found in completions(line, len(line) if cursor is None else cursor)]


def test_an_empty_line_offers_every_field() -> None:
    assert words("") == [f"{known.name}:" for known in FIELDS]
    assert all(found.help for found in completions("", 0))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("s", ["status:", "since:"]),
        ("S", ["status:", "since:"]),
        ("status:error s", ["since:"]),
        ("status:er", ["status:error"]),
        ("Status:ER", ["status:error"]),
        ("status:error", []),
        ("eval:a", ["eval:any_failed", "eval:all_passed"]),
        ("worst:", [f"worst:{word}" for word in reversed(SEVERITIES)]),
        ("nothing", []),
        ("refund ", [f"{known.name}:" for known in FIELDS]),
        ("nobody:", []),
    ],
)
def test_what_is_offered_for_a_word(line: str, offered: list[str]) -> None:
    assert words(line) == offered


def test_the_word_at_the_cursor_is_gone_on_with_and_the_rest_stays() -> None:
    (found,) = completions("status:er refund", len("status:er"))

    assert (found.line, found.cursor) == ("status:error refund", len("status:error"))
    assert words("s status:error", 1) == ["since:"]


def test_what_rows_have_is_offered_first() -> None:
    seen = seen_in([row(status="melted", revision_name="late night")])

    assert completions("status:", 7, seen)[0].line == "status:melted"
    assert [found.line for found in completions("agent:", 6, seen)] == [f"agent:{ASSISTANT}"]
    (revision,) = completions('revision:"late', 14, seen)
    assert parsed(revision.line).values == {"revision": "late night"}


def test_the_readme_and_the_help_name_every_field() -> None:
    readme = README.read_text()
    table = readme.partition("## Which sessions?")[2].partition("\n\nWhat is filtered")[0]

    names = {known.name for known in FIELDS}
    assert {name for line in table.splitlines() for name in re.findall(r"`([a-z]+):`", line)} == names
    assert set(re.findall(r"\b([a-z]+):(?= |\n|\))", list_parser().epilog or "")) == names


def test_the_readme_names_every_field_of_the_json() -> None:
    told = README.read_text().partition("give an object a session")[2].partition("They are not masked.")[0]

    nested = {"id", "name", "version"}
    assert set(re.findall(r"`([a-z_]+)`", told)) - nested == set(conversation_json(row(), None))


WORDS = st.sampled_from(
    [
        *(f"{known.name}:{value}" for known in FIELDS for value in (*known.values, "x", "")),
        *(*HOSTILE, '"', '\\"', ":", "since:2026-11-20", "until:9:30", "a b", KEY),
    ]
)
LINES = st.lists(WORDS | st.text(max_size=8), max_size=6).map(" ".join)


@quick
@given(LINES)
def test_any_line_is_understood_or_refused_at_one_of_its_words(line: str) -> None:
    query, refusal = ListQuery(), None
    try:
        query = parsed(line)
    except QueryUnreadable as error:
        refusal = error
    if refusal is not None:
        assert 0 <= refusal.start < refusal.end <= len(line)
        assert KEY not in str(refusal)
    for parameters in query.parameters():
        assert all(parameters.values())
        assert KEY not in str(parameters)
    query.left_out_by(row(), None)
    query.left_out_by(row(), Opened("error", {"high": 1}))


@quick
@given(LINES, st.integers(0, 40))
def test_completing_keeps_what_stands_before_and_behind(line: str, cursor: int) -> None:
    cursor = min(cursor, len(line))
    for found in completions(line, cursor):
        assert found.line[: found.cursor].endswith(found.word)
        assert found.line.endswith(line[cursor:])
        assert line.startswith(found.line[: found.cursor - len(found.word)])


@quick
@given(st.text("0123456789:-+TZz smhdw.", max_size=22))
def test_any_time_is_a_moment_or_none(text: str) -> None:
    for moment in (since(text, NOW), until(text, NOW), until(text, NOW, after=NOW)):
        assert moment is None or moment.tzinfo is not None
        if moment is not None:
            with contextlib.suppress(QueryUnreadable):
                assert parsed(f'since:"{text}"').since == since(text, NOW)
