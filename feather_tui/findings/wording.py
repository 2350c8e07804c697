"""Reading the wording of messages: word lists, repeats, courtesies. Guesses, and marked as such.

Every function looks at the first READ_CHARACTERS of a text; time is linear in them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from feather_tui.findings.words import WordList

READ_CHARACTERS: Final = 4_000
"""So much of a message is read for its wording: what is said first counts, and mails quote older mails."""

_BETWEEN: Final = r"(?:\W+\w+){0,3}"
_WITHOUT_SPACES: Final = re.compile(r"[\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_LABEL: Final = re.compile(r"\[[A-Z][A-Z_ ]*\]")
_SHOUTED: Final = re.compile(r"[!?\uff01\uff1f\u061f]{2,}")
_WORD: Final = re.compile(r"\w+")
_COURTESY_WORDS: Final = 8
_SHOUTING_LETTERS: Final = 12
_SHOUTING_SHARE: Final = 0.7
_SHOUTED_MARKS: Final = 2


def match(text: str, words: WordList) -> str:
    """Return the first phrase of the list that `text` says, as it says it; empty if it says none."""
    found = _pattern(_flat(words)).search(text[:READ_CHARACTERS])
    return found.group() if found else ""


def norm(text: str) -> str:
    """Return the text in lower case, without punctuation and with single spaces."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text[:READ_CHARACTERS]).casefold()))


def words_of(normed: str) -> tuple[str, ...]:
    """Return the words of a normed text; of scripts without spaces, every two neighbouring characters."""
    words: list[str] = []
    for word in normed.split():
        if _CJK.search(word):
            words += [word[place : place + 2] for place in range(max(len(word) - 1, 1))]
        else:
            words.append(word)
    return tuple(words)


def numbers(words: frozenset[str]) -> frozenset[str]:
    """Return the words that hold a digit: order numbers, amounts, dates."""
    return frozenset(word for word in words if any(character.isdigit() for character in word))


def shouts(text: str) -> bool:
    """Return whether a text is mostly in capitals, or doubles its exclamation or question marks twice.

    Labels that the redaction put in, such as `[NAME]`, do not count.
    """
    said = _LABEL.sub(" ", text[:READ_CHARACTERS])
    letters = [letter for letter in said if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if len(letters) >= _SHOUTING_LETTERS and capitals >= _SHOUTING_SHARE * len(letters):
        return True
    return len(_SHOUTED.findall(said)) >= _SHOUTED_MARKS


def is_courtesy(text: str, words: WordList) -> bool:
    """Return whether a short message is nothing but phrases of the list, as `Thanks a lot, bye!` is."""
    said = text[:READ_CHARACTERS]
    if any(mark in said for mark in "?\uff1f\u061f") or not said.strip():
        return False
    if len(_WORD.findall(said)) > _COURTESY_WORDS:
        return False
    return not _WORD.search(_pattern(_flat(words)).sub(" ", said))


def merged(*lists: WordList) -> WordList:
    """Return several lists as one."""
    languages = dict.fromkeys(language for words in lists for language in words)
    return {
        language: tuple(phrase for words in lists for phrase in words.get(language, ()))
        for language in languages
    }


def _flat(words: WordList) -> tuple[str, ...]:
    return tuple(phrase for phrases in words.values() for phrase in phrases)


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(filter(str.strip, phrases), key=len, reverse=True)
    choices = "|".join(map(_phrase_pattern, longest_first)) or "(?!)"
    return re.compile(choices, re.IGNORECASE)


def _phrase_pattern(phrase: str) -> str:
    if _WITHOUT_SPACES.search(phrase):
        return re.escape(phrase)
    joined = ""
    for word in phrase.split():
        if word == "*":
            joined += _BETWEEN
        else:
            parts = r"\W+".join(map(re.escape, _WORD.findall(word)))
            joined += rf"\W+{parts}" if joined else parts
    return rf"(?<!\w){joined}(?!\w)"
