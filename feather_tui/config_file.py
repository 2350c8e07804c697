"""What config.toml says: read, checked by hand, and refused with a sentence that names the place.

    profile = "prod"                    # the profile used when none is asked for

    [profiles.prod]
    base_url = "https://api.example.com"
    url_template = "https://app.example.com/sessions/{session_id}"   # links to copy

    [cache]                             # feather_tui.preferences has every key of these three tables
    [network]
    [display]

    [keys]
    move_down = ["j", "ctrl+n"]         # feather_tui.commands has every id

The API key does not belong there, and a value that looks like one is not repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from feather_tui.address import BaseUrl
from feather_tui.commands import COMMANDS
from feather_tui.credentials import check_profile_name
from feather_tui.errors import SettingsInvalid
from feather_tui.keymap import with_overrides
from feather_tui.permalink import check_template
from feather_tui.preferences import PREFERENCES
from feather_tui.private_files import read_owned
from feather_tui.toml_table import Table

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from feather_tui.findings.thresholds import Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTable:
    """One `[profiles.NAME]`. `base_url` None: the profile is built in, and keeps its own."""

    base_url: BaseUrl | None = None
    url_template: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """The checked contents: absent keys are absent here as well.

    `profile` is the name of the profile to use, `profiles` are by name, `preferences` the values by their
    dotted key, `keys` the keys by command id, as they were written, `thresholds` those of the rules,
    None where none is set.
    """

    profile: str | None = None
    profiles: dict[str, ProfileTable] = field(default_factory=dict)
    preferences: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    thresholds: Thresholds | None = None


def read(path: Path, *, built_in: Container[str]) -> ConfigFile:
    """Read the file; a file that does not exist says nothing. Profiles `built_in` need no base_url.

    Raises SettingsInvalid for a file that cannot be read, that somebody else could have written, that is
    not TOML, or that has an unknown key or an unusable value.
    """
    file = Table(path, _parse(path), _known_keys)
    file.refuse_all_but("profile", "profiles", "keys", "findings", *_SECTIONS)
    name = file.text("profile", "the name of a profile")
    return ConfigFile(
        profile=None if name is None else check_profile_name(name, found_in=str(path)),
        profiles=_profiles(file.table("profiles"), built_in),
        preferences=_preferences(file),
        keys=_keys(file.table("keys")),
        thresholds=_thresholds(file.table("findings")),
    )


def read_base_url(text: str, found_in: str) -> BaseUrl:
    """Read the base URL that was found in a flag, a variable or a key of the file.

    Raises SettingsInvalid with the reason of `BaseUrl.parse` after the place.
    """
    try:
        return BaseUrl.parse(text)
    except SettingsInvalid as error:
        raise _at(found_in, error) from None


def _parse(path: Path) -> dict[str, Any]:
    try:
        text = read_owned(path).decode()
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise SettingsInvalid(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from None

    import tomllib  # start-up time: most people have no config.toml

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        raise SettingsInvalid(f"{path} is not TOML: {error}.", "Correct that line.") from None


def _profiles(tables: Table, built_in: Container[str]) -> dict[str, ProfileTable]:
    for name in tables.keys:
        check_profile_name(name, found_in=str(tables.file))
    return {name: _profile(tables.table(name), needs_address=name not in built_in) for name in tables.keys}


def _profile(table: Table, *, needs_address: bool) -> ProfileTable:
    table.refuse_all_but("base_url", "url_template")
    address = table.text("base_url", "the address of an API")
    template = table.text("url_template", "an address with {session_id} in it")
    if address is None and needs_address:
        raise SettingsInvalid(
            f"{table.file}: {table.place} has no base_url.", 'Add base_url = "https://…" to it.'
        )
    place = f"{table.file}: {table.place}"
    return ProfileTable(
        base_url=None if address is None else read_base_url(address, f"{place}.base_url"),
        url_template=None if template is None else _read_template(template, f"{place}.url_template"),
    )


def _read_template(text: str, found_in: str) -> str:
    try:
        return check_template(text)
    except SettingsInvalid as error:
        raise _at(found_in, error) from None


def _preferences(file: Table) -> dict[str, Any]:
    found = {}
    for section, names in _SECTIONS.items():
        file.table(section).refuse_all_but(*names)
    for preference in PREFERENCES:
        section, name = preference.key.split(".")
        value = file.table(section).value(name, preference.accepts, preference.expected)
        if value is not None:
            found[preference.key] = value
    return found


def _keys(table: Table) -> dict[str, tuple[str, ...]]:
    table.refuse_all_but(*(command.id for command in COMMANDS))
    found = {
        command_id: tuple(
            table.value(command_id, _is_list_of_text, 'a list of texts such as ["j", "ctrl+n"]') or ()
        )
        for command_id in table.keys
    }
    try:
        with_overrides(COMMANDS, found)
    except SettingsInvalid as error:
        raise _at(str(table.file), error) from None
    return found


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _at(place: str, error: SettingsInvalid) -> SettingsInvalid:
    return SettingsInvalid(f"{place}: {error.sentence}", error.advice)


def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for preference in PREFERENCES:
        section, name = preference.key.split(".")
        sections.setdefault(section, []).append(name)
    return sections


_SECTIONS: Final = _sections()


def _thresholds(table: Table) -> Thresholds | None:
    if not table.keys:
        return None
    # start-up time: there are many thresholds, and hardly anybody changes one
    from feather_tui.finding_settings import thresholds_from

    return thresholds_from(table)


def _known_keys() -> tuple[str, ...]:
    from feather_tui.finding_settings import threshold_keys  # start-up time, as above

    return (
        "profile",
        "profiles.NAME.base_url",
        "profiles.NAME.url_template",
        *(preference.key for preference in PREFERENCES),
        *(f"keys.{command.id}" for command in COMMANDS),
        *threshold_keys(),
    )
