"""Reading the wording of messages: word lists, courtesies, shouting. Guesses, and marked as such.

Every function looks at the first READ_CHARACTERS of a text; time is linear in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

from feather_tui.findings.words import WordList

READ_CHARACTERS: Final = 4_000
"""So much of a message is read for its wording: what is said first counts, and mails quote older mails."""

_GAP: Final = "*"
_GAP_WORDS: Final = 3
_RUN_TOGETHER: Final = re.compile(r"[\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_LABEL: Final = re.compile(r"\[[A-Z][A-Z_ ]*\]")
_SHOUTED: Final = re.compile(r"[!?\uff01\uff1f\u061f]{2,}")
_WORD: Final = re.compile(r"\w+")
_DIGIT: Final = re.compile(r"\d")
_QUESTION_MARKS: Final = ("?", "\uff1f", "\u061f")
_COURTESY_WORDS: Final = 8
_SHOUTING_LETTERS: Final = 12
_SHOUTING_SHARE: Final = 0.7
_SHOUTED_MARKS: Final = 2
_BLANKED: Final = {code: " " for code in range(128) if not _WORD.fullmatch(chr(code))}
_ASCII_CAPITALS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def norm(text: str) -> str:
    """Return the text in lower case, without punctuation and with single spaces."""
    if text.isascii():  # the same words, in half the time
        return " ".join(text[:READ_CHARACTERS].lower().translate(_BLANKED).split())
    return " ".join(_WORD.findall(_folded(text)))


def words_of(normed: str) -> tuple[str, ...]:
    """Return the words of a normed text; of scripts without spaces, every two neighbouring characters."""
    if not _CJK.search(normed):
        return tuple(normed.split())
    words: list[str] = []
    for word in normed.split():
        if _CJK.search(word):
            words += [word[place : place + 2] for place in range(max(len(word) - 1, 1))]
        else:
            words.append(word)
    return tuple(words)


def numbers(words: frozenset[str]) -> frozenset[str]:
    """Return the words that hold a digit: order numbers, amounts, dates."""
    if not _DIGIT.search(" ".join(words)):
        return frozenset()
    return frozenset(word for word in words if _DIGIT.search(word))


def shouts(text: str) -> bool:
    """Return whether a text is mostly in capitals, or doubles its exclamation or question marks twice.

    Labels that the redaction put in, such as `[NAME]`, do not count.
    """
    said = text[:READ_CHARACTERS]
    if "[" in said:
        said = _LABEL.sub(" ", said)
    capitals = _capitals(said)
    if capitals >= _SHOUTING_SHARE * _SHOUTING_LETTERS:
        letters = sum(map(str.isalpha, said))
        if letters >= _SHOUTING_LETTERS and capitals >= _SHOUTING_SHARE * letters:
            return True
    return len(_SHOUTED.findall(said)) >= _SHOUTED_MARKS


def _capitals(text: str) -> int:
    if text.isascii():  # forty times as fast, and most texts are
        return len(text) - len(text.encode().translate(None, _ASCII_CAPITALS))
    return sum(map(str.isupper, text))


class Lexicon:
    """A word list made ready for looking up: its phrases by their first word."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._by_first: dict[str, list[list[str]]] = defaultdict(list)
        self._run_together: list[str] = []
        for phrase in sorted(filter(str.strip, phrases), key=len, reverse=True):
            if _RUN_TOGETHER.search(phrase):
                self._run_together.append(_folded(phrase))
            elif words := _phrase_words(phrase):
                self._by_first[words[0]].append(words)

    def find(self, text: str, normed: str | None = None) -> str:
        """Return the first phrase that a text says, in lower case; empty if it says none.

        `normed` is the text's `norm`, if it is at hand.
        """
        words = (norm(text) if normed is None else normed).split()
        for place in self._beginnings(words):
            for phrase in self._by_first[words[place]]:
                end = _end_of(phrase, words, place)
                if end:
                    return " ".join(words[place:end])
        if self._run_together and _RUN_TOGETHER.search(text):
            folded = _folded(text)
            return next((phrase for phrase in self._run_together if phrase in folded), "")
        return ""

    def _beginnings(self, words: list[str]) -> list[int]:
        """Return the places, in order, of words that begin a phrase; long texts hold few of them."""
        return sorted(
            place for word in self._by_first.keys() & set(words) for place in _places_of(word, words)
        )

    def covers(self, text: str) -> bool:
        """Return whether a text is made of nothing but phrases of this list."""
        folded = _folded(text)
        if _RUN_TOGETHER.search(folded):
            for phrase in self._run_together:
                folded = folded.replace(phrase, " ")
        words = _WORD.findall(folded)
        place = 0
        while place < len(words):
            ends = (_end_of(phrase, words, place) for phrase in self._by_first.get(words[place], ()))
            place = max(ends, default=0)
            if not place:
                return False
        return True


def lexicon(*lists: WordList) -> Lexicon:
    """Return the lexicon of one or several word lists."""
    return _lexicon(tuple(phrase for words in lists for phrases in words.values() for phrase in phrases))


def is_courtesy(text: str, courtesies: Lexicon) -> bool:
    """Return whether a short message is nothing but courtesies, as `Thanks a lot, bye!` is."""
    if any(mark in text for mark in _QUESTION_MARKS) or not text.strip():
        return False
    some = list(islice(_WORD.finditer(text), _COURTESY_WORDS + 1))
    return len(some) <= _COURTESY_WORDS and courtesies.covers(text)


_lexicon: Final = cache(Lexicon)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:READ_CHARACTERS]).casefold()


def _phrase_words(phrase: str) -> list[str]:
    words: list[str] = []
    for part in phrase.split():
        words += [_GAP] if part == _GAP else _WORD.findall(_folded(part))
    return words


def _places_of(word: str, words: list[str]) -> Iterator[int]:
    place = -1
    for _ in range(words.count(word)):
        place = words.index(word, place + 1)
        yield place


def _end_of(phrase: list[str], words: list[str], place: int) -> int:
    """Return the place behind `phrase` if it stands in `words` at `place`, else 0."""
    for position, wanted in enumerate(phrase):
        if wanted == _GAP:
            rest = phrase[position + 1 :]
            starts = range(place, place + _GAP_WORDS + 1)
            return next((end for start in starts if (end := _end_of(rest, words, start))), 0)
        if place >= len(words) or words[place] != wanted:
            return 0
        place += 1
    return place
