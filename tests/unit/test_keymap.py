"""Commands with other keys than their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from feather_tui.command import READING, Command, Pane
from feather_tui.commands import COMMANDS
from feather_tui.errors import SettingsInvalid
from feather_tui.keymap import with_overrides


def command(command_id: str, *keys: str, panes: frozenset[Pane] = READING, always: bool = False) -> Command:
    return Command(id=command_id, keys=keys, help="", panes=panes, always=always)


DOWN = command("move_down", "j", "down")
UP = command("move_up", "k")
CHOOSE = command("choose", "down", panes=frozenset({Pane.LOOKUP}))
QUIT = command("quit", "ctrl+c", panes=frozenset(Pane), always=True)
FEW = (DOWN, UP, CHOOSE, QUIT)


def refusal(overrides: dict[str, Sequence[str]], commands: Sequence[Command] = FEW) -> str:
    with pytest.raises(SettingsInvalid) as caught:
        with_overrides(commands, overrides)
    return str(caught.value)


def test_without_overrides_every_command_stays_as_it_is() -> None:
    assert with_overrides(COMMANDS, {}) == COMMANDS


def test_the_keys_replace_the_commands_own_and_nothing_else_changes() -> None:
    changed = with_overrides(FEW, {"move_down": ["N", "}", "Ctrl+N", "N"]})

    assert changed == (
        replace(DOWN, keys=("N", "right_curly_bracket", "ctrl+n")),
        UP,
        CHOOSE,
        QUIT,
    )


def test_two_commands_may_change_places() -> None:
    changed = with_overrides(FEW, {"move_down": ["k"], "move_up": ["j"]})

    assert [found.keys for found in changed[:2]] == [("k",), ("j",)]


def test_one_key_may_have_two_commands_in_panes_apart() -> None:
    assert with_overrides(FEW, {"move_down": ["down"]})[0].keys == ("down",)


@pytest.mark.parametrize(
    ("overrides", "reason"),
    [
        ({"mvoe_down": ["n"]}, "“keys.mvoe_down” is not a command; the nearest is move_down."),
        ({"fth_live_4T8zQmWn": ["n"]}, "something that looks like an API key is not a command"),
        ({"move_down": []}, "keys.move_down has no key in it."),
        ({"move_down": ["n", "pgdn"]}, "keys.move_down: “pgdn” is not a key; the nearest name is pagedown."),
        ({"move_down": ["ctrl+i"]}, "keys.move_down: “ctrl+i” arrives as tab."),
        ({"move_down": ["k"]}, "k would be the key of both move_down and move_up in the transcript pane."),
        ({"move_up": ["j"]}, "j would be the key of both move_down and move_up"),
        ({"move_up": ["x"], "move_down": ["x"]}, "x would be the key of both move_down and move_up"),
        ({"choose": ["ctrl+c"]}, "^c would be the key of both choose and quit in the lookup pane."),
        ({"choose": ["o"]}, "keys.choose: “o” is typed into the lookup's line"),
        ({"choose": ["space"]}, "keys.choose: “space” is typed into the lookup's line"),
        ({"quit": ["}"]}, "keys.quit: “}” is typed into the lookup's line"),
    ],
)
def test_what_cannot_be_is_one_sentence_that_names_the_commands(
    overrides: dict[str, Sequence[str]], reason: str
) -> None:
    assert reason in refusal(overrides)
    assert "4T8z" not in refusal(overrides)


@pytest.mark.parametrize(
    ("overrides", "reason"),
    [
        ({"leave": ["j"]}, "j would be the key of both move_down and leave in the details."),
        ({"save_note": ["Q"], "unmask_note": ["Q"]}, "Q would be the key of both save_note and unmask_note"),
        ({"take_line": ["x"]}, "keys.take_line: “x” is typed into the line, where this command works."),
        ({"select_next": ["n"]}, "keys.select_next: “n” is typed into the lookup's line"),
        ({"leave_line": ["enter"]}, "Enter would be the key of both take_line and leave_line in the"),
        ({"leav": ["n"]}, "“keys.leav” is not a command; the nearest is leave."),
    ],
)
def test_what_opens_over_the_panes_has_its_keys_checked_too(
    overrides: dict[str, Sequence[str]], reason: str
) -> None:
    assert reason in refusal(overrides, COMMANDS)


def test_a_clash_that_was_there_before_is_nobodys_fault() -> None:
    alike = (DOWN, replace(UP, keys=("j",)), command("other", "o"))

    assert with_overrides(alike, {"other": ["x"]})[2].keys == ("x",)
    assert "x would be the key of both" in refusal({"other": ["x"], "move_up": ["x"]}, alike)
