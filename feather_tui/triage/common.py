"""What some sessions share that others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from feather_tui.triage.case import Case
from feather_tui.triage.exact import chance_of_so_many, corrected
from feather_tui.triage.features import Feature, features_of

CHANCE: Final = 0.05
"""What is likelier than this to be chance is not claimed."""

_NEAR: Final = 0.2
_SMALL: Final = 5
_LEAST_SHARE: Final = 0.2
"""Of the sessions `with`, for what can be why they are among these: no other session can have it, so that
with many sessions every kind of failure would be claimed.
"""
_ORDER: Final = {feature: place for place, feature in enumerate(Feature)}
_Value = tuple[Feature, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A value that is more frequent `with` than `without`: in how many of how many sessions of each group.

    `p`: how likely that is by chance (Fisher's exact test, one-sided); `p_corrected`: the same, regarding how
    many values were compared (Holm).
    """

    feature: Feature
    value: str
    n_with: int
    of_with: int
    n_without: int
    of_without: int
    p: float
    p_corrected: float

    @property
    def lift(self) -> float | None:
        """How many times as frequent it is with as without; None if it is never there without."""
        if not self.n_without:
            return None
        return (self.n_with / self.of_with) / (self.n_without / self.of_without)

    @property
    def small(self) -> bool:
        """Whether it rests on few sessions, so that a few more may change it."""
        return min(self.n_with, self.of_without) < _SMALL

    @property
    def beyond_chance(self) -> bool:
        """Whether it is hardly chance."""
        return self.p_corrected <= CHANCE

    @property
    def near(self) -> bool:
        """Whether it is not beyond chance, but not far from it either."""
        return CHANCE < self.p_corrected <= _NEAR

    @property
    def claimed(self) -> bool:
        """Whether it is hardly chance, and not just one of the many ways in which sessions fail."""
        many = not self.feature.by_definition or self.n_with >= self.of_with * _LEAST_SHARE
        return self.beyond_chance and many


def shared(
    cases_with: Sequence[Case], cases_without: Sequence[Case], *, but: Container[Feature] = ()
) -> list[Shared]:
    """Compare every value that the sessions have, least likely by chance first, but for some features.

    A value that is too rare to be told from chance, whoever had it, is not compared: that does not depend on
    who has it, so it need not be corrected for. Without sessions in both groups nothing is compared.
    """
    having, lacking = _counted(cases_with), _counted(cases_without)
    drawn, total = len(cases_with), len(cases_with) + len(cases_without)

    def chance(hits: int, marked: int) -> float:
        return chance_of_so_many(hits, drawn=drawn, marked=marked, total=total)

    compared = [
        (chance(having[value], marked), value)
        for value, marked in (having + lacking).items()
        if value[0] not in but and chance(min(marked, drawn), marked) <= CHANCE
    ]
    compared.sort(key=lambda pair: (pair[0], -having[pair[1]], _ORDER[pair[1][0]], pair[1][1]))
    corrections = corrected([p for p, _ in compared])
    return [
        Shared(
            feature=value[0],
            value=value[1],
            n_with=having[value],
            of_with=drawn,
            n_without=lacking[value],
            of_without=total - drawn,
            p=p,
            p_corrected=correction,
        )
        for (p, value), correction in zip(compared, corrections, strict=True)
    ]


def can_tell(chosen: int, others: int) -> bool:
    """Return whether anything could be beyond chance, if all of the chosen had it and none of the others."""
    return chance_of_so_many(chosen, drawn=chosen, marked=chosen, total=chosen + others) <= CHANCE


def tallied(cases: Sequence[Case]) -> list[tuple[Feature, str, int]]:
    """Return what at least two sessions have, and how many have it, most first: a count, not a comparison."""
    counted = _counted(cases)
    several = [(feature, value, count) for (feature, value), count in counted.items() if count > 1]
    return sorted(several, key=lambda row: (-row[2], _ORDER[row[0]], row[1]))


def _counted(cases: Iterable[Case]) -> Counter[_Value]:
    return Counter(value for case in cases for value in dict.fromkeys(features_of(case)))
