"""`PYTHONPATH=tests python3 -m benchmarks [--runs N] [--only WORD] [-o FILE]`: measure, write the table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import finding, reading, starting, triage, window
from benchmarks.report import Row, markdown, renewed
from benchmarks.stage import Stage, staged

FIGURES: tuple[Callable[[Stage, int], Iterable[Row]], ...] = (
    *(
        starting.first_paint,
        starting.readable,
        starting.readable_first,
        starting.answered,
        starting.opening,
        starting.version,
        starting.show,
    ),
    *(reading.down, reading.page_down, reading.end, reading.home, reading.beside, reading.unfolding),
    *(finding.looking_up, finding.searching, finding.hit),
    *(triage.board_filling, triage.board_moving, triage.board_arranging),
    *(window.resizing, window.holding, window.idling, starting.memory),
)


def main() -> int:
    """Measure what was asked for; print the table, and write it where asked."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each program; medians are given")
    parser.add_argument("--only", default="", metavar="WORD", help="only the figures whose name has the word")
    parser.add_argument(
        "-o", "--output", type=Path, help="put the table into this file too, between its marks"
    )
    arguments = parser.parse_args()
    with staged() as stage:
        rows: list[Row] = []
        for figure in FIGURES:
            if arguments.only in figure.__name__:
                print(f"{figure.__name__} …", file=sys.stderr, flush=True)  # noqa: T201 - it takes minutes
                rows += figure(stage, arguments.runs)
    table = markdown(rows, runs=arguments.runs)
    print(table)  # noqa: T201 - printing is what it is for
    if arguments.output is not None:
        report = arguments.output.read_text(encoding="utf-8")
        arguments.output.write_text(renewed(report, table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
