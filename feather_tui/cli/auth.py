"""`feather-tui auth`: store the API key of a profile, say which one is used, remove it."""

from __future__ import annotations

import getpass
import os
import sys
import warnings
from typing import TYPE_CHECKING

from feather_tui.cli.listing import came_from, print_line, print_rows
from feather_tui.cli.messages import say
from feather_tui.cli.whoami import describe, whoami
from feather_tui.credentials import Key, KeyStore
from feather_tui.errors import FeatherError, KeyMissing, KeyRefused
from feather_tui.key_forms import ENVIRONMENT_VARIABLE
from feather_tui.locations import Locations
from feather_tui.settings import load

if TYPE_CHECKING:
    import argparse

    from feather_tui.settings import Profile, Settings

_LONGEST_LINE = 4096  # bytes read from a pipe; a key is at most 512 characters


def run(arguments: argparse.Namespace) -> int:
    """Do what `auth login`, `auth status` or `auth logout` asks for; return the exit status."""
    locations = Locations.default()
    settings = load(locations, os.environ, profile=arguments.profile, base_url=arguments.base_url)
    keys = KeyStore(locations.config)
    keys.sweep()
    match arguments.action:
        case "login":
            _login(settings, keys)
        case "status":
            _status(settings.profile, keys)
        case _:
            _logout(settings.profile, keys)
    return 0


def _login(settings: Settings, keys: KeyStore) -> None:
    """Ask for the key and store it for this host, unless the API refuses it."""
    profile = settings.profile
    key = _ask_for_key(profile)
    _check(settings, key)
    path = keys.save(profile.name, profile.base_url, key)
    print_line(f"Stored in {path}, for {profile.base_url.origin} only.")
    _mention_variable("goes before the stored key")


def _check(settings: Settings, key: Key) -> None:
    """Say whose key this is, or that nobody could tell; raises KeyRefused if the API does not know it."""
    try:
        identity = whoami(settings.profile.base_url, key, deadline_seconds=settings.deadline_seconds)
    except KeyRefused as error:
        raise KeyRefused(
            f"{error.sentence} Nothing was stored.", "Check the key and the host.", status=error.status
        ) from None
    except FeatherError as error:
        say(f"The key could not be checked: {error.sentence} It is stored as it is.")
    else:
        print_line(f"The key is accepted: {describe(identity)}.")


def _ask_for_key(profile: Profile) -> Key:
    """Read the key without echo from the terminal, or as one line from a pipe; raises KeyProblem."""
    if sys.stdin is None:
        raise _no_key_given()
    if not sys.stdin.isatty():
        line = sys.stdin.buffer.readline(_LONGEST_LINE)
        if not line.strip():
            raise _no_key_given()
        return Key.parse(line.decode("ascii", "replace"), found_in="standard input")
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return Key.parse(getpass.getpass(f"API key for {profile.base_url.origin} (not shown): "))
        except EOFError:
            raise _no_key_given() from None
        except getpass.GetPassWarning:
            raise KeyMissing(
                "This terminal cannot hide what is typed, so the key was not asked for.",
                "Pipe it instead: `feather-tui auth login < FILE`.",
            ) from None


def _no_key_given() -> KeyMissing:
    return KeyMissing("No API key was given, so nothing was stored.", "Type it, or pipe one line.")


def _status(profile: Profile, keys: KeyStore) -> None:
    """List profile, host and key; raises KeyProblem after the list if there is no usable key."""
    base_url = profile.base_url
    mark = ", neither the sandbox nor this machine" if base_url.environment == "other" else ""
    rows = [
        ("profile", f"{profile.name} {came_from(profile.chosen_by)}"),
        ("base URL", f"{base_url.text}{mark} {came_from(profile.base_url_from)}"),
    ]
    try:
        found = keys.find(profile.name, base_url, os.environ)
        rows.append(("key", f"{found.key.masked} (from {found.source})"))
    finally:
        print_rows(rows)


def _logout(profile: Profile, keys: KeyStore) -> None:
    path = keys.path(profile.name)
    if keys.remove(profile.name):
        print_line(f"Removed {path}. The key stays valid until it is revoked.")
    else:
        print_line(f"There was no stored key for profile “{profile.name}”.")
    _mention_variable("is still used")


def _mention_variable(consequence: str) -> None:
    if os.environ.get(ENVIRONMENT_VARIABLE):
        say(f"{ENVIRONMENT_VARIABLE} is set and {consequence}.")
