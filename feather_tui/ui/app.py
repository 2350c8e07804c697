"""The application: one screen over one library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.actions import ActionParseResult
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.theme import Theme
from textual.widgets import Input

from feather_tui.library import Library
from feather_tui.session.identity import SessionId
from feather_tui.ui.bindings import bindings, keymap, keys_of
from feather_tui.ui.driver import MouseDriver
from feather_tui.ui.ending.app import GuardedApp
from feather_tui.ui.ending.guard import Guard
from feather_tui.ui.line_filters import line_filters
from feather_tui.ui.output.display import DifferenceApp
from feather_tui.ui.screens.main import MainScreen
from feather_tui.ui.surroundings import Surroundings
from feather_tui.ui.themes import THEMES

if TYPE_CHECKING:
    from feather_tui.listed_sessions import ListedSessions


def style_sheet() -> Path:
    """Return the style sheet: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "styles" / "app.tcss"
    return installed if installed.exists() else package.parent / "styles" / "app.tcss"


class FeatherApp(DifferenceApp[int], GuardedApp[int]):
    """Wires the screen to the library, and closes the library at the end.

    `given` are the sessions asked for, and `asked` names more of them: one is opened, several are on a board.
    `listed` are listed only.
    """

    TITLE = "feather"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False  # the terminal selects better, and copies what it shows
    CSS_PATH = style_sheet()
    BINDINGS: ClassVar[list[BindingType]] = bindings("toggle_mouse", "redraw", "suspend_process", "quit")

    def __init__(
        self,
        library: Library,
        surroundings: Surroundings,
        *,
        given: Sequence[SessionId] = (),
        listed: Sequence[SessionId] = (),
        asked: ListedSessions | None = None,
        refresh: bool = False,
        guard: Guard | None = None,
    ) -> None:
        theme = THEMES[surroundings.theme]
        self._theme = theme.for_textual()  # asked for by what comes next
        super().__init__(driver_class=MouseDriver)
        self.guard = guard
        self.interrupting = keys_of("quit", surroundings.commands)
        self._line_filters = line_filters(theme, only_ascii=surroundings.only_ascii)
        self.animation_level = "none"  # animations write many frames over a slow line
        self.library = library
        self.surroundings = surroundings
        self.main = MainScreen(
            library, surroundings, given=given, listed=listed, asked=asked, refresh=refresh
        )

    def get_default_screen(self) -> MainScreen:
        """The one screen that everything begins and ends with."""
        return self.main

    @property
    def current_theme(self) -> Theme:
        """The theme from the first moment on: one chosen later would have every style worked out twice."""
        return self._theme

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line passes these; Textual's own, for NO_COLOR, would not know that a theme was chosen."""
        return self._line_filters

    def on_mount(self) -> None:
        """Take the keys that were configured."""
        self.set_keymap(keymap(self.surroundings.commands))

    def action_toggle_mouse(self) -> None:
        """Take the mouse, or leave it to the terminal."""
        if not isinstance(self._driver, MouseDriver):
            self.main.say("The mouse cannot be switched here; --mouse starts with it.")
            return
        self._driver.switch_mouse()
        self.main.say(
            "The mouse moves and scrolls here now; to select text, hold Shift, or Option on a Mac."
            if self._driver.has_mouse
            else "The mouse is the terminal's again, and selects text."
        )

    def write_sequence(self, sequence: str) -> None:
        """Write an escape sequence of our own to the terminal, between two frames."""
        driver = self._driver
        if driver is not None:
            self.call_from_thread(driver.write, sequence)

    def on_key(self, event: events.Key) -> None:
        """Hand on a key typed ahead: it was on its way to a widget that the key before it has left."""
        if event.is_printable and isinstance(self.focused, Input):
            event.prevent_default()  # it is text, whatever command has it as its key
            self.focused.post_message(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """Take to the lookup what was pasted into a page, or typed ahead of the lookup having the keys."""
        if self.main.is_active:
            self.main.action_show_lookup()
            lookup = self.main.panes.lookup
            lookup.call_later(lookup.take_pasted, event.text)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Carry out a command; one that cannot work now says why, wherever it came from."""
        if self.main.is_active and isinstance(action, str) and self.main.refuses(action):
            return True
        return await super().run_action(action, default_namespace, namespaces)

    async def on_unmount(self) -> None:
        """Close connections and cache."""
        await self.library.close()
