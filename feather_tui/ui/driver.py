"""The terminal, as Textual drives it, with a mouse that can be taken and given back."""

from __future__ import annotations

from feather_tui.ui.ending.driver import GuardedDriver
from feather_tui.ui.output.driver import WholeFrames

_MODES = (1000, 1006)
"""Clicks and the wheel, in a form without limits. Textual also asks for every move of the pointer, which is
much on a slow line, and which nothing here needs."""


class MouseDriver(WholeFrames, GuardedDriver):
    """Textual can only begin with the mouse or without it. Where this goes on it pins Textual's insides."""

    @property
    def has_mouse(self) -> bool:
        """Whether clicks come here; if not, the terminal selects text with them."""
        return self._mouse

    def switch_mouse(self) -> None:
        """Take the mouse, or give it back."""
        if self._mouse:
            self._disable_mouse_support()
        self._mouse = not self._mouse
        self._enable_mouse_support()

    def _enable_mouse_support(self) -> None:
        self._write_modes("h")

    def _disable_mouse_support(self) -> None:
        self._write_modes("l")

    def _enable_mouse_pixels(self) -> None:
        """Cells are enough."""

    def _write_modes(self, switch: str) -> None:
        if self._mouse:
            self.write("".join(f"\x1b[?{mode}{switch}" for mode in _MODES))
            self.flush()
