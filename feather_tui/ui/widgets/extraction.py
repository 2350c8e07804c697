"""The extraction pane: a page whose fields lead to the messages they were said in."""

from __future__ import annotations

from textual.message import Message

from feather_tui.rendering.record_blocks import FieldBlock, block_telling
from feather_tui.session.query import Query
from feather_tui.ui.widgets.page_view import PageView


class RowChosen(Message):
    """Somebody wants to see a row of `messages`."""

    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = row


class ExtractionView(PageView):
    """Enter on a field goes to where its value was said, or should have been."""

    def __init__(self) -> None:
        super().__init__(id="extraction")

    def go_to_telling(self, path: tuple[str, ...], query: Query) -> None:
        """Go to where a field of the record is told, named by its path, and in it to what matches."""
        if self.page is not None:
            self.go_to_match(block_telling(self.page.blocks, path), query)

    def action_toggle_fold(self) -> None:
        """Go to the message of the field under the cursor, or unfold what leads nowhere."""
        page = self.page
        block = page.blocks[page.cursor.block] if page is not None and page.blocks else None
        if isinstance(block, FieldBlock) and block.row is not None:
            self.post_message(RowChosen(block.row))
        else:
            super().action_toggle_fold()
