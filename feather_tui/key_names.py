"""The names of keys: as people write them in config.toml, as bindings need them, as the help shows them.

A key is a character (`n`, `G`, `}`) or a name (`pagedown`, `f5`), with `ctrl+`, `alt+` or `shift+` before
it. The names are Textual's. A terminal has one code for some pairs of keys, such as Ctrl-I and Tab; only
the name that arrives is a key here.
"""

from __future__ import annotations

import string
import unicodedata
from typing import Final

from feather_tui.errors import SettingsInvalid
from feather_tui.quoting import nearest, quoted

_MODIFIERS: Final = ("alt", "ctrl", "shift")  # in the order in which they arrive
_WRITTEN_MODIFIERS: Final = {"alt": "Alt-", "ctrl": "^", "shift": "Shift-"}
_FUNCTION_KEYS: Final = tuple(f"f{number}" for number in range(1, 25))
_WRITTEN_NAMES: Final = {
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "insert": "Ins",
    "delete": "Del",
    "backspace": "Backspace",
    "tab": "Tab",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    **{name: name.upper() for name in _FUNCTION_KEYS},
}
_SHORTENED: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_ARRIVES_AS: Final = {
    "ctrl+h": "backspace",
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
}


def _punctuation_name(character: str) -> str:
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTENED.get(name, name)


_PUNCTUATION: Final = {_punctuation_name(character): character for character in string.punctuation}
_NAMES_OF_PUNCTUATION: Final = {character: name for name, character in _PUNCTUATION.items()}


def key_name(text: str) -> str:
    """Read one key as a person wrote it; give the name that a binding needs.

    Raises SettingsInvalid with what to write instead; the sentence does not say where the key stands.
    """
    *modifiers, base = _split(text)
    name = _base_name(base, text)
    if not set(modifiers) <= set(_MODIFIERS) or len(set(modifiers)) != len(modifiers):
        raise _not_a_key(text)
    if "ctrl" in modifiers:
        name = name.lower()  # a terminal has no code for Ctrl with a capital
    key = "+".join([*sorted(modifiers), name])
    if key in _ARRIVES_AS:
        raise SettingsInvalid(
            f"{quoted(text)} arrives as {_ARRIVES_AS[key]}.", f"Write “{_ARRIVES_AS[key]}”, or another key."
        )
    if modifiers == ["shift"] and is_typed(name) and name != "space":
        raise SettingsInvalid(
            f"{quoted(text)} arrives as the character that Shift makes.", "Write that character itself."
        )
    return key


def is_typed(key: str) -> bool:
    """Say whether a key (by its name) writes a character into a line."""
    return len(key) == 1 or key == "space" or key in _PUNCTUATION


def written(key: str) -> str:
    """Write a key for people, given its name: `^d`, `PgDn`, `Shift-Tab`, `}`."""
    *modifiers, base = key.split("+")
    before = "".join(_WRITTEN_MODIFIERS[modifier] for modifier in modifiers)
    return before + _WRITTEN_NAMES.get(base, _PUNCTUATION.get(base, base))


def _split(text: str) -> list[str]:
    """Give modifiers and base; `+` alone, or after another, is itself the base."""
    if text == "+":
        return [text]
    if text.endswith("++"):
        return [*text[:-2].lower().split("+"), "+"]
    *modifiers, base = text.split("+")
    return [*(modifier.lower() for modifier in modifiers), base]


def _base_name(base: str, text: str) -> str:
    if len(base) == 1:
        if base in _NAMES_OF_PUNCTUATION:
            return _NAMES_OF_PUNCTUATION[base]
        if base == " ":
            return "space"
        if base.isalnum():
            return base
    elif base.lower() in _WRITTEN_NAMES or base.lower() in _PUNCTUATION:
        return base.lower()
    raise _not_a_key(text)


def _not_a_key(text: str) -> SettingsInvalid:
    near = nearest(text.lower(), [*_WRITTEN_NAMES, *_PUNCTUATION])
    return SettingsInvalid(
        f"{quoted(text)} is not a key; the nearest name is {near}.",
        "Write a character such as n or }, or a name such as pagedown or ctrl+n.",
    )
