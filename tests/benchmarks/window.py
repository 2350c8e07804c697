"""The window over a while: another size, a held key on a slow line, and nothing at all."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from benchmarks.program import SIZE, Cost
from benchmarks.reading import PAGE_DOWN
from benchmarks.report import Row, compared
from benchmarks.scene import Scene
from benchmarks.stage import FEW, MANY, SOME, Stage, has_less

_SMALLER = (SIZE[0] - 20, SIZE[1] - 6)
_HELD, _PER_SECOND = 60, 30
_BYTES_PER_SECOND = 32_000
_IDLE_SECONDS = 5


def resizing(stage: Stage, runs: int) -> Iterable[Row]:
    """What a change of the window's size costs, and how many frames it takes."""
    few: list[Cost] = []
    many: list[Cost] = []
    for _ in range(runs):
        with stage.session(FEW).opened() as short, stage.session(MANY).opened() as long:
            for size in (_SMALLER, SIZE, _SMALLER):
                few.append(short.resized(size))
                many.append(long.resized(size))
    yield compared(f"resize, CPU at {MANY:,} messages", "cpu_ms", many, f"at {FEW}", few, 1.3)
    frames = median(cost.frames for cost in many)
    yield Row(name="resize, frames", unit="frames", ours=frames, theirs=1, against="one", goal=1)


def holding(stage: Stage, runs: int) -> Iterable[Row]:
    """How far the screen lags behind Page down held for two seconds, on a slow line."""
    if not has_less():
        return
    lags = [[_lag(stage.session(MANY)), _lag(stage.less(MANY))] for _ in range(runs)]
    ours, less = (median(column) for column in zip(*lags, strict=True))
    name = f"held Page down at {_BYTES_PER_SECOND:,} B/s, lag"
    yield Row(name=name, unit="ms", ours=ours, theirs=max(less, 1), against="less", goal=1.1)


def idling(stage: Stage, runs: int) -> Iterable[Row]:
    """What doing nothing costs, in a transcript and with the cursor in the lookup's line."""
    del runs  # once is enough of waiting
    for name, scene in (("a transcript", stage.session(SOME)), ("the lookup's line", stage.lookup)):
        with scene.opened() as program:
            cost = program.idle(_IDLE_SECONDS)
        told = f"{_IDLE_SECONDS} s of idling in {name}"
        yield Row(name=f"{told}, bytes", unit="B", ours=cost.bytes, theirs=1, against="one", goal=0)
        yield Row(
            name=f"{told}, CPU", unit="ms", ours=cost.cpu_ms, theirs=cost.wall_ms, against="time", goal=0.002
        )


def _lag(scene: Scene) -> float:
    with scene.opened(bytes_per_second=_BYTES_PER_SECOND) as program:
        return program.hold(PAGE_DOWN, _HELD, _PER_SECOND)
