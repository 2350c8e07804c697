"""The line of the lookup as a query: when it is one, what it would ask, what it could become."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from conversation_rows import ASSISTANT, listed, page
from hypothesis import given
from hypothesis import strategies as st
from looks import look, tone_of
from wild_documents import HOSTILE, quick

from feather_tui.errors import QueryUnreadable, UsageError
from feather_tui.rendering.list_query import field_rows
from feather_tui.rendering.row import Row, text_of, width_of
from feather_tui.session.conversation import read_page
from feather_tui.session.list_query.fields import FIELDS
from feather_tui.ui.list_line import ListLine

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
HARD_LETTERS = "status:er since2h\"' \x1b\u202efth_agent"


class Time:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def line() -> ListLine:
    return ListLine(lambda: NOW)


def said(rows: list[Row]) -> list[str]:
    return [text_of(row) for row in rows]


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("status:error", True),
        ("refund STATUS:error", True),
        ("refund", False),
        ("14:02 colour:red", False),
        ('"status:error"', False),
        ("", False),
    ],
)
def test_a_line_with_a_known_field_is_a_query(line: ListLine, typed: str, *, is_one: bool) -> None:
    assert line.is_query(typed) is is_one


@pytest.mark.parametrize(
    ("pasted", "is_one"),
    [
        (f"status:error agent:{ASSISTANT}", True),
        (f"status:500 POST session_id={ASSISTANT}", False),
        (f"id:{ASSISTANT}", False),
        ("", False),
    ],
)
def test_what_is_pasted_is_a_query_only_if_all_of_it_is(line: ListLine, pasted: str, *, is_one: bool) -> None:
    assert line.is_pasted_query(pasted) is is_one


@pytest.mark.parametrize(
    ("typed", "begins"),
    [("status:error agent:", True), ("agent:6f1e", True), ("agent: ", False), ("refund", False), ("", False)],
)
def test_a_value_is_begun_right_behind_its_field(line: ListLine, typed: str, *, begins: bool) -> None:
    assert line.begins_a_value(typed) is begins


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("sta", "status:"),
        ("status:er", "status:error"),
        ("refund Status:er", "refund status:error"),
        ("s", None),
        ("status:error ", None),
        ("status:error", None),
        ("zzz", None),
        ("", None),
    ],
)
def test_the_rest_of_a_word_is_offered(line: ListLine, typed: str, offered: str | None) -> None:
    assert line.suggestion(typed) in {offered, None}
    if offered is not None and offered.startswith(typed):
        assert line.suggestion(typed) == offered


def test_what_rows_said_is_offered_too(line: ListLine) -> None:
    line.ask("status:closed")
    line.take(read_page(page(listed(1))).rows, refused=0, more=False, notice="")

    assert line.suggestion("agent:6f") == f"agent:{ASSISTANT}"


def test_under_the_line_stands_what_enter_would_ask(line: ListLine) -> None:
    first, *rest = said(line.below("status:error since:2h ", 22, look(120)))

    assert first.startswith(" go on with  channel:  until:")
    assert rest == ["   Enter asks the API: status error · since 2026-11-20 13:30:00 UTC"]


def test_an_error_is_marked_at_its_place(line: ListLine) -> None:
    rows = line.below("status:error sinze:2h x", 23, look(80))

    mark, sentence, *_ = said(rows)
    assert mark == f"{' ' * 14}{'^' * 8}"
    assert "“sinze:2h” is not understood" in sentence
    assert tone_of(rows, "^") == "warn"


def test_a_value_that_is_begun_is_offered_and_not_marked(line: ListLine) -> None:
    mark, *_ = said(line.below("eval:any", 8, look(80)))

    assert mark == " go on with  eval:any_failed"


def test_in_a_line_that_is_scrolled_no_place_is_marked(line: ListLine) -> None:
    assert said(line.below(f"sinze:2h {'x' * 80} ", 90, look(80)))[0] == ""


def test_the_same_list_is_asked_for_again_after_ten_seconds_and_not_while_it_comes() -> None:
    time = Time()
    line = ListLine(time)
    first = line.ask("since:2h")
    with pytest.raises(UsageError, match="It is being asked for"):
        line.ask(" since:2h ")
    line.take((), refused=0, more=False, notice="")
    time.now += timedelta(seconds=9)
    with pytest.raises(UsageError, match="Asked 9 s ago"):
        line.ask("since:2h")
    line.ask("since:3h")
    with pytest.raises(UsageError, match="Asked 9 s ago"):
        line.ask("since:2h")
    time.now += timedelta(seconds=1)

    assert line.ask("since:2h").query.since != first.query.since


def test_a_line_that_is_no_query_is_one_once_it_was_asked_or_refused(line: ListLine) -> None:
    line.ask("refund")
    assert line.was_asked(" refund ")
    assert line.concerns("refund")
    with pytest.raises(QueryUnreadable):
        line.ask("colour:red")
    assert line.concerns("colour:red")
    assert not line.concerns("colour")
    assert line.answer is not None
    assert line.answer.line == "refund"


def test_what_may_be_a_key_is_asked_of_nobody_and_not_repeated(line: ListLine) -> None:
    typed = "status:error fth_live_4T8zSecretSecret"
    with pytest.raises(QueryUnreadable):
        line.ask(typed)

    assert line.answer is None
    assert "Secret" not in " ".join(said(line.below(typed, len(typed), look(80))))


def test_every_field_is_told_of(line: ListLine) -> None:
    told = " ".join(said(field_rows(look(80))))

    assert all(f"{known.name}:" in told for known in FIELDS)
    assert said(line.heading(look(80), roomy=True)) == said(field_rows(look(80)))[:1]


@quick
@given(
    st.text(st.sampled_from("status:er since2h\"' \x1b\u202efth_agent")) | st.sampled_from(HOSTILE),
    st.integers(40, 120),
)
def test_whatever_is_typed_it_is_told_in_rows_that_fit(typed: str, width: int) -> None:
    line = ListLine(lambda: NOW)

    for row in line.below(typed, len(typed), look(width)):
        assert width_of(row) <= width
        assert not set("\n\x1b\u202e") & set(text_of(row))
    assert (line.suggestion(typed) or typed).startswith(typed)
