"""What the palette finds, in which order, and how a line of it looks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from looks import lines, look, tone_of

from feather_tui.command import Command
from feather_tui.commands import COMMANDS
from feather_tui.rendering.palette import Choice, found, palette_blocks

OFFERED = [command for command in COMMANDS if command.panes]


def ids(typed: str, obstacles: dict[str, str] | None = None) -> list[str]:
    return [choice.command.id for choice in found(OFFERED, obstacles or {}, typed)]


def test_nothing_typed_is_everything_in_its_order() -> None:
    assert ids("") == ids("  ") == [command.id for command in OFFERED]


@pytest.mark.parametrize("command", OFFERED, ids=lambda command: command.id)
def test_a_command_is_found_first_by_its_name_and_among_the_first_by_a_key(command: Command) -> None:
    assert ids(command.id.replace("_", " "))[0] == command.id
    for key in command.shown.split():
        before = [choice.command for choice in found(OFFERED, {}, key)]
        for other in before[: before.index(command)]:
            assert key in other.shown.split() or other.id.startswith(key.lower())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("copy", ["copy"]),
        ("details", ["show_details"]),
        ("zoom", ["toggle_zoom"]),
        ("utc", ["cycle_time"]),
        ("next f", ["next_finding"]),
        ("finding next", ["next_finding"]),
        ("nxfi", ["next_finding"]),
        ("TZ", ["toggle_zoom"]),
        ("nextturn", ["next_turn"]),
    ],
)
def test_letters_and_words_find_what_is_meant(typed: str, first: Sequence[str]) -> None:
    assert ids(typed)[: len(first)] == first


def test_letters_scattered_over_a_sentence_find_nothing() -> None:
    assert ids("ttoee") == []
    assert ids("xzx") == []


def test_what_cannot_work_comes_last_and_says_why() -> None:
    choices = found(OFFERED, {"next_finding": "there is no finding to go to"}, "finding")

    assert choices[0].obstacle == ""
    assert choices[-1].command.id == "next_finding"
    assert choices[-1].obstacle == "there is no finding to go to"


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_reason_is_never_cut_and_what_is_cut_says_so(width: int) -> None:
    reason = "works in the transcript"
    choices = [Choice(command=command, obstacle=reason) for command in OFFERED]

    for line, choice in zip(lines(palette_blocks(choices, look(width)), width), choices, strict=True):
        assert line.endswith(reason)
        assert choice.command.help in line or "…" in line


def test_a_line_that_works_is_not_dim() -> None:
    rows = palette_blocks([Choice(command=OFFERED[0])], look(80))[0].rows(look(80), expanded=False, parts=1)

    assert tone_of(rows, "one line down") == "text"
    assert tone_of(rows, "j") == "accent"


@given(st.text(max_size=12))
@settings(deadline=None, max_examples=100)
def test_whatever_is_typed_each_command_is_found_once_at_most(typed: str) -> None:
    assert len(ids(typed)) == len(set(ids(typed)))
