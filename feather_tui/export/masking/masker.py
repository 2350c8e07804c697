"""Replaces personal data in texts and JSON values by stand-ins, and counts what it replaced.

It knows data by its form (`forms`) and by the key above it (`keys`). What it does not know it leaves: names
in running text, for one, unless `learn` has seen them under a key. `table` has what is masked and what not.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from typing import Final

from feather_tui.export.masking.forms import masked_emails, masked_forms
from feather_tui.export.masking.json_text import looks_like_json, replaced
from feather_tui.export.masking.kind import Kind
from feather_tui.session.model import JsonValue

_HIDES_ALREADY: Final = re.compile(r"(?:\[masked [a-z -]+\]|\[[A-Z][A-Z_ ]*\]|\W)*")
"""Our stand-ins, the API's labels such as `[NAME]`, `***`."""
_SAYS_NOTHING: Final = frozenset(
    {"n/a", "na", "none", "null", "unknown", "not given", "not provided", "redacted"}
)
_STAND_IN: Final = re.compile(r"(\[masked [a-z -]+\])")
_LETTER: Final = re.compile(r"[^\W\d_]")
_WORD_START: Final = re.compile(r"(?<!\w)\S")
_CUT: Final = "…"
_SHORTEST_LEARNT, _MOST_LEARNT = 4, 200
_SHORTEST_BEGINNING, _LONGEST_BEGINNING = 3, 120
_MOST_REMEMBERED: Final = 10_000


class Masker:
    """Masks the texts of one session. `counts`: how often each kind was replaced so far."""

    def __init__(self) -> None:
        self.counts: Counter[Kind] = Counter()
        self._learnt: dict[str, Kind] = {}
        self._learnt_pattern: re.Pattern[str] | None = None
        self._remembered: list[str] = []
        self._kinds: dict[str, Kind] = {}

    def learn(self, tree: JsonValue) -> None:
        """Mask from now on, wherever it is said, what stands in `tree` under keys that say what it is.

        Whole words with a letter in them, of four characters and more; no more than 200 of them.
        """
        replaced(json.dumps(tree), self._learn)
        choices = "|".join(map(re.escape, sorted(self._learnt, key=len, reverse=True)))
        if choices:
            self._learnt_pattern = re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)

    def text(self, text: str) -> str:
        """Return a text masked; JSON text is read with its keys, and keeps its formatting."""
        if not looks_like_json(text):
            return self._said(text)
        masked = replaced(text, self._value)
        return masked if _is_json(text) else self._said(masked)

    def excerpt(self, text: str) -> str:
        """Return a text that quotes others, masked; also what of a quotation is cut off at its "…".

        The beginning of a name or an address says too much already and has no form of its own, so it is
        looked for in what was masked before: mask what is quoted first.
        """
        *cut, last = self.text(text).split(_CUT)
        return _CUT.join([*map(self._without_beginning, cut), last])

    def identifier(self, text: str) -> str:
        """Return an id, in which digits are needed and only e-mail addresses are masked."""
        return masked_emails(text, self._hide)

    def tree(self, tree: JsonValue) -> JsonValue:
        """Return a JSON value with its strings, numbers and keys masked; no item is lost."""
        return json.loads(replaced(json.dumps(tree), self._value), object_pairs_hook=_with_every_key)

    def _value(self, text: str, kind: Kind | None) -> str:
        return self.text(text) if kind is None or _is_empty(text) else self._hide(kind, text)

    def _said(self, text: str) -> str:
        text = masked_forms(text, self._hide)  # first, or a learnt name would spoil an address with it inside
        if self._learnt_pattern is None:
            return text
        parts = _STAND_IN.split(text)  # a learnt "card" must not change what stands for another
        parts[::2] = (self._learnt_pattern.sub(self._hide_learnt, part) for part in parts[::2])
        return "".join(parts)

    def _hide_learnt(self, found: re.Match[str]) -> str:
        return self._hide(self._learnt.get(found[0].casefold(), Kind.NAME), found[0])

    def _hide(self, kind: Kind, original: str) -> str:
        self.counts[kind] += 1
        line = " ".join(original.split())
        if line not in self._kinds and len(self._kinds) < _MOST_REMEMBERED:
            self._kinds[line] = kind
            insort(self._remembered, line)
        return kind.stand_in

    def _learn(self, text: str, kind: Kind | None) -> str:
        plain = text.strip()
        telling = len(plain) >= _SHORTEST_LEARNT and not _is_empty(plain) and _LETTER.search(plain)
        if kind is not None and telling and len(self._learnt) < _MOST_LEARNT:
            self._learnt[plain.casefold()] = kind
        return text

    def _without_beginning(self, text: str) -> str:
        """Return a text without its end, if that is the beginning of something that was masked."""
        for word in _WORD_START.finditer(text, max(len(text) - _LONGEST_BEGINNING, 0)):
            beginning = text[word.start() :]
            place = bisect_left(self._remembered, beginning)
            original = self._remembered[place] if place < len(self._remembered) else ""
            if len(beginning) >= _SHORTEST_BEGINNING and original.startswith(beginning):
                return text[: word.start()] + self._hide(self._kinds[original], original)
        return text


def _is_empty(text: str) -> bool:
    """Return whether a value under a telling key tells nothing."""
    return text.strip().casefold() in _SAYS_NOTHING or _HIDES_ALREADY.fullmatch(text) is not None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _with_every_key(pairs: Iterable[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    """Return an object; keys that masking made the same are numbered."""
    tree: dict[str, JsonValue] = {}
    for key, value in pairs:
        unique, number = key, 2
        while unique in tree:
            unique = f"{key} ({number})"
            number += 1
        tree[unique] = value
    return tree
