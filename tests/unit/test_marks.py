"""Marks stay with their entries, and a remark is not lost by accident."""

from __future__ import annotations

from documents import row, timeline_of

from feather_tui.marks import Marks

USER, ASSISTANT = row("user", "x", turn="t1"), row("assistant", "y", turn="t2", second=1)
BEFORE = timeline_of(USER, ASSISTANT)
GROWN = timeline_of(row("system", "z", turn="t0", second=-9), USER, ASSISTANT)


def marks_at(*positions: int) -> Marks:
    marks = Marks()
    marks.place(BEFORE)
    for position in positions:
        marks.toggle(marks.anchor(position))
    return marks


def test_a_mark_is_made_and_taken_away() -> None:
    marks = marks_at(1)

    assert marks.placed() == {1: ""}
    assert marks.toggle(marks.anchor(1)) is False
    assert marks.placed() == {}


def test_a_mark_moves_with_its_entry() -> None:
    marks = marks_at(0, 1)
    marks.write(marks.anchor(1), "too late")

    marks.place(GROWN)

    assert marks.placed() == {1: "", 2: "too late"}
    assert marks.gone() == {}


def test_a_mark_whose_entry_is_gone_is_told_by_name_and_kept() -> None:
    marks = marks_at(0, 1)
    marks.write(marks.anchor(0), "the question")

    marks.place(timeline_of(ASSISTANT))

    assert marks.placed() == {0: ""}
    assert marks.gone() == {"message of user at 2026-11-20T14:02:11Z in turn t1": "the question"}
    marks.place(BEFORE)
    assert marks.placed() == {0: "the question", 1: ""}


def test_marking_again_brings_the_remark_back() -> None:
    marks = marks_at(0)
    marks.write(marks.anchor(0), "the question")

    marks.toggle(marks.anchor(0))
    assert marks.toggle(marks.anchor(0)) is True

    assert marks.placed() == {0: "the question"}


def test_marks_of_an_earlier_run_come_in_without_undoing_newer_ones() -> None:
    marks = marks_at(0)
    marks.write(marks.anchor(0), "new")
    earlier = marks_at(0, 1).remarks

    marks.add(earlier)

    assert marks.placed() == {0: "new", 1: ""}


def test_before_the_session_has_come_marks_have_no_place() -> None:
    marks = Marks(marks_at(1).remarks)

    assert marks.placed() == {}
    marks.place(BEFORE)
    assert marks.placed() == {1: ""}
