"""The figures as a table in Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from operator import attrgetter
from statistics import median

from benchmarks.program import Cost

_BEGIN, _END = "<!-- figures -->", "<!-- /figures -->"
UNITS = {"wall_ms": "ms", "cpu_ms": "ms", "bytes": "B", "frames": "frames"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure against another: `ours / theirs` should be at most `goal`, if there is one."""

    name: str
    unit: str
    ours: float
    theirs: float
    against: str
    goal: float | None = None

    @property
    def ratio(self) -> float:
        """How many times theirs."""
        return self.ours / self.theirs if self.theirs else float("inf")

    @property
    def verdict(self) -> str:
        """Whether the goal is met, in a word."""
        if self.goal is None:
            return ""
        return "met" if self.ratio <= self.goal else "not met"


def compared(
    name: str, figure: str, ours: Sequence[Cost], against: str, theirs: Sequence[Cost], goal: float
) -> Row:
    """Return the medians of a figure of `Cost`, ours against theirs."""
    middle, other = (median(map(attrgetter(figure), costs)) for costs in (ours, theirs))
    return Row(name=name, unit=UNITS[figure], ours=middle, theirs=other, against=against, goal=goal)


def markdown(rows: Sequence[Row], *, runs: int) -> str:
    """Return the table, with the machine and the versions it was made on."""
    return "\n".join([*_head(runs), *(_line(row) for row in rows)])


def renewed(report: str, table: str) -> str:
    """Return a report with another table between its two marks; what is written around them stays.

    Raises ValueError where there are no marks.
    """
    before, _, rest = report.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"{_BEGIN} and {_END} are not in it")
    return f"{before}{_BEGIN}\n{table}\n{_END}{after}"


def _head(runs: int) -> list[str]:
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    versions = f"Python {platform.python_version()}, Textual {version('textual')}"
    return [
        f"`PYTHONPATH=tests python3 -m benchmarks -o BENCHMARKS.md` on {machine}; {versions}.",
        f"Terminal 120x36; medians of {runs} runs, from outside through a pty.",
        "Ratios travel between machines, milliseconds do not.",
        "",
        "- *minimal*: a Textual app of two lines; *one cell*: a key in it that changes one cell",
        "- *less*: `less -R` on the same rows in the same colours",
        '- *stock*: our own app with `output = "plain"`',
        "",
        "| What | ours | against | theirs | ratio | goal | |",
        "|---|---|---|---|---|---|---|",
    ]


def _line(row: Row) -> str:
    goal = "" if row.goal is None else f"≤ {row.goal:g}"
    return (
        f"| {row.name} | {_amount(row.ours)} {row.unit} | {row.against} | {_amount(row.theirs)} {row.unit}"
        f" | {row.ratio:.2f} | {goal} | {row.verdict} |"
    )


def _amount(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.2g}"
