"""`feather-tui triage REFERENCE...`: print what each of many sessions came to."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from feather_tui.cli.gathering import chosen, gather
from feather_tui.cli.messages import say
from feather_tui.cli.wiring import Desk, desk
from feather_tui.errors import UsageError
from feather_tui.export.cases import csv_heading, csv_line, outcome_json
from feather_tui.many import Loaded, Missing
from feather_tui.rendering.cases import case_row, cases_heading, group_rows
from feather_tui.rendering.clock import Clock, count
from feather_tui.rendering.look import Look
from feather_tui.rendering.row import text_of
from feather_tui.triage.table import Narrowing, grouped, ordered

if TYPE_CHECKING:
    from feather_tui.triage.case import Case

_UNCUT: Final = 1 << 20
"""Columns where standard output is no terminal: grep and awk want the whole."""


def run(arguments: argparse.Namespace) -> int:
    """Print a row a session; return 0, or the status of the failure that ended it.

    Raises ReferenceUnreadable, UsageError, SettingsInvalid, KeyMissing, KeyUnusable.
    """
    narrowing = Narrowing.parse(arguments.where or "")
    if arguments.group and arguments.format != "table":
        raise UsageError("--group goes with the table only.", "Leave --format out.")
    with desk(arguments) as on_desk:
        sessions = chosen(arguments, on_desk)
        printer = _PRINTERS[arguments.format](on_desk, arguments)
        left_out = 0

        def take(outcome: Loaded | Missing) -> None:
            nonlocal left_out
            if isinstance(outcome, Missing) or narrowing.keeps(outcome.case):
                printer.take(outcome)
            else:
                left_out += 1

        try:
            return gather(arguments, on_desk, sessions, take)
        finally:  # also of what came before Ctrl-C
            printer.end()
            if left_out:
                say(f"{count(left_out)} sessions are left out: --where does not keep them.")


class _Lines:
    """Prints each session as it comes."""

    def __init__(self, write: Callable[[Loaded | Missing], str]) -> None:
        self._write = write

    def take(self, outcome: Loaded | Missing) -> None:
        """Print a line."""
        print(self._write(outcome))

    def end(self) -> None:
        """Nothing is left to print."""


class _Json:
    """Prints one list of all sessions."""

    def __init__(self) -> None:
        self._first = True

    def take(self, outcome: Loaded | Missing) -> None:
        """Print an element."""
        print("[" if self._first else ",")
        self._first = False
        print(json.dumps(outcome_json(outcome)), end="")

    def end(self) -> None:
        """Close the list."""
        print("[]" if self._first else "\n]")


class _Table:
    """Prints the sessions that came when all have: sorted, or counted in groups."""

    def __init__(self, on_desk: Desk, arguments: argparse.Namespace) -> None:
        self._display = on_desk.display
        self._sort, self._group = arguments.sort, arguments.group
        self._cases: list[Case] = []

    def take(self, outcome: Loaded | Missing) -> None:
        """Keep a row; what did not come is told beside the table."""
        if isinstance(outcome, Loaded):
            self._cases.append(outcome.case)

    def end(self) -> None:
        """Print the table."""
        if self._cases:
            print(self._display.text_of(self._text))

    def _text(self) -> str:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _UNCUT
        look = Look(width=width, clock=Clock(now=datetime.now(UTC)))
        if self._group:
            return "\n".join(map(text_of, group_rows(grouped(self._cases, self._group), look)))
        cases = ordered(self._cases, self._sort)
        rows = (cases_heading(look), *(case_row(case, look) for case in cases))
        return "\n".join(map(text_of, rows))


def _csv() -> _Lines:
    print(csv_heading())
    return _Lines(csv_line)


_PRINTERS: Final[dict[str, Callable[[Desk, argparse.Namespace], _Lines | _Json | _Table]]] = {
    "table": _Table,
    "json": lambda _, __: _Json(),
    "jsonl": lambda _, __: _Lines(lambda outcome: json.dumps(outcome_json(outcome))),
    "csv": lambda _, __: _csv(),
}
