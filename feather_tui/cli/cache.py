"""`feather-tui cache`: where sessions are kept, how much is there, and removing all of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feather_tui.cli.listing import print_line, print_rows
from feather_tui.cli.messages import say
from feather_tui.cli.stored import open_cache
from feather_tui.clipboard import copied_file
from feather_tui.lending import sweep
from feather_tui.list_paths import ListPaths
from feather_tui.locations import Locations
from feather_tui.mark_files import MarkFiles, marks_directory
from feather_tui.rendering.clock import age, iso, size
from feather_tui.settings import load

if TYPE_CHECKING:
    import argparse

    from feather_tui.settings import Settings
    from feather_tui.store.records import StoreInfo

_FAILED = 1


def run(arguments: argparse.Namespace) -> int:
    """Do what `cache path`, `cache info` or `cache clear` asks for; return the exit status."""
    locations = Locations.default()
    if arguments.action == "path":
        print_line(str(locations.cache_file))
        return 0
    if arguments.action == "clear":
        copied_file(locations.state).unlink(missing_ok=True)  # it holds what customers said, too
        MarkFiles(marks_directory(locations.state)).clear()
        ListPaths(locations.state).clear()
        sweep(locations.state)
    if not locations.cache_file.exists():  # opening the cache would make it
        print_line(f"Nothing is cached: there is no {locations.cache_file}.")
        return 0
    settings = load(locations, os.environ, profile=arguments.profile, base_url=arguments.base_url)
    return _clear(settings, locations) if arguments.action == "clear" else _info(settings, locations)


def _info(settings: Settings, locations: Locations) -> int:
    with open_cache(settings, locations) as store:
        info = store.info()
        notices = store.notices
    print_rows(_rows(info, settings, datetime.now(UTC)))
    for notice in notices:
        say(notice)
    return 0


def _rows(info: StoreInfo, settings: Settings, now: datetime) -> list[tuple[str, str]]:
    def moment(received: datetime | None) -> str:
        return "none" if received is None else f"{age(now - received)} ({iso(received)})"

    return [
        ("where", f"{info.path}{' (cannot be used: in memory)' if info.in_memory else ''}"),
        ("size", f"{size(info.bytes_on_disk)}B of at most {settings.cache_max_megabytes} MB"),
        ("sessions", str(info.sessions)),
        ("documents", str(info.documents)),
        ("oldest", moment(info.oldest)),
        ("newest", moment(info.newest)),
        ("kept for", f"{settings.cache_days} days"),
    ]


def _clear(settings: Settings, locations: Locations) -> int:
    with open_cache(settings, locations) as store:
        removed = store.clear()
        notices = store.notices
        in_memory = store.info().in_memory
    for notice in notices:
        say(notice)
    if in_memory:
        say(f"Nothing was removed. To remove the cache by hand, delete the files in {locations.cache}.")
        return _FAILED
    print_line(f"Removed {removed} {'session' if removed == 1 else 'sessions'} from {locations.cache_file}.")
    return 0
