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
from typing import Final, NamedTuple

from feather_tui.findings.words import WordList

READ_CHARACTERS: Final = 2_000
"""So much of a message is read for its wording: what is said first counts, and mails quote older mails."""

_BEGINNING_CHARACTERS: Final = 60
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
_PLAIN: Final = bytes(
    ord(chr(code).lower()) if _WORD.fullmatch(chr(code)) else ord(" ") for code in range(128)
) + bytes(128)
_ASCII_DIGITS: Final = b"0123456789"
_ASCII_CAPITALS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Worded(NamedTuple):
    """A text, its words in lower case without punctuation, and each of them once."""

    text: str
    words: list[str]
    distinct: frozenset[str]


def worded(text: str) -> Worded:
    """Return a text with its words."""
    words = _words(text)
    return Worded(text, words, frozenset(words))


def norm(text: str) -> str:
    """Return the text in lower case, without punctuation and with single spaces."""
    return " ".join(_words(text))


def beginning(text: str) -> str:
    """Return what the norm of a text begins with: texts whose norms are the same have the same beginning.

    It costs little, and tells most texts apart.
    """
    if not text.isascii():
        return norm(text)[:_BEGINNING_CHARACTERS]
    begun = " ".join(_ascii_words(text[: 2 * _BEGINNING_CHARACTERS]))
    enough = len(begun) > _BEGINNING_CHARACTERS
    return begun[:_BEGINNING_CHARACTERS] if enough else norm(text)[:_BEGINNING_CHARACTERS]


def compared(text: Worded) -> list[str]:
    """Return the words that likeness counts; in scripts without spaces, every two neighbouring characters."""
    if text.text.isascii() or not _CJK.search("".join(text.words)):
        return text.words
    words: list[str] = []
    for word in text.words:
        if _CJK.search(word):
            words += [word[place : place + 2] for place in range(max(len(word) - 1, 1))]
        else:
            words.append(word)
    return words


def numbers(normed: str, words: frozenset[str]) -> frozenset[str]:
    """Return those words of a normed text that hold a digit: order numbers, amounts, dates."""
    if normed.isascii() and len(normed.encode().translate(None, _ASCII_DIGITS)) == len(normed):
        return frozenset()  # as most texts do not; a search takes ten times as long
    return frozenset(word for word in words if _DIGIT.search(word))


def _words(text: str) -> list[str]:
    if text.isascii():  # the same words, in half the time
        return _ascii_words(text[:READ_CHARACTERS])
    return _WORD.findall(_folded(text))


def _ascii_words(text: str) -> list[str]:
    return text.encode().translate(_PLAIN).decode("ascii").split()


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
    if said.isascii() and said.count("!") + said.count("?") < 2 * _SHOUTED_MARKS:
        return False  # a count is far quicker than a search, and most texts have few
    return len(_SHOUTED.findall(said)) >= _SHOUTED_MARKS


def _capitals(text: str) -> int:
    if text.isascii():  # forty times as fast, and most texts are
        return len(text) - len(text.encode().translate(None, _ASCII_CAPITALS))
    return sum(map(str.isupper, text))


class Lexicon:
    """A word list made ready for looking up: its phrases by their first word."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._by_first: dict[str, list[list[str]]] = defaultdict(list)
        self._by_longest: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._run_together: list[str] = []
        for phrase in sorted(filter(str.strip, phrases), key=len, reverse=True):
            if _RUN_TOGETHER.search(phrase):
                self._run_together.append(_folded(phrase))
            elif words := _phrase_words(phrase):
                self._by_first[words[0]].append(words)
                self._by_longest[max(words, key=len)].append(frozenset(words) - {_GAP})

    def find(self, text: str) -> str:
        """Return the first phrase that a text says, in lower case; empty if it says none."""
        return self.find_in(worded(text))

    def find_in(self, text: Worded) -> str:
        """Return the first phrase that a text says, given with its words; empty if it says none."""
        words = text.words
        if self._may_be_in(text.distinct):
            for place in self._beginnings(words):
                for phrase in self._by_first[words[place]]:
                    end = _end_of(phrase, words, place)
                    if end:
                        return " ".join(words[place:end])
        if self._run_together and not text.text.isascii() and _RUN_TOGETHER.search(text.text):
            folded = _folded(text.text)
            return next((phrase for phrase in self._run_together if phrase in folded), "")
        return ""

    def _may_be_in(self, words: frozenset[str]) -> bool:
        """Return whether all words of any phrase are there; the longest of a phrase are the rarest."""
        return any(
            phrase <= words
            for longest in self._by_longest.keys() & words
            for phrase in self._by_longest[longest]
        )

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
