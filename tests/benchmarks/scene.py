"""A program brought to where it is measured, and what keys cost there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from benchmarks.program import Cost, Program

PRESSES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A command line, what is on its screen once it is ready ("": anything), and keys to be pressed then."""

    words: Sequence[str]
    environ: Mapping[str, str]
    ready: str = ""
    ahead: str = ""

    @contextmanager
    def opened(self, *, bytes_per_second: int | None = None) -> Iterator[Program]:
        """Run it, ready and at rest."""
        with Program(self.words, self.environ, bytes_per_second=bytes_per_second) as program:
            program.until(self.ready)
            program.settle()
            if self.ahead:
                program.press(self.ahead)
            yield program


def in_turn(*played: tuple[Scene, str], runs: int, back: str = "") -> list[list[Cost]]:
    """Press a key in each scene, one scene after the other and so again and again; return what each cost.

    So whatever else keeps the machine busy falls on all alike. `back` undoes the key, and is not counted.
    """
    costs: list[list[Cost]] = [[] for _ in played]
    with ExitStack() as stack:
        programs = [stack.enter_context(scene.opened()) for scene, _ in played]
        for _ in range(runs * PRESSES):
            for program, (_, key), found in zip(programs, played, costs, strict=True):
                found.append(program.press(key))
                if back:
                    program.press(back)
    return costs
