"""Blocks of the extraction's page that know which fields they tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.row import Row

Path = tuple[str, ...]


class RecordBlock(RowsBlock):
    """Rows that tell fields of the record. `tells`: their paths, each beginning with the record's field."""

    def __init__(self, rows: Sequence[Row], hidden: Sequence[Row] = (), *, tells: Iterable[Path]) -> None:
        super().__init__(rows, hidden)
        self.tells = tuple(tells)


class FieldBlock(RecordBlock):
    """Rows about one field of the extracted data.

    `path`: its steps. `row`: the index in `messages` of the row to look at for it, None if there is none.
    `tells`: where the record says this about it; by default, that is its value.
    """

    def __init__(
        self,
        path: Path,
        rows: Sequence[Row],
        hidden: Sequence[Row] = (),
        *,
        row: int | None = None,
        tells: Path | None = None,
    ) -> None:
        super().__init__(rows, hidden, tells=[("extracted_data", *path) if tells is None else tells])
        self.path = path
        self.row = row


def block_telling(blocks: Sequence[Block], path: Path) -> int:
    """Return the place of the block that tells a field of the record, as closely as any; 0 if none does."""

    def closeness(place: int) -> int:
        block = blocks[place]
        tells = block.tells if isinstance(block, RecordBlock) else ()
        return max((len(told) for told in tells if told == path[: len(told)]), default=0)

    return max(range(len(blocks)), key=closeness, default=0)
