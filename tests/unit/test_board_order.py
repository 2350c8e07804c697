"""The board: sessions go where they belong as they come, narrowed, sorted, grouped, marked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import triage_incident
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui.errors import QueryUnreadable
from feather_tui.rendering.board import BoardRow, Group, Unloaded
from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case
from feather_tui.triage.signature import Signature
from feather_tui.triage.suggesting import suggest, values_of
from feather_tui.triage.table import GROUPS, ORDERS
from feather_tui.ui.board import Board

REFUND = Signature("refund", "boom <n>")


def case(name: str, minute: float | None = 0, **fields: Any) -> Case:
    start = None if minute is None else triage_incident.DAY + timedelta(minutes=minute)
    return Case(**{"session_id": SessionId(name), "started_at": start, "findings": {}, **fields})


CASES = (
    case("a", 1, agent="Anna", first_cause="TOOL_ERROR refund", errors=(REFUND,), failed=True, turns=3),
    case("b", 2, agent="Bert", first_cause="TOOL_ERROR refund", errors=(REFUND,), failed=True, turns=9),
    case("c", 70, agent="Bert", outcome="resolved"),
    case("d", None, failed=True, turns=2),
)


def board_of(*cases: Case) -> Board:
    board = Board()
    board.take(cases or CASES)
    return board


def written(rows: list[BoardRow]) -> str:
    """Sessions by their letters, groups by their size, what is missing by a question mark."""
    signs = []
    for row in rows:
        match row.item:
            case Group() as group:
                signs.append(f"{group.sessions}:")
            case Unloaded():
                signs.append("?")
            case Case() as found:
                signs.append(found.session_id)
    return "".join(signs)


def test_the_newest_come_first_and_what_is_missing_last() -> None:
    missing = [Unloaded(SessionId("e"), "timed out", "It timed out.")]

    board = board_of()

    assert written(board.rows(missing)) == "cbad?"
    board.turn()
    assert written(board.rows(missing)) == "dabc?"
    board.narrow("agent:bert")
    assert written(board.rows(missing)) == "bc"


@settings(deadline=None, max_examples=60)
@given(
    numbers=st.lists(st.integers(0, 400), unique=True, max_size=250),
    cut=st.integers(0, 250),
    order=st.sampled_from(list(ORDERS)),
    narrowed=st.booleans(),
)
def test_in_whatever_parts_sessions_come_they_stand_as_if_all_had_come_at_once(
    numbers: list[int], cut: int, order: str, *, narrowed: bool
) -> None:
    cases = [case(str(n), n % 7 or None, turns=n % 5, agent="AB"[n % 2], failed=n % 3 == 0) for n in numbers]

    def arranged(*parts: list[Case]) -> list[BoardRow]:
        board = Board()
        board.narrow("failed:yes" if narrowed else "")
        while board.order != order:
            board.sort_by_next()
        for part in parts:
            board.take(part)
        return board.rows()

    there, later = arranged(cases[:cut], cases[cut:]), arranged(cases)
    assert {row.key for row in there} == {row.key for row in later}
    places = [ORDERS[order](row.item) for row in there if isinstance(row.item, Case)]
    assert places == [ORDERS[order](row.item) for row in later if isinstance(row.item, Case)]


def test_a_session_that_comes_again_is_there_once() -> None:
    board = board_of()
    board.take(CASES[:2])

    assert written(board.rows()) == "cbad"
    assert (board.shown.sessions, board.shown.failed) == (4, 3)


def test_each_press_sorts_by_the_next_column_and_after_the_last_by_the_first() -> None:
    board = board_of()
    seen = []
    for _ in range(len(ORDERS) + 1):
        seen.append(board.shown.order)
        board.sort_by_next()

    assert seen[0] == seen[-1] == "newest first"
    assert len(set(seen)) == len(ORDERS)


def test_another_column_begins_with_its_greatest() -> None:
    board = board_of()
    board.turn()
    while board.order != "turns":
        board.sort_by_next()

    assert (written(board.rows()), board.shown.order) == ("badc", "most turns first")


def test_groups_are_folded_at_first_and_those_without_a_value_come_last() -> None:
    board = board_of()
    board.group_by(1)

    assert (board.shown.group, board.shown.groups) == ("cause", 2)
    assert written(board.rows()) == "2:2:"
    board.fold("TOOL_ERROR refund")
    assert written(board.rows()) == "2:ba2:"
    board.fold_all()
    assert written(board.rows()) == "2:2:"
    board.fold_all()
    assert written(board.rows()) == "2:ba2:cd"


def test_behind_the_last_column_there_are_no_groups() -> None:
    board = board_of()
    for column in GROUPS:
        board.group_by(1)
        assert board.group == column
    board.group_by(1)
    assert board.group is None
    board.group_by(-1)
    assert board.group == GROUPS[-1]


def test_a_query_that_is_not_understood_changes_nothing() -> None:
    board = board_of()
    board.narrow("agent:bert")
    with pytest.raises(QueryUnreadable):
        board.narrow("nonsense:x")

    assert (written(board.rows()), board.query) == ("cb", "agent:bert")
    assert (board.shown.kept, set(board.columns)) == (2, {"agent"})


def test_what_is_asked_about_are_the_marked_else_the_filtered_else_the_failed() -> None:
    board = board_of()
    assert ([each.session_id for each in board.chosen[0]], board.chosen[1]) == (["a", "b", "d"], "failed")
    board.narrow("agent:bert")
    assert (len(board.chosen[0]), board.chosen[1]) == (2, "are kept by the filter")
    board.mark(SessionId("d"))
    board.mark(SessionId("a"))
    board.mark(SessionId("a"))
    assert ([each.session_id for each in board.chosen[0]], board.chosen[1]) == (["d"], "are marked")
    assert board.shown.marked == 1


# ---------------------------------------------------------------------- what a query could go on with


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ag", ["agent:"]),
        ("channel:voice !ag", ["channel:voice !agent:"]),
        ("agent:", ["agent:Bert", "agent:Anna"]),
        ("!agent:an", ["!agent:Anna"]),
        ("cause:", ['cause:"TOOL_ERROR refund"']),
        ('cause:"tool', ['cause:"TOOL_ERROR refund"']),
        ("worst:h", ["worst:high"]),
        ("nonsense:", []),
        ('agent:="', []),
        ("agent:Anna", []),
    ],
)
def test_a_query_goes_on_with_columns_and_with_what_the_sessions_have(typed: str, offered: list[str]) -> None:
    assert suggest(typed, lambda column: values_of(CASES, column)) == offered
