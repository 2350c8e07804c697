"""The settings in force: a flag wins over the environment, that over config.toml, that over the default."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from feather_tui import config_file
from feather_tui.address import BaseUrl
from feather_tui.credentials import check_profile_name
from feather_tui.errors import SettingsInvalid
from feather_tui.preferences import AUTO, PREFERENCES
from feather_tui.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feather_tui.config_file import ConfigFile
    from feather_tui.findings.thresholds import Thresholds
    from feather_tui.locations import Locations
    from feather_tui.preferences import Preference

BUILT_IN: Final = {"sandbox": "https://api-sandbox.featherhq.com", "local": "http://localhost:8000"}
"""Base URLs of the profiles that need no configuration, as the API's own description lists them."""

DEFAULT_PROFILE: Final = "sandbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The account to use, by name, and the API it lives on.

    `chosen_by` and `base_url_from` say where the two came from: `--profile`, `--base-url`,
    `FEATHER_PROFILE`, `FEATHER_BASE_URL`, `config.toml` or `default`. `url_template` is for
    `feather_tui.permalink`, None if config.toml gives the profile none.
    """

    name: str
    base_url: BaseUrl
    chosen_by: str
    base_url_from: str
    url_template: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What config.toml and the command line ask for, complete.

    Cached sessions are kept `cache_days` days and up to `cache_max_megabytes` MiB in all; a document is
    given up after `deadline_seconds` (retries included) or `max_document_megabytes` MiB (decoded).
    `time_mode` is utc, local, relative (to now) or offset (from the start of the session). `theme` is one of
    `preferences.THEMES`; `only_ascii`: nothing else is shown; `mouse`: the mouse is the program's.
    `screen_output` is difference (only what changes is written to the terminal) or plain. `keys` are
    the keys of commands by their id, for `keymap.with_overrides`, which has accepted them; `thresholds` are
    those of the rules. `sources` says where a setting came from, by its key, dotted as in `cache.days`:
    `config.toml`, an environment variable or a flag; the others are defaults.
    """

    profile: Profile
    cache_days: int = 30
    cache_max_megabytes: int = 512
    max_document_megabytes: int = 32
    deadline_seconds: float = 20.0
    time_mode: str = "utc"
    theme: str = AUTO
    only_ascii: bool | Literal["auto"] = AUTO
    mouse: bool = False
    screen_output: str = "difference"
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    thresholds: Thresholds | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


def load(
    locations: Locations,
    environ: Mapping[str, str],
    *,
    profile: str | None = None,
    base_url: str | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Settings:
    """Read config.toml and join it with the environment and the flags (None: not given).

    `flags` are those of preferences, by the attribute they set; others are ignored. An empty variable counts
    as unset. `--profile` is a flag, so the profile it names brings its own base URL even where
    FEATHER_BASE_URL is set. Raises SettingsInvalid, which names the flag, variable or key.
    """
    file = config_file.read(locations.config_file, built_in=BUILT_IN)
    chosen = _choose_profile(locations, file, environ, profile=profile, base_url=base_url)
    values, sources = preferred(environ, flags or {}, file.preferences)
    sources |= {f"keys.{command_id}": "config.toml" for command_id in file.keys}
    return Settings(profile=chosen, keys=file.keys, thresholds=file.thresholds, sources=sources, **values)


def preferred(
    environ: Mapping[str, str], flags: Mapping[str, Any], in_file: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the preferences that are set, by the attribute of Settings, and their sources, by their key.

    `in_file` are those of config.toml, by their key, already checked. Raises SettingsInvalid for a variable.
    """
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for preference in PREFERENCES:
        candidates = (
            (flags.get(preference.attribute), preference.flag),
            (_variable(preference, environ), preference.variable),
            (in_file.get(preference.key), "config.toml"),
        )
        for value, source in candidates:
            if value is not None:
                values[preference.attribute], sources[preference.key] = value, source
                break
    return values, sources


def _variable(preference: Preference, environ: Mapping[str, str]) -> str | None:
    value = environ.get(preference.variable) or None
    if value is None or preference.accepts(value):
        return value
    raise SettingsInvalid(
        f"{preference.variable} is {quoted(value)}, expected {preference.expected}.",
        f"Correct {preference.variable}, or unset it.",
    )


def profile_names(locations: Locations) -> list[str]:
    """Name every profile there is, in alphabetical order. Raises SettingsInvalid for an unusable file."""
    return _names(config_file.read(locations.config_file, built_in=BUILT_IN))


def _choose_profile(
    locations: Locations,
    file: ConfigFile,
    environ: Mapping[str, str],
    *,
    profile: str | None,
    base_url: str | None,
) -> Profile:
    name, chosen_by = _first(
        (profile, "--profile"),
        (environ.get("FEATHER_PROFILE") or None, "FEATHER_PROFILE"),
        (file.profile, "config.toml"),
        (DEFAULT_PROFILE, "default"),
    )
    check_profile_name(name, found_in=chosen_by)
    own, own_from = _base_url_of(locations, file, name, chosen_by)
    variable = environ.get("FEATHER_BASE_URL") if profile is None else None
    if base_url is not None:
        own, own_from = config_file.read_base_url(base_url, "--base-url"), "--base-url"
    elif variable:
        own, own_from = config_file.read_base_url(variable, "FEATHER_BASE_URL"), "FEATHER_BASE_URL"
    return Profile(
        name=name,
        base_url=own,
        chosen_by=chosen_by,
        base_url_from=own_from,
        url_template=file.profiles[name].url_template if name in file.profiles else None,
    )


def _first(*candidates: tuple[str | None, str]) -> tuple[str, str]:
    return next((value, source) for value, source in candidates if value is not None)


def _base_url_of(locations: Locations, file: ConfigFile, name: str, chosen_by: str) -> tuple[BaseUrl, str]:
    """Give the base URL the profile itself has, and where that was written."""
    table = file.profiles.get(name)
    if table is not None and table.base_url is not None:
        return table.base_url, "config.toml"
    if name in BUILT_IN:
        return BaseUrl.parse(BUILT_IN[name]), "default"
    raise SettingsInvalid(
        f"There is no profile “{name}” (from {chosen_by}); the profiles are {', '.join(_names(file))}.",
        f'To add it, write [profiles.{name}] and base_url = "https://…" into {locations.config_file}.',
    )


def _names(file: ConfigFile) -> list[str]:
    return sorted({*BUILT_IN, *file.profiles})
