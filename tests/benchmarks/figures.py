"""What is measured, one function a subject; each returns rows of the table."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from statistics import median

from benchmarks.program import SIZE, Cost, Program
from benchmarks.report import Row
from benchmarks.stage import LENGTHS, Stage, has_less

DOWN, PAGE_DOWN, HOME, END = "j", " ", "g", "G"
_READABLE, _MINIMAL = "unfold", "minimal ready"
_KEYS = {"Down": DOWN, "Page down": PAGE_DOWN, "End": END, "Home": HOME}
_PRESSES = 12
_FEW, _SOME, _MANY = LENGTHS


def starting(stage: Stage, runs: int) -> Iterable[Row]:
    """How soon something is to be seen, and a cached transcript can be read."""
    minimal = [_start(stage, stage.minimal, _MINIMAL) for _ in range(runs)]
    first = [_first_paint(stage) for _ in range(runs)]
    yield _row("first paint", "ms", first, minimal, "minimal", 0.25, lambda cost: cost.wall_ms)
    for messages, goal in ((_SOME, 1.25), (_MANY, 1.5)):
        ours = [_start(stage, stage.session(messages), _READABLE) for _ in range(runs)]
        name = f"{messages:,} messages readable"
        yield _row(name, "ms", ours, minimal, "minimal", goal, lambda cost: cost.wall_ms)
        yield _row(f"{name}, CPU", "ms", ours, minimal, "minimal", goal, lambda cost: cost.cpu_ms)


def commands(stage: Stage, runs: int) -> Iterable[Row]:
    """What the commands without screens cost."""
    nothing = [_cpu(stage, [sys.executable, "-c", "pass"]) for _ in range(runs)]
    version = [_cpu(stage, stage.feather("--version")) for _ in range(runs)]
    yield Row(
        name="`--version`, CPU",
        unit="ms",
        ours=median(version),
        theirs=median(nothing),
        against="python -c pass",
        goal=2,
    )


def keys(stage: Stage, runs: int) -> Iterable[Row]:
    """What each key of reading costs in bytes and CPU, and whether that grows with the session."""
    change = median(cost.cpu_ms for cost in _pressed(stage.minimal, _MINIMAL, stage, " ", runs))
    for name, key in _KEYS.items():
        few, many = (_in_session(stage, messages, key, runs) for messages in (_FEW, _MANY))
        if has_less():
            less = _pressed(stage.less(_MANY), "", stage, key, runs)
            goal = 1.25 if key == DOWN else 1.2
            yield _row(f"{name}, bytes", "B", many, less, "less", goal, lambda cost: cost.bytes)
        if key in {DOWN, PAGE_DOWN}:
            yield Row(
                name=f"{name}, CPU",
                unit="ms",
                ours=median(cost.cpu_ms for cost in many),
                theirs=change,
                against="one cell",
                goal=1.5 if key == DOWN else 2.5,
            )
        growth = f"{name}, CPU at {_MANY:,} messages"
        yield _row(growth, "ms", many, few, f"at {_FEW}", 1.3, lambda cost: cost.cpu_ms)


def panes(stage: Stage, runs: int) -> Iterable[Row]:
    """What a line costs with two panes side by side, where no terminal can scroll."""
    ours = _pressed(stage.session(_SOME), _READABLE, stage, DOWN, runs, first="z")
    stock = _pressed(stage.session(_SOME), _READABLE, stage, DOWN, runs, first="z", environ=stage.plain())
    yield _row("Down beside another pane, bytes", "B", ours, stock, "stock", 0.35, lambda cost: cost.bytes)


def resizing(stage: Stage, runs: int) -> Iterable[Row]:
    """What a change of the window's size costs."""
    few, many = ([_resized(stage, messages) for _ in range(runs)] for messages in (_FEW, _MANY))
    yield _row("resize, CPU at 10,000 messages", "ms", many, few, f"at {_FEW}", 1.3, lambda cost: cost.cpu_ms)


def holding(stage: Stage, runs: int) -> Iterable[Row]:
    """How far the screen lags behind a held key."""
    if has_less():
        less = median(_held(stage.less(_MANY), "", stage) for _ in range(runs))
        ours = median(_held(stage.session(_MANY), _READABLE, stage) for _ in range(runs))
        yield Row(
            name="held Page down, lag", unit="ms", ours=ours, theirs=max(less, 1), against="less", goal=1.1
        )


def idling(stage: Stage, runs: int) -> Iterable[Row]:
    """What doing nothing costs in five seconds, in a transcript and in the lookup's line."""
    del runs  # once is enough of waiting
    for name, words in (("a transcript", stage.session(_SOME)), ("the lookup", stage.feather("--offline"))):
        with Program(words, stage.environ) as program:
            program.until("help")
            program.settle()
            cost = program.idle(5)
        yield Row(
            name=f"idle in {name}, bytes", unit="B", ours=cost.bytes, theirs=1, against="nothing", goal=0
        )
        yield Row(
            name=f"idle in {name}, CPU", unit="ms", ours=cost.cpu_ms, theirs=5000, against="5 s", goal=0.002
        )


def memory(stage: Stage, runs: int) -> Iterable[Row]:
    """The most memory held for a long session, above the minimal app's, against the document's size."""
    del runs  # memory does not jitter
    with Program(stage.minimal, stage.environ) as program:
        program.until(_MINIMAL)
        base = program.peak_megabytes
    with Program(stage.session(_MANY), stage.environ) as program:
        program.until(_READABLE)
        program.settle()
        ours = program.peak_megabytes
    document = (stage.root / f"{_MANY}.json").stat().st_size / (1 << 20)
    yield Row(
        name="memory above the minimal app",
        unit="MB",
        ours=ours - base,
        theirs=document,
        against="the document",
        goal=2,
    )


def finding(stage: Stage, runs: int) -> Iterable[Row]:
    """Typing in the lookup with 5,000 sessions; the first hit of a search over 10,000 messages."""
    change = median(cost.cpu_ms for cost in _pressed(stage.minimal, _MINIMAL, stage, " ", runs))
    typed = _pressed(stage.feather("--offline"), "help", stage, "a", runs, environ=stage.listed())
    yield Row(
        name="a letter in the lookup of 5,000, CPU",
        unit="ms",
        ours=median(cost.cpu_ms for cost in typed),
        theirs=change,
        against="one cell",
        goal=2,
    )
    searched = [_searched(stage) for _ in range(runs)]
    yield Row(
        name="search to the last of 10,000 messages, CPU",
        unit="ms",
        ours=median(cost.cpu_ms for cost in searched),
        theirs=50,
        against="50 ms",
    )


FIGURES: tuple[Callable[[Stage, int], Iterable[Row]], ...] = (
    starting,
    commands,
    keys,
    panes,
    resizing,
    holding,
    idling,
    memory,
    finding,
)


def _start(stage: Stage, words: list[str], text: str) -> Cost:
    with Program(words, stage.environ) as program:
        return program.until(text)


def _first_paint(stage: Stage) -> Cost:
    with Program(stage.session(_SOME), stage.environ) as program:
        return program.until_anything()


def _cpu(stage: Stage, words: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, env=stage.environ, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3


def _in_session(stage: Stage, messages: int, key: str, runs: int) -> list[Cost]:
    return _pressed(stage.session(messages), _READABLE, stage, key, runs)


def _pressed(
    words: list[str],
    text: str,
    stage: Stage,
    key: str,
    runs: int,
    *,
    first: str = "",
    environ: dict[str, str] | None = None,
) -> list[Cost]:
    """Return what each press of a key costs, from somewhere in the middle."""
    costs = []
    for _ in range(runs):
        with Program(words, environ or stage.environ) as program:
            program.until(text) if text else program.until_anything()
            program.settle()
            program.press(first or PAGE_DOWN)
            for _ in range(_PRESSES if key not in {HOME, END} else 1):
                if key == HOME:
                    program.press(END)
                costs.append(program.press(key))
    return costs


def _resized(stage: Stage, messages: int) -> Cost:
    with Program(stage.session(messages), stage.environ) as program:
        program.until(_READABLE)
        program.settle()
        return program.resized((SIZE[0] - 20, SIZE[1] - 6))


def _held(words: list[str], text: str, stage: Stage) -> float:
    with Program(words, stage.environ) as program:
        program.until(text) if text else program.until_anything()
        program.settle()
        return program.hold(PAGE_DOWN, 60, 30)


def _searched(stage: Stage) -> Cost:
    with Program(stage.session(_MANY), stage.environ) as program:
        program.until(_READABLE)
        program.settle()
        program.press("/the very last words")
        return program.press("\r")


def _row(
    name: str,
    unit: str,
    ours: Iterable[Cost],
    theirs: Iterable[Cost],
    against: str,
    goal: float,
    figure: Callable[[Cost], float],
) -> Row:
    return Row(
        name=name,
        unit=unit,
        ours=median(map(figure, ours)),
        theirs=median(map(figure, theirs)),
        against=against,
        goal=goal,
    )
