"""The lookup pane: a line that takes any reference, and the sessions known here.

What follows a slash is looked for in all that was said in the cached sessions; anything else filters them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from feather_tui.command import Command
from feather_tui.errors import ReferenceUnreadable, UsageError
from feather_tui.rendering.hits import hits_heading, invitation_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.lookup import Listed, ListedSession, SessionBlock, heading_row
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.identity import SessionId
from feather_tui.session.reference import parse
from feather_tui.session.sought import Found, Hit, Sought
from feather_tui.ui.bindings import bindings
from feather_tui.ui.messages import CacheSought, HitChosen, LookupLeft, SessionsChosen
from feather_tui.ui.widgets.quiet_input import QuietInput
from feather_tui.ui.widgets.rows_bar import RowsBar
from feather_tui.ui.widgets.session_list import SessionList

_PLACEHOLDER = "paste an id, a URL or a log line; type to filter; / searches what was said"
_KEPT_CHARACTERS = 500
_SEARCH_MARK, _SEARCH_KEY = "/", "slash"
_COMMANDS_OF_AN_EMPTY_LINE = frozenset({"back_or_quit", "show_help", "show_palette"})


class ReferenceInput(QuietInput):
    """The line. On an empty line some keys are commands; pasting opens at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "open_selected",
        "select_next",
        "select_previous",
        "select_page_down",
        "select_page_up",
        "clear_or_back",
    )

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__(placeholder=_PLACEHOLDER, id="reference")
        self._on_empty_line = {
            key: command.id
            for command in commands
            if command.id in _COMMANDS_OF_AN_EMPTY_LINE
            for key in command.keys
            if key != _SEARCH_KEY  # begins a search, whatever else it does elsewhere
        }

    @property
    def pane(self) -> LookupPane:
        """The pane this line belongs to."""
        return self.query_ancestor(LookupPane)

    async def on_key(self, event: events.Key) -> None:
        """Take the keys that are commands on an empty line."""
        command = self._on_empty_line.get(event.key)
        if command is None or self.value:
            return
        event.prevent_default()
        event.stop()
        if command == "back_or_quit":
            self.post_message(LookupLeft("quit"))
        else:
            await self.run_action(f"screen.{command}")

    def on_paste(self, event: events.Paste) -> None:
        """Open what was pasted; text without an id stays in the line, with the sentence under it."""
        event.prevent_default()
        event.stop()
        self.pane.take_pasted(event.text)

    def action_open_selected(self) -> None:
        """Open what was typed, or the chosen session."""
        self.pane.open_typed_or_chosen()

    def action_clear_or_back(self) -> None:
        """Clear the line, or go back to the session."""
        if self.value:
            self.value = ""
        else:
            self.post_message(LookupLeft("back"))

    def action_select_next(self) -> None:
        """Choose the next session."""
        self.pane.session_list.step(1)

    def action_select_previous(self) -> None:
        """Choose the previous session."""
        self.pane.session_list.step(-1)

    def action_select_page_down(self) -> None:
        """Choose a session one page further."""
        self.pane.session_list.action_page_down()

    def action_select_page_up(self) -> None:
        """Choose a session one page back."""
        self.pane.session_list.action_page_up()


class LookupPane(Vertical):
    """The line, a sentence about it, and the list: of the sessions known here, or of what a search found."""

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__(id="lookup")
        self._listed = Listed()
        self._commands = commands
        self._look = Look(width=1)
        self._shown: Sequence[SessionBlock] = ()
        self._sought: Sought | None = None
        self._found: Found | None = None

    def compose(self) -> ComposeResult:
        """Line, sentence, heading, list."""
        yield ReferenceInput(self._commands)
        yield RowsBar(id="lookup-note")
        yield RowsBar(id="lookup-heading")
        yield SessionList()

    @property
    def line(self) -> ReferenceInput:
        """The line."""
        return self.query_one(ReferenceInput)

    @property
    def session_list(self) -> SessionList:
        """The list."""
        return self.query_one(SessionList)

    def show(self, sessions: Sequence[ListedSession], look: Look) -> None:
        """Show these sessions, filtered by what is in the line."""
        self._listed, self._look = Listed(sessions), look
        self._update()

    def show_found(self, found: Found) -> None:
        """Show what a search has found so far, unless another one was asked for meanwhile."""
        if found.sought == self._sought:
            self._found = found
            self._update()

    def say(self, sentence: str) -> None:
        """Put a sentence under the line."""
        rows: list[Row] = [((f"   {safe_line(sentence)}", "warn"),)] if sentence else []
        self.query_one("#lookup-note", RowsBar).show(rows)

    # ------------------------------------------------------------------ opening

    def take_pasted(self, text: str) -> None:
        """Open the ids in `text`, or keep it and say why there is none; behind a slash it is searched for."""
        try:
            session_ids = parse(text)
        except ReferenceUnreadable as error:
            if error.secret or not self._searching(self.line.value or text.lstrip()):
                self._refuse(error, text)
                return
        else:
            if not self._searching(self.line.value):
                self._choose(session_ids)
                return
        self.line.insert_text_at_cursor(" ".join(text.split()))

    def open_typed_or_chosen(self) -> None:
        """Open the ids in the line; without one, the chosen session of the list."""
        text = self.line.value
        hit = self._chosen_hit() if self._searching(text) else None
        try:
            session_ids = parse(text)
        except ReferenceUnreadable as error:
            if error.secret:
                self._refuse(error, text)
            elif hit is not None:
                self.post_message(HitChosen(hit))
            elif not self._searching(text):
                self._open_chosen(error, text)
            elif self._sought is not None and self._found is None:
                self.say("Still looking: press Enter again when there is something to choose.")
        else:
            if hit is None or any(found.session_id in session_ids for found in self._hits):
                self._choose(session_ids)
            else:  # an id of something else, and what was looked for is here
                self.post_message(HitChosen(hit))

    def _open_chosen(self, error: ReferenceUnreadable, text: str) -> None:
        if self._shown:
            self._choose((SessionId(self._shown[self.session_list.chosen].session.session_id),))
        else:
            self._refuse(error, text)

    def _choose(self, session_ids: tuple[SessionId, ...]) -> None:
        self._write("")
        self.say("")
        self.post_message(SessionsChosen(session_ids))

    def _refuse(self, error: ReferenceUnreadable, text: str) -> None:
        self._write("" if error.secret else safe_line(" ".join(text.split()))[:_KEPT_CHARACTERS])
        self.say(str(error))

    def _write(self, text: str) -> None:
        """Change the line without taking back what was said about it."""
        with self.prevent(Input.Changed):
            self.line.value = text
        self._seek(text)
        self._update()

    # ------------------------------------------------------------------ searching

    @on(Input.Changed)
    def _take_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.say("")
        self._seek(event.value)
        self._update()

    def _seek(self, text: str) -> None:
        """Ask for what stands behind a slash, or for nothing any more."""
        before, self._sought = self._sought, None
        typed = text.lstrip().removeprefix(_SEARCH_MARK)
        if self._searching(text) and typed.strip():
            try:
                self._sought = Sought.parse(typed)
            except UsageError as error:
                self.say(str(error))
        if self._sought != before:
            self._found = None
            self.post_message(CacheSought(self._sought))

    @property
    def searched_in_part(self) -> Sought | None:
        """What was looked for to the end while the index was not whole, if that is what is shown."""
        found = self._found
        return found.sought if found and not found.left and found.indexed < found.cached else None

    @staticmethod
    def _searching(text: str) -> bool:
        return text.lstrip().startswith(_SEARCH_MARK)

    @property
    def _hits(self) -> Sequence[Hit]:
        return self._found.hits if self._found is not None else ()

    def _chosen_hit(self) -> Hit | None:
        return self._hits[self.session_list.chosen] if self._hits else None

    # ------------------------------------------------------------------ showing

    def on_resize(self) -> None:
        """Lay the heading out anew."""
        self._update()

    def _update(self) -> None:
        look = replace(self._look, width=self.size.width)
        if self._sought is not None and self._found is None:
            return  # in a moment there is something newer to show than what stands there
        self._shown = self._listed.filtered("" if self._searching(self.line.value) else self.line.value)
        self.query_one("#lookup-heading", RowsBar).show(self._heading(look))
        if self._found is not None:
            self.session_list.list_found(self._found, self._listed.sessions, look)
        else:
            self.session_list.list_sessions(self._shown, look)

    def _heading(self, look: Look) -> list[Row]:
        if self._found is not None:
            return hits_heading(self._found, look)
        if self._searching(self.line.value):
            return [*invitation_rows(len(self._listed.sessions), look), heading_row(look)]
        return [heading_row(look) if self._shown else _nothing(len(self._listed.sessions), self.line.value)]


def _nothing(known: int, typed: str) -> Row:
    if not known:
        return (("   No session is known here yet: paste an id and press Enter.", "dim"),)
    return ((f"   None of the {known} sessions known here matches “{safe_line(typed)[:40]}”.", "dim"),)
