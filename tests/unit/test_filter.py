"""Filters keep the entries they say, in the timeline's order, and say in words what they keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import pytest
from documents import START, body, call, citation, handoff, moment, request, result, row, timeline_of, trace
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick, sessions

from feather_tui.session import timeline
from feather_tui.session.filter import Around, EntryFilter, Kind, apply
from feather_tui.session.reading import read_session
from feather_tui.session.timeline import CallEntry, Entry, MessageEntry, UnlinkedEntry

ENTRIES = timeline_of(
    row("user", "Where is my refund?", turn="t1", second=0),
    row("assistant", "I look it up.", turn="t2", second=60, tool_calls=[request("c1"), request("c2")]),
    row("tool", tool_results=result("c2", "", "timed out"), turn="t2", second=65),
    row("assistant", "It is on its way.", turn="t3", second=70),
    row("tool", "?", tool_results=result("c9", "", "no such call"), turn="t3", second=80),
    row("user", "It is not.", turn="t4", second=400),
    tool_calls=[
        call("c1", "lookup_order", turn="t2", result="{}"),
        call("c2", "refund_order", turn="t2"),
        call("c8", "lookup_order", turn="gone", error="late"),
    ],
    rag_traces=[trace("k1", turn="t3")],
    citations=[citation("k2", turn="t4")],
    handoff_events=[handoff(410, "asked for")],
)
NAMES = (
    *("user 0", "silence", "assistant 60", "lookup", "refund failed", "assistant 70", "retrieval"),
    *("orphan 80", "user 400", "exposure", "handoff", "end", "unlinked", "late"),
)
"""The entries of ENTRIES, in order."""
AROUND_60 = ["assistant 60", "lookup", "refund failed", "assistant 70", "retrieval", "orphan 80"]


def test_the_names_are_those_of_the_entries() -> None:
    kinds = [type(entry).__name__.removesuffix("Entry") for entry in ENTRIES]

    assert kinds == [
        *("Message", "Silence", "Message", "Call", "Call", "Message", "Retrieval"),
        *("Message", "Message", "Exposure", "Handoff", "End", "Unlinked", "Call"),
    ]


def kept(found: Sequence[int] = (), **conditions: Any) -> list[str]:
    for name in ("kinds", "roles", "tools"):
        if name in conditions:
            conditions[name] = frozenset(conditions[name])
    return [NAMES[position] for position in apply(ENTRIES, EntryFilter(**conditions), found)]


# ---------------------------------------------------------------------- what is kept


def test_no_condition_keeps_everything() -> None:
    assert kept() == list(NAMES)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ({Kind.MESSAGE}, ["user 0", "assistant 60", "assistant 70", "orphan 80", "user 400"]),
        ({Kind.CALL}, ["lookup", "refund failed", "unlinked", "late"]),
        ({Kind.RETRIEVAL}, ["retrieval", "exposure"]),
        ({Kind.HANDOFF}, ["handoff"]),
        ({Kind.SILENCE, Kind.END}, ["silence", "end"]),
        (set(Kind), list(NAMES)),
    ],
)
def test_kinds_are_kept(kinds: set[Kind], expected: list[str]) -> None:
    assert kept(kinds=kinds) == expected


def test_a_role_narrows_the_messages_and_asks_for_them() -> None:
    assert kept(roles={"user"}) == ["user 0", "user 400"]
    assert kept(roles={"user"}, kinds={Kind.MESSAGE, Kind.HANDOFF}) == ["user 0", "user 400", "handoff"]


def test_a_role_keeps_the_calls_that_took_in_rows_of_it() -> None:
    assert kept(roles={"tool"}) == ["refund failed", "orphan 80"]


def test_a_tool_narrows_the_calls_and_asks_for_them() -> None:
    assert kept(tools={"lookup_order"}) == ["lookup", "unlinked", "late"]
    assert kept(tools={"refund_order"}, kinds={Kind.CALL}) == ["refund failed"]


def test_roles_and_tools_add_up() -> None:
    assert kept(roles={"user"}, tools={"refund_order"}) == ["user 0", "refund failed", "user 400"]


def test_errors_are_failed_calls_and_results_that_bring_an_error() -> None:
    assert kept(errors=True) == ["refund failed", "orphan 80", "unlinked", "late"]
    assert kept(errors=True, tools={"refund_order"}) == ["refund failed"]


def test_findings_are_where_the_caller_says() -> None:
    assert kept([0, 4, 6], findings=True) == ["user 0", "refund failed", "retrieval"]
    assert kept([0, 4, 6], findings=True, errors=True) == ["refund failed"]
    assert kept([0, 4, 6]) == list(NAMES)


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        (
            Around(moment=START + timedelta(seconds=64), within=timedelta(seconds=6)),
            AROUND_60[:-1],
        ),
        (Around(moment=START + timedelta(seconds=64), within=timedelta(seconds=3)), []),
        (Around(moment=START + timedelta(seconds=409), within=timedelta(seconds=1)), ["handoff"]),
        (Around(moment=time(14, 2, 11, tzinfo=UTC), within=timedelta()), ["user 0", "silence"]),
        (Around(moment=time(14, 4, tzinfo=UTC), within=timedelta(minutes=1)), AROUND_60),
    ],
)
def test_around_a_time(around: Around, expected: list[str]) -> None:
    assert kept(around=around) == expected


def test_what_has_no_time_is_around_none() -> None:
    assert not {"unlinked", "late"} & set(kept(around=Around(moment=START, within=timedelta(days=9))))


def test_a_silence_has_the_time_of_what_was_said_before_it() -> None:
    assert kept(kinds={Kind.SILENCE}, around=Around(moment=START, within=timedelta(seconds=1))) == ["silence"]


@pytest.mark.parametrize(("second", "is_kept"), [(0, True), (86_400, True), (119, True), (121, False)])
def test_a_time_of_day_is_each_days(*, second: int, is_kept: bool) -> None:
    entries = timeline_of(row("user", "x", second=second), ended_at=None)[:1]
    by_time_of_day = EntryFilter(around=Around(moment=START.timetz()))

    assert bool(apply(entries, by_time_of_day)) is is_kept


def test_a_time_of_day_reaches_over_midnight() -> None:
    around = Around(moment=time(0, 1, tzinfo=UTC))

    assert around.holds(datetime(2026, 11, 20, 23, 59, 30, tzinfo=UTC))
    assert not around.holds(datetime(2026, 11, 20, 23, 58, 30, tzinfo=UTC))


@pytest.mark.parametrize("extreme", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("around", [Around(moment=START), Around(moment=START.timetz())])
def test_times_at_the_ends_of_the_calendar_can_be_compared(extreme: str, around: Around) -> None:
    assert around.holds(datetime.fromisoformat(extreme)) is False
    assert str(Around(moment=datetime.fromisoformat(extreme)))


# ---------------------------------------------------------------------- for any session

filters = st.builds(
    EntryFilter,
    kinds=st.frozensets(st.sampled_from(Kind)),
    roles=st.frozensets(st.sampled_from(("user", "tool"))),
    tools=st.frozensets(st.sampled_from(("lookup_order", "refund_order"))),
    errors=st.booleans(),
    findings=st.booleans(),
    around=st.none() | st.builds(Around, moment=st.sampled_from((START, START.timetz()))),
)


class CountingTimeline(Sequence[Entry]):
    """A timeline that counts how often an entry is asked for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.asked = 0

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, position: Any) -> Any:
        entry = self.entries[position]
        self.asked += 1
        return entry


@given(sessions, filters, st.sets(st.integers(0, 9)))
@quick
def test_what_is_kept_is_in_order_and_looked_at_once(
    document: Any, conditions: EntryFilter, found: set[int]
) -> None:
    entries = CountingTimeline(timeline.build(read_session(body(document)).document))

    positions = apply(entries, conditions, found)

    assert list(positions) == sorted(set(positions))
    assert entries.asked == len(entries)
    for position in positions:
        entry = entries[position]
        if isinstance(entry, UnlinkedEntry):
            assert positions[-1] > position, "the head of the bucket stands over something"
            continue
        assert position in found or not conditions.findings
        if isinstance(entry, MessageEntry) and conditions.roles:
            assert entry.message.role in conditions.roles
        if isinstance(entry, CallEntry) and conditions.tools and not conditions.roles:
            assert entry.call.name in conditions.tools


@given(sessions, filters)
@quick
def test_a_further_condition_never_keeps_more(document: Any, conditions: EntryFilter) -> None:
    entries = timeline.build(read_session(body(document)).document)
    sorts = EntryFilter(kinds=conditions.kinds, roles=conditions.roles, tools=conditions.tools)

    assert set(apply(entries, conditions, (0, 1))) <= set(apply(entries, sorts, (0, 1)))


# ---------------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("conditions", "description"),
    [
        (EntryFilter(), "everything"),
        (EntryFilter(errors=True, findings=True), "only errors, only findings"),
        (
            EntryFilter(errors=True, around=Around(moment=time(14, 3, tzinfo=UTC))),
            "only errors, around 14:03Z ± 2 min",
        ),
        (
            EntryFilter(roles=frozenset({"user", "tool"}), kinds=frozenset({Kind.END, Kind.SILENCE})),
            "only messages of tool or user, silences and the end",
        ),
        (
            EntryFilter(kinds=frozenset({Kind.MESSAGE, Kind.CALL}), tools=frozenset({"refund_order"})),
            "only messages and calls of refund_order",
        ),
        (EntryFilter(kinds=frozenset({Kind.CALL, Kind.RETRIEVAL})), "only tool calls and retrievals"),
        (
            EntryFilter(
                around=Around(
                    moment=datetime(2026, 11, 20, 15, 3, 27, tzinfo=timezone(timedelta(hours=1))),
                    within=timedelta(seconds=90),
                )
            ),
            "around 2026-11-20 14:03:27Z ± 90 s",
        ),
        (EntryFilter(around=Around(moment=START, within=timedelta(hours=2))), "± 2 h"),
    ],
)
def test_a_filter_says_what_it_keeps(conditions: EntryFilter, description: str) -> None:
    assert conditions.description.endswith(description)


def test_moment_of_documents_is_that_of_the_filter() -> None:
    assert str(Around(moment=datetime.fromisoformat(moment(49)))) == "2026-11-20T14:03Z±2m"
