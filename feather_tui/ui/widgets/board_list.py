"""The rows of the triage board: those that arrive do not move what the reader is looking at."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from textual.message import Message

from feather_tui.rendering.board import BoardRow
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.page import Page
from feather_tui.rendering.page.place import FIRST, Bookmark, Place
from feather_tui.session.identity import SessionId
from feather_tui.ui.widgets.page_view import PageView


class BoardMoved(Message):
    """The cursor is on another row."""


class BoardEntered(Message):
    """A row is to be opened, or unfolded."""


class BoardAllFolded(Message):
    """All groups are to be unfolded, or folded."""


class BoardList(PageView):
    """Once the reader moved, the cursor stays on its row, and that on its line; until then, on the first."""

    def __init__(self) -> None:
        super().__init__(id="page")
        self._rows: Sequence[BoardRow] = ()
        self._moved = False

    @property
    def row(self) -> BoardRow | None:
        """The row that the cursor is on."""
        page = self.page
        return self._rows[page.cursor.block] if page is not None and self._rows else None

    def show_rows(self, rows: Sequence[BoardRow], look: Look) -> None:
        """Show these rows."""
        before, row, page = self._rows, self.row, self.page
        self._rows = rows
        if page is None or row is None or not rows:
            self.update(lambda _: rows, look)
            return
        bookmark = FIRST
        if self._moved:
            at = page.cursor.block
            place = _place_of(row, rows, min(at, len(rows) - 1) if before else 0)
            top = max(place - (at - page.top.block), 0)
            bookmark = Bookmark(Place(top, 0), Place(place, 0), all_expanded=False, turned=frozenset())
        self.update(lambda _: rows, look)
        page.resume(bookmark)
        self._repaint()

    def go_to(self, row: int) -> None:
        """Go to a row by its number."""
        self._go(lambda page: page.jump(row))

    def go_to_next(self, marked: Container[SessionId]) -> bool:
        """Go to the next row of one of these sessions, or the first one; return whether there is one."""
        page = self.page
        numbers = [number for number, row in enumerate(self._rows) if row.session_id in marked]
        if page is None or not numbers:
            return False
        self.go_to(next((each for each in numbers if each > page.cursor.block), numbers[0]))
        return True

    def _go(self, change: Callable[[Page], object]) -> None:
        super()._go(change)
        self._moved = True
        self.post_message(BoardMoved())

    def action_go_home(self) -> None:
        """To the first row, and stay there whatever arrives."""
        super().action_go_home()
        self._moved = False

    def action_toggle_fold(self) -> None:
        """Ask for the row to be opened, or unfolded."""
        self.post_message(BoardEntered())

    def action_toggle_all(self) -> None:
        """Ask for all groups to be unfolded, or folded."""
        self.post_message(BoardAllFolded())


def _place_of(sought: BoardRow, rows: Sequence[BoardRow], otherwise: int) -> int:
    """Return the number of a row among others: its own, else its session's, else its group's."""
    group, session_id = sought.key
    for number, row in enumerate(rows):  # thousands of them, many times a second
        if row.item is sought.item and row.group == group:
            return number
    keys = [row.key for row in rows]
    for key in (sought.key, (None, session_id), (group, None)):
        if key in keys:
            return keys.index(key)
    return otherwise
