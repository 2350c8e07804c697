"""Footer and help page, made from the records of the commands."""

from __future__ import annotations

import pytest
from looks import lines, look

from feather_tui.commands import COMMANDS, Pane
from feather_tui.rendering.help import footer_row, help_blocks
from feather_tui.rendering.row import text_of, width_of


@pytest.mark.parametrize("pane", Pane)
@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_the_footer_fits_and_ends_with_help_and_the_way_out(pane: Pane, width: int) -> None:
    footer = footer_row(pane, look(width))

    assert width_of(footer) <= width
    out = "q quit" if pane is Pane.LOOKUP else "q back"
    assert text_of(footer).endswith(f"? help   {out}")


@pytest.mark.parametrize("pane", Pane)
def test_with_room_the_footer_has_every_word_of_its_pane_and_no_other(pane: Pane) -> None:
    words = text_of(footer_row(pane, look(400)))

    for command in COMMANDS:
        if command.footer:
            word = (pane is Pane.LOOKUP and command.lookup_footer) or command.footer
            part = f"{command.shown.split()[0]} {word}"
            assert (part in words) == (pane in command.panes)


def test_every_command_is_in_the_help_under_its_section() -> None:
    section = ""
    found = set()
    for line in lines(help_blocks(look(120)), 120):
        if line and not line.startswith("  "):
            section = line.strip()
        found |= {
            command.id
            for command in COMMANDS
            if command.section == section and line.split(command.help)[0].strip() == command.shown
        }

    assert found == {command.id for command in COMMANDS}


@pytest.mark.parametrize("width", [40, 80])
def test_on_a_narrow_screen_the_help_is_as_whole(width: int) -> None:
    page = " ".join(" ".join(lines(help_blocks(look(width)), width)).split())

    for command in COMMANDS:
        assert f"{command.shown} {command.help}" in page


def test_a_section_is_named_once() -> None:
    titles = [line for line in lines(help_blocks(look())) if line and not line.startswith("  ")]

    assert len(titles) == len(set(titles)) == len({command.section for command in COMMANDS})
