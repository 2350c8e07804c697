"""The menu of what can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from feather_tui.command import Overlay
from feather_tui.export.copyables import Copyable
from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import Row
from feather_tui.rendering.safe import safe_line
from feather_tui.ui.bindings import binding
from feather_tui.ui.screens.page import PageScreen

_LABEL_WIDTH = 28
_PREVIEW_CHARACTERS = 200


class CopyScreen(PageScreen[Copyable]):
    """Shows what can be copied; left with what was chosen, or nothing."""

    overlay = Overlay.COPY
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("copy", "leave"),
        binding("toggle_fold", "choose", first=True),
    ]

    def __init__(self, choices: Sequence[Copyable], look: Look) -> None:
        super().__init__(self._blocks, look)
        self._choices = choices

    def heading(self) -> Row:
        """Say that nothing is masked."""
        return ((" copy", "strong"), ("   the original text, unmasked", "dim"))

    def _blocks(self, look: Look) -> list[Block]:
        del look
        return [RowsBlock([_choice_row(choice)]) for choice in self._choices]

    def action_choose(self) -> None:
        """Copy what the cursor is on."""
        page = self.page.page
        self.dismiss(None if page is None else self._choices[page.cursor.block])


def _choice_row(choice: Copyable) -> Row:
    return (
        (f" {choice.label:<{_LABEL_WIDTH}} ", "text"),
        (f"{count(len(choice.text)):>9}  ", "dim"),
        (safe_line(choice.text[:_PREVIEW_CHARACTERS]), "dim"),
    )
