"""Where a reader is in a page, and what is kept of it to come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple


class Place(NamedTuple):
    """A row of the page: a block, and a row within it."""

    block: int
    row: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A reader's place in a page, and what is unfolded there."""

    top: Place
    cursor: Place
    all_expanded: bool
    turned: frozenset[int]


FIRST: Final = Bookmark(Place(0, 0), Place(0, 0), all_expanded=False, turned=frozenset())
"""Where every reader begins."""
