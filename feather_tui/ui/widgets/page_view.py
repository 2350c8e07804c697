"""A page of foldable blocks with a cursor: transcript, extraction, details and help are such pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from feather_tui.rendering.highlight import highlighted
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block
from feather_tui.rendering.page.page import Page
from feather_tui.rendering.page.place import Bookmark
from feather_tui.rendering.row import Line, Row, text_of
from feather_tui.session.query import Query
from feather_tui.ui.bindings import bindings
from feather_tui.ui.drawing import drawn

MakeBlocks = Callable[[Look], Sequence[Block]]

_WHEEL_ROWS = 3
_OVERLAP_ROWS = 2


class NothingCut(Message):
    """More of a very long value was asked for where there is none."""


class PageView(Widget, can_focus=True):
    """Draws a `Page` line by line; only what is in sight is ever laid out.

    `click_enters`: the first click on a line does what Enter does, not only the second.
    """

    click_enters: ClassVar = False

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "move_down",
        "move_up",
        "page_down",
        "page_up",
        "half_page_down",
        "half_page_up",
        "go_home",
        "go_end",
        "toggle_fold",
        "toggle_all",
        "show_more",
    )

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.page: Page | None = None
        self._make: MakeBlocks | None = None
        self._blocks_shown: Sequence[int] | None = None
        self._look = Look(width=1)
        self._lines: list[Line] = []
        self._then: Callable[[], None] | None = None
        self.query_shown: Query | None = None

    def show(self, make: MakeBlocks, look: Look, shown: Sequence[int] | None = None) -> None:
        """Show other content, from its beginning. `look`'s width is replaced by the widget's own.

        `shown`: the numbers of the blocks that are shown, in order; None for all.
        """
        self.page = None
        self.update(make, look, shown)

    def update(self, make: MakeBlocks, look: Look, shown: Sequence[int] | None = None) -> None:
        """Show newer content of the same page, or other blocks of it; place and folds stay."""
        self._make, self._look, self._blocks_shown = make, look, shown
        self._lay_out()

    def update_look(self, look: Look) -> None:
        """Write the same content in another way; place and folds stay."""
        self._look = look
        self._lay_out()

    def once_laid_out(self, action: Callable[[], None]) -> None:
        """Do something with the page: now, or as soon as there is one (a hidden widget has no size)."""
        if self.page is None:
            self._then = action
        else:
            action()

    def jump(self, block: int) -> None:
        """Go to a block."""
        if self.page is not None:
            self.page.jump(block)
            self._repaint()

    def resume(self, bookmark: Bookmark) -> None:
        """Come back to a place: now, or as soon as there is a page."""
        self.once_laid_out(lambda: self._go(lambda page: page.resume(bookmark)))

    @property
    def marked(self) -> bool:
        """Whether the cursor is drawn: only where the keys go."""
        return self.has_focus

    @property
    def lines(self) -> Sequence[Line]:
        """What is in sight."""
        return self._lines

    @property
    def text(self) -> str:
        """What is in sight, as text."""
        return "\n".join("".join(text for text, _ in row) for row, _, _ in self._lines)

    # ------------------------------------------------------------------ drawing

    def on_resize(self) -> None:
        """Lay out for the new size."""
        self._lay_out()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - Textual calls it so
        """Show the cursor where the keys go, and nowhere else."""
        super().watch_has_focus(has_focus)
        self._repaint()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in sight (Textual's Line API)."""
        if self.page is not None and (self.page.look.width, self.page.height) != self.size:
            self._lay_out()  # drawn before it was told its new size
        return drawn(self, self._lines, crop)

    def _lay_out(self) -> None:
        width, height = self.size
        if self._make is None or not width or not height:
            return
        look = replace(self._look, width=width)
        blocks = self._make(look)
        if self.page is None:
            self.page = Page(blocks, look, height, self._blocks_shown)
        else:
            self.page.lay_out(blocks, look, height, self._blocks_shown)
        if self._then is not None:
            action, self._then = self._then, None
            action()
        self._repaint()

    def _repaint(self) -> None:
        """Draw anew, but only the lines that changed."""
        if self.page is None:
            return
        before, self._lines = self._lines, self._drawn(self.page)
        changed = (y for y, line in enumerate(self._lines) if y >= len(before) or line != before[y])
        if regions := _regions(changed, self.size.width):
            self.refresh(*regions)

    def _drawn(self, page: Page) -> list[Line]:
        return [(self.drawn_row(row), mark, thumb) for row, mark, thumb in page.lines(marked=self.marked)]

    def search_for(self, query: Query | None) -> None:
        """Mark what matches a query; None ends it."""
        self.query_shown = query
        self._repaint()

    def go_to_match(self, block: int, query: Query) -> None:
        """Go to the first line of a block that matches, unfolding the block if it has to be."""
        if self.page is None or block >= len(self.page.blocks):
            return
        line = self._matching_line(self.page, block, query)
        if line is None:
            self.page.unfold(block)
            line = self._matching_line(self.page, block, query)
        self.page.jump(block, line or 0)
        self._repaint()

    @staticmethod
    def _matching_line(page: Page, block: int, query: Query) -> int | None:
        rows = page.rows_of(block)
        return next((line for line, row in enumerate(rows) if query.spans(text_of(row))), None)

    def drawn_row(self, row: Row) -> Row:
        """Return a row as it is drawn, with what is searched for marked."""
        return row if self.query_shown is None else highlighted(row, self.query_shown)

    def _go(self, change: Callable[[Page], object]) -> None:
        if self.page is not None:
            change(self.page)
            self._repaint()

    # ------------------------------------------------------------------ commands

    def action_move_down(self) -> None:
        """One line down."""
        self._go(lambda page: page.move(1))

    def action_move_up(self) -> None:
        """One line up."""
        self._go(lambda page: page.move(-1))

    def action_page_down(self) -> None:
        """One page down; the last rows of the old page stay in sight."""
        self._go(lambda page: page.scroll(max(page.height - _OVERLAP_ROWS, 1)))

    def action_page_up(self) -> None:
        """One page up."""
        self._go(lambda page: page.scroll(-max(page.height - _OVERLAP_ROWS, 1)))

    def action_half_page_down(self) -> None:
        """Half a page down."""
        self._go(lambda page: page.scroll(max(page.height // 2, 1)))

    def action_half_page_up(self) -> None:
        """Half a page up."""
        self._go(lambda page: page.scroll(-max(page.height // 2, 1)))

    def action_go_home(self) -> None:
        """To the first line."""
        self._go(Page.home)

    def action_go_end(self) -> None:
        """To the last line."""
        self._go(Page.end)

    def action_toggle_fold(self) -> None:
        """Unfold or fold the block under the cursor."""
        self._go(Page.toggle)

    def action_toggle_all(self) -> None:
        """Unfold or fold every block."""
        self._go(Page.toggle_all)

    def action_show_more(self) -> None:
        """Show the next part of a very long value, or say that none is cut."""
        if self.page is None:
            return
        if self.page.show_more():
            self._repaint()
        else:
            self.post_message(NothingCut())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the line that was clicked; a line that has it already is entered."""
        if self.page is None:
            return
        before = next((y for y, (_, at_cursor) in enumerate(self.page.view()) if at_cursor), 0)
        self._go(lambda page: page.move(event.y - before))
        if self.click_enters or event.y == before:
            self.app.simulate_key("enter")

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll a few rows."""
        event.stop()
        self._go(lambda page: page.scroll(_WHEEL_ROWS))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll a few rows back."""
        event.stop()
        self._go(lambda page: page.scroll(-_WHEEL_ROWS))


def _regions(lines: Iterable[int], width: int) -> list[Region]:
    """Return lines as regions; one for lines that follow each other, as each costs Textual time."""
    parts: list[tuple[int, int]] = []
    for y in lines:
        start = parts.pop()[0] if parts and parts[-1][1] == y else y
        parts.append((start, y + 1))
    return [Region(0, start, width, stop - start) for start, stop in parts]
