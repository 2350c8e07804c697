"""Keys as people write them, against the names that Textual gives to what arrives."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.keys import Keys, _character_to_key

from feather_tui.command import Command
from feather_tui.commands import COMMANDS
from feather_tui.errors import SettingsInvalid
from feather_tui.key_names import is_typed, key_name, written


def refusal(text: str) -> str:
    with pytest.raises(SettingsInvalid) as caught:
        key_name(text)
    return str(caught.value)


@pytest.mark.parametrize("character", string.ascii_letters + string.digits + string.punctuation + "öß")
def test_a_character_is_the_key_that_textual_makes_of_it(character: str) -> None:
    assert key_name(character) == _character_to_key(character)
    assert written(key_name(character)) == character
    assert is_typed(key_name(character))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_the_keys_of_the_commands_are_named_and_written_alike(command: Command) -> None:
    assert tuple(map(key_name, command.keys)) == command.keys
    assert " ".join(map(written, command.keys)) == command.shown


@pytest.mark.parametrize("key", [key.value for key in Keys if "+" in key.value])
def test_every_combination_that_a_terminal_sends_is_a_key(key: str) -> None:
    if key in {"ctrl+@", "ctrl+h", "ctrl+i", "ctrl+m"}:  # the first is never sent under this name
        return
    assert key_name(key) == key


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ("PageDown", "pagedown", "PgDn"),
        ("Ctrl+D", "ctrl+d", "^d"),
        ("ctrl+\\", "ctrl+backslash", "^\\"),
        ("shift+ctrl+Up", "ctrl+shift+up", "^Shift-Up"),
        ("ctrl+alt+x", "alt+ctrl+x", "Alt-^x"),
        ("alt+X", "alt+X", "Alt-X"),
        ("shift+tab", "shift+tab", "Shift-Tab"),
        ("f12", "f12", "F12"),
        (" ", "space", "Space"),
        ("+", "plus", "+"),
        ("ctrl++", "ctrl+plus", "^+"),
        (",", "comma", ","),
    ],
)
def test_names_are_taken_in_any_order_and_case(text: str, key: str, shown: str) -> None:
    assert key_name(text) == key
    assert written(key) == shown


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("pgdn", "“pgdn” is not a key; the nearest name is pagedown."),
        ("esc", "the nearest name is escape"),
        ("", "“” is not a key"),
        ("f25", "“f25” is not a key"),
        ("hyper+x", "“hyper+x” is not a key"),
        ("ctrl+ctrl+x", "“ctrl+ctrl+x” is not a key"),
        ("ctrl+", "“ctrl+” is not a key"),
        ("+x", "“+x” is not a key"),
        ("jk", "“jk” is not a key"),
        ("j,k", "“j,k” is not a key"),
        ("\x1b", "is not a key"),
        ("«", "“«” is not a key"),
        ("ctrl+i", "“ctrl+i” arrives as tab. Write “tab”"),
        ("Ctrl+[", "arrives as escape"),
        ("ctrl+H", "arrives as backspace"),
        ("ctrl+m", "arrives as enter"),
        ("shift+g", "“shift+g” arrives as the character that Shift makes. Write that character itself."),
        ("shift+1", "Write that character itself."),
        ("fth_live_4T8zQmWn3RkXyB7cVhJd2LsPf9", "something that looks like an API key is not a key"),
    ],
)
def test_what_is_no_key_is_told_with_what_to_write(text: str, reason: str) -> None:
    assert reason in refusal(text)
    assert "4T8z" not in refusal(text)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=30) | st.lists(st.sampled_from(["ctrl", "alt", "a", "+", "up", ""])).map("+".join))
def test_any_text_is_a_key_or_refused(text: str) -> None:
    try:
        key = key_name(text)
    except SettingsInvalid:
        return
    assert key_name(key) == key
    assert written(key)
    assert "," not in key
