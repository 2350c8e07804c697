"""A line of input that writes what is typed, and nothing else."""

from __future__ import annotations

from typing import Any, Final

from textual.widgets import Input

_STEP: Final = 128


class QuietInput(Input):
    """Does not blink, which would write to the terminal for ever, and is as wide in steps.

    Each other width of the content has Textual arrange the whole screen anew, at each letter.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(compact=True, **options)
        self.cursor_blink = False

    @property
    def content_width(self) -> int:
        """The width of the content, rounded up; what is in sight is cut from it."""
        return -(-super().content_width // _STEP) * _STEP
