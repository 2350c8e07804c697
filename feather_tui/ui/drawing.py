"""Rows on the screen: in the colours of the theme, and through the line filters of the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from feather_tui.rendering.row import Row
from feather_tui.ui.theme import strip_of
from feather_tui.ui.themes import THEMES

Line = tuple[Row, str, str]
"""A row, the cursor's mark or nothing, and the cell of the scroll bar or nothing."""
_BLANK: Final[Line] = ((), "", "")


def drawn(widget: Widget, lines: Sequence[Line], crop: Region) -> list[Strip]:
    """Return the part of a widget's lines that is asked for (Textual's Line API); blank behind the last."""
    theme, width = THEMES[widget.app.current_theme.name], widget.size.width
    seen = list(lines[crop.y : crop.bottom])
    seen += [_BLANK] * (crop.height - len(seen))
    strips = [strip_of(row, width, theme, first, last) for row, first, last in seen]
    for line_filter in widget.get_line_filters():
        strips = [strip.apply_filter(line_filter, widget.background_colors[1]) for strip in strips]
    return [strip.crop(crop.x, crop.right) for strip in strips]
