"""The list of known sessions: columns that line up, and a filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from documents import SESSION_ID, START
from looks import look, tone_of

from feather_tui.rendering.clock import TimeMode
from feather_tui.rendering.lookup import Listed, ListedSession, heading_row, session_row
from feather_tui.rendering.row import cells, text_of, width_of

LISTED = ListedSession(
    session_id=SESSION_ID,
    started_at=START,
    outcome="escalated",
    reason="handoff_requested",
    channel="voice",
    turns=18,
    tools=5,
    tools_failed=2,
    retrievals=3,
    retrievals_missed=1,
    findings={"high": 2, "low": 3},
    extraction="partial",
    seen_at=START + timedelta(minutes=6),
)
WIDTHS = (80, 99, 100, 120, 132, 200)


def shown(session: ListedSession, width: int = 140) -> str:
    return text_of(session_row(session, look(width)))


def squeezed(session: ListedSession, width: int) -> str:
    return " ".join(shown(session, width).split())


def test_a_session_in_one_row() -> None:
    assert squeezed(LISTED, 140) == (
        "3f6c1a90 11-20 14:02:11 ✗ escalated handoff_requested voice 18 2 / 5 1 / 3 ● high 2 partial "
        "4 min ago"
    )


def test_at_80_columns_the_rest_gives_way() -> None:
    assert squeezed(LISTED, 80) == "3f6c1a90 11-20 14:02:11 ✗ escalated voice 18 2 / 5 ● high 2"


@pytest.mark.parametrize("width", WIDTHS)
def test_columns_stand_under_their_names(width: int) -> None:
    names = text_of(heading_row(look(width)))
    row = shown(LISTED, width)
    begin_together = {
        "session": "3f6c",
        "start": "11-20",
        "outcome": "✗ esc",
        "reason": "handoff",
        "channel": "voice",
        "worst": "● high",
        "extraction": "partial",
        "seen": "4 min",
    }
    end_together = {"turns": "18", "failed": "2 / 5", "missed": "1 / 3"}

    for name, value in begin_together.items():
        assert names.find(name) == row.find(value)
    for name, value in end_together.items():
        assert (name in names) == (value in row)
        assert name not in names or names.index(name) + len(name) == row.index(value) + len(value)


@pytest.mark.parametrize("mode", TimeMode)
@pytest.mark.parametrize("width", WIDTHS)
def test_columns_line_up_whatever_is_known(mode: TimeMode, width: int) -> None:
    others = [
        LISTED,
        replace(
            LISTED, started_at=None, outcome=None, reason=None, extraction=None, tools=None, retrievals=None
        ),
        replace(
            LISTED,
            outcome="結果" * 20,
            reason="理由" * 20,
            channel="\x1b[2J" * 9,
            extraction="é" * 40,
            findings={},
        ),
        replace(LISTED, started_at=START + timedelta(hours=30), tools_failed=0, retrievals_missed=0),
    ]
    rows = [session_row(session, look(width, mode=mode)) for session in others]

    assert len({tuple(cells(text) for text, _ in row) for row in rows}) == 1
    assert all(width_of(row) <= width for row in [*rows, heading_row(look(width, mode=mode))])
    assert not any("\x1b" in text_of(row) for row in rows)


def test_what_was_not_captured_is_a_question_mark() -> None:
    assert shown(replace(LISTED, tools=None, retrievals=None)).count("?") == 2


def test_failures_have_the_tone_of_failures() -> None:
    rows = [session_row(LISTED, look()), session_row(replace(LISTED, tools_failed=0), look())]

    assert [tone_of([rows[0]], "2 / 5"), tone_of([rows[1]], "0 / 5")] == ["bad", "dim"]


def test_a_session_that_is_not_here_yet_says_why() -> None:
    assert shown(ListedSession(session_id=SESSION_ID, loaded=False)) == "   3f6c1a90  not loaded yet"
    assert shown(ListedSession(session_id=SESSION_ID, loaded=False, note="404: \x1babsent")).endswith(
        "404: ␛absent"
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("3f6c", True),
        ("ESCALATED voice", True),
        ("part", True),
        ("requested", True),
        ("escalated chat", False),
        (SESSION_ID, True),
        (SESSION_ID.upper(), True),
        (SESSION_ID.replace("-", ""), True),
        ("0", True),
        ("zzz", False),
    ],
)
def test_every_word_must_match_something(query: str, found: bool) -> None:  # noqa: FBT001 - a table's column
    assert [block.session for block in Listed([LISTED]).filtered(query)] == ([LISTED] if found else [])


def test_the_filter_keeps_the_order() -> None:
    sessions = [replace(LISTED, turns=number, channel="chat" if number % 2 else "sms") for number in range(6)]

    assert [block.session.turns for block in Listed(sessions).filtered("chat")] == [1, 3, 5]
