"""Typing: in the lookup's line over thousands of sessions, and in a search over thousands of messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from benchmarks import sessions
from benchmarks.report import Row, compared
from benchmarks.scene import in_turn
from benchmarks.stage import MANY, Stage

_LETTER, _BACKSPACE, _CHANGE = "a", "\x7f", " "


def looking_up(stage: Stage, runs: int) -> Iterable[Row]:
    """A letter that narrows the list of known sessions."""
    typed, change = in_turn((stage.lookup, _LETTER), (stage.minimal, _CHANGE), runs=runs, back=_BACKSPACE)
    yield compared("a letter in the lookup of 5,000, CPU", "cpu_ms", typed, "one cell", change, 2)


def searching(stage: Stage, runs: int) -> Iterable[Row]:
    """A letter in the line of the search."""
    scene = replace(stage.session(MANY), ahead="/")
    typed, change = in_turn((scene, _LETTER), (stage.minimal, _CHANGE), runs=runs, back=_BACKSPACE)
    yield compared(f"a letter of a search in {MANY:,} messages, CPU", "cpu_ms", typed, "one cell", change, 2)


def hit(stage: Stage, runs: int) -> Iterable[Row]:
    """The first hit: of words that are near, and of words that are in the last message alone."""
    for words, name in (
        (sessions.OFTEN, f"first hit of a search in {MANY:,} messages, CPU"),
        (sessions.LAST, "… that is in the last message, CPU"),
    ):
        costs = []
        for _ in range(runs):
            with stage.session(MANY, ahead=f"/{words}").opened() as program:
                costs.append(program.press_until("\r", f"/{words}  1/").cpu_ms)
        yield Row(name=name, unit="ms", ours=median(costs), theirs=50, against="50 ms", goal=1)
