"""What a theme is: a style for each tone. And rows in it, as Textual's Line API wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.theme import Theme as TextualTheme

from feather_tui.rendering.inks import Ink, Inks
from feather_tui.rendering.row import Line, Tone, drawn_line

_OWN: Final = "ansi_default"


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Theme:
    """A theme, by its name: a style for each tone, and whether it is for eyes used to the dark."""

    name: str
    styles: Mapping[Tone, Style]
    dark: bool = True

    @classmethod
    def of(cls, name: str, inks: Inks, *, dark: bool = True) -> Self:
        """Make a theme of its inks."""
        return cls(name=name, styles={tone: _style(ink) for tone, ink in inks.items()}, dark=dark)

    @property
    def paints(self) -> bool:
        """Whether it has a background of its own, and does not take the terminal's."""
        return self.styles["text"].bgcolor is not None

    def for_textual(self) -> TextualTheme:
        """Return what Textual's own widgets are told of it: here they are input lines and notices."""
        text, dim = self.styles["text"], self.styles["dim"]
        background, foreground = _css(text.bgcolor), _css(text.color)
        return TextualTheme(
            name=self.name,
            ansi=not self.paints,
            dark=self.dark,
            foreground=foreground,
            background=background,
            surface=background,
            panel=background,
            boost=background,
            primary=_css(self.styles["accent"].color),
            success=_css(self.styles["good"].color),
            warning=_css(self.styles["warn"].color),
            error=_css(self.styles["bad"].color),
            variables={
                "faint": _css(dim.color),
                "faint-style": "dim" if dim.dim else "none",
                "ansi-background": background,
                "ansi-foreground": foreground,
            },
        )


def _style(ink: Ink) -> Style:
    color = Color.parse(ink.color) if isinstance(ink.color, str) else _numbered(ink.color)
    return Style.from_color(color, _numbered(ink.ground)) + Style(
        bold=ink.bold or None, dim=ink.dim or None, reverse=ink.reverse or None
    )


def _numbered(number: int | None) -> Color | None:
    return None if number is None else Color.from_ansi(number)


def _css(color: Color | None) -> str:
    if color is None:
        return _OWN
    return f"ansi_{color.name}" if color.type is ColorType.STANDARD else color.get_truecolor().hex


@lru_cache(maxsize=4096)
def strip_of(line: Line, width: int, theme: Theme) -> Strip:
    """Return a line of the screen as a strip of exactly `width` cells."""
    styles = theme.styles
    return Strip([Segment(text, styles[tone]) for text, tone in drawn_line(line, width)], width)
