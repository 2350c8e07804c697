"""`feather-tui config`: where the settings are written, which are in force, and changing them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from feather_tui.cli.listing import came_from, print_line, print_rows
from feather_tui.locations import Locations
from feather_tui.preferences import PREFERENCES
from feather_tui.settings import load

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from feather_tui.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Do what `config path`, `config show` or `config edit` asks for; return the exit status."""
    locations = Locations.default()
    match arguments.action:
        case "path":  # answered even where the file cannot be read: somebody may want to edit it
            print_line(str(locations.config_file))
        case "edit":
            from feather_tui.cli.config_edit import edit  # start-up time: the others need no editor

            edit(locations, os.environ)
        case _:
            settings = load(locations, os.environ, profile=arguments.profile, base_url=arguments.base_url)
            print_rows(list(_rows(settings)))
    return 0


def _rows(settings: Settings) -> Iterator[tuple[str, str]]:
    profile = settings.profile
    yield "profile", f"{profile.name} {came_from(profile.chosen_by)}"
    yield "base_url", f"{profile.base_url.text} {came_from(profile.base_url_from)}"
    if profile.url_template is not None:
        yield "url_template", f"{profile.url_template} {came_from('config.toml')}"
    for preference in PREFERENCES:
        source = settings.sources.get(preference.key, "default")
        yield preference.key, f"{_as_written(getattr(settings, preference.attribute))} {came_from(source)}"
    for command_id, keys in settings.keys.items():
        yield f"keys.{command_id}", f"{' '.join(keys)} {came_from('config.toml')}"


def _as_written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
