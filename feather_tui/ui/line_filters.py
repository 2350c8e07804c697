"""What every line of the screen passes on its way out: ours, and those of Textual's own widgets."""

from __future__ import annotations

from functools import cache, lru_cache

from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter

from feather_tui.rendering.ascii_signs import in_ascii
from feather_tui.rendering.visible import is_visible, visible
from feather_tui.ui.theme import Theme
from feather_tui.ui.themes import PLAIN


def line_filters(theme: Theme, *, only_ascii: bool) -> list[LineFilter]:
    """Return the filters of a theme and a terminal; where both are as usual there is one."""
    filters: list[LineFilter] = [OnlyVisible()]
    if theme.paints:
        filters.append(InCubeColours())
    if theme is PLAIN:
        filters.append(WithoutColours())
    if only_ascii:
        filters.append(InAscii())
    return filters


class OnlyVisible(LineFilter):
    """Lets no character act or hide, whoever wrote it; `safe` was to see to that long before."""

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Return the segments of a line, which is as wide as before."""
        del background
        if all(is_visible(text) for text, _, _ in segments):
            return segments
        shown = [Segment(visible(text), style, control) for text, style, control in segments]
        return Segment.adjust_line_length(shown, Segment.get_line_length(segments))


class InCubeColours(LineFilter):
    """Asks for 256 colours where Textual would for all of them: a COLORTERM that says so may be wrong.

    GNU screen hands it on, takes the red of a colour for an attribute, and needs nothing but the number.
    """

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Return the segments of a line in colours by their numbers."""
        del background
        return [
            Segment(text, None if style is None else _in_cube(style), control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=1024)
def _in_cube(style: Style) -> Style:
    numbered = [None if color is None else _numbered(color) for color in (style.color, style.bgcolor)]
    return style + Style.from_color(*numbered)


def _numbered(color: Color) -> Color:
    """Return the colour by its number; Rich would take the next for many a grey that has one."""
    return _cube().get(color.get_truecolor()) or color.downgrade(ColorSystem.EIGHT_BIT)


@cache
def _cube() -> dict[ColorTriplet, Color]:
    """Return the colours that are the same in every terminal of 256."""
    numbered = map(Color.from_ansi, range(16, 256))
    return {color.get_truecolor(): color for color in numbered}


class WithoutColours(LineFilter):
    """Leaves no colour: neither ours, nor one that Textual gives its own widgets."""

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Return the segments of a line with their attributes only."""
        del background
        return [
            Segment(text, None if style is None else style.without_color, control)
            for text, style, control in segments
        ]


class InAscii(LineFilter):
    """Leaves nothing beyond ASCII: neither of ours, nor what somebody types, nor what Textual draws."""

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Return the segments of a line, each as wide as before."""
        del background
        return [Segment(in_ascii(text), style, control) for text, style, control in segments]
