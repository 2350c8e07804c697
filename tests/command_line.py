"""What the fixture `feather` of tests/cli gives to a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command line ended: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


Feather: TypeAlias = Callable[..., Outcome]
