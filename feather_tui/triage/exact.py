"""Whether two groups differ by more than chance: Fisher's exact test, and Holm's correction.

scipy has both, and takes longer to import than everything else a command does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import exp, lgamma


def chance_of_so_many(hits: int, *, drawn: int, marked: int, total: int) -> float:
    """Return how likely at least `hits` marked ones are among so many drawn by chance.

    Fisher's test, one-sided: `marked` of `total` have the mark. For no more hits than are to be expected
    it is 1, which is more than it could be.
    """
    if hits * total <= drawn * marked:
        return 1.0
    others = total - marked
    term = exp(_ways(marked, hits) + _ways(others, drawn - hits) - _ways(total, drawn))
    chance = term
    for count in range(hits, min(drawn, marked)):  # beyond what is to be expected the terms only fall
        term *= (marked - count) * (drawn - count) / ((count + 1) * (others - drawn + count + 1))
        chance += term
    return min(chance, 1.0)


def corrected(chances: Sequence[float]) -> list[float]:
    """Return Holm's correction of ascending p-values: whatever was compared, one in twenty errs at 0.05."""
    scaled = (min(1.0, chance * (len(chances) - rank)) for rank, chance in enumerate(chances))
    return list(accumulate(scaled, max))


def _ways(of: int, taken: int) -> float:
    """Return the logarithm of the number of ways to take so many of so many."""
    return lgamma(of + 1) - lgamma(taken + 1) - lgamma(of - taken + 1)
