"""Whether a customer said the same thing again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from feather_tui.findings.facts import Facts
from feather_tui.findings.rows import Said
from feather_tui.findings.wording import numbers, words_of

_LEAST_WORDS_OF_A_SHORT_ONE: Final = 2

Group = list[Said]
"""Messages that say the same, in their order."""


@dataclass(frozen=True, slots=True)
class _Reading:
    said: Said
    normed: str
    length: int
    words: frozenset[str]
    size: int
    numbers: frozenset[str]
    group: Group


def of_customer(facts: Facts) -> Iterator[Group]:
    """Yield the groups of user rows that repeat each other, of two rows or more.

    Messages of enough words: the same text anywhere in the session, or the same numbers and nearly the
    same words within a window of user rows. Shorter ones: the same text twice in a row, and more than a
    courtesy. Time is linear in the messages, because the window is fixed.
    """
    limits = facts.thresholds
    by_text: dict[str, _Reading] = {}
    window: deque[_Reading] = deque(maxlen=limits.repeat_window)
    groups: list[Group] = []
    for said in facts.users:
        reading = _read(said, facts.normed(said))
        if reading.length >= limits.repeat_least_words:
            earlier = by_text.get(reading.normed) or _likest(reading, window, limits.repeat_likeness)
        else:
            earlier = _said_just_before(facts, reading, window)
        if earlier is None:
            groups.append(reading.group)
        else:
            reading = replace(reading, group=earlier.group)
        reading.group.append(said)
        by_text.setdefault(reading.normed, reading)
        window.append(reading)
    return (group for group in groups if len(group) > 1)


def _read(said: Said, normed: str) -> _Reading:
    words = words_of(normed)
    distinct = frozenset(words)
    return _Reading(said, normed, len(words), distinct, len(distinct), numbers(distinct), [])


def _said_just_before(facts: Facts, reading: _Reading, window: deque[_Reading]) -> _Reading | None:
    if reading.length < _LEAST_WORDS_OF_A_SHORT_ONE or not window or window[-1].normed != reading.normed:
        return None
    return None if facts.is_courtesy(reading.said) else window[-1]


def _likest(reading: _Reading, window: deque[_Reading], likeness: float) -> _Reading | None:
    """Return the latest message that shares all numbers and enough of the words (Jaccard index)."""
    words, digits, own = reading.words, reading.numbers, len(reading.words)
    least, most = likeness * own, own / likeness if likeness else float("inf")
    near = [other for other in window if least <= other.size <= most]  # else not even all words would do
    for other in reversed(near):
        shared = len(words & other.words) if digits == other.numbers else 0
        if shared >= likeness * (own + other.size - shared):
            return other
    return None
