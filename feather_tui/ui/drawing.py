"""Rows on the screen: in the colours of the theme, and through the line filters of the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from feather_tui.rendering.row import Line
from feather_tui.ui.theme import strip_of
from feather_tui.ui.themes import THEMES

_BLANK: Final[Line] = ((), "", "")


def drawn(widget: Widget, lines: Sequence[Line], crop: Region) -> list[Strip]:
    """Return the part of a widget's lines that is asked for (Textual's Line API); blank behind the last."""
    theme, width = THEMES[widget.app.current_theme.name], widget.size.width
    seen = list(lines[crop.y : crop.bottom])
    seen += [_BLANK] * (crop.height - len(seen))
    strips = [strip_of(line, width, theme) for line in seen]
    _, background = widget.background_colors
    for line_filter in widget.get_line_filters():
        strips = [strip.apply_filter(line_filter, background) for strip in strips]
    return [strip.crop(crop.x, crop.right) for strip in strips]
