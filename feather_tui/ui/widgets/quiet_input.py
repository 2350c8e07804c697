"""A line of input that writes what is typed, and nothing else."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input


class QuietInput(Input):
    """Does not blink, which would write to the terminal for ever, and is as wide as its place at least.

    Each other width of the content has Textual arrange the whole screen anew, at each letter.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(compact=True, **options)
        self.cursor_blink = False

    @property
    def content_width(self) -> int:
        """The width of the content, and of its place where that is wider."""
        return max(super().content_width, self.scrollable_content_region.width)
