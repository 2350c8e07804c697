"""A filter's line of text: read, written, completed, and refused in a sentence where it is not understood."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from documents import START, body, call, request, result, row, timeline_of
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import quick, sessions, texts

from feather_tui.errors import UsageError
from feather_tui.session import timeline
from feather_tui.session.filter import Around, EntryFilter, Kind
from feather_tui.session.filter_text import Choices, choices_of, parse, suggest
from feather_tui.session.reading import read_session

names = texts.filter(bool)
moments = st.one_of(
    st.datetimes(timezones=st.just(UTC)),
    st.times(timezones=st.just(UTC)),
    st.just(START),
)
filters = st.builds(
    EntryFilter,
    kinds=st.frozensets(st.sampled_from(Kind)),
    roles=st.frozensets(names, max_size=3),
    tools=st.frozensets(names, max_size=3),
    errors=st.booleans(),
    findings=st.booleans(),
    around=st.none()
    | st.builds(Around, moment=moments, within=st.integers(0, 10**6).map(lambda s: timedelta(seconds=s))),
)
CHOICES = Choices(roles=("user", "tool"), tools=("refund_order", 'my "best" tool'), start=START)


# ---------------------------------------------------------------------- reading


def test_every_condition_is_read() -> None:
    text = "  role:user role:tool tool:shop_refund_order kind:silence errors findings around:14:03±5m "

    assert parse(text) == EntryFilter(
        kinds=frozenset({Kind.SILENCE}),
        roles=frozenset({"user", "tool"}),
        tools=frozenset({"shop_refund_order"}),
        errors=True,
        findings=True,
        around=Around(moment=time(14, 3, tzinfo=UTC), within=timedelta(minutes=5)),
    )


def test_an_empty_line_keeps_everything() -> None:
    assert parse(" ") == EntryFilter()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('tool:"my tool"', "my tool"),
        ('"tool:my tool"', "my tool"),
        (r'tool:"my \"best\" \\ tool"', 'my "best" \\ tool'),
        ('tool:"my tool', "my tool"),
        ("tool:it's", "it's"),
        ("tool:a:b", "a:b"),
        (r"tool:back\slash", r"back\slash"),
    ],
)
def test_names_may_be_quoted(text: str, name: str) -> None:
    assert parse(text).tools == {name}


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("14:03", Around(moment=time(14, 3, tzinfo=UTC))),
        ("14:03Z", Around(moment=time(14, 3, tzinfo=UTC))),
        ("14:03:27+-30s", Around(moment=time(14, 3, 27, tzinfo=UTC), within=timedelta(seconds=30))),
        ("14:03+/-3", Around(moment=time(14, 3, tzinfo=UTC), within=timedelta(minutes=3))),
        ("14:03±1H", Around(moment=time(14, 3, tzinfo=UTC), within=timedelta(hours=1))),
        ("2026-11-20T14:02:11z±2m", Around(moment=START)),
        (
            "2026-11-20T14:02:11.500000Z",
            Around(moment=START + timedelta(milliseconds=500)),
        ),
    ],
)
def test_times_are_read(text: str, around: Around) -> None:
    assert parse(f"around:{text}").around == around


@given(filters)
@quick
def test_a_filter_written_down_is_the_filter(conditions: EntryFilter) -> None:
    assert parse(str(conditions)) == conditions


@pytest.mark.parametrize(
    ("text", "sentence", "advice"),
    [
        ("rolle:user", "“rolle:user” is not part of a filter.", "Did you mean role:?"),
        ("error", "“error” is not part of a filter.", "Did you mean errors?"),
        ("errors:x", "“errors:x” is not part of a filter.", "Did you mean errors?"),
        ("14:03", "“14:03” is not part of a filter.", "There are errors, findings, kind:, role:, tool:"),
        ("x" * 99, "“" + "x" * 40 + "…” is not part of a filter.", "There are errors"),
        ("role:", "“role:” needs a name behind it.", "role:NAME"),
        ("tool: lookup", "“tool:” needs a name behind it.", "tool:NAME"),
        ("kind:calls", "“calls” is no kind of entry.", "There are kind:message, kind:call, "),
        ("around:", "“” is not a time to look around.", "around:14:03±2m"),
        ("around:noon", "“noon” is not a time to look around.", "around:14:03±2m"),
        ("around:14:03±", "“14:03±” is not a time to look around.", "around:14:03±2m"),
        ("around:25:03", "There is no time “25:03”.", "around:14:03±2m"),
        ("around:2026-02-30T14:03", "There is no time “2026-02-30T14:03”.", "around:14:03±2m"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_is(text: str, sentence: str, advice: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse(f"findings {text}")

    assert raised.value.sentence == sentence
    assert advice in raised.value.advice


@given(st.one_of(texts, st.text(alphabet='rolet:"\\ ±around1234m', max_size=30)))
@quick
def test_any_line_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        understood = parse(text)
    except UsageError as refused:
        assert refused.sentence.endswith(".")  # noqa: PT017 - either outcome is right
    else:
        assert parse(str(understood)) == understood


# ---------------------------------------------------------------------- going on


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("e", ["errors"]),
        ("ro", ["role:user", "role:tool"]),
        ("role:user ro", ["role:user role:tool"]),
        ("errors tool:re", ["errors tool:refund_order"]),
        ("errors  tool:my", ['errors  tool:"my \\"best\\" tool"']),
        ('tool:"my ', ['tool:"my \\"best\\" tool"']),
        ('role:user tool:"my \\"b', ['role:user tool:"my \\"best\\" tool"']),
        ("around:", ["around:14:02Z±2m"]),
        ("kind:s", ["kind:silence"]),
        ("errors", []),
        ("x", []),
    ],
)
def test_a_line_can_go_on_with_what_the_session_has(text: str, lines: list[str]) -> None:
    assert suggest(text, CHOICES) == lines


@pytest.mark.parametrize("text", ["", "role:user ", 'tool:"refund_order" errors '])
def test_after_a_blank_everything_not_yet_said_is_offered(text: str) -> None:
    lines = suggest(text, CHOICES)

    assert len(lines) == len(suggest("", CHOICES)) - len(text.split()) > 0
    assert all(line.startswith(text) for line in lines)


def test_without_a_session_an_example_of_a_time_is_offered() -> None:
    assert suggest("ar", Choices()) == ["around:14:03±2m"]


@given(sessions, st.sampled_from(("", "r", "tool:", "errors t", 'tool:"')))
@quick
def test_what_is_offered_is_understood(document: Any, text: str) -> None:
    choices = choices_of(timeline.build(read_session(body(document)).document))

    for line in suggest(text, choices):
        assert parse(line) != parse("")


def test_choices_are_the_names_of_the_session_once_each() -> None:
    entries = timeline_of(
        row("user", "x", second=5),
        row("assistant", "x", second=6, tool_calls=[request("c1", "refund_order")]),
        row("tool", second=7, tool_results=result("c1", "done")),
        row("user", "x", second=8),
        row("", "x", second=9),
        tool_calls=[call("c2", "lookup_order"), call("c3", "lookup_order"), call("c4", "")],
    )

    assert choices_of(entries) == Choices(
        roles=("user", "assistant", "tool"),
        tools=("lookup_order", "refund_order"),
        start=datetime(2026, 11, 20, 14, 2, 16, tzinfo=UTC),
    )
