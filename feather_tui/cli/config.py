"""`feather-tui config`: where the settings are written, and which are in force."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from feather_tui.cli.listing import came_from, print_line, print_rows
from feather_tui.config_file import PREFERENCES
from feather_tui.locations import Locations
from feather_tui.settings import load

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Do what `config path` or `config show` asks for; return the exit status."""
    locations = Locations.default()
    if (
        arguments.action == "path"
    ):  # answered even where the file cannot be read: somebody may want to edit it
        print_line(str(locations.config_file))
        return 0
    settings = load(locations, os.environ, profile=arguments.profile, base_url=arguments.base_url)
    profile = settings.profile
    rows = [
        ("profile", f"{profile.name} {came_from(profile.chosen_by)}"),
        ("base_url", f"{profile.base_url.text} {came_from(profile.base_url_from)}"),
    ]
    for preference in PREFERENCES:
        source = "config.toml" if preference.key in settings.from_file else "default"
        rows.append((preference.key, f"{getattr(settings, preference.attribute)} {came_from(source)}"))
    print_rows(rows)
    return 0
