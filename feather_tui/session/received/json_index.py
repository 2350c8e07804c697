"""Where the lists and objects of a JSON text begin and end, found in one pass over its bytes."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import ClassVar, Final, NoReturn

from feather_tui.errors import DocumentUnreadable

MOST_HOLDERS: Final = 2_000_000
"""Lists and objects in one text: each takes 24 bytes of an index."""

_BLANK: Final = rb"[ \t\n\r]*+"
_STRING: Final = rb'"[^"\\]*+(?:\\[^\x00-\x1f][^"\\]*+)*+"'
STEP: Final = re.compile(
    rb"%(blank)b(?:(?P<key>%(string)b)%(blank)b:%(blank)b)?+"
    rb"(?:(?P<string>%(string)b)|(?P<bare>[-+.0-9A-Za-z]++)|(?P<opener>[{\[]))"
    rb"%(blank)b(?P<closers>(?:[\]}]%(blank)b)*+)(?P<comma>,?+)" % {b"blank": _BLANK, b"string": _STRING}
)
"""A value, or the beginning of a list or object, with the key before it and what closes behind it.

Such as `"a": {`, `7,` or `"b": null}],`. In a text that was indexed they follow one another without a gap.
"""
_JSON_WORD: Final = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")
_COMMA: Final = re.compile(_BLANK + rb"(,?+)")
_BROKEN_STRING: Final = re.compile(
    rb"%(blank)b(?:%(string)b%(blank)b:%(blank)b)?+(?!%(string)b)(\")"
    % {b"blank": _BLANK, b"string": _STRING}
)
_CLOSERS: Final = b"]}"
_TO_CLOSER: Final = 2
"""In ASCII, } and ] stand so far behind { and [."""


class Index:
    """The lists and objects of a text, in the order of their beginnings.

    Raises DocumentUnreadable where the text is not JSON. Any word is taken for a value: NaN, undefined, 007.
    """

    GROUP_SIZE: ClassVar[int] = 10_000
    """What has more members than this is looked at in groups of so many."""
    __slots__ = ("_awaited", "_body", "_groups", "_members", "_open", "_starts", "_stops")

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._starts, self._stops, self._members = array("Q"), array("Q"), array("Q")
        self._open: list[int] = []
        self._awaited: list[int] = []  # what closes each of them
        self._groups: dict[int, list[int]] = {}
        at = 0
        while at == 0 or self._open:
            at = self._take_step(at)
        if at != len(body):
            _refuse(body, at)

    def __len__(self) -> int:
        return len(self._starts)

    def holder(self, start: int) -> tuple[int, int]:
        """Return where the list or object that begins here ends, and how many members it has."""
        place = bisect_left(self._starts, start)
        return self._stops[place], self._members[place]

    def groups(self, start: int) -> list[int]:
        """Return where each group but the first begins, of the members of what begins here."""
        return self._groups.get(bisect_left(self._starts, start), [])

    def _take_step(self, at: int) -> int:
        """Take one value, or the beginning of one, into account; return where the next stands."""
        step = STEP.match(self._body, at)
        if step is None:
            _refuse(self._body, at)
        key, _, _, opener, closers, comma = step.groups()
        in_object = bool(self._awaited) and self._awaited[-1] == _CLOSERS[1]
        if (key is not None) is not in_object:
            _refuse(self._body, at)
        if self._open:
            self._count(self._open[-1], at)
        if opener:
            self._begin(step.start("opener"), opener[0] + _TO_CLOSER)
        if closers:
            self._end(step.start("closers"), closers)
        more_to_come = bool(self._open) and not (opener and not closers)
        if bool(comma) is not more_to_come:
            _refuse(self._body, step.start("comma"))
        return step.end()

    def _count(self, holder: int, start: int) -> None:
        members = self._members[holder]
        if members and not members % self.GROUP_SIZE:
            self._groups.setdefault(holder, []).append(start)
        self._members[holder] = members + 1

    def _begin(self, start: int, closer: int) -> None:
        if len(self) == MOST_HOLDERS:
            raise DocumentUnreadable(f"It has more than {MOST_HOLDERS:,} lists and objects.")
        self._open.append(len(self))
        self._awaited.append(closer)
        self._starts.append(start)
        self._stops.append(0)
        self._members.append(0)

    def _end(self, start: int, closers: bytes) -> None:
        for place, closer in enumerate(closers, start):
            if closer in _CLOSERS:
                if self._awaited[-1:] != [closer]:
                    _refuse(self._body, place)
                self._awaited.pop()
                self._stops[self._open.pop()] = place + 1


def is_json_word(word: bytes) -> bool:
    """Return whether a value without quotes is one that JSON has: a number, true, false or null."""
    return _JSON_WORD.fullmatch(word) is not None


def behind_comma(body: bytes, at: int) -> int:
    """Return where the next member may stand behind one that ends here."""
    comma = _COMMA.match(body, at)
    return comma.end() if comma else at


def _refuse(body: bytes, at: int) -> NoReturn:
    """Raise DocumentUnreadable for what stands at or behind a byte."""
    string = _BROKEN_STRING.match(body, at)
    at = string.start(1) if string else len(body) - len(body[at:].lstrip())
    if at == len(body):
        raise DocumentUnreadable(f"It is not JSON: it breaks off after {at:,} bytes.")
    line = body.count(b"\n", 0, at) + 1
    where = f"from byte {at + 1:,} on (line {line:,})"
    raise DocumentUnreadable(f"It is not JSON{f': the string {where} is broken' if string else f' {where}'}.")
