"""`feather-tui __complete`: what only this machine knows, for the completion of a shell.

A shell asks while somebody types. So it is quick, makes no file, asks no network, and says nothing when
something is wrong: that is for the command itself to tell.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from feather_tui.credentials import KeyStore
from feather_tui.errors import FeatherError
from feather_tui.locations import Locations
from feather_tui.settings import load, profile_names

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

_MOST_SESSIONS: Final = 100
_SESSION_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def run(arguments: argparse.Namespace) -> int:
    """Print a candidate a line, or nothing; always return 0."""
    try:
        found = _profiles() if arguments.what == "profiles" else _sessions(arguments)
    except (FeatherError, OSError):
        found = ()
    for candidate in found:
        print(candidate)
    return 0


def _profiles() -> Iterable[str]:
    return profile_names(Locations.default())


def _sessions(arguments: argparse.Namespace) -> Iterable[str]:
    """Give the ids of the cache that the host and key in force may see, newest first."""
    locations = Locations.default()
    settings = load(locations, os.environ, profile=arguments.profile, base_url=arguments.base_url)
    base_url = settings.profile.base_url
    key = KeyStore(locations.config).find(settings.profile.name, base_url, os.environ).key

    from feather_tui.store.faults import FAULTS  # start-up time: without a key there is nothing to look for
    from feather_tui.store.glance import glance
    from feather_tui.store.records import Scope

    scope = Scope(origin=base_url.origin, key_fingerprint=key.fingerprint)
    try:
        ids = glance(locations.cache_file, scope, most=_MOST_SESSIONS)
    except FAULTS:
        return ()
    return filter(_SESSION_ID.fullmatch, ids)  # a shell takes them as they are
