"""The files of the user: who owns them, who may read or change them, and whether the cache can be written."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from feather_tui.cli.doctor.check import Check, fail, ok, warn
from feather_tui.cli.stored import open_cache
from feather_tui.errors import KeyProblem, SettingsInvalid
from feather_tui.rendering.clock import size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feather_tui.locations import Locations
    from feather_tui.settings import Settings

_OTHERS: Final = 0o077
_OTHERS_WRITE: Final = 0o022


def check_config(locations: Locations) -> Iterator[Check]:
    """Look at the configuration directory and config.toml, either of which may be absent.

    Others may read them, and may change neither: config.toml says which host the key is sent to.
    """
    status = SettingsInvalid.exit_status
    yield _mode("config directory", locations.config, _OTHERS_WRITE, "chmod go-w", status)
    yield _mode("config file", locations.config_file, _OTHERS_WRITE, "chmod go-w", status)


def check_key_file(path: Path) -> Check:
    """Look at the key file of the profile in use, which nobody else may even read."""
    return _mode("key file", path, _OTHERS, "chmod 600", KeyProblem.exit_status)


def _mode(name: str, path: Path, forbidden: int, repair: str, exit_status: int) -> Check:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return ok(name, f"{path}: none")
    except OSError as error:
        return fail(name, f"{path}: {error.strerror}", "Make it readable for you.", exit_status)
    mode = stat.S_IMODE(status.st_mode)
    if stat.S_ISLNK(status.st_mode):
        return fail(name, f"{path} is a symbolic link", "Put the real thing in its place.", exit_status)
    if status.st_uid != os.geteuid():
        finding = f"{path} belongs to user {status.st_uid}"
        return fail(name, finding, "Make it yours, or move it away.", exit_status)
    if mode & forbidden:
        doing = "change" if forbidden == _OTHERS_WRITE else "read"
        finding = f"{path}: mode {mode:04o}, so others may {doing} it"
        return fail(name, finding, f"Run: {repair} {path}", exit_status)
    return ok(name, f"{path} (mode {mode:04o})")


def check_cache(locations: Locations, settings: Settings) -> Check:
    """Open the cache as a session would, making it if it is not there, and measure it."""
    name = "cache"
    with open_cache(settings, locations) as store:
        info, notices = store.info(), store.notices
    if notices:
        return warn(name, " ".join(notices), "Sessions still open, from the API.")
    return ok(name, f"{locations.cache_file}, {size(info.bytes_on_disk)}B, {info.sessions} sessions")
