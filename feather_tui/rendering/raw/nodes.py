"""The lines of a JSON document: a line a value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from feather_tui.rendering.clock import count
from feather_tui.rendering.look import Look
from feather_tui.rendering.raw.lines import Line, text_lines
from feather_tui.rendering.row import ELLIPSIS, Row, Span, Tone, cells, fit, width_of
from feather_tui.rendering.safe import safe_line
from feather_tui.session.received.json_index import is_json_word
from feather_tui.session.received.json_text import JsonText, Kind, Node, said
from feather_tui.session.received.paths import key_step
from feather_tui.session.received.searching import inner_json

_CONSTANTS: Final = frozenset({"true", "false", "null"})
_BYTES_OF_A_CELL: Final = 8
"""So many bytes of a value are read for each cell it may take: escapes and wide letters take several."""
_LEAST_ROOM: Final = 12


class NodeLine(Line):
    """A value of a JSON text. `repeats`: its key was given before in the same object.

    A string that its line has no room for unfolds into what it says; one that is JSON itself, into that.
    """

    def __init__(self, parent: NodeLine | None, text: JsonText, node: Node, *, repeats: bool = False) -> None:
        super().__init__(parent)
        self.text = text
        self.node = node
        self.repeats = repeats

    @property
    def path(self) -> str:
        """The keys and numbers that lead to it; into JSON in a string leads `|fromjson`, as in jq."""
        steps: list[str] = []
        line: Line | None = self
        while isinstance(line, NodeLine) and isinstance(line.parent, NodeLine):
            if line.node.kind is not Kind.GROUP or line is self:
                steps.append(_step(line.node))
            if line.parent.text is not line.text:
                steps.append("|fromjson")
            line = line.parent
        return "".join(reversed(steps)).removeprefix(".")

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the value: what a string says, and every value as received."""
        if self.node.kind is Kind.STRING:
            yield "what it says", self.text.said(self.node)
        yield "the value as received", self.text.received(self.node)

    def unfolds(self, look: Look) -> bool:
        """Return whether unfolding shows more than the line itself does."""
        if self.node.kind not in {Kind.STRING, Kind.BARE}:
            return self.node.members > 0
        return self.held is not None or self._has_lines or not self._fits(self._room(look))

    @cached_property
    def held(self) -> JsonText | None:
        """The JSON that a string holds, if it holds any values."""
        if self.node.kind is not Kind.STRING:
            return None
        held = inner_json(self.text.said(self.node))
        return held if held is not None and held.root.members else None

    @cached_property
    def _length(self) -> int:
        return len(self.said)

    @property
    def said(self) -> str:
        """What the value says when it is read as a text."""
        return self.text.said(self.node) if self.node.kind is Kind.STRING else self.text.received(self.node)

    # ------------------------------------------------------------------ what it unfolds into

    def _unfolded(self) -> Iterator[Line]:
        if self.node.kind not in {Kind.STRING, Kind.BARE}:
            return self._members(self.text, self.node)
        if self.held is not None:
            return self._members(self.held, self.held.root)
        return text_lines(self, self.said)

    def _members(self, text: JsonText, node: Node) -> Iterator[Line]:
        keys: set[str] = set()
        for member in text.members(node):
            key = said(member.key)
            yield NodeLine(self, text, member, repeats=bool(member.key) and key in keys)
            keys.add(key)

    # ------------------------------------------------------------------ how it is written

    def _rows(self, look: Look) -> Iterator[Row]:
        glyph = look.glyphs.unfolded if self.opened else look.glyphs.folded
        begin: Span = (f"{self._margin(look)}{glyph if self.unfolds(look) else ' '} ", "dim")
        yield (begin, *self._name(look), *self._value(self._room(look)))

    def _name(self, look: Look) -> Row:
        if self.node.kind is Kind.GROUP or not isinstance(self.parent, NodeLine):
            return ()
        if not self.node.key:
            return ((f"{self.node.place}: ", "dim"),)
        again: Row = ((" (given again)", "warn"),) if self.repeats else ()
        return ((fit(safe_line(self.node.key), look.width // 2), "key"), *again, (": ", "dim"))

    def _room(self, look: Look) -> int:
        """Return the cells there are for the value, up to a margin of two."""
        used = cells(self._margin(look)) + len("▸ ") + width_of(self._name(look))
        return max(look.width - used - 2, _LEAST_ROOM)

    def _value(self, room: int) -> Row:
        node = self.node
        if node.kind is Kind.GROUP:
            return ((f"{count(node.place)} to {count(node.place + node.members - 1)}", "text"),)
        if node.kind in {Kind.STRING, Kind.BARE}:
            return self._scalar(room)
        words = _members(node)
        preview = "" if self.opened or not node.members else self._beginning(room)
        return (words, "text"), (fit(f"  {' '.join(preview.split())}", room - cells(words)), "dim")

    def _scalar(self, room: int) -> Row:
        token, note = self._beginning(room), self._note(room)
        if self.opened:
            return ((note, "dim"),)
        tone, remark = _tone(self.node, token)
        end: Row = ((f"  {note or remark}", tone if remark else "dim"),) if note or remark else ()
        return ((fit(token, room - width_of(end)), tone), *end)

    def _note(self, room: int) -> str:
        """Return what is to be known of a text that is not, or not as it is, on its line."""
        if self.held is not None:
            return f"JSON in a string, {_members(self.held.root)}"
        if not self.opened:
            return "" if self._fits(room) else f"{count(self._length)} characters"
        unescaped = ", its escapes resolved" if self.node.kind is Kind.STRING and self._has_escapes else ""
        return f"{count(self._length)} characters{unescaped}"

    def _fits(self, room: int) -> bool:
        return cells(self._beginning(room)) <= room

    def _beginning(self, room: int) -> str:
        """Return as much of the value, as received, as may fit; with an ellipsis if it is not all."""
        limit = room * _BYTES_OF_A_CELL
        cut = ELLIPSIS if self.node.stop - self.node.start > limit else ""
        return safe_line(self.text.received(self.node, limit)) + cut

    @property
    def _has_escapes(self) -> bool:
        return self.text.body.find(b"\\", self.node.start, self.node.stop) >= 0

    @property
    def _has_lines(self) -> bool:
        return self.text.body.find(b"\\n", self.node.start, self.node.stop) >= 0


def _step(node: Node) -> str:
    if node.kind is Kind.GROUP:
        return f"[{node.place}:{node.place + node.members}]"
    return key_step(node.key) if node.key else f"[{node.place}]"


def _members(node: Node) -> str:
    """Return how many members a list or an object has, as its closed form."""
    if node.kind is Kind.LIST:
        return f"[{_counted(node.members, 'item')}]" if node.members else "[]"
    return f"{{{_counted(node.members, 'key')}}}" if node.members else "{}"


def _counted(number: int, word: str) -> str:
    return f"{count(number)} {word}{'s' * (number != 1)}"


def _tone(node: Node, token: str) -> tuple[Tone, str]:
    """Return the tone of a value that holds none, and a remark on what is no JSON."""
    if node.kind is Kind.STRING:
        return "string", ""
    if token in _CONSTANTS:
        return "constant", ""
    if token.endswith(ELLIPSIS) or is_json_word(token.encode()):
        return "number", ""
    return "bad", "JSON has no such value"
