"""Entries have names by which they are found again when the session has grown or was corrected."""

from __future__ import annotations

from typing import Any

from documents import body, call, citation, handoff, request, row, timeline_of, trace
from hypothesis import given
from wild_documents import quick, sessions

from feather_tui.session import timeline
from feather_tui.session.anchors import anchors
from feather_tui.session.reading import read_session

ROWS = (
    row("user", "Where is it?", turn="t1", second=0),
    row("assistant", "Let me see.", turn="t2", second=60, tool_calls=[request("c1")]),
    row("assistant", "On its way.", turn="t3", second=70),
)
RECORDS: dict[str, Any] = {
    "tool_calls": [call("c1", turn="t2", result="ok"), call("c1", turn="t2", result="again")],
    "rag_traces": [trace("k1", turn="t3")],
    "citations": [citation("k2", turn="t1")],
    "handoff_events": [handoff(80, "asked for")],
}


def test_the_name_says_what_the_entry_was() -> None:
    assert anchors(timeline_of(*ROWS, **RECORDS)) == [
        "message of user at 2026-11-20T14:02:11Z in turn t1",
        "silence of 60 s",
        "message of assistant at 2026-11-20T14:03:11Z in turn t2",
        "call of lookup_order with id c1",
        "call of lookup_order with id c1 (2)",
        "chunks shown in turn t1",
        "message of assistant at 2026-11-20T14:03:21Z in turn t3",
        "retrieval with id query t3 in turn t3",
        "handoff at 2026-11-20T14:03:31Z",
        "end of the session",
    ]


def test_a_name_stays_when_rows_come_before_and_behind() -> None:
    before = anchors(timeline_of(*ROWS, **RECORDS))

    grown = anchors(timeline_of(row("system", "x", second=-5), *ROWS, row("user", "?", second=75), **RECORDS))

    assert [name for name in grown if name in before] == before
    assert grown.index(before[4]) > before.index(before[4])


def test_a_name_stays_when_the_text_is_corrected_or_the_zone_written_otherwise() -> None:
    corrected = {**ROWS[0], "content": "[NAME] asks", "timestamp": "2026-11-20T15:02:11+01:00"}

    assert anchors(timeline_of(corrected))[0] == anchors(timeline_of(ROWS[0]))[0]


def test_a_name_that_looks_like_a_number_of_another_is_no_other() -> None:
    rows = [row("user", turn=turn) for turn in ("t (2)", "t", "t", "t")]

    names = anchors(timeline_of(*rows))[:4]

    assert len(set(names)) == len(names)


@given(sessions)
@quick
def test_no_two_entries_have_one_name(document: Any) -> None:
    names = anchors(timeline.build(read_session(body(document)).document))

    assert len(set(names)) == len(names)
