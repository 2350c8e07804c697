"""Whether a customer said the same thing again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from feather_tui.findings.facts import Facts, Said
from feather_tui.findings.wording import norm, numbers, words_of

_LEAST_WORDS_OF_A_SHORT_ONE: Final = 2

Group = list[Said]
"""Messages that say the same, in their order."""


@dataclass(frozen=True, slots=True)
class _Reading:
    normed: str
    words: frozenset[str]
    numbers: frozenset[str]
    group: Group


def of_customer(facts: Facts) -> Iterator[Group]:
    """Yield the groups of user rows that repeat each other, of two rows or more.

    Messages of enough words: the same text anywhere in the session, or the same numbers and nearly the
    same words within a window of user rows. Shorter ones: the same text twice in a row, and more than a
    courtesy. Time is linear in the messages, because the window is fixed.
    """
    limits = facts.thresholds
    groups: list[Group] = []
    by_text: dict[str, _Reading] = {}
    window: deque[_Reading] = deque(maxlen=limits.repeat_window)
    for said in facts.users:
        normed = norm(said.message.content)
        count = len(words_of(normed))
        if count >= limits.repeat_least_words:
            earlier = by_text.get(normed) or _likest(normed, window, limits.repeat_likeness)
        else:
            short = count >= _LEAST_WORDS_OF_A_SHORT_ONE and not facts.is_courtesy(said)
            earlier = window[-1] if short and window and window[-1].normed == normed else None
        group: Group = earlier.group if earlier is not None else []
        if not group:
            groups.append(group)
        group.append(said)
        reading = _reading(normed, group)
        by_text.setdefault(normed, reading)
        window.append(reading)
    return (group for group in groups if len(group) > 1)


def _reading(normed: str, group: Group) -> _Reading:
    words = frozenset(words_of(normed))
    return _Reading(normed, words, numbers(words), group)


def _likest(normed: str, window: deque[_Reading], likeness: float) -> _Reading | None:
    """Return the latest message that shares all numbers and enough of the words (Jaccard index)."""
    words = frozenset(words_of(normed))
    own_numbers = numbers(words)
    for other in reversed(window):
        if own_numbers != other.numbers:
            continue
        shared = len(words & other.words)
        if shared >= likeness * (len(words) + len(other.words) - shared):
            return other
    return None
