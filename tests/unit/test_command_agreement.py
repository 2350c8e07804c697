"""Whatever tells of the keys tells the same: help, footer, palette, README, manual page, config.toml."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from every_key import OTHER_KEYS
from looks import lines, look

from feather_tui.cli.config_template import config_template
from feather_tui.cli.man import man_page
from feather_tui.command import Command, Overlay, Pane
from feather_tui.commands import COMMANDS
from feather_tui.key_names import written
from feather_tui.keymap import with_overrides
from feather_tui.rendering.footer import footer_row
from feather_tui.rendering.help import help_sections
from feather_tui.rendering.look import Look
from feather_tui.rendering.palette import found, palette_blocks
from feather_tui.rendering.row import text_of

README = Path(__file__).parents[2] / "README.md"
PLACES: tuple[Pane | Overlay, ...] = (*Pane, *Overlay)
OVERRIDDEN = with_overrides(COMMANDS, OTHER_KEYS)
KEYMAPS = pytest.mark.parametrize("commands", [COMMANDS, OVERRIDDEN], ids=["own keys", "other keys"])


def told(commands: Sequence[Command]) -> Counter[tuple[str, str]]:
    """What is to be told of each command, once: its keys, and what it does."""
    return Counter((command.shown, command.help) for command in commands)


def look_with(commands: Sequence[Command]) -> Look:
    """A look that is wide enough for every footer."""
    return replace(look(400), commands=commands)


def test_each_command_has_one_record_and_something_to_say() -> None:
    assert Counter(command.id for command in COMMANDS).most_common(1)[0][1] == 1
    for command in COMMANDS:
        assert command.help, command.id
        assert command.section, command.id
        assert command.places, command.id


def test_every_command_can_be_given_other_keys() -> None:
    for own, other in zip(COMMANDS, OVERRIDDEN, strict=True):
        assert own.id == other.id
        assert not set(own.keys) & set(other.keys), own.id


@KEYMAPS
@pytest.mark.parametrize("place", PLACES)
def test_the_help_has_every_command_once_wherever_it_is_asked_for(
    place: Pane | Overlay, commands: Sequence[Command]
) -> None:
    sections = help_sections(place, look_with(commands))

    titles = {command.section for command in commands}
    topics = [topic for section in sections if section.title in titles for topic in section.topics]
    assert Counter((topic.lead, topic.text) for topic in topics) == told(commands)


@KEYMAPS
def test_the_help_says_of_each_overlay_what_its_footer_says(commands: Sequence[Command]) -> None:
    overlays = help_sections(Pane.TRANSCRIPT, look_with(commands))[-1]

    assert [topic.lead for topic in overlays.topics] == list(Overlay)
    for topic in overlays.topics:
        footer = text_of(footer_row(Overlay(topic.lead), look_with(commands)))
        assert sorted(topic.text.split(", ")) == sorted(footer.strip().split("   "))


@KEYMAPS
@pytest.mark.parametrize("place", PLACES)
def test_the_footer_has_the_words_of_its_place_with_the_first_key(
    place: Pane | Overlay, commands: Sequence[Command]
) -> None:
    parts = text_of(footer_row(place, look_with(commands))).strip().split("   ")

    expected = [
        f"{written(command.keys[0])} {command.word(place)}" for command in commands if command.word(place)
    ]
    assert sorted(parts) == sorted(expected)
    assert {command.id for command in commands if command.word(place)} <= {
        command.id for command in commands if place in command.places
    }


@KEYMAPS
def test_the_palette_has_every_command_of_a_pane_once(commands: Sequence[Command]) -> None:
    offered = [command for command in commands if command.panes]
    choices = found(offered, {}, "")

    assert [choice.command for choice in choices] == offered
    for line, command in zip(lines(palette_blocks(choices, look(200)), 200), offered, strict=True):
        assert line.split(command.help)[0].strip() == command.shown


def test_the_table_of_the_readme_has_every_command() -> None:
    table = README.read_text(encoding="utf-8").partition("<!-- keys -->\n")[2].partition("<!-- /keys -->")[0]
    rows = re.findall(r"^\| `(.+)` \| ([^:]+): (.+) \|$", table, flags=re.MULTILINE)

    assert Counter((keys, text) for keys, _, text in rows) == told(COMMANDS)
    assert [section for _, section, _ in rows] == [command.section.lower() for command in COMMANDS]


def test_the_manual_page_names_every_command() -> None:
    keys = man_page().partition('.SH "KEYS"')[2].partition(".SH")[0]
    ids = re.findall(r"\[([a-z_]+)\]$", keys, re.MULTILINE)

    assert ids == [command.id for command in COMMANDS]


def test_the_template_of_config_toml_changes_nothing_when_all_of_it_is_taken() -> None:
    section = config_template().partition("[keys]\n")[2].removeprefix("# ").replace("\n# ", "\n")
    keys = tomllib.loads(section)

    assert list(keys) == [command.id for command in COMMANDS]
    assert with_overrides(COMMANDS, keys) == COMMANDS
    notes = [line.partition(" # ")[2].strip() or line.partition("# ")[2] for line in section.splitlines()]
    assert notes == [command.help for command in COMMANDS]
