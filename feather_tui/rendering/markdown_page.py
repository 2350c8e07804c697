"""Markdown as it is, as a page: a block a line, so that the block's number is the line's."""

from __future__ import annotations

from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.values import text_rows


def markdown_blocks(text: str, look: Look) -> list[Block]:
    """Return the lines of a text, wrapped where they are too wide; headings stand out."""
    return [
        RowsBlock(text_rows(line, 1, look.width - 3, "strong" if line.startswith("#") else "text"))
        for line in text.rstrip("\n").split("\n")
    ]
