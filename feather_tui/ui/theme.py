"""What a theme is: a style for each tone. And rows in it, as Textual's Line API wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.theme import Theme as TextualTheme

from feather_tui.rendering.row import Row, Tone, cells, fit_row, width_of

_OWN: Final = "ansi_default"


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Theme:
    """A theme, by its name: a style for each tone, and whether it is for eyes used to the dark."""

    name: str
    styles: Mapping[Tone, Style]
    dark: bool = True

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


def _css(color: Color | None) -> str:
    if color is None:
        return _OWN
    return f"ansi_{color.name}" if color.type is ColorType.STANDARD else color.get_truecolor().hex


@lru_cache(maxsize=4096)
def strip_of(row: Row, width: int, theme: Theme, first: str = "", last: str = "") -> Strip:
    """Return a row as a strip of exactly `width` cells.

    `first`, the cursor's mark, replaces the blank that begins every row; `last`, the scroll bar, ends it.
    """
    styles = theme.styles
    room = width - (1 if last else 0)
    spans = fit_row(row, room)
    segments = [Segment(text, styles[tone]) for text, tone in spans if text]
    used = width_of(spans)
    if first and segments:
        text, style, _ = segments[0]
        segments[:1] = [Segment(first, styles["accent"]), Segment(text[1:], style)]
    elif first:
        segments.append(Segment(first, styles["accent"]))
        used = cells(first)
    if used < room:
        segments.append(Segment(" " * (room - used), styles["text"]))
    if last:
        segments.append(Segment(last, styles["dim"]))
    return Strip(segments, width)
