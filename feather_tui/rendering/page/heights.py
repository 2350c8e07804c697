"""Heights of many blocks with their running sums: a Fenwick tree.

Changing one height and finding the block at a given row both take logarithmic time, so that the cost of a
key does not grow with the session.
"""

from __future__ import annotations

from collections.abc import Iterable


class Heights:
    """The heights of blocks, in rows."""

    def __init__(self, heights: Iterable[int]) -> None:
        self._heights = list(heights)
        self._sums = [0, *self._heights]
        for index in range(1, len(self._sums)):
            parent = index + (index & -index)
            if parent < len(self._sums):
                self._sums[parent] += self._sums[index]
        self.total = sum(self._heights)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def set(self, index: int, height: int) -> None:
        """Change the height of one block."""
        change = height - self._heights[index]
        if not change:
            return
        self._heights[index] = height
        self.total += change
        node = index + 1
        while node < len(self._sums):
            self._sums[node] += change
            node += node & -node

    def before(self, index: int) -> int:
        """Return the number of rows above a block."""
        rows = 0
        while index:
            rows += self._sums[index]
            index &= index - 1
        return rows
