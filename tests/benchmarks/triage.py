"""The board: ten thousand sessions from the cache, sorted, narrowed, grouped and scrolled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from benchmarks.program import Cost, Program
from benchmarks.reading import DOWN, END, HOME, PAGE_DOWN, UP
from benchmarks.report import Row, compared
from benchmarks.scene import Scene, in_turn
from benchmarks.stage import BOARD_READY, FEW, MANY, Stage

_SORT, _TURN, _GROUP = "s", "S", "\t"
_FILTER = "/refund_order\r"
_CLEAR = "\x1b"
_MOST_MS = 100
_MOST_SECONDS, _MOST_MEGABYTES = 3, 50
_A_ROW = "user_requested"
"""The reason of every session: seen of the one that the cursor is on."""


def board_filling(stage: Stage, runs: int) -> Iterable[Row]:
    """From the command line to the first rows, and to all of ten thousand; memory at the end."""
    few, first, whole = [], [], []
    small, large = [], []
    for _ in range(runs):
        with _started(stage.board(FEW)) as program:
            few.append(program.until(BOARD_READY).wall_ms)
            small.append(program.peak_megabytes)
        with _started(stage.board(MANY)) as program:
            first.append(program.until(_A_ROW).wall_ms)
            whole.append(program.until(BOARD_READY).wall_ms)
            large.append(program.peak_megabytes)
    yield _bounded(f"first rows of {MANY:,}", "ms", first, median(few), f"all of {FEW}", goal=1.5)
    yield _bounded(f"all of {MANY:,}", "ms", whole, _MOST_SECONDS * 1e3, f"{_MOST_SECONDS} s")
    more = [big - little for big, little in zip(large, small, strict=True)]
    yield _bounded(f"memory of {MANY:,}", "MB", more, _MOST_MEGABYTES, f"{_MOST_MEGABYTES} MB")


def board_moving(stage: Stage, runs: int) -> Iterable[Row]:
    """A step in the board costs the same however many rows there are."""
    many, few = stage.board(MANY), stage.board(FEW)
    for name, key, back in (("line down", DOWN, UP), ("page down", PAGE_DOWN, HOME)):
        ours, theirs = in_turn((many, key), (few, key), runs=runs, back=back)
        told = f"board, {name} in {MANY:,}"
        yield compared(f"{told}, CPU", "cpu_ms", ours, f"in {FEW}", theirs, 1.2)
        yield compared(f"{told}, bytes", "bytes", ours, f"in {FEW}", theirs, 1.2)
    with many.opened() as program:
        cost = program.press(END).cpu_ms
    yield _bounded(f"to the end of {MANY:,}, CPU", "ms", [cost], _MOST_MS, f"{_MOST_MS} ms")


def board_arranging(stage: Stage, runs: int) -> Iterable[Row]:
    """Sorting, turning round, grouping and narrowing ten thousand rows, the frame among it."""
    costs: dict[str, list[Cost]] = {
        name: [] for name in ("sort", "turn round", "group", "narrow", "show all")
    }
    for _ in range(runs):
        with stage.board(MANY).opened() as program:
            costs["turn round"].append(program.press(_TURN))
            costs["sort"] += [program.press(_SORT) for _ in range(8)]
            costs["narrow"].append(program.press(_FILTER))
            costs["show all"].append(program.press(_CLEAR))
            costs["group"] += [program.press(_GROUP) for _ in range(4)]
    for name, found in costs.items():
        used = [cost.cpu_ms for cost in found]
        yield _bounded(f"{name} {MANY:,}, CPU", "ms", used, _MOST_MS, f"{_MOST_MS} ms")


def _started(scene: Scene) -> Program:
    return Program(scene.words, scene.environ)


def _bounded(name: str, unit: str, ours: Sequence[float], most: float, against: str, goal: float = 1) -> Row:
    return Row(name=f"board, {name}", unit=unit, ours=median(ours), theirs=most, against=against, goal=goal)
