"""Whether two groups differ by more than chance: Fisher's exact test, and Holm's correction.

scipy has both, and takes longer to import than everything else a command does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import exp, lgamma, log
from sys import float_info
from typing import Final

_NOTHING: Final = float_info.epsilon


def chance_of_so_many(hits: int, *, drawn: int, marked: int, total: int) -> float:
    """Return how likely at least `hits` marked ones are among so many drawn by chance.

    Fisher's test, one-sided: `marked` of `total` have the mark. For no more hits than are to be expected
    it is 1, which is more than it could be.
    """
    return exp(log_chance_of_so_many(hits, drawn=drawn, marked=marked, total=total))


def log_chance_of_so_many(hits: int, *, drawn: int, marked: int, total: int) -> float:
    """Return the logarithm of that: of thousands of sessions, chances are too small to be compared."""
    if hits * total <= drawn * marked:
        return 0.0
    others = total - marked
    first = _ways(marked, hits) + _ways(others, drawn - hits) - _ways(total, drawn)
    term = terms = 1.0  # as parts of the first one; beyond what is to be expected they only fall
    for count in range(hits, min(drawn, marked)):
        term *= (marked - count) * (drawn - count) / ((count + 1) * (others - drawn + count + 1))
        if term < terms * _NOTHING:
            break
        terms += term
    return min(first + log(terms), 0.0)


def corrected(chances: Sequence[float]) -> list[float]:
    """Return Holm's correction of ascending p-values: whatever was compared, one in twenty errs at 0.05."""
    scaled = (min(1.0, chance * (len(chances) - rank)) for rank, chance in enumerate(chances))
    return list(accumulate(scaled, max))


def _ways(of: int, taken: int) -> float:
    """Return the logarithm of the number of ways to take so many of so many."""
    return lgamma(of + 1) - lgamma(taken + 1) - lgamma(of - taken + 1)
