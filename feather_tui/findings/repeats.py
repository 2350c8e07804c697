"""Whether a customer said the same thing again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from feather_tui.findings.rows import Said
from feather_tui.findings.thresholds import Thresholds
from feather_tui.findings.wording import Worded, compared, numbers

_LEAST_WORDS_OF_A_SHORT_ONE: Final = 2

Group = list[Said]
"""Messages that say the same, in their order."""


@dataclass(frozen=True, slots=True)
class _Reading:
    said: Said
    normed: str
    words: frozenset[str]
    size: int
    numbers: frozenset[str]
    group: Group


class Repeats:
    """Takes the customer's messages in their order, and keeps those that repeat each other.

    Messages of enough words: the same text anywhere in the session, or the same numbers and nearly the
    same words within a window of them. Shorter ones: the same text twice in a row, and more than a
    courtesy. Time is linear in the messages, because the window is fixed.
    """

    def __init__(self, thresholds: Thresholds, is_courtesy: Callable[[Said], bool]) -> None:
        self._least_words = thresholds.repeat_least_words
        self._likeness = thresholds.repeat_likeness
        self._is_courtesy = is_courtesy
        self._window: deque[_Reading] = deque(maxlen=thresholds.repeat_window)
        self._by_text: dict[str, Group] = {}
        self._groups: list[Group] = []

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of two messages or more."""
        return tuple(group for group in self._groups if len(group) > 1)

    def take(self, said: Said, text: Worded) -> None:
        """Take the next message."""
        normed = " ".join(text.words)
        words = compared(text)
        distinct = text.distinct if words is text.words else frozenset(words)
        digits = numbers(normed, distinct)
        if len(words) >= self._least_words:
            group = self._by_text.get(normed) or self._likest(distinct, digits)
        else:
            group = self._said_just_before(said, normed, len(words))
        if group is None:
            group = []
            self._groups.append(group)
        group.append(said)
        self._by_text.setdefault(normed, group)
        self._window.append(_Reading(said, normed, distinct, len(distinct), digits, group))

    def _said_just_before(self, said: Said, normed: str, length: int) -> Group | None:
        if length < _LEAST_WORDS_OF_A_SHORT_ONE or not self._window or self._window[-1].normed != normed:
            return None
        return None if self._is_courtesy(said) else self._window[-1].group

    def _likest(self, words: frozenset[str], digits: frozenset[str]) -> Group | None:
        """Return the group of the latest message with the same numbers and enough of the same words.

        Enough is told by the Jaccard index; sizes too far apart could not reach it.
        """
        likeness, own = self._likeness, len(words)
        least, most = likeness * own, own / likeness if likeness else float("inf")
        for other in reversed(self._window):
            if least <= other.size <= most and digits == other.numbers:
                shared = len(words & other.words)
                if shared >= likeness * (own + other.size - shared):
                    return other.group
        return None
