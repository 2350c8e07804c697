"""The line of the lookup: an id, words to filter by, a slash and what was said, or a query of the list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar, Protocol

from textual import events, on
from textual.binding import BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from feather_tui.command import Command
from feather_tui.key_names import written
from feather_tui.ui.bindings import bindings, keys_of
from feather_tui.ui.messages import LookupLeft
from feather_tui.ui.widgets.quiet_input import QuietInput
from feather_tui.ui.widgets.session_list import SessionList

_PLACEHOLDER = "paste an id, a URL or a log line; type to filter; / what was said; {} API"
_SEARCH_KEY = "slash"
_COMMANDS_OF_AN_EMPTY_LINE = frozenset({"back_or_quit", "show_help", "show_palette", "show_board"})


class LineOwner(Protocol):
    """What the line asks of its pane."""

    @property
    def session_list(self) -> SessionList:
        """The list under the line."""

    def take_typed(self, text: str) -> None:
        """Take what the line has become."""

    def take_pasted(self, text: str) -> None:
        """Take what was pasted."""

    def open_typed_or_chosen(self) -> None:
        """Do what Enter does."""

    def ask_list(self) -> None:
        """Ask the API for what is in the line."""

    def suggestion(self, line: str) -> str | None:
        """Return what a line could become, if anything."""


class _Completing(Suggester):
    """Shows dim in the line what it could become; Right takes it, as in every such line of Textual."""

    def __init__(self, owner: LineOwner) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._owner = owner

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole line as it could be."""
        return self._owner.suggestion(value)


class ReferenceInput(QuietInput):
    """On an empty line some keys are commands; pasting opens at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "open_selected",
        "ask_list",
        "select_next",
        "select_previous",
        "select_page_down",
        "select_page_up",
        "clear_or_back",
    )

    def __init__(self, commands: Sequence[Command], owner: LineOwner) -> None:
        super().__init__(
            placeholder=_PLACEHOLDER.format(_key(commands)), id="reference", suggester=_Completing(owner)
        )
        self._owner = owner
        self._taking = keys_of("take_suggestion", commands)
        self._on_empty_line = {
            key: command.id
            for command in commands
            if command.id in _COMMANDS_OF_AN_EMPTY_LINE
            for key in command.keys
            if key != _SEARCH_KEY  # begins a search, whatever else it does elsewhere
        }

    async def on_key(self, event: events.Key) -> None:
        """Take the keys that are commands on an empty line, and the one that takes what is offered."""
        if event.key in self._taking and self.cursor_at_end and self._owner.suggestion(self.value):
            event.prevent_default()
            event.stop()
            self.action_cursor_right()
            return
        command = self._on_empty_line.get(event.key)
        if command is None or self.value:
            return
        event.prevent_default()
        event.stop()
        if command == "back_or_quit":
            self.post_message(LookupLeft("quit"))
        else:
            await self.run_action(f"screen.{command}")

    @on(Input.Changed)
    async def _tell(self, event: Input.Changed) -> None:
        """Tell the pane, so that the letter and what it does to the list are one frame."""
        event.stop()
        with self.app.batch_update():
            self._owner.take_typed(event.value)
            await asyncio.sleep(0)  # the list has its turn to say that it is to be drawn

    def on_paste(self, event: events.Paste) -> None:
        """Open what was pasted; text without an id stays in the line, with the sentence under it."""
        event.prevent_default()
        event.stop()
        self._owner.take_pasted(event.text)

    def action_open_selected(self) -> None:
        """Open what was typed, or the chosen session; ask the API for a query."""
        self._owner.open_typed_or_chosen()

    def action_ask_list(self) -> None:
        """Ask the API which sessions there are."""
        self._owner.ask_list()

    def action_clear_or_back(self) -> None:
        """Clear the line, or go back to the session."""
        if self.value:
            self.value = ""
        else:
            self.post_message(LookupLeft("back"))

    def action_select_next(self) -> None:
        """Choose the next session."""
        self._owner.session_list.step(1)

    def action_select_previous(self) -> None:
        """Choose the previous session."""
        self._owner.session_list.step(-1)

    def action_select_page_down(self) -> None:
        """Choose a session one page further."""
        self._owner.session_list.action_page_down()

    def action_select_page_up(self) -> None:
        """Choose a session one page back."""
        self._owner.session_list.action_page_up()


def _key(commands: Sequence[Command]) -> str:
    return next(written(command.keys[0]) for command in commands if command.id == "ask_list")
