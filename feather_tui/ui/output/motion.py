"""The shortest way of the cursor from one cell to another.

Only motions on which terminals agree: CUP, CUU, CUD, CUF, CUB, CHA and VPA of ECMA-48, carriage return,
line feed and backspace.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Place(NamedTuple):
    """Column and row, from 0. None is unknown, as the column is after a row's last cell was written."""

    x: int | None = None
    y: int | None = None


NOWHERE = Place()


@lru_cache(maxsize=16384)
def motion(start: Place, x: int, y: int) -> str:
    """Return the shortest sequence that takes the cursor from `start` to column `x` of row `y`."""
    if start == (x, y):
        return ""
    ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{_count(y + 1)}H"]
    if start.y == y:
        ways += _along(start.x, x)
    elif start.y is not None:
        ways += _across(start, x, y)
    return min(ways, key=_wire_length)


def _along(start: int | None, x: int) -> list[str]:
    """Return ways within a row."""
    ways = [f"\x1b[{_count(x + 1)}G", "\r" if x == 0 else f"\r\x1b[{_count(x)}C"]
    if start is not None and start < x:
        ways.append(f"\x1b[{_count(x - start)}C")
    elif start is not None:
        ways += ["\b" * (start - x), f"\x1b[{_count(start - x)}D"]
    return ways


def _across(start: Place, x: int, y: int) -> list[str]:
    """Return ways to another row from a known one."""
    ways = []
    if start.y is not None and y == start.y + 1:
        ways.append("\r\n" if x == 0 else f"\r\n\x1b[{_count(x)}C")
    if start.x == x and start.y is not None:
        ways.append(f"\x1b[{_count(y + 1)}d")
        ways.append(f"\x1b[{_count(y - start.y)}B" if y > start.y else f"\x1b[{_count(start.y - y)}A")
    return ways


def _count(number: int) -> str:
    return "" if number == 1 else str(number)


def _wire_length(sequence: str) -> int:
    """A line feed costs two bytes: the terminal's line discipline sends a carriage return with it."""
    return len(sequence) + sequence.count("\n")
