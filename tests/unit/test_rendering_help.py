"""Footer and help page, made from the records of the commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from looks import lines, look

from feather_tui.command import Overlay, Pane
from feather_tui.commands import COMMANDS
from feather_tui.key_names import written
from feather_tui.keymap import with_overrides
from feather_tui.rendering.footer import footer_row
from feather_tui.rendering.help import HelpSection, count, help_blocks, help_sections, narrowed
from feather_tui.rendering.look import Glyphs
from feather_tui.rendering.row import text_of, width_of

PLACES: tuple[Pane | Overlay, ...] = (*Pane, *Overlay)


def whole(place: Pane | Overlay = Pane.TRANSCRIPT) -> list[HelpSection]:
    return help_sections(place, look())


def titles(sections: Sequence[HelpSection]) -> list[str]:
    return [section.title for section in sections]


@pytest.mark.parametrize("pane", Pane)
@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_the_footer_fits_and_ends_with_help_and_the_way_out(pane: Pane, width: int) -> None:
    footer = footer_row(pane, look(width))

    assert width_of(footer) <= width
    out = "q quit" if pane is Pane.LOOKUP else "q back"
    assert text_of(footer).endswith(f"? help   {out}")


@pytest.mark.parametrize("overlay", Overlay)
@pytest.mark.parametrize("width", [40, 80])
def test_the_footer_of_an_overlay_fits_and_always_has_the_way_out(overlay: Overlay, width: int) -> None:
    footer = footer_row(overlay, look(width))

    assert width_of(footer) <= width
    ways_out = {"leave", "leave_line", "back_or_quit"}
    out = [command for command in COMMANDS if command.id in ways_out and command.word(overlay)]
    assert out
    for command in out:
        assert f"{written(command.keys[0])} {command.word(overlay)}" in text_of(footer)


def test_a_section_is_named_once() -> None:
    assert len(titles(whole())) == len(set(titles(whole())))


@pytest.mark.parametrize(
    ("place", "first"),
    [
        (Pane.LOOKUP, "Lookup"),
        (Pane.TRANSCRIPT, "Moving"),
        (Pane.EXTRACTION, "Moving"),
        (Overlay.FINDINGS, "Findings"),
    ],
)
def test_the_section_of_the_place_comes_behind_where_one_is(place: Pane | Overlay, first: str) -> None:
    assert titles(whole(place))[:3] == ["Where am I", "Signs", first]
    assert whole(place)[0].note == f"in the {place}"


def test_keys_that_do_not_work_in_the_place_come_last() -> None:
    reading, lookup = titles(whole(Pane.TRANSCRIPT)), titles(whole(Pane.LOOKUP))

    assert reading.index("Lookup") > reading.index("Program")
    assert lookup.index("Reading") > lookup.index("Program")


def test_every_sign_has_its_meaning_but_those_that_only_part_things() -> None:
    without_meaning = {"rule", "prompt"}
    signs = " ".join(topic.lead for topic in whole()[1].topics)

    for field in fields(Glyphs):
        assert (getattr(Glyphs(), field.name) in signs) == (field.name not in without_meaning), field.name


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("place", PLACES)
def test_the_help_is_whole_in_any_width(place: Pane | Overlay, width: int) -> None:
    rows = [
        row
        for block in help_blocks(whole(place), look(width))
        for row in block.rows(look(width), expanded=False, parts=1)
    ]

    assert all(width_of(row) <= width for row in rows)
    assert not any("…" in text_of(row).replace("… cut", "") for row in rows)


def test_long_lists_of_keys_stay_in_their_column() -> None:
    keys = ["ctrl+n", "f5", "ctrl+right_curly_bracket", "日"]
    commands = with_overrides(COMMANDS, {"move_down": keys})
    sections = help_sections(Pane.TRANSCRIPT, replace(look(), commands=commands))
    page = lines(help_blocks(sections, look(80)), 80)
    start = page.index(next(line for line in page if line.endswith("one line down")))

    assert page[start] == "   ^n F5 ^} 日    one line down"


def test_narrowing_keeps_what_has_every_word_in_any_case() -> None:
    kept = narrowed(whole(), "FINDING next")

    assert titles(kept) == ["Findings"]
    assert [topic.text for topic in kept[0].topics] == ["to the evidence of the next finding, unfolded"]
    assert count(kept) == 1


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_narrows_nothing(typed: str) -> None:
    assert narrowed(whole(), typed) == whole()


def test_what_is_nowhere_leaves_nothing() -> None:
    assert narrowed(whole(), "xyzzy") == []
    assert help_blocks([], look()) == []


@given(st.text(max_size=8))
@settings(deadline=None, max_examples=60)
def test_one_more_character_never_finds_more(typed: str) -> None:
    longer = narrowed(whole(), typed + "e")

    assert count(longer) <= count(narrowed(whole(), typed)) or typed.endswith((" ", "\t"))
