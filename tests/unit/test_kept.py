"""What a filter keeps is counted, and known by position."""

from __future__ import annotations

from documents import call, row, timeline_of

from feather_tui.session.filter import EntryFilter
from feather_tui.session.kept import Kept

ENTRIES = timeline_of(
    row("user", "x", turn="t1"),
    row("assistant", "y", turn="t2", second=1),
    tool_calls=[call("c1", turn="t2", error="HTTP 503"), call("c2", turn="t2", result="ok")],
)


def test_what_is_kept_and_what_is_hidden_add_up() -> None:
    kept = Kept.of(ENTRIES, EntryFilter(errors=True), ())

    assert (kept.positions, kept.entries, kept.hidden) == ((2,), 5, 4)
    assert [kept.holds(position) for position in range(6)] == [False, False, True, False, False, False]


def test_findings_are_where_they_are_said_to_be() -> None:
    kept = Kept.of(ENTRIES, EntryFilter(findings=True), {1, 3})

    assert kept.positions == (1, 3)
