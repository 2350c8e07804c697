"""What the functions that damage a cache have in common."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

Spoil: TypeAlias = Callable[[Path, random.Random], None]
"""Does the damage to the cache at a path; where exactly, chance says."""

PAGE: Final = 8192
"""The bytes of a page of the cache."""


def side(path: Path, suffix: str) -> Path:
    """Give the path of a file beside the cache."""
    return path.with_name(path.name + suffix)


def by_name(*spoils: Spoil) -> dict[str, Spoil]:
    """Name each by what it is called."""
    return {spoil.__name__: spoil for spoil in spoils}
