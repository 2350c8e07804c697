"""The menu of what can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from feather_tui.export.copyables import Copyable
from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.ui.widgets.page_view import PageView
from feather_tui.ui.widgets.rows_bar import RowsBar

_LABEL_WIDTH = 28
_PREVIEW_CHARACTERS = 200


class CopyScreen(Screen[Copyable | None]):
    """Shows what can be copied; left with what was chosen, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,y", "leave", "back", show=False),
        Binding("enter", "choose", "copy", show=False, priority=True),
    ]

    def __init__(self, choices: Sequence[Copyable], look: Look) -> None:
        super().__init__()
        self._choices = choices
        self._look = look

    def compose(self) -> ComposeResult:
        """Title, choices, keys."""
        yield RowsBar(id="title")
        yield PageView(id="page")
        yield RowsBar(id="keys")

    def on_mount(self) -> None:
        """Show the choices."""
        title: Row = ((" copy", "strong"), ("   the original text, unmasked", "dim"))
        keys: Row = ((" j k", "accent"), (" move  ", "dim"), (" Enter", "accent"), (" copy  ", "dim"))
        self.query_one("#title", RowsBar).show([title])
        self.query_one("#keys", RowsBar).show([(*keys, (" q Esc", "accent"), (" back", "dim"))])
        page = self.query_one(PageView)
        page.show(self._blocks, self._look)
        page.focus()

    def _blocks(self, look: Look) -> list[Block]:
        del look
        return [RowsBlock([_choice_row(choice)]) for choice in self._choices]

    def action_choose(self) -> None:
        """Copy what the cursor is on."""
        page = self.query_one(PageView).page
        self.dismiss(None if page is None else self._choices[page.cursor.block])

    def action_leave(self) -> None:
        """Copy nothing."""
        self.dismiss(None)


def _choice_row(choice: Copyable) -> Row:
    return (
        (f" {choice.label:<{_LABEL_WIDTH}} ", "text"),
        (f"{count(len(choice.text)):>9}  ", "dim"),
        (safe_line(choice.text[:_PREVIEW_CHARACTERS]), "dim"),
    )
