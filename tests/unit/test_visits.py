"""Back and forward between sessions."""

from __future__ import annotations

from feather_tui.command import Pane
from feather_tui.rendering.page.place import Bookmark, Place
from feather_tui.session.identity import SessionId
from feather_tui.ui.visits import Visits

A, B, C = (SessionId(name) for name in "abc")


def visited(*session_ids: SessionId) -> Visits:
    visits = Visits()
    for session_id in session_ids:
        visits.open(session_id)
    return visits


def test_back_and_forward_go_through_what_was_opened() -> None:
    visits = visited(A, B, C)
    assert [visits.step(-1), visits.step(-1), visits.step(1), visits.step(1)] == [B, A, B, C]


def test_at_either_end_nothing_changes() -> None:
    visits = visited(A, B)
    assert (visits.step(1), visits.step(-1), visits.step(-1), visits.step(1)) == (None, A, None, B)


def test_opening_another_forgets_what_lay_ahead() -> None:
    visits = visited(A, B)
    visits.step(-1)
    visits.open(C)
    assert (visits.step(1), visits.step(-1)) == (None, A)


def test_opening_the_open_one_again_is_no_visit() -> None:
    visits = visited(A, B, B)
    assert (visits.step(-1), visits.step(1), visits.step(1)) == (A, B, None)


def test_without_sessions_there_is_nowhere_to_go() -> None:
    assert (Visits().step(-1), Visits().step(1)) == (None, None)


def test_a_place_is_resumed_once() -> None:
    visits = visited(A)
    bookmark = Bookmark(Place(3, 1), Place(4, 0), all_expanded=False, turned=frozenset({4}))
    visits.leave(A, Pane.EXTRACTION, {Pane.EXTRACTION: bookmark})

    assert (visits.pane_of(A), visits.pane_of(B)) == (Pane.EXTRACTION, None)
    assert visits.resume(A, Pane.TRANSCRIPT) is None
    assert visits.resume(A, Pane.EXTRACTION) == bookmark
    assert visits.resume(A, Pane.EXTRACTION) is None
