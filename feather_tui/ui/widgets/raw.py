"""The page of a document as received: lines that unfold into other lines."""

from __future__ import annotations

from textual.message import Message

from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.raw.lines import Line
from feather_tui.rendering.raw.outline import MOST_UNFOLDED, Outline
from feather_tui.ui.widgets.page_view import PageView


class RawMoved(Message):
    """The cursor is on another line, or the line has changed."""


class RawSaid(Message):
    """Something is to be told of the last command."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class RawView(PageView):
    """Which lines are unfolded is the outline's affair: unfolding changes how many blocks the page has."""

    def __init__(self) -> None:
        super().__init__(id="page")
        self.outline: Outline | None = None
        self._all_unfolded = False

    @property
    def line(self) -> Line | None:
        """The line with the cursor."""
        if self.page is None or self.outline is None or not self.outline.lines:
            return None
        return self.outline.lines[min(self.page.cursor.block, len(self.outline.lines) - 1)]

    def show_outline(self, outline: Outline, look: Look, line: Line | None) -> None:
        """Show a document, with the cursor on a line, or on the first."""
        self.outline = outline
        self._all_unfolded = False
        self.show(lambda _: outline.lines, look)
        if line is not None:
            self.once_laid_out(lambda: self.go_to(line))

    def go_to(self, line: Line) -> None:
        """Put the cursor on a line, or on what it is folded into, with some of what follows below it."""
        if self.outline is None or self.page is None:
            return
        position = self.outline.position(line)
        self._lay_out()
        self.page.jump(min(position + self.page.height // 2, len(self.outline.lines) - 1))
        self.page.jump(position)
        self._repaint()

    def action_toggle_fold(self) -> None:
        """Unfold or fold what the cursor is on; on a part of a text, fold the text."""
        line, outline = self.line, self.outline
        if line is None or outline is None or self.page is None:
            return
        outline.turn(line, self.page.look)
        self.go_to(line)

    def action_toggle_all(self) -> None:
        """Unfold everything, as far as there is room; or fold everything but the top."""
        line, outline = self.line, self.outline
        if line is None or outline is None or self.page is None:
            return
        self._all_unfolded = not self._all_unfolded
        if not self._all_unfolded:
            outline.fold_all()
        elif not outline.unfold_all(self.page.look):
            sentence = f"Unfolded as far as {count(MOST_UNFOLDED)} lines go; what is deeper stays folded."
            self.post_message(RawSaid(sentence))
        self.go_to(line)

    def action_show_more(self) -> None:
        """Show the next part of a very long text."""
        if self.line is not None and self.outline is not None:
            self.outline.show_more(self.line)
            self._lay_out()

    def _lay_out(self) -> None:
        super()._lay_out()
        self.post_message(RawMoved())

    def _repaint(self) -> None:
        super()._repaint()
        self.post_message(RawMoved())
