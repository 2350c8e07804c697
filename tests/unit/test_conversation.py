"""Rows of the list: read as far as they are understood, and nothing is lost without a count."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from conversation_rows import ASSISTANT, listed, listed_id, older, page
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import json_values, quick

from feather_tui.errors import DocumentUnreadable
from feather_tui.session.conversation import Conversation, Revision, read_page, session_id_of
from feather_tui.session.identity import SessionId


def only(row: Any) -> Conversation:
    (conversation,) = read_page(page(row)).rows
    return conversation


def test_a_row_of_today() -> None:
    row = listed(
        1,
        metadata={"order": "8812-4410"},
        email="dana@mail.example",
        from_number="+4930123456",
        to_number="+4930654321",
        external_session_id="crm-7",
    )

    conversation = only(row)

    assert conversation == Conversation(
        session_id=SessionId(listed_id(1)),
        channel="chat",
        surface="webchat_widget",
        status="closed",
        session_type="live",
        priority="normal",
        subject="Order 1",
        agent_id=ASSISTANT,
        end_user_id=row["end_user_id"],
        started_at=datetime(2026, 11, 20, 14, 2, 11, tzinfo=UTC),
        ended_at=datetime(2026, 11, 20, 14, 9, 11, tzinfo=UTC),
        duration_ms=420_000,
        message_count=4,
        revision=Revision(name="return window", version=7),
        eval_status="success",
        email="dana@mail.example",
        from_number="+4930123456",
        to_number="+4930654321",
        external_session_id="crm-7",
        metadata={"order": "8812-4410"},
    )


def test_a_row_of_an_older_deployment() -> None:
    conversation = only(older(listed(1)))

    assert conversation.surface == "webchat_widget"
    assert conversation.revision is None
    assert conversation.odd == ()


def test_a_row_that_says_only_who_it_is() -> None:
    assert only({"id": listed_id(1)}) == Conversation(session_id=SessionId(listed_id(1)))


@pytest.mark.parametrize("name", [name for name in listed(1) if name != "id"])
def test_null_and_absent_are_the_same(name: str) -> None:
    without = {key: value for key, value in listed(1).items() if key != name}

    assert only(listed(1, **{name: None})) == only(without)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", 3),
        ("channel", ["chat"]),
        ("subject", {"text": "x"}),
        ("assigned_agent_id", 7),
        ("message_count", "4"),
        ("message_count", True),
        ("duration_ms", 1.5),
        ("metadata", [1]),
        ("started_at", "yesterday"),
        ("started_at", "2026-11-20"),
        ("started_at", "2026-13-40T00:00:00Z"),
        ("ended_at", 1_790_000_000),
        ("eval_summary", "success"),
        ("revision_version", "7"),
    ],
)
def test_a_value_of_a_wrong_type_is_set_aside_and_named(name: str, value: object) -> None:
    conversation = only(listed(1, **{name: value}))

    assert conversation.odd == (name,)


def test_an_odd_value_within_the_evaluation_is_named_with_its_path() -> None:
    assert only(listed(1, eval_summary={"eval_status": 1})).odd == ("eval_summary.eval_status",)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20T14:02:11Z", datetime(2026, 11, 20, 14, 2, 11, tzinfo=UTC)),
        ("2026-11-20T16:02:11+02:00", datetime(2026, 11, 20, 14, 2, 11, tzinfo=UTC)),
        ("2026-11-20T04:32:11.250-09:30", datetime(2026, 11, 20, 14, 2, 11, 250_000, tzinfo=UTC)),
        ("2026-11-20T14:02:11", datetime(2026, 11, 20, 14, 2, 11, tzinfo=UTC)),
        ("2026-11-20 14:02:11.123456789Z", datetime(2026, 11, 20, 14, 2, 11, 123_456, tzinfo=UTC)),
    ],
)
def test_times_of_any_offset(text: str, moment: datetime) -> None:
    assert only(listed(1, started_at=text)).started_at == moment


def test_a_time_at_the_end_of_the_calendar_is_read() -> None:
    conversation = only(listed(1, started_at="9999-12-31T23:59:59-23:00"))

    assert conversation.started_at == datetime(
        9999, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=-23))
    )


def test_the_end_is_that_of_closing_where_no_other_is_known() -> None:
    assert only(listed(1, ended_at=None)).ended_at == datetime(2026, 11, 20, 14, 10, tzinfo=UTC)


def test_the_preview_stands_in_for_the_summary() -> None:
    assert only(listed(1, summary=None, summary_preview="Asked for…")).summary == "Asked for…"


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"revision_name": "calm", "revision_version": 3}, "calm v3"),
        ({"revision_name": None, "revision_version": 3}, "v3"),
        ({"revision_name": None, "revision_version": None, "revision_id": "r-1"}, "r-1"),
        ({"revision_name": None, "revision_version": None, "team_revision_name": "night"}, "night"),
    ],
)
def test_a_revision_as_people_know_it(fields: dict[str, object], written: str) -> None:
    assert str(only(listed(1, **fields)).revision) == written


@pytest.mark.parametrize("row", [None, 7, "x", [], {}, {"id": None}, {"id": "ses_01hx"}, {"id": 12}])
def test_a_row_without_an_id_is_refused_and_counted(row: object) -> None:
    found = read_page(page(listed(1), row, listed(2)))

    assert [conversation.session_id for conversation in found.rows] == [listed_id(1), listed_id(2)]
    assert found.refused == 1


@pytest.mark.parametrize("written", [str.upper, lambda text: text.replace("-", "")])
def test_an_id_has_one_form(written: Any) -> None:
    assert session_id_of(written("3f6c1a90-7b1e-4c55-9a57-0d6f5a1c2e4b")) == (
        "3f6c1a90-7b1e-4c55-9a57-0d6f5a1c2e4b"
    )


@pytest.mark.parametrize(
    ("fields", "cursor", "more"),
    [
        ({"next_cursor": "a", "has_more": True}, "a", True),
        ({"next_cursor": "a", "has_more": False}, "a", False),
        ({"next_cursor": None, "has_more": True}, None, True),
        ({"next_cursor": "", "has_more": True}, None, True),
        ({"next_cursor": 7, "has_more": "yes"}, None, False),
        ({"next_cursor": "a", "has_more": None}, "a", True),
    ],
)
def test_what_the_page_says_of_the_next(fields: dict[str, Any], cursor: str | None, *, more: bool) -> None:
    found = read_page(page(**fields))

    assert (found.next_cursor, found.has_more) == (cursor, more)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"[]", "a list came"),
        (b"{}", "at items: a list was expected"),
        (b'{"items": {}}', "at items: a list was expected"),
        (b'{"items": [', "not JSON"),
        (b'{"items": [{"message_count": NaN}]}', "NaN"),
        (b"\xff", "not utf-8"),
    ],
)
def test_what_is_no_page_is_refused_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(DocumentUnreadable, match=reason) as caught:
        read_page(body)

    assert "--format" not in caught.value.advice


def test_halves_of_pairs_do_not_come_through() -> None:
    body = page(listed(1)).replace(b'"Order 1"', rb'"Order \ud800"')

    assert read_page(body).rows[0].subject == "Order \ufffd"


@quick
@given(st.lists(json_values | st.dictionaries(st.sampled_from([*listed(1)]), json_values)))
def test_any_rows_are_read_or_counted(rows: list[Any]) -> None:
    found = read_page(json.dumps({"items": rows, "has_more": False}).encode())

    assert len(found.rows) + found.refused == len(rows)


@quick
@given(st.dictionaries(st.sampled_from([*listed(1)]), json_values), st.dictionaries(st.text(), json_values))
def test_whatever_a_row_holds_its_id_stands(changes: dict[str, Any], unknown: dict[str, Any]) -> None:
    conversation = only(unknown | changes | {"id": listed_id(9)})

    assert conversation.session_id == listed_id(9)
    assert set(conversation.odd) <= {*changes, *unknown, "eval_summary.eval_status"}


@quick
@given(json_values, json_values)
def test_any_answer_is_a_page_or_one_sentence(cursor: Any, more: Any) -> None:
    found = read_page(json.dumps({"items": [], "next_cursor": cursor, "has_more": more}).encode())

    mended = re.sub("[\ud800-\udfff]", "\ufffd", cursor) if isinstance(cursor, str) else None
    assert found.next_cursor == (mended or None)
