"""Keys of reading: what each costs in bytes and CPU, and whether that grows with the session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median, quantiles

from benchmarks.program import SIZE, Cost, Program
from benchmarks.report import Row, compared
from benchmarks.scene import PRESSES, in_turn
from benchmarks.stage import FEW, MANY, MOST, SOME, Stage, has_less

DOWN, UP, PAGE_DOWN, PAGE_UP = "j", "k", " ", "b"
HOME, END, UNFOLD, REDRAW, SHARE = "g", "G", "\r", "\x0c", "z"
_TO_THE_BOTTOM = DOWN * SIZE[1]
"""From there on a line down moves the whole page, as it always does in less."""
_CHANGE = " "
"""Changes one cell of the minimal app."""
_ON_A_CALL = "\n▌          ▸ shop_lookup_order"


def down(stage: Stage, runs: int) -> Iterable[Row]:
    """One line down, as the whole page moves."""
    yield from _key("Down", DOWN, stage, runs, bytes_goal=1.25, cpu_goal=1.5)


def page_down(stage: Stage, runs: int) -> Iterable[Row]:
    """One page down."""
    yield from _key("Page down", PAGE_DOWN, stage, runs, bytes_goal=1.2, cpu_goal=2.5, back=PAGE_UP)


def end(stage: Stage, runs: int) -> Iterable[Row]:
    """To the end, from the beginning."""
    yield from _key("End", END, stage, runs, bytes_goal=1.2, back=HOME)


def home(stage: Stage, runs: int) -> Iterable[Row]:
    """To the beginning, from the end."""
    yield from _key("Home", HOME, stage, runs, bytes_goal=1.2, back=END)


def beside(stage: Stage, runs: int) -> Iterable[Row]:
    """A line down with two panes side by side, where no terminal can scroll."""
    ahead = SHARE + _TO_THE_BOTTOM
    ours, stock = in_turn(
        (stage.session(SOME, ahead=ahead), DOWN),
        (stage.session(SOME, ahead=ahead, plain=True), DOWN),
        runs=runs,
    )
    yield compared("Down beside another pane, bytes", "bytes", ours, "stock", stock, 0.35)


def unfolding(stage: Stage, runs: int) -> Iterable[Row]:
    """A tool call of 20 KB unfolded, against a line down and against writing that very page."""
    unfolded, moved, pages = [], [], []
    with stage.session(FEW).opened() as program:
        while _ON_A_CALL not in program.screen:
            program.press(DOWN)
        for _ in range(runs * PRESSES):
            unfolded.append(program.press(UNFOLD))
            pages.append(program.press(REDRAW))
            moved.append(program.press(DOWN))
            _back_to_the_call(program)
    yield compared("unfold a call of 20 KB, bytes", "bytes", unfolded, "the page written", pages, 1)
    yield compared("unfold a call of 20 KB, CPU", "cpu_ms", unfolded, "Down", moved, 2)


def _back_to_the_call(program: Program) -> None:
    program.press(UP)
    program.press(UNFOLD)


def _key(
    name: str, key: str, stage: Stage, runs: int, *, bytes_goal: float, cpu_goal: float = 0, back: str = ""
) -> Iterator[Row]:
    ahead = back or _TO_THE_BOTTOM
    lengths = [(stage.session(messages, ahead=ahead), key) for messages in (FEW, MANY, MOST)]
    less = [(stage.less(MANY, ahead=ahead), key)] if has_less() else []
    few, many, most, change, *peer = in_turn(*lengths, (stage.minimal, _CHANGE), *less, runs=runs, back=back)
    for costs in peer:
        yield compared(f"{name}, bytes", "bytes", many, "less", costs, bytes_goal)
    if cpu_goal:
        yield compared(f"{name}, CPU", "cpu_ms", many, "one cell", change, cpu_goal)
        yield _spread(name, many)
    yield compared(f"{name}, CPU at {MANY:,} messages", "cpu_ms", many, f"at {FEW}", few, 1.3)
    yield compared(f"{name}, CPU at {MOST:,} messages", "cpu_ms", most, f"at {FEW}", few, 1.5)


def _spread(name: str, costs: list[Cost]) -> Row:
    """Return how far the slowest twentieth is from the middle."""
    spent = [cost.cpu_ms for cost in costs]
    most = quantiles(spent, n=20, method="inclusive")[-1]
    return Row(name=f"{name}, CPU, p95", unit="ms", ours=most, theirs=median(spent), against="median", goal=3)
