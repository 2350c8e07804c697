"""The themes, by name.

Those with colours of their own take them from the 240 that are the same in every terminal of 256 colours:
they look alike wherever there are as many. `ansi` asks for the terminal's sixteen, on its own background;
secondary text is dim there, not bright black, which may be nearly the background where somebody chose
the sixteen (in Solarized it is), while a terminal that knows no dim shows ordinary text. `plain` has no
colours at all: it is for NO_COLOR.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rich.color import Color
from rich.style import Style

from feather_tui.rendering.row import Tone
from feather_tui.ui.theme import Theme

_BOLD: Final = frozenset[Tone]({"strong", "user", "assistant", "other", "bad", "accent", "match"})


def _painted(name: str, background: int, colours: Mapping[Tone, int], *, dark: bool = True) -> Theme:
    """Return a theme that paints its own background; text is in these colours, a match is on one of them."""
    ground = Color.from_ansi(background)
    styles: dict[Tone, Style] = {}
    for tone, number in colours.items():
        color = Color.from_ansi(number)
        on = (ground, color) if tone == "match" else (color, ground)
        styles[tone] = Style.from_color(*on) + Style(bold=tone in _BOLD or None)
    return Theme(name=name, styles=styles, dark=dark)


DARK: Final = _painted(
    "dark",
    234,
    {
        "text": 252,
        "dim": 246,
        "strong": 255,
        "user": 116,
        "assistant": 150,
        "other": 182,
        "good": 114,
        "warn": 179,
        "bad": 210,
        "accent": 111,
        "key": 110,
        "string": 151,
        "number": 180,
        "constant": 176,
        "match": 221,
    },
)
LIGHT: Final = _painted(
    "light",
    231,
    {
        "text": 236,
        "dim": 242,
        "strong": 232,
        "user": 24,
        "assistant": 22,
        "other": 90,
        "good": 28,
        "warn": 94,
        "bad": 124,
        "accent": 25,
        "key": 24,
        "string": 22,
        "number": 94,
        "constant": 91,
        "match": 25,
    },
    dark=False,
)
HIGH_CONTRAST: Final = _painted(
    "high-contrast",
    16,
    {
        "text": 231,
        "dim": 252,
        "strong": 231,
        "user": 123,
        "assistant": 120,
        "other": 219,
        "good": 120,
        "warn": 226,
        "bad": 217,
        "accent": 117,
        "key": 123,
        "string": 157,
        "number": 228,
        "constant": 219,
        "match": 226,
    },
)
ANSI: Final = Theme(
    name="ansi",
    styles={
        "text": Style(),
        "dim": Style(dim=True),
        "strong": Style(bold=True),
        "user": Style(color="cyan", bold=True),
        "assistant": Style(color="green", bold=True),
        "other": Style(color="magenta", bold=True),
        "good": Style(color="green"),
        "warn": Style(color="yellow"),
        "bad": Style(color="red", bold=True),
        "accent": Style(color="blue", bold=True),
        "key": Style(color="cyan"),
        "string": Style(color="green"),
        "number": Style(color="yellow"),
        "constant": Style(color="magenta"),
        "match": Style(reverse=True, bold=True),
    },
)
PLAIN: Final = Theme(
    name="plain",
    styles={tone: style.without_color for tone, style in ANSI.styles.items()},
)
THEMES: Final = {theme.name: theme for theme in (DARK, LIGHT, HIGH_CONTRAST, ANSI, PLAIN)}
