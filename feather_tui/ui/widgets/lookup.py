"""The lookup pane: a line that takes any reference, and the sessions known here.

What follows a slash is looked for in all that was said in the cached sessions; a query with the fields of the
API's list is asked of the API, on Enter; anything else filters what is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from textual.app import ComposeResult
from textual.widgets import Input

from feather_tui.command import Command
from feather_tui.errors import ReferenceUnreadable, UsageError
from feather_tui.rendering.clock import count
from feather_tui.rendering.hits import hits_heading, invitation_rows
from feather_tui.rendering.look import Look
from feather_tui.rendering.lookup import ListedSession, SessionBlock, heading_row
from feather_tui.rendering.row import BLANK, Row, fit_row
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.identity import SessionId
from feather_tui.session.reference import parse
from feather_tui.session.sought import Found, Hit, Sought
from feather_tui.ui.messages import CacheSought, HitChosen, SessionsChosen
from feather_tui.ui.widgets.asking_pane import SEARCH_MARK, AskingPane
from feather_tui.ui.widgets.reference_line import ReferenceInput
from feather_tui.ui.widgets.rows_bar import RowsBar
from feather_tui.ui.widgets.session_list import SessionList

_KEPT_CHARACTERS = 500
_ROOMY_HEIGHT = 12


class LookupPane(AskingPane):
    """The line, sentences about it, and the list: of the sessions known here, or of what was found."""

    def __init__(self, commands: Sequence[Command], now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._commands = commands
        self._look = Look(width=1)
        self._shown: Sequence[SessionBlock] = ()
        self._sought: Sought | None = None
        self._found: Found | None = None
        self._said = ""

    def compose(self) -> ComposeResult:
        """Line, sentence, heading, list."""
        yield ReferenceInput(self._commands, self)
        yield RowsBar(id="lookup-note")
        yield RowsBar(id="lookup-heading")
        yield SessionList()

    def show(self, sessions: Sequence[ListedSession], look: Look) -> None:
        """Show these sessions, filtered by what is in the line."""
        self._look = look
        self.know(sessions)
        self.update_list()

    def show_found(self, found: Found) -> None:
        """Show what a search has found so far, unless another one was asked for meanwhile."""
        if found.sought == self._sought:
            self._found = found
            self.update_list()

    def say(self, sentence: str) -> None:
        """Put a sentence under the line."""
        self._said = sentence
        self._show_note(replace(self._look, width=self.size.width))

    # ------------------------------------------------------------------ opening

    def take_pasted(self, text: str) -> None:
        """Open the ids in `text`, or keep it and say why there is none.

        Behind a slash it is searched for; where it belongs to a query, it goes there.
        """
        try:
            session_ids = parse(text)
        except ReferenceUnreadable as error:
            typed = self.line.value or text.lstrip()
            if error.secret or not (self.searching(typed) or self.goes_into_a_query(text, has_ids=False)):
                self._refuse(error, text)
                return
        else:
            if not (self.searching(self.line.value) or self.goes_into_a_query(text, has_ids=True)):
                self._choose(session_ids)
                return
        self.line.insert_text_at_cursor(" ".join(text.split()))

    def open_typed_or_chosen(self) -> None:
        """Open the ids in the line; without one, the chosen session of the list. A query is asked."""
        text = self.line.value
        if self.asking(text) is not None:
            self.open_listed_or_ask(text)
            return
        hit = self._chosen_hit() if self.searching(text) else None
        try:
            session_ids = parse(text)
        except ReferenceUnreadable as error:
            if error.secret:
                self._refuse(error, text)
            elif hit is not None:
                self.post_message(HitChosen(hit))
            elif not self.searching(text):
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
        if self.asking(self.line.value) is None:  # a query stays, so that whoever comes back finds its list
            self.write("")
        self.say("")
        self.post_message(SessionsChosen(session_ids))

    def _refuse(self, error: ReferenceUnreadable, text: str) -> None:
        self.write("" if error.secret else safe_line(" ".join(text.split()))[:_KEPT_CHARACTERS])
        self.say(str(error))

    def write(self, text: str) -> None:
        """Change the line without taking back what was said about it."""
        with self.prevent(Input.Changed):
            self.line.value = text
        self._seek(text)
        self.update_list()

    # ------------------------------------------------------------------ searching

    def take_typed(self, text: str) -> None:
        """List what there is for the line as it is now."""
        self.say("")
        self._seek(text)
        self.update_list()

    def _seek(self, text: str) -> None:
        """Ask for what stands behind a slash, or for nothing any more."""
        before, self._sought = self._sought, None
        typed = text.lstrip().removeprefix(SEARCH_MARK)
        if self.searching(text) and typed.strip():
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

    @property
    def _hits(self) -> Sequence[Hit]:
        return self._found.hits if self._found is not None else ()

    def _chosen_hit(self) -> Hit | None:
        return self._hits[self.session_list.chosen] if self._hits else None

    # ------------------------------------------------------------------ showing

    def on_resize(self) -> None:
        """Lay the heading out anew."""
        self.update_list()

    def listed_ids(self) -> tuple[SessionId, ...]:
        """Return the sessions that the list has now, in its order."""
        asking = self.asking(self.line.value)
        if asking is not None:
            return asking.kept_ids
        if self._found is not None:
            return tuple(hit.session_id for hit in self._found.hits)
        return tuple(SessionId(block.session.session_id) for block in self._shown)

    def narrowed_ids(self) -> tuple[SessionId, ...]:
        """Return them if the line has chosen them from all that are known here, or the API did."""
        return self.listed_ids() if self.line.value.strip() else ()

    def update_list(self) -> None:
        """Show what there is for the line."""
        look = replace(self._look, width=self.size.width)
        if self._sought is not None and self._found is None:
            return  # in a moment there is something newer to show than what stands there
        asking = self.asking(self.line.value)
        self._shown = self.listed.filtered("" if self.searching(self.line.value) else self.line.value)
        self._show_note(look)
        if asking is not None:
            heading = asking.heading(look, roomy=self.size.height >= _ROOMY_HEIGHT)
            self.query_one("#lookup-heading", RowsBar).show(heading)
            asking.list_in(self.session_list, look)
            return
        self.query_one("#lookup-heading", RowsBar).show(self._heading(look))
        if self._found is not None:
            self.session_list.list_found(self._found, self.listed.sessions, look)
        else:
            self.session_list.list_sessions(self._shown, look)

    def _show_note(self, look: Look) -> None:
        """Show the row under the line, and the sentences about it."""
        line, cursor = self.line.value, self.line.cursor_position
        asking = self.asking(line)
        rows = [self._hint(look)] if asking is None else asking.below(line, cursor, look)
        said = text_rows(self._said, 3, look.width - 4, "warn") if self._said else []
        self.query_one("#lookup-note", RowsBar).show([*rows, *said])

    def _hint(self, look: Look) -> Row:
        """Return how the API is asked for the words that filter what is known here."""
        line = self.line.value
        if not line.strip() or self.searching(line):
            return BLANK
        here = f"{count(len(self._shown))} of {count(len(self.listed.sessions))} known here"
        return fit_row(((f"   {here}; {look.key('ask_list')} asks the API", "dim"),), look.width)

    def _heading(self, look: Look) -> list[Row]:
        if self._found is not None:
            return hits_heading(self._found, look)
        if self.searching(self.line.value):
            return [*invitation_rows(len(self.listed.sessions), look), heading_row(look)]
        return [heading_row(look) if self._shown else _nothing(len(self.listed.sessions), self.line.value)]


def _nothing(known: int, typed: str) -> Row:
    if not known:
        return (("   No session is known here yet: paste an id and press Enter.", "dim"),)
    return ((f"   None of the {known} sessions known here matches “{safe_line(typed)[:40]}”.", "dim"),)
