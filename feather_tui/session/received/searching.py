"""Find a query in a document as it was received, in steps, so that a long search can be stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Protocol

from feather_tui.errors import DocumentUnreadable
from feather_tui.session.query import Query
from feather_tui.session.received.json_index import STEP, is_json_word
from feather_tui.session.received.json_text import JsonText, said

STEP_CHARACTERS: Final = 400_000
"""A step ends once it has looked at about so many characters, so that none holds up the keys."""
_CHARACTERS_OF_A_VALUE: Final = 30
"""What there is to do for a value costs as much as so many characters."""
_COST_OF_REGEX: Final = 10
_MAY_BE_JSON: Final = re.compile(r"\s*[{\[]")


class Searcher(Protocol):
    """Looks for a query. What it finds are places in a text, in order."""

    @property
    def done(self) -> bool:
        """Whether everything was looked at."""

    @property
    def progress(self) -> float:
        """The share that was looked at, from 0 to 1."""

    def step(self) -> list[int]:
        """Look at some more, and return what was found."""


class JsonSearcher:
    """Finds the values that a query matches, by the bytes they begin at.

    A value matches with its key before it, `"role": "user"`, as received or as it reads without escapes;
    also if it is a string of JSON, and something in that matches.
    """

    def __init__(self, text: JsonText, query: Query) -> None:
        self._query = query
        self._steps = STEP.finditer(text.body)
        self._length = len(text.body)
        self._at = 0
        self._cost = 1 if query.pattern is None else _COST_OF_REGEX

    @property
    def done(self) -> bool:
        """Whether everything was looked at."""
        return self._at >= self._length

    @property
    def progress(self) -> float:
        """The share that was looked at, from 0 to 1."""
        return self._at / self._length

    def step(self) -> list[int]:
        """Look at the next values, one at least, and return where those begin that match."""
        found = []
        left = STEP_CHARACTERS
        for step in self._steps:
            if _matches(step, self._query):
                found.append(_start(step))
            left -= (step.end() - self._at) * self._cost + _CHARACTERS_OF_A_VALUE
            self._at = step.end()
            if left <= 0:
                break
        return found


class TextSearcher:
    """Finds where in a text a query matches, line by line; what it finds are characters."""

    def __init__(self, text: str, query: Query) -> None:
        self._text = text
        self._query = query
        self._at = 0
        self._cost = 1 if query.pattern is None else _COST_OF_REGEX

    @property
    def done(self) -> bool:
        """Whether everything was looked at."""
        return self._at >= len(self._text)

    @property
    def progress(self) -> float:
        """The share that was looked at, from 0 to 1."""
        return 1.0 if self.done else self._at / len(self._text)

    def step(self) -> list[int]:
        """Look at the next lines, one at least, and return where in the text there are matches."""
        found: list[int] = []
        stop = self._at + max(STEP_CHARACTERS // self._cost, 1)
        while self._at < min(stop, len(self._text)):
            end = self._text.find("\n", self._at)
            line = self._text[self._at : len(self._text) if end < 0 else end]
            found += [self._at + start for start, _ in self._query.spans(line)]
            self._at += len(line) + 1
        return found


def first_match(text: JsonText, query: Query) -> int | None:
    """Return where the first value begins that matches, None if none does."""
    return next((_start(step) for step in STEP.finditer(text.body) if _matches(step, query)), None)


def inner_json(text: str) -> JsonText | None:
    """Return the JSON that a string holds, such as the arguments of a tool; None if it holds none."""
    if _MAY_BE_JSON.match(text) is None:
        return None
    try:
        # A half of a surrogate pair stands in JSON only as an escape, and becomes one again.
        inner = JsonText.parse(text.encode("utf-8", "backslashreplace"))
    except DocumentUnreadable:
        return None
    words = (step["bare"] for step in STEP.finditer(inner.body) if step["bare"] is not None)
    return inner if all(map(is_json_word, words)) else None  # "[ADDRESS]" is none


def _start(step: re.Match[bytes]) -> int:
    return next(step.start(name) for name in ("string", "bare", "opener") if step[name] is not None)


def _matches(step: re.Match[bytes], query: Query) -> bool:
    return any(query.spans(text) for text in _texts(step))


def _texts(step: re.Match[bytes]) -> Iterator[str]:
    """Yield what stands at a step, in every way that it may be looked for."""
    key, string, bare, *_ = step.groups()
    before = key.decode() + ": " if key is not None else ""
    value = (string or bare or b"").decode()
    yield before + value
    if "\\" in before or "\\" in value:
        read = said(value) if string else value
        yield (f'"{said(before[:-2])}": ' if before else "") + read
        if "\\" in read and (inner := inner_json(read)):
            for inner_step in STEP.finditer(inner.body):
                yield from _texts(inner_step)
