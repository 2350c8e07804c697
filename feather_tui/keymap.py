"""The commands with the keys that a person gave them in place of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feather_tui.command import LINES, Overlay, Pane
from feather_tui.errors import SettingsInvalid
from feather_tui.key_names import is_typed, key_name, written
from feather_tui.quoting import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feather_tui.command import Command


def with_overrides(
    commands: Iterable[Command], overrides: Mapping[str, Sequence[str]]
) -> tuple[Command, ...]:
    """Return the commands in their order, those in `overrides` (keys by command id) with those keys alone.

    Keys may be written as `key_names.key_name` reads them; `shown` follows them. Raises SettingsInvalid
    for an unknown command, a command left without a key, what is not a key, a key that would be typed
    instead, and two commands with one key in one place, of which one at least is in `overrides`.
    """
    own = {command.id: command for command in commands}
    changed = dict(own)
    for command_id, keys in overrides.items():
        if command_id not in own:
            near = nearest(command_id, own)
            raise SettingsInvalid(
                f"{quoted(f'keys.{command_id}')} is not a command; the nearest is {near}.",
                "Correct or remove it.",
            )
        changed[command_id] = _with_keys(own[command_id], keys)
    _refuse_clashes(changed, overrides.keys())
    return tuple(changed.values())


def _with_keys(command: Command, texts: Sequence[str]) -> Command:
    if not texts:
        raise SettingsInvalid(
            f"keys.{command.id} has no key in it.", "Give it one, or remove the line for its own keys."
        )
    keys = tuple(dict.fromkeys(_key(command, text) for text in texts))
    return replace(command, keys=keys)


def _key(command: Command, text: str) -> str:
    try:
        key = key_name(text)
    except SettingsInvalid as error:
        raise SettingsInvalid(f"keys.{command.id}: {error.sentence}", error.advice) from None
    if is_typed(key) and (command.always or command.places <= LINES):
        line = "the lookup's line" if Pane.LOOKUP in command.panes else "the line"
        raise SettingsInvalid(
            f"keys.{command.id}: {quoted(text)} is typed into {line}, where this command works.",
            "Choose a key that writes nothing, such as ctrl+n.",
        )
    return key


def _refuse_clashes(commands: Mapping[str, Command], overridden: Iterable[str]) -> None:
    chosen = set(overridden)
    for place in (*Pane, *Overlay):
        owners: dict[str, str] = {}
        for command in commands.values():
            for key in command.keys if place in command.places else ():
                other = owners.setdefault(key, command.id)
                if other != command.id and chosen & {other, command.id}:
                    raise SettingsInvalid(
                        f"keys: {written(key)} would be the key of both {other} and {command.id}"
                        f" in the {f'{place} pane' if isinstance(place, Pane) else place}.",
                        "Give one of them another key.",
                    )
