"""The application: one screen over one library."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType

from feather_tui.library import Library
from feather_tui.session.model import SessionId
from feather_tui.ui.bindings import bindings, keymap
from feather_tui.ui.screens.main import MainScreen
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.widgets.lookup import ReferenceInput


def style_sheet() -> Path:
    """Return the style sheet: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "styles" / "app.tcss"
    return installed if installed.exists() else package.parent / "styles" / "app.tcss"


class FeatherApp(App[int]):
    """Wires the screen to the library, and closes the library at the end.

    `given` are the sessions asked for: the first is opened, all are listed. `listed` are listed only.
    `crash` is the exception that ended the app, if one did; it is for the caller to tell.
    """

    TITLE = "feather"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = style_sheet()
    BINDINGS: ClassVar[list[BindingType]] = bindings("quit")

    def __init__(
        self,
        library: Library,
        surroundings: Surroundings,
        *,
        given: Sequence[SessionId] = (),
        listed: Sequence[SessionId] = (),
        refresh: bool = False,
    ) -> None:
        super().__init__(ansi_color=True)
        self.crash: Exception | None = None
        self.animation_level = "none"  # animations write many frames over a slow line
        self.library = library
        self.surroundings = surroundings
        self.main = MainScreen(library, surroundings, given=given, listed=listed, refresh=refresh)

    def get_default_screen(self) -> MainScreen:
        """The one screen that everything begins and ends with."""
        return self.main

    def on_mount(self) -> None:
        """Take the keys that were configured; leave in order when asked to, not in raw mode."""
        self.set_keymap(keymap(self.surroundings.commands))
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self.exit, None, 128 + number)

    def write_sequence(self, sequence: str) -> None:
        """Write an escape sequence of our own to the terminal, between two frames."""
        driver = self._driver
        if driver is not None:
            self.call_from_thread(driver.write, sequence)

    def on_key(self, event: events.Key) -> None:
        """Hand on a key typed ahead: it was on its way to a pane that the key before it has left."""
        if event.is_printable and isinstance(self.focused, ReferenceInput):
            self.focused.post_message(events.Key(event.key, event.character))

    def _handle_exception(self, error: Exception) -> None:
        """Keep the first exception for whoever ran the app."""
        self.crash = self.crash or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave without a word: Textual's own would print the values of variables, customers' data too."""
        self._close_messages_no_wait()

    async def on_unmount(self) -> None:
        """Close connections and cache."""
        await self.library.close()
