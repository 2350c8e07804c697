"""The themes as Textual draws with them, by name; `rendering.inks` says what they look like, and why."""

from __future__ import annotations

from typing import Final

from feather_tui.rendering.inks import INKS
from feather_tui.ui.theme import Theme

DARK: Final = Theme.of("dark", INKS["dark"])
LIGHT: Final = Theme.of("light", INKS["light"], dark=False)
HIGH_CONTRAST: Final = Theme.of("high-contrast", INKS["high-contrast"])
ANSI: Final = Theme.of("ansi", INKS["ansi"])
PLAIN: Final = Theme.of("plain", INKS["plain"])
THEMES: Final = {theme.name: theme for theme in (DARK, LIGHT, HIGH_CONTRAST, ANSI, PLAIN)}
