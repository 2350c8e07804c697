"""A table of many sessions: narrowed, sorted, grouped."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

import pytest
import triage_incident
from hypothesis import given, settings
from hypothesis import strategies as st

from feather_tui.errors import QueryUnreadable
from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case
from feather_tui.triage.signature import Signature
from feather_tui.triage.table import COLUMNS, GROUPS, ORDERS, Narrowing, grouped, ordered


def case(name: str, minute: float | None = 0, **fields: Any) -> Case:
    start = None if minute is None else triage_incident.DAY + timedelta(minutes=minute)
    return Case(**{"session_id": SessionId(name), "started_at": start, "findings": {}, **fields})


CASES = (
    case("a", 1, agent="Anna", worst="high", findings={"high": 1}, failed=True),
    case(
        "b",
        2,
        agent="Bert",
        worst="critical",
        errors=(Signature("refund", "boom <n>"),),
        failed=True,
        turns=9,
    ),
    case("c", 70, agent="Bert", worst="low", models=("m1", "m2"), outcome="resolved"),
    case("d", None, agent=None, worst="high", findings={"high": 3}, failed=True, turns=2),
)


def names(cases: object) -> str:
    return "".join(each.session_id for each in cases)  # type: ignore[attr-defined]  # cases


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", "abcd"),
        ("agent:bert", "bc"),
        ("agent:ber failed:yes", "b"),
        ("!agent:bert", "ad"),
        ('"boom <n>"', "b"),
        ("tool:refund", "b"),
        ("error:BOOM", "b"),
        ("worst:high", "abd"),
        ("!worst:high", "c"),
        ("model:m2", "c"),
        ("hour:01:00Z", "c"),
        ("resolved", "c"),
        ("agent:nobody", ""),
    ],
)
def test_every_word_must_keep_a_session(query: str, kept: str) -> None:
    narrowing = Narrowing.parse(query)
    assert names(each for each in CASES if narrowing.keeps(each)) == kept


@pytest.mark.parametrize(("query", "start", "end"), [("bert nobody:x", 5, 13), ("worst:awful", 0, 11)])
def test_what_is_not_understood_is_told_with_its_place(query: str, start: int, end: int) -> None:
    with pytest.raises(QueryUnreadable) as caught:
        Narrowing.parse(query)
    assert (caught.value.start, caught.value.end) == (start, end)


@pytest.mark.parametrize(
    ("order", "sorted_"),
    [("start", "cbad"), ("worst", "bdac"), ("turns", "bdca"), ("outcome", "cbad"), ("errors", "cbad")],
)
def test_the_worst_latest_or_greatest_comes_first(order: str, sorted_: str) -> None:
    assert names(ordered(CASES, order)) == sorted_


def test_groups_the_largest_first_and_what_has_none_too() -> None:
    by_agent = [(value, names(rows)) for value, rows in grouped(CASES, "agent")]
    assert by_agent == [("Bert", "bc"), ("", "d"), ("Anna", "a")]
    assert {value: names(rows) for value, rows in grouped(CASES, "model")} == {
        "": "abd",
        "m1": "c",
        "m2": "c",
    }


def test_every_column_and_order_takes_every_session() -> None:
    rows = triage_incident.cases(2)
    for column in COLUMNS:
        assert {each.session_id for _, group in grouped(rows, column) for each in group} == {
            each.session_id for each in rows
        }
    assert set(GROUPS) <= COLUMNS.keys()
    for order in ORDERS:
        assert sorted(names(ordered(rows, order))) == sorted(names(rows))
    assert ordered([], "start") == []


@given(st.text())
@settings(deadline=None, max_examples=100)
def test_any_text_is_a_query_or_is_told_why_not(query: str) -> None:
    with contextlib.suppress(QueryUnreadable):
        assert isinstance(Narrowing.parse(query).keeps(CASES[0]), bool)
