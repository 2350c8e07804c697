"""The lookup pane: a line that takes any reference, and the sessions known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from feather_tui.errors import ReferenceUnreadable
from feather_tui.rendering.look import Look
from feather_tui.rendering.lookup import ListedSession, filtered, heading_row, session_row
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.session.model import SessionId
from feather_tui.session.reference import parse
from feather_tui.ui.bindings import bindings
from feather_tui.ui.messages import LookupLeft, SessionsChosen
from feather_tui.ui.widgets.page_view import PageView
from feather_tui.ui.widgets.rows_bar import RowsBar

_PLACEHOLDER = "paste an id, a URL or a log line; or type to filter"
_KEPT_CHARACTERS = 500
_KEYS_OF_AN_EMPTY_LINE = {"q": "quit", "question_mark": "help"}


class ReferenceInput(Input):
    """The line. On an empty line `q` and `?` are commands; pasting opens at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "open_selected",
        "select_next",
        "select_previous",
        "select_page_down",
        "select_page_up",
        "clear_or_back",
    )

    def __init__(self) -> None:
        super().__init__(placeholder=_PLACEHOLDER, id="reference", compact=True)
        self.cursor_blink = False  # a blinking cursor writes to the terminal for ever

    @property
    def pane(self) -> LookupPane:
        """The pane this line belongs to."""
        return self.query_ancestor(LookupPane)

    def on_key(self, event: events.Key) -> None:
        """Take the keys that are commands on an empty line."""
        command = _KEYS_OF_AN_EMPTY_LINE.get(event.key)
        if command and not self.value:
            event.prevent_default()
            event.stop()
            self.post_message(LookupLeft(command))

    def on_paste(self, event: events.Paste) -> None:
        """Open what was pasted; text without an id stays in the line, with the sentence under it."""
        event.prevent_default()
        event.stop()
        self.pane.open_text(event.text)

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
        self.pane.session_list.action_move_down()

    def action_select_previous(self) -> None:
        """Choose the previous session."""
        self.pane.session_list.action_move_up()

    def action_select_page_down(self) -> None:
        """Choose a session one page further."""
        self.pane.session_list.action_page_down()

    def action_select_page_up(self) -> None:
        """Choose a session one page back."""
        self.pane.session_list.action_page_up()


class SessionList(PageView, can_focus=False):
    """The list under the line; its cursor shows although the line has the focus."""

    @property
    def marked(self) -> bool:
        """Whether the cursor is drawn."""
        return True


class LookupPane(Vertical):
    """The line, a sentence about it, and the list."""

    def __init__(self) -> None:
        super().__init__(id="lookup")
        self.sessions: Sequence[ListedSession] = ()
        self._look = Look(width=1)
        self._shown: list[ListedSession] = []

    def compose(self) -> ComposeResult:
        """Line, sentence, heading, list."""
        yield ReferenceInput()
        yield RowsBar(id="lookup-note")
        yield RowsBar(id="lookup-heading")
        yield SessionList(id="sessions")

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
        self.sessions, self._look = sessions, look
        self._update()

    def say(self, sentence: str) -> None:
        """Put a sentence under the line."""
        rows: list[Row] = [((f"   {safe_line(sentence)}", "warn"),)] if sentence else []
        self.query_one("#lookup-note", RowsBar).show(rows)

    def open_text(self, text: str) -> None:
        """Open the ids in `text`, or keep it and say why there is none."""
        try:
            session_ids = parse(text)
        except ReferenceUnreadable as error:
            self._refuse(error, text)
        else:
            self._choose(session_ids)

    def open_typed_or_chosen(self) -> None:
        """Open the ids in the line; without one, the chosen session of the filtered list."""
        text = self.line.value
        try:
            chosen = parse(text)
        except ReferenceUnreadable as error:
            session = self._chosen()
            if session is None:
                self._refuse(error, text)
                return
            chosen = (SessionId(session.session_id),)
        self._choose(chosen)

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
        self._update()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self.say("")
        self._update()

    def on_resize(self) -> None:
        """Lay the heading out anew."""
        self._update()

    def _chosen(self) -> ListedSession | None:
        page = self.session_list.page
        return self._shown[page.cursor.block] if page is not None and self._shown else None

    def _update(self) -> None:
        look = replace(self._look, width=self.size.width)
        self._shown = filtered(self.sessions, self.line.value)
        heading: Row = heading_row(look) if self._shown else _nothing(len(self.sessions), self.line.value)
        self.query_one("#lookup-heading", RowsBar).show([heading])
        self.session_list.update(self._blocks, look)

    def _blocks(self, look: Look) -> list[Block]:
        return [RowsBlock([session_row(session, look)]) for session in self._shown]


def _nothing(known: int, typed: str) -> Row:
    if not known:
        return (("   No session is known here yet: paste an id and press Enter.", "dim"),)
    return ((f"   None of the {known} sessions known here matches “{safe_line(typed)[:40]}”.", "dim"),)
