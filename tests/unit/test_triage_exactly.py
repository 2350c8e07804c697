"""From a value that sessions share to the query that shows just these sessions."""

from __future__ import annotations

from uuid import UUID

import pytest
import triage_incident
from hypothesis import given, settings
from hypothesis import strategies as st
from wild_documents import HOSTILE

from feather_tui.session.identity import SessionId
from feather_tui.triage.case import Case
from feather_tui.triage.common import shared
from feather_tui.triage.features import Feature, features_asked, features_of
from feather_tui.triage.signature import Signature
from feather_tui.triage.table import COLUMNS, Narrowing, exactly

CASES = triage_incident.cases(3)
values = st.one_of(
    st.text(min_size=1, max_size=30),
    st.lists(st.sampled_from([*HOSTILE, '"', "\\", "]", ":", " "]), min_size=1, max_size=4).map("".join),
).filter(bool)


def case(number: int, agent: str) -> Case:
    return Case(session_id=SessionId(str(UUID(int=number))), findings={}, agent=agent)


@given(values, values)
@settings(deadline=None, max_examples=200)
def test_just_the_sessions_with_the_value_are_kept_whatever_it_is(value: str, other: str) -> None:
    query = exactly("agent", value)
    cases = [case(1, value), case(2, other), case(3, f"{value}x"), case(4, value.swapcase())]
    kept = [each for each in cases if Narrowing.parse(query).keeps(each)]

    assert kept == [each for each in cases if each.agent == value]
    assert [each for each in cases if Narrowing.parse(f"!{query}").keeps(each)] == [
        each for each in cases if each.agent != value
    ]
    assert query.isprintable()


def test_each_row_leads_to_as_many_sessions_as_it_counts() -> None:
    rows = shared([each for each in CASES if each.failed], [each for each in CASES if not each.failed])

    assert {row.feature for row in rows} >= {Feature.TOOL_ERROR, Feature.AGENT, Feature.HOUR}
    for row in rows:
        narrowing = Narrowing.parse(exactly(row.feature.column, row.value))
        assert sum(map(narrowing.keeps, CASES)) == row.n_with + row.n_without, row


def test_every_value_is_in_the_column_of_its_feature() -> None:
    told = Case(
        session_id=SessionId(str(UUID(int=1))),
        findings={},
        started_at=triage_incident.DAY,
        **dict.fromkeys(("agent", "revision", "channel", "reason", "kb", "first_cause"), "x"),  # type: ignore[arg-type]  # texts all
        models=("m",),
        gates=("g",),
        errors=(Signature("t", "e"),),
        documents=(("policy", "v2"), ("faq", None)),
    )
    seen = list(features_of(told))

    assert {feature for feature, _ in seen} == set(Feature)
    assert all(value in COLUMNS[feature.column](told) for feature, value in seen)


@pytest.mark.parametrize("query", ['agent:="x', r'agent:="\y"', "agent:=", 'agent:=x"'])
def test_what_is_not_quoted_in_full_is_sought_as_it_is(query: str) -> None:
    as_it_is = case(1, query.removeprefix("agent:"))
    assert Narrowing.parse(query).keeps(as_it_is)
    assert not Narrowing.parse(query).keeps(case(2, "another"))


def test_who_asked_for_a_tool_knows_its_errors() -> None:
    assert features_asked({"tool", "agent", "failed"}) == {Feature.TOOL_ERROR, Feature.AGENT}
    assert features_asked(()) == frozenset()
