"""How the screens look: what was chosen, and where nothing was, what the terminal says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feather_tui.preferences import AUTO
from feather_tui.rendering.ascii_signs import in_ascii
from feather_tui.rendering.safe import only_ascii
from feather_tui.terminal import CUBE_COLOURS, NO_COLOURS, colours, has_light_background, lacks_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feather_tui.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """A theme by its name in `ui.themes`; whether nothing but ASCII is shown; whose the mouse is.

    `differences`: only what changes is written to the terminal.
    """

    theme: str
    only_ascii: bool
    mouse: bool
    differences: bool

    def text_of(self, make: Callable[[], str]) -> str:
        """Return a text made of rows as this terminal can show it."""
        with only_ascii(when=self.only_ascii):
            text = make()
        return in_ascii(text) if self.only_ascii else text


def display_of(settings: Settings, environ: Mapping[str, str]) -> Display:
    """Settle what the settings leave to the environment."""
    return Display(
        theme=_auto_theme(environ) if settings.theme == AUTO else settings.theme,
        only_ascii=lacks_utf8(environ) if settings.only_ascii == AUTO else settings.only_ascii,
        mouse=settings.mouse,
        differences=settings.screen_output == "difference",
    )


def _auto_theme(environ: Mapping[str, str]) -> str:
    """Take the terminal's own colours, unless it surely has none, or a light background.

    NO_COLOR speaks to every program; a theme that was chosen for this one goes before it.
    """
    if environ.get("NO_COLOR") or colours(environ) == NO_COLOURS:
        return "plain"
    if has_light_background(environ) and colours(environ) >= CUBE_COLOURS:
        return "light"
    return "ansi"
