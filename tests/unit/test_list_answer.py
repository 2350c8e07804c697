"""An answer of the list: what is kept and left out of it, when it goes on, and its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from conversation_rows import listed, listed_id, page
from hypothesis import given
from hypothesis import strategies as st
from looks import look, tone_of
from wild_documents import HOSTILE, quick

from feather_tui.errors import AccessDenied, FeatherError, NotCached, RequestRejected, Unreachable
from feather_tui.rendering.list_answer import (
    EndBlock,
    FoundBlock,
    answer_blocks,
    answer_heading,
    end_row,
    found_heading,
)
from feather_tui.rendering.lookup import ListedSession
from feather_tui.rendering.row import text_of, width_of
from feather_tui.session.conversation import Conversation, read_page
from feather_tui.session.list_query.answer import ListAnswer
from feather_tui.session.list_query.query import ListQuery

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


def answer(line: str = "since:2h", **fields: Any) -> ListAnswer:
    return ListAnswer(line=line, query=ListQuery.parse(line, NOW), asked_at=NOW, **fields)


def rows(*numbers: int, **changes: Any) -> tuple[Conversation, ...]:
    return read_page(page(*(listed(number, **changes) for number in numbers))).rows


def known(outcomes: Mapping[int, str]) -> dict[str, ListedSession]:
    return {
        listed_id(number): ListedSession(session_id=listed_id(number), outcome=outcome, findings={"high": 2})
        for number, outcome in outcomes.items()
    }


def take(
    taken: ListAnswer,
    *numbers: int,
    sessions: Mapping[str, ListedSession] | None = None,
    more: bool = False,
    notice: str = "",
) -> None:
    taken.take(rows(*numbers), sessions or {}, refused=0, more=more, notice=notice)


def heading(taken: ListAnswer, width: int = 120) -> str:
    return "\n".join(text_of(row) for row in answer_heading(taken, look(width)))


def end(taken: ListAnswer) -> str:
    return text_of(end_row(taken, look())).strip()


def shown(taken: ListAnswer, width: int, sessions: Mapping[str, ListedSession] | None = None) -> list[str]:
    blocks = answer_blocks(taken, sessions or {})
    return [text_of(row) for block in blocks for row in block.rows(look(width), expanded=False, parts=1)]


def test_pages_add_up_and_the_end_says_how_it_goes_on() -> None:
    growing = answer()
    assert (end(growing), growing.can_go_on) == ("loading", False)

    take(growing, 1, 2, more=True)
    assert (end(growing), growing.goes_on_by_itself) == ("more: loads when you come here", True)
    growing.go_on()
    growing.wait = 1.44
    assert (end(growing), growing.can_go_on) == ("more: waits 1.4 s for its turn, then loads", False)
    take(growing, 3)
    assert (end(growing), growing.can_go_on) == ("end of the list: 3 sessions", False)
    assert [row.session_id for row in growing.kept] == [listed_id(number) for number in (1, 2, 3)]


def test_what_is_left_out_here_is_told_from_what_was_never_opened() -> None:
    sifted = answer("outcome:error")
    take(sifted, 1, 2, 3, sessions=known({1: "error", 2: "resolved"}))

    assert "1 session, asked 15:30:00Z: every session; filtered here: outcome error" in (heading(sifted))
    assert "Of 3 sessions that the API gave, left out here: 1 by outcome:, 1 never opened here" in heading(
        sifted
    )

    sifted.sift(known({1: "error", 2: "resolved", 3: "error"}))
    assert [row.session_id for row in sifted.kept] == [listed_id(1), listed_id(3)]


def test_pages_of_which_nothing_is_kept_do_not_go_on_for_ever_by_themselves() -> None:
    fruitless = answer("outcome:error")
    for number in range(3):
        assert fruitless.goes_on_by_itself or not number
        take(fruitless, number, more=True)

    assert (fruitless.goes_on_by_itself, fruitless.can_go_on) == (False, True)
    assert end(fruitless).startswith("more: 3 looked at, the last of them without any that is kept; Enter")
    take(fruitless, 9, sessions=known({9: "error"}), more=True)
    assert fruitless.goes_on_by_itself


def test_more_rows_are_asked_for_at_a_time_where_some_are_left_out_here() -> None:
    assert (answer("status:error").page_size, answer("status:error type:live").page_size) == (50, 200)


def test_where_there_is_little_room_each_sentence_is_one_row() -> None:
    sifted = answer("outcome:error")
    take(sifted, 1, 2, 3, sessions=known({1: "error", 2: "resolved"}))
    wrapped, cut = (answer_heading(sifted, look(42), roomy=roomy) for roomy in (True, False))

    assert len(wrapped) > len(cut) == 3
    assert all(width_of(row) <= 42 for row in cut)
    assert text_of(cut[0]).endswith("…")


def test_what_is_odd_is_said() -> None:
    odd = answer()
    odd.take(rows(1, message_count="four"), {}, refused=2, more=False, notice="It came back.")

    for words in (
        "2 rows of the list without a usable id",
        "wrong type",
        "message_count (1)",
        "It came back.",
    ):
        assert words in heading(odd)


def test_an_error_keeps_what_came() -> None:
    broken = answer()
    take(broken, 1, more=True)
    broken.go_on()
    broken.stop(Unreachable("The network is gone.", "Try again."))

    assert end(broken) == "more did not come (unreachable): Enter asks again"
    assert "1 session so far" in heading(broken)
    assert "The network is gone. Try again." in heading(broken)
    assert (broken.can_go_on, broken.goes_on_by_itself) == (True, False)
    assert tone_of(answer_heading(broken, look(120)), "gone") == "warn"


def test_until_the_first_page_of_a_newer_answer_the_one_before_stands() -> None:
    again = answer(before=rows(1, 2))
    again.sift({})
    assert "Asking the API again: since" in heading(again)
    assert len(shown(again, 80)) == 3

    again.stop(Unreachable("The network is gone."))
    assert "What is listed is the answer before. ^r asks again." in heading(again)
    newer = answer(before=rows(1, 2))
    take(newer, 3)
    assert [row.session_id for row in newer.kept] == [listed_id(3)]


def test_a_first_question_that_waits_says_how_long() -> None:
    assert "Asking the API, in 7.5 s when its turn comes: since" in heading(answer(wait=7.5))
    assert shown(answer(), 80) == []


def test_a_first_page_that_did_not_come_can_be_asked_for_again() -> None:
    broken = answer()
    broken.stop(Unreachable("The network is gone."))

    assert "Enter asks again." in heading(broken)
    assert broken.can_go_on


@pytest.mark.parametrize("error", [NotCached("Offline."), RequestRejected("It cannot filter by that.")])
def test_nobody_is_told_to_ask_again_for_what_cannot_come(error: FeatherError) -> None:
    broken = answer()
    broken.stop(error)

    assert str(error) in heading(broken)
    assert "asks again" not in heading(broken)


def test_a_key_without_a_list_is_told_so() -> None:
    refused = answer()
    refused.stop(AccessDenied("Not for this key.", status=403))

    assert "has no list to search" in heading(refused)
    assert "Asked for, without an answer: since" in heading(refused)
    assert not refused.can_go_on


def test_nothing_found_says_where_words_are_looked_for() -> None:
    empty = answer("refund")
    take(empty)

    assert "No session was found. Words are looked for in subject and summary only." in heading(empty)


@pytest.mark.parametrize("width", [80, 90, 100, 112, 124, 134, 146, 156, 180])
def test_columns_stand_under_their_names(width: int) -> None:
    taken = answer()
    take(taken, 1, 2, sessions=(sessions := known({1: "escalated"})))
    titles = text_of(found_heading(look(width)))
    first, second, _ = shown(taken, width, sessions)

    for title, cell in (
        ("session", "00000000"),
        ("start", "11-20"),
        ("status", "closed"),
        ("subject", "Order"),
    ):
        assert titles.index(title) == first.index(cell) == second.index(cell)
    assert titles.index("outcome") == first.index("✗ escalated") == second.index("· not opened")
    assert ("● high 2" in first) == ("worst" in titles) == (width >= 90)


def test_customers_are_not_in_the_rows() -> None:
    taken = answer()
    taken.take(
        rows(1, email="ada@mail.example", from_number="+493023125000"), {}, refused=0, more=False, notice=""
    )

    told = "".join(shown(taken, 300))
    assert "ada" not in told
    assert "+4930" not in told


@quick
@given(
    st.lists(st.lists(st.tuples(st.integers(1, 60), st.sampled_from(HOSTILE)), max_size=5), max_size=5),
    st.dictionaries(st.integers(1, 60), st.sampled_from(["error", "resolved"]), max_size=20),
    st.sampled_from(["", "outcome:error", "type:live outcome:error", "worst:high"]),
    st.integers(40, 200),
)
def test_every_row_is_kept_or_counted_and_everything_fits(
    pages: list[list[tuple[int, str]]], outcomes: dict[int, str], line: str, width: int
) -> None:
    taken, sessions = answer(line), known(outcomes)
    for number, given_rows in enumerate(pages, 1):
        brought = [row for n, text in given_rows for row in rows(n, subject=text, status=text)]
        taken.take(brought, sessions, refused=0, more=number < len(pages), notice="")

    assert len(taken.kept) + taken.left_out.total() == sum(map(len, pages))
    blocks = answer_blocks(taken, sessions)
    assert sum(isinstance(block, FoundBlock) for block in blocks) == len(taken.kept)
    assert not blocks or isinstance(blocks[-1], EndBlock)
    for block in blocks:
        for row in block.rows(look(width), expanded=False, parts=1):
            assert width_of(row) <= width
    for row in answer_heading(taken, look(width), roomy=bool(width % 2)):
        assert "\n" not in text_of(row)
