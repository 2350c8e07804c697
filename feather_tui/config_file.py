"""What config.toml says: read, checked by hand, and refused with a sentence that names the place.

    profile = "prod"                    # the profile used when none is asked for

    [profiles.prod]
    base_url = "https://api.example.com"

    [cache]
    days = 30                           # a session is forgotten after so many days
    max_megabytes = 512

    [network]
    deadline_seconds = 20.0             # for one document, retries included
    max_document_megabytes = 32         # decoded

    [display]
    time = "utc"                        # or local, relative, offset

The API key does not belong there, and a value that looks like one is not repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn

from feather_tui.address import BaseUrl
from feather_tui.credentials import check_profile_name, looks_like_key
from feather_tui.errors import SettingsInvalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_LONGEST_QUOTE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One key of the file that changes how the program behaves.

    `key` is dotted as in `cache.days`, `attribute` is the field of Settings it sets, `accepts` tells a
    usable TOML value and `expected` is the end of the sentence for any other.
    """

    key: str
    attribute: str
    accepts: Callable[[object], bool]
    expected: str


def _whole(key: str, attribute: str, low: int, high: int) -> Preference:
    def accepts(value: object) -> bool:
        return type(value) is int and low <= value <= high  # `true` is an int to isinstance

    return Preference(
        key=key, attribute=attribute, accepts=accepts, expected=f"a whole number from {low} to {high}"
    )


def _number(key: str, attribute: str, low: int, high: int) -> Preference:
    def accepts(value: object) -> bool:
        return type(value) in {int, float} and low <= value <= high  # type: ignore[operator] # a number by now

    return Preference(
        key=key, attribute=attribute, accepts=accepts, expected=f"a number from {low} to {high}"
    )


def _word(key: str, attribute: str, *words: str) -> Preference:
    return Preference(
        key=key,
        attribute=attribute,
        accepts=lambda value: value in words,
        expected=f"one of {', '.join(words)}",
    )


PREFERENCES: Final = (
    _whole("cache.days", "cache_days", 1, 3650),
    _whole("cache.max_megabytes", "cache_max_megabytes", 1, 1_000_000),
    _number("network.deadline_seconds", "deadline_seconds", 1, 600),
    _whole("network.max_document_megabytes", "max_document_megabytes", 1, 4096),
    _word("display.time", "time_mode", "utc", "local", "relative", "offset"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """The checked contents: absent keys are absent here as well.

    `profile` is the name of the profile to use, `base_urls` the addresses by profile name, `preferences`
    the values by their dotted key.
    """

    profile: str | None = None
    base_urls: dict[str, BaseUrl] = field(default_factory=dict)
    preferences: dict[str, Any] = field(default_factory=dict)


def read(path: Path) -> ConfigFile:
    """Read the file; a file that does not exist says nothing.

    Raises SettingsInvalid for a file that cannot be read, is not TOML, or has an unknown key or an
    unusable value.
    """
    values = _parse(path)
    file = _Table(path, values)
    file.refuse_all_but("profile", "profiles", *_SECTIONS)
    name = file.value("profile", lambda value: isinstance(value, str), "the name of a profile")
    return ConfigFile(
        profile=None if name is None else check_profile_name(name, found_in=str(path)),
        base_urls=_base_urls(file.table("profiles")),
        preferences=_preferences(file),
    )


def read_base_url(text: str, found_in: str) -> BaseUrl:
    """Read the base URL that was found in a flag, a variable or a key of the file.

    Raises SettingsInvalid with the reason of `BaseUrl.parse` after the place.
    """
    try:
        return BaseUrl.parse(text)
    except SettingsInvalid as error:
        raise SettingsInvalid(f"{found_in}: {error.sentence}", error.advice) from None


def _parse(path: Path) -> dict[str, Any]:
    import tomllib  # start-up time: most people have no config.toml

    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsInvalid(
            f"{path} cannot be read: {error.strerror}.", "Make it a file that you can read, or remove it."
        ) from None
    except UnicodeDecodeError:
        raise SettingsInvalid(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        raise SettingsInvalid(f"{path} is not TOML: {error}.", "Correct that line.") from None


def _base_urls(profiles: _Table) -> dict[str, BaseUrl]:
    addresses = {}
    for name in profiles.keys:
        check_profile_name(name, found_in=str(profiles.file))
        profile = profiles.table(name)
        profile.refuse_all_but("base_url")
        address = profile.value("base_url", lambda value: isinstance(value, str), "the address of an API")
        if address is None:
            raise SettingsInvalid(
                f"{profiles.file}: {profile.place} has no base_url.", 'Add base_url = "https://…" to it.'
            )
        addresses[name] = read_base_url(address, f"{profiles.file}: {profile.place}.base_url")
    return addresses


def _preferences(file: _Table) -> dict[str, Any]:
    found = {}
    for section, names in _SECTIONS.items():
        file.table(section).refuse_all_but(*names)
    for preference in PREFERENCES:
        section, name = preference.key.split(".")
        value = file.table(section).value(name, preference.accepts, preference.expected)
        if value is not None:
            found[preference.key] = value
    return found


def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for preference in PREFERENCES:
        section, name = preference.key.split(".")
        sections.setdefault(section, []).append(name)
    return sections


_SECTIONS: Final = _sections()
_KNOWN_KEYS: Final = ("profile", "profiles.NAME.base_url", *(preference.key for preference in PREFERENCES))


class _Table:
    """One table of the file, which knows its place for the sentence of an error."""

    def __init__(self, file: Path, values: dict[str, Any], place: str = "") -> None:
        self.file = file
        self.place = place
        self._values = values

    @property
    def keys(self) -> Iterable[str]:
        return self._values.keys()

    def value(self, key: str, accepts: Callable[[object], bool], expected: str) -> Any | None:
        """Give the value of `key`, None if it is absent; SettingsInvalid if it is not acceptable."""
        found = self._values.get(key)
        if found is None or accepts(found):
            return found
        return self._refuse(f"{self._dotted(key)} is {_quoted(found)}, expected {expected}.")

    def table(self, key: str) -> _Table:
        """Give the table under `key`, empty if it is absent; SettingsInvalid if it is something else."""
        found = self._values.get(key, {})
        if not isinstance(found, dict):
            self._refuse(f"{self._dotted(key)} is {_quoted(found)}, expected a table.")
        return _Table(self.file, found, self._dotted(key))

    def refuse_all_but(self, *known: str) -> None:
        """Raise SettingsInvalid for the first key that is not one of `known`."""
        for key in self._values:
            if key not in known:
                dotted = self._dotted(key)
                self._refuse(f"unknown key {_quoted(dotted)}; the nearest known key is {_nearest(dotted)}.")

    def _dotted(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _refuse(self, reason: str) -> NoReturn:
        raise SettingsInvalid(f"{self.file}: {reason}", "Correct or remove it.")


def _quoted(value: object) -> str:
    """Name a value of the file in a few characters; never an API key that was put there by mistake."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if any(looks_like_key(word) for word in text.split(".")):
        return "something that looks like an API key"
    return f"“{text}”" if len(text) <= _LONGEST_QUOTE else f"“{text[:_LONGEST_QUOTE]}…”"


def _nearest(key: str) -> str:
    from difflib import get_close_matches  # start-up time: needed only for the sentence of an error

    return get_close_matches(key, _KNOWN_KEYS, n=1, cutoff=0)[0]
