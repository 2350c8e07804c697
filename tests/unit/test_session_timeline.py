"""The timeline's order: rows, turns, silences, handoffs and the end."""

from __future__ import annotations

from typing import Any

import pytest
from documents import START, analysis, handoff, read, row, timeline_of
from hypothesis import given
from hypothesis import strategies as st
from wild_documents import linked_sessions, quick, sessions

from feather_tui.session import timeline
from feather_tui.session.model import Message
from feather_tui.session.pauses import LONG_PAUSE_SECONDS, LONG_WAIT_SECONDS
from feather_tui.session.timeline import (
    EndEntry,
    Entry,
    HandoffEntry,
    MessageEntry,
    SilenceEntry,
    UnlinkedEntry,
    end_of,
    order_of_rows,
)


def kinds(entries: tuple[Entry, ...]) -> list[str]:
    """Entries in brief: rows by their text, the rest by their kind."""
    return [
        entry.message.content if isinstance(entry, MessageEntry) else type(entry).__name__
        for entry in entries
    ]


def rows_of(*messages: Any, **fields: Any) -> list[int]:
    return [entry.row for entry in timeline_of(*messages, **fields) if isinstance(entry, MessageEntry)]


# ---------------------------------------------------------------------- rows


def test_rows_stand_in_the_order_of_their_times() -> None:
    assert rows_of(row("user", "c", second=9), row("user", "a", second=1), row("user", "b", second=5)) == [
        1,
        2,
        0,
    ]


def test_rows_of_one_moment_keep_their_order() -> None:
    assert rows_of(*(row("user", str(number), second=3) for number in range(9))) == list(range(9))


def test_zones_do_not_change_the_order() -> None:
    later = row("user", "later") | {"timestamp": "2026-11-20T14:02:12Z"}
    sooner = row("user", "sooner") | {"timestamp": "2026-11-20T19:32:11+05:30"}

    assert rows_of(later, sooner) == [1, 0]


def test_a_row_without_a_time_stays_behind_its_predecessor() -> None:
    assert rows_of(
        row("user", "0", timestamp=None),
        row("user", "1", second=5),
        row("user", "2", timestamp=None),
        row("user", "3", second=2),
        row("user", "4", timestamp=None),
    ) == [0, 3, 4, 1, 2]


def test_rows_without_any_time_keep_their_order() -> None:
    assert order_of_rows((Message(), Message(), Message())) == [0, 1, 2]


def test_turns_count_what_user_and_assistant_say() -> None:
    entries = timeline_of(
        row("system", "be kind"),
        row("user", "hi"),
        row("assistant", " "),
        row("assistant", "hello"),
        row("tool", "x"),
        row("narrator", "meanwhile"),
        row("user", "bye"),
    )

    assert [entry.turn for entry in entries if isinstance(entry, MessageEntry)] == [0, 1, 0, 2, 0, 0, 3]


@given(st.one_of(sessions, linked_sessions))
@quick
def test_turns_are_numbered_without_gaps(document: Any) -> None:
    turns = [
        entry.turn
        for entry in timeline.build(read(document))
        if isinstance(entry, MessageEntry) and entry.turn
    ]

    assert turns == list(range(1, len(turns) + 1))


# ---------------------------------------------------------------------- silences


@pytest.mark.parametrize(("channel", "seconds"), [*LONG_WAIT_SECONDS.items(), ("fax", 60.0)])
def test_a_long_wait_for_a_reply_is_a_silence(channel: str, seconds: float) -> None:
    def entries(gap: float) -> tuple[Entry, ...]:
        return timeline_of(row("user", "hi"), row("assistant", "yes?", second=gap), channel=channel)

    assert kinds(entries(seconds)) == ["hi", "SilenceEntry", "yes?", "EndEntry"]
    assert entries(seconds)[1] == SilenceEntry(seconds=seconds, waiting=True)
    assert kinds(entries(seconds - 0.5)) == ["hi", "yes?", "EndEntry"]


@pytest.mark.parametrize(("channel", "seconds"), [*LONG_PAUSE_SECONDS.items(), ("fax", 600.0)])
def test_a_long_pause_of_the_customer_is_a_silence(channel: str, seconds: float) -> None:
    def entries(gap: float) -> tuple[Entry, ...]:
        return timeline_of(row("assistant", "yes?"), row("user", "hi", second=gap), channel=channel)

    assert entries(seconds)[1] == SilenceEntry(seconds=seconds, waiting=False)
    assert kinds(entries(seconds - 0.5)) == ["yes?", "hi", "EndEntry"]


def test_rows_that_say_nothing_do_not_break_a_silence() -> None:
    entries = timeline_of(
        row("user", "hi"),
        row("system_event", "typing", second=20),
        row("assistant", "", second=25),
        row("assistant", "sorry", second=40),
    )

    assert [entry.seconds for entry in entries if isinstance(entry, SilenceEntry)] == [40.0]


def test_there_is_no_silence_where_a_time_is_missing() -> None:
    entries = timeline_of(
        row("user", "hi"), row("assistant", "?", timestamp=None), row("assistant", "yes", second=900)
    )

    assert "SilenceEntry" not in kinds(entries)


# ---------------------------------------------------------------------- handoffs


def test_a_handoff_stands_between_the_rows_around_it() -> None:
    entries = timeline_of(
        row("user", "help"),
        row("assistant", "wait", second=10),
        row("assistant", "hello, Ada here", second=20),
        handoff_events=[handoff(15, "asked for a person")],
    )

    assert kinds(entries) == ["help", "wait", "HandoffEntry", "hello, Ada here", "EndEntry"]
    assert [entry.after_handoff for entry in entries if isinstance(entry, MessageEntry)] == [
        False,
        False,
        True,
    ]


def test_a_handoff_at_the_moment_of_a_row_stands_after_it() -> None:
    assert kinds(timeline_of(row("user", "a", second=5), handoff_events=[handoff(5)])) == [
        "a",
        "HandoffEntry",
        "EndEntry",
    ]


def test_handoffs_stand_in_the_order_of_their_times() -> None:
    entries = timeline_of(
        row("user", "a", second=50),
        handoff_events=[handoff(90), handoff(None), handoff(10), handoff(70), handoff(None)],
    )

    assert [entry.index for entry in entries if isinstance(entry, HandoffEntry)] == [2, 3, 0, 1, 4]
    assert kinds(entries)[:2] == ["HandoffEntry", "a"]


def test_a_handoff_is_not_moved_by_a_row_without_a_time() -> None:
    entries = timeline_of(
        row("user", "a", second=10), row("user", "b", timestamp=None), handoff_events=[handoff(30)]
    )

    assert kinds(entries) == ["a", "b", "HandoffEntry", "EndEntry"]


# ---------------------------------------------------------------------- the end


def test_the_end_says_when_how_and_why() -> None:
    (end,) = timeline_of(completion_reason="error", knowledge_gap_analysis_outcome="error", ended_at=None)

    assert end == EndEntry(at=None, outcome="error", reason="error")


def test_an_end_that_was_not_recorded_is_the_last_row() -> None:
    session = read(
        analysis(row("user", second=40), row("user", second=90), row("user", timestamp=None), ended_at=None)
    )

    assert (end_of(session) or START) - START == (session.messages[1].timestamp or START) - START


def test_nothing_is_known_of_the_end_of_nothing() -> None:
    assert end_of(read({"session_id": "x"})) is None
    assert timeline.build(read({"session_id": "x"})) == ()


@given(linked_sessions, st.randoms(use_true_random=False))
@quick
def test_order_depends_on_times_only(document: Any, random: Any) -> None:
    """However the rows are shuffled, their times ascend; marks stand where they belong."""
    random.shuffle(document.setdefault("messages", []))
    entries = timeline.build(read(document))

    times = [entry.message.timestamp for entry in entries if isinstance(entry, MessageEntry)]
    known = [time for time in times if time is not None]
    assert known == sorted(known)
    positions = {type(entry): place for place, entry in enumerate(entries)}
    assert positions.get(EndEntry, 0) >= positions.get(MessageEntry, 0)
    if UnlinkedEntry in positions:
        assert positions[UnlinkedEntry] > positions.get(EndEntry, -1)


@given(st.one_of(sessions, linked_sessions))
@quick
def test_the_same_document_gives_the_same_timeline(document: Any) -> None:
    assert timeline.build(read(document)) == timeline.build(read(document))
