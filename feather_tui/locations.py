"""Where this program keeps its files: paths only; nothing here reads or makes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feather_tui.errors import SettingsInvalid

if TYPE_CHECKING:
    from pathlib import Path


class Locations(NamedTuple):
    """The three directories of the user, absolute, which may not exist yet.

    `config` holds config.toml and the key files, `cache` the sessions, `state` what a run leaves behind.
    """

    config: Path
    cache: Path
    state: Path

    @property
    def config_file(self) -> Path:
        """Profiles and preferences (TOML)."""
        return self.config / "config.toml"

    @property
    def cache_file(self) -> Path:
        """Sessions already read (SQLite)."""
        return self.cache / "sessions.sqlite3"

    @classmethod
    def default(cls) -> Locations:
        """Give the places of this system; XDG_CONFIG_HOME, XDG_CACHE_HOME and XDG_STATE_HOME are honoured.

        Raises SettingsInvalid where the home directory is not an absolute path: a key must not end up in
        whatever directory the program was started from.
        """
        from platformdirs import PlatformDirs  # start-up time: `--version` and `--help` need no directory

        places = PlatformDirs("feather-tui", appauthor=False)
        locations = cls(
            config=places.user_config_path, cache=places.user_cache_path, state=places.user_state_path
        )
        for path in (locations.config, locations.cache, locations.state):
            if not path.is_absolute():
                raise SettingsInvalid(
                    f"{path} is not an absolute path, so nothing can be kept there.",
                    "Set HOME, and the XDG variables if you use them, to absolute paths.",
                )
        return locations
