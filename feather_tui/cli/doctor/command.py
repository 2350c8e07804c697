"""`feather-tui doctor`: every check in order, one line each, with what to do under a bad one."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Final

from feather_tui.cli.doctor.check import Verdict, fail_from, ok, warn
from feather_tui.cli.doctor.files import check_cache, check_config, check_key_file
from feather_tui.cli.doctor.network import check_key, check_way
from feather_tui.cli.doctor.output import check_output
from feather_tui.cli.doctor.terminal import check_terminal
from feather_tui.cli.listing import came_from, print_line
from feather_tui.credentials import KeyStore
from feather_tui.errors import SettingsInvalid
from feather_tui.locations import Locations
from feather_tui.settings import load

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from feather_tui.cli.doctor.check import Check
    from feather_tui.settings import Profile, Settings

_NAME_WIDTH: Final = len("config directory")


def run(arguments: argparse.Namespace) -> int:
    """Print every check as soon as it is made; return the exit status of the first failure, or 0."""
    status = 0
    for check in _checks(arguments):
        print_line(f"{check.verdict:<4}  {check.name:<{_NAME_WIDTH}}  {check.finding}")
        if check.advice:
            print_line(f"      -> {check.advice}")
        sys.stdout.flush()  # the network may take seconds, and a pipe would show nothing until the end
        status = status or check.exit_status
    return status


def _checks(arguments: argparse.Namespace) -> Iterator[Check]:
    locations = Locations.default()
    yield from check_config(locations)
    try:
        settings = load(locations, os.environ, profile=arguments.profile, base_url=arguments.base_url)
    except SettingsInvalid as error:
        yield fail_from("settings", error)
        yield warn("key and network", "not checked, nor the cache", "Correct the settings first.")
    else:
        yield from _settings_checks(settings, locations)
        yield check_output(settings)
    yield from check_terminal(os.environ, _terminal_size(), shutil.which)


def _settings_checks(settings: Settings, locations: Locations) -> Iterator[Check]:
    """Check what the settings lead to: the host, the key, the cache."""
    profile = settings.profile
    keys = KeyStore(locations.config)
    yield _profile(profile)
    yield check_key_file(keys.path(profile.name))
    reached = True
    for check in check_way(profile.base_url):
        yield check
        reached = check.verdict is not Verdict.FAIL
    yield check_key(keys, profile, os.environ, reached=reached)
    yield check_cache(locations, settings)


def _profile(profile: Profile) -> Check:
    finding = (
        f"{profile.name} {came_from(profile.chosen_by)}, "
        f"{profile.base_url.text} {came_from(profile.base_url_from)}"
    )
    if profile.base_url.environment == "other":
        return warn(
            "profile", f"{finding}, neither the sandbox nor this machine", "Mind whose data it shows."
        )
    return ok("profile", finding)


def _terminal_size() -> os.terminal_size | None:
    try:
        return os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):  # ValueError: standard output is closed
        return None
