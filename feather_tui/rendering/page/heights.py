"""Heights of many blocks with their running sums: a Fenwick tree.

Changing one height and finding the block at a given row both take logarithmic time, so that the cost of a
key does not grow with the session.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property


class Heights:
    """The heights of blocks, in rows."""

    def __init__(self, heights: Iterable[int]) -> None:
        self._heights = list(heights)
        self.total = sum(self._heights)

    @cached_property
    def _sums(self) -> list[int]:
        """The tree; made when first asked for, which at the top of a page nobody does."""
        sums = [0, *self._heights]
        for index in range(1, len(sums)):
            parent = index + (index & -index)
            if parent < len(sums):
                sums[parent] += sums[index]
        return sums

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def set(self, index: int, height: int) -> None:
        """Change the height of one block."""
        change = height - self._heights[index]
        if not change:
            return
        sums, node = self._sums, index + 1
        self._heights[index] = height
        self.total += change
        while node < len(sums):
            sums[node] += change
            node += node & -node

    def before(self, index: int) -> int:
        """Return the number of rows above a block."""
        rows = 0
        while index:
            rows += self._sums[index]
            index &= index - 1
        return rows
