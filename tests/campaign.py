"""Campaigns: what the quick suite tries a few times, tried hundreds of times, and counted.

    @tries(sample=8, full=300)
    def test_a_damaged_cache_never_shows_a_wrong_row(tries: range, tally: Tally) -> None:
        for number in tries:
            with tally.attempt(f"cache {number}"):
                ...

`python3 -m pytest -m campaign tests/campaigns` runs every campaign in full and ends with a table of what was
tried and what fell short. FEATHER_CAMPAIGN is another number of tries, where they can be of any number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

import pytest

Case = TypeVar("Case")

_SHOWN = 10


def tries(*, sample: int, full: int, slices: int = 1) -> pytest.MarkDecorator:
    """Give a test `sample` tries in the quick suite and `full` in its campaign, as the range `tries`.

    A campaign in several slices is several tests, which can run side by side. What has bounds of time, which
    a busy machine would break, has no sample.
    """
    count = int(os.environ.get("FEATHER_CAMPAIGN") or full)
    return _shares("tries", range(sample), range(count), slices)


def each_of(cases: Sequence[Case], *, sample: int, slices: int = 1) -> pytest.MarkDecorator:
    """Give a test `sample` of the cases in the quick suite, and all in its campaign, as the list `cases`."""
    return _shares("cases", spread(cases, sample), cases, slices)


def spread(cases: Sequence[Case], most: int) -> Sequence[Case]:
    """Give at most so many of the cases, evenly spread."""
    if most >= len(cases):
        return cases
    return [cases[len(cases) * number // most] for number in range(most)]


def _shares(name: str, sample: Sequence[object], full: Sequence[object], slices: int) -> pytest.MarkDecorator:
    edges = [len(full) * number // slices for number in range(slices + 1)]
    campaign = [
        pytest.param(full[first:last], marks=pytest.mark.campaign, id=f"{first}-{last}")
        for first, last in pairwise(edges)
    ]
    quick = [pytest.param(sample, id="sample")] if sample else []
    return pytest.mark.parametrize(name, [*quick, *campaign])


@dataclass(slots=True)
class Tally:
    """How many attempts there were, and which fell short."""

    tried: int = 0
    short: list[str] = field(default_factory=list)

    @contextmanager
    def attempt(self, name: str) -> Iterator[None]:
        """Count what is in the block; a failed assertion falls short, and the next attempt goes on."""
        self.tried += 1
        try:
            yield
        except AssertionError as error:
            self.short.append(f"{name}: {error}")

    def check(self) -> None:
        """Fail if anything fell short."""
        shown = "\n\n".join(self.short[:_SHOWN])
        assert not self.short, f"{len(self.short)} of {self.tried} fell short:\n{shown}"
