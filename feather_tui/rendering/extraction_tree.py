"""The extracted data as a tree: each fault in its place, and beside each value where it was said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feather_tui.findings.faults import Fault
from feather_tui.rendering.grounding import grounding_row, likely_row
from feather_tui.rendering.look import Look
from feather_tui.rendering.page.blocks import Block, RowsBlock
from feather_tui.rendering.record_blocks import FieldBlock
from feather_tui.rendering.row import Row, Span, Tone, cells, spread, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.rendering.values import text_rows
from feather_tui.session.model import Extraction, JsonValue, Session
from feather_tui.session.origins import Origins, Path

_VALUE_COLUMN, _NARROWEST_VALUE = 23, 12


@dataclass(frozen=True, slots=True)
class SaidIn:
    """The session an extraction is about, and where in it its values were said."""

    session: Session
    origins: Origins

    def row_of(self, path: Path) -> int | None:
        """Return the row of `messages` to look at for a field."""
        return self.origins.row_of(path)

    def ground_rows(self, path: Path, look: Look) -> list[Row]:
        """Return where the value at `path` was said, for plain values."""
        result = self.origins.grounds.get(path)
        return [grounding_row(result, self.session, look)] if result is not None else []

    def likely_rows(self, path: Path, look: Look) -> list[Row]:
        """Return where a lost or invalid value should be."""
        likely = self.origins.likely.get(path, ())[:1]
        return [(("where it should be: ", "dim"), *likely_row(row, self.session, look)) for row in likely]


class DataTree:
    """The tree of one extraction's data. `said`: the session it is about, if that is known."""

    def __init__(
        self, extraction: Extraction, faults: Iterable[Fault], look: Look, said: SaidIn | None, parts: int
    ) -> None:
        self._data = extraction.extracted_data
        self._look = look
        self._said = said
        self._parts = parts
        self._faults: dict[Path, list[Fault]] = {}
        for fault in faults:
            self._faults.setdefault(fault.path, []).append(fault)

    def blocks(self) -> Iterator[Block]:
        """Yield a block a field, depth first."""
        if self._data is None:
            yield RowsBlock([((" no extracted data", "warn"),)])
        tree = self._data or {}
        for path in self._faults:
            tree = _with_place(tree, path) if path else tree
        waiting = [_children(tree, ())]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
                continue
            path, value = child
            row = self._said.row_of(path) if self._said else None
            yield FieldBlock(path, list(self._rows(path, value)), row=row)
            if isinstance(value, dict | list):
                waiting.append(_children(value, path))

    def _rows(self, path: Path, value: JsonValue) -> Iterator[Row]:
        look = self._look
        indent = min(1 + 2 * (len(path) - 1), look.width // 2)
        name = safe_line(path[-1])
        column = max(_VALUE_COLUMN, indent + cells(name) + 2)
        label: Span = (f"{' ' * indent}{name}{' ' * (column - indent - cells(name))}", "key")
        if look.width - column < _NARROWEST_VALUE:  # the value goes under its name
            yield from text_rows(name, indent, look.width - indent - 3, "key")
            column = min(_VALUE_COLUMN, indent + 4)
            label = (" " * column, "text")
        room = max(look.width - column - 3, _NARROWEST_VALUE)
        rows = [*self._value_rows(path, value, room), *self._fault_rows(path, value, room)]
        for number, row in enumerate(rows):
            yield (label if number == 0 else (" " * column, "text"), *row)

    def _value_rows(self, path: Path, value: JsonValue, room: int) -> list[Row]:
        if isinstance(value, _Absent):
            return []
        if isinstance(value, dict | list) and value:
            count = f"{len(value)} item{'s' * (len(value) != 1)}" if isinstance(value, list) else ""
            return [((count, "dim"),)]
        rows = text_rows(_scalar(value), 0, room, _scalar_tone(value), parts=self._parts)
        grounds = self._said.ground_rows(path, self._look) if self._said else []
        if len(rows) == 1 and grounds and width_of(rows[0]) + width_of(grounds[0]) + 2 <= room:
            return [spread(rows[0], grounds[0], room)]
        return rows + grounds

    def _fault_rows(self, path: Path, value: JsonValue, room: int) -> list[Row]:
        sign = self._look.glyphs.dash if isinstance(value, _Absent) else self._look.glyphs.bad
        return [
            row
            for fault in self._faults.get(path, ())
            for row in text_rows(f"{sign} {fault.text}", 0, room, "bad")
        ]


class _Absent:
    """Stands in the tree for a field that should be there and is not."""


def _with_place(tree: dict[str, JsonValue], path: tuple[str, ...]) -> dict[str, JsonValue]:
    """Return the tree with a place for `path`; as it is if the path leads into a list or a plain value."""
    root = holder = dict(tree)
    for step in path[:-1]:
        child = holder.get(step, {})
        if not isinstance(child, dict):
            return root  # the fault is told above the data, with its path
        holder[step] = dict(child)
        holder = holder[step]
    holder.setdefault(path[-1], _Absent())
    return root


def _children(tree: JsonValue, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], JsonValue]]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for name, value in items:
        yield (*path, str(name)), value


def _scalar(value: JsonValue) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def _scalar_tone(value: JsonValue) -> Tone:
    if isinstance(value, str):
        return "text"
    return "constant" if value is None or isinstance(value, bool) else "number"
