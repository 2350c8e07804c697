"""Blocks whose every row says where it is, for tests of the page."""

from __future__ import annotations

from dataclasses import dataclass

from feather_tui.rendering.look import Look
from feather_tui.rendering.row import Row


@dataclass(frozen=True)
class Tower:
    """A block of so many rows when folded and unfolded; narrower looks make it taller.

    It estimates its height wrongly by `error`, as blocks of wrapped text do.
    """

    name: int
    folded: int = 1
    unfolded: int = 1
    error: int = 0

    @property
    def foldable(self) -> bool:
        return self.unfolded > self.folded

    def estimate(self, look: Look) -> int:
        return max(self.height(look, expanded=False) + self.error, 1)

    def height(self, look: Look, *, expanded: bool, parts: int = 1) -> int:
        rows = self.unfolded if expanded and self.foldable else self.folded
        return rows * (2 if look.width < 80 else 1) + parts - 1

    def rows(self, look: Look, *, expanded: bool, parts: int) -> list[Row]:
        return [
            ((f" {self.name}.{row}", "text"),)
            for row in range(self.height(look, expanded=expanded, parts=parts))
        ]
