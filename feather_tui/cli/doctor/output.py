"""How the screens are written to the terminal: as differences, or all that Textual draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feather_tui.cli.doctor.check import Check, ok, warn

if TYPE_CHECKING:
    from feather_tui.settings import Settings


def check_output(settings: Settings) -> Check:
    """Tell whether no more is written than changes, and if more is, why."""
    name = "output"
    if settings.screen_output == "plain":
        return ok(name, f"plain, as {settings.sources['display.output']} asks: more is written than changes")
    from feather_tui.ui.output.textual_parts import obstacle  # start-up time: it imports Textual

    if why := obstacle():
        return warn(
            name,
            f"plain, more is written than changes: {why}",
            "The screens work. For a slow line, reinstall feather-tui with the Textual it asks for.",
        )
    return ok(name, "difference: no more is written than changes")
