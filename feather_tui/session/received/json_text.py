"""The text of a JSON document, and what stands where in it.

Nothing is converted: 79.90 stays 79.90, a key given twice stands twice, and what JSON does not have, such as
NaN, is a value all the same. Only where lists and objects begin and end is kept; everything else is read
from the bytes when it is looked at.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple, Self

from feather_tui.errors import DocumentUnreadable
from feather_tui.session.received.json_index import STEP, Index, behind_comma, is_json_word

_A_WORD: Final = re.compile(rb"\s*[-+.\w]+\s*")
_CHECKED_BYTES: Final = 1 << 20


class Kind(StrEnum):
    """What stands at a place: a value, or a group of the members of a very long list or object."""

    OBJECT = "object"
    LIST = "list"
    STRING = "string"
    BARE = "bare"
    GROUP = "group"


_OPENED: Final = {b"{": Kind.OBJECT, b"[": Kind.LIST}


class Node(NamedTuple):
    """A value: the bytes from `start` to `stop`.

    `key`: the key before it, as received and with its quotes, empty where it has none. `place`: its number
    among its siblings, from 0. `members`: how many it has itself.
    """

    kind: Kind
    start: int
    stop: int
    key: str = ""
    place: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True)
class JsonText:
    """A JSON document: its bytes in UTF-8, and where its lists and objects are."""

    body: bytes
    _index: Index = field(repr=False)

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Find the values of a document. Raises DocumentUnreadable: from where on it is no JSON."""
        text = _as_utf8(body)
        if _A_WORD.fullmatch(text) and not is_json_word(text.strip()):
            raise DocumentUnreadable("It is not JSON, but a word.")
        return cls(text, Index(text))

    @property
    def root(self) -> Node:
        """The value that is all of it."""
        return next(self._values(0, 1, 0))

    def members(self, node: Node) -> Iterator[Node]:
        """Yield what a list, an object or a group holds; of very many, groups of them."""
        if node.kind is Kind.GROUP:
            yield from self._values(node.start, node.members, node.place)
        elif node.members > Index.GROUP_SIZE:
            yield from self._groups(node)
        else:
            yield from self._values(node.start + 1, node.members, 0)

    def received(self, node: Node, limit: int | None = None) -> str:
        """Return a value as received, or what is whole of its first bytes; a group with its commas."""
        stop = node.stop if limit is None else min(node.stop, node.start + limit)
        return self.body[node.start : stop].decode("utf-8", "ignore")

    def said(self, node: Node) -> str:
        """Return what a string says."""
        return said(self.received(node))

    def _values(self, start: int, count: int, place: int) -> Iterator[Node]:
        """Yield so many neighbours; the first stands at or behind `start`, and is number `place`."""
        for number in range(place, place + count):
            step = STEP.match(self.body, start)
            assert step is not None  # noqa: S101 - the index has seen that there are so many
            key = (step["key"] or b"").decode()
            if (opener := step["opener"]) is None:
                kind = Kind.BARE if step["string"] is None else Kind.STRING
                yield Node(kind, *step.span(kind.value), key, number)
                start = step.end()
            else:
                begin = step.start("opener")
                stop, members = self._index.holder(begin)
                yield Node(_OPENED[opener], begin, stop, key, number, members)
                start = behind_comma(self.body, stop)

    def _groups(self, node: Node) -> Iterator[Node]:
        borders = [node.start + 1, *self._index.groups(node.start), node.stop - 1]
        for number, (start, stop) in enumerate(pairwise(borders)):
            place = number * Index.GROUP_SIZE
            count = min(Index.GROUP_SIZE, node.members - place)
            yield Node(Kind.GROUP, start, stop, place=place, members=count)


def said(token: str) -> str:
    """Return what a JSON string (with its quotes) says; as it is where it has an escape unknown to JSON."""
    if "\\" not in token:
        return token[1:-1]
    try:
        text: str = json.loads(token, strict=False)
    except ValueError:
        return token[1:-1]
    return text


def _as_utf8(body: bytes) -> bytes:
    encoding = json.detect_encoding(body)
    try:
        if encoding == "utf-8":
            _check_utf8(body)
            return body
        return body.decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise DocumentUnreadable(f"It is not {error.encoding} text at byte {error.start + 1:,}.") from None


def _check_utf8(body: bytes) -> None:
    """Raise UnicodeDecodeError unless it is UTF-8, without making a text of all of it at once."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _CHECKED_BYTES):
            decoder.decode(body[start : start + _CHECKED_BYTES], start + _CHECKED_BYTES >= len(body))
    except UnicodeDecodeError:
        body.decode()  # knows the place in all of it
