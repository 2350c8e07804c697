"""From the command line to something that can be read: time, CPU and memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from benchmarks.program import Cost, Program
from benchmarks.report import Row, compared
from benchmarks.scene import Scene
from benchmarks.stage import FEW, MANY, SOME, Stage
from feather_tui.api.questions import document
from feather_tui.session.identity import DocumentKind, SessionId


def first_paint(stage: Stage, runs: int) -> Iterable[Row]:
    """How soon anything is to be seen."""
    scene = stage.session(SOME)
    ours, minimal = _in_turn(runs, lambda: _until(scene, ""), lambda: _until(stage.minimal))
    yield compared("first paint", "wall_ms", ours, "minimal", minimal, 0.25)


def readable(stage: Stage, runs: int) -> Iterable[Row]:
    """How soon a cached transcript can be read that was opened here before."""
    _open_once(stage)
    yield from _readable(stage, runs, stage.session, "")


def readable_first(stage: Stage, runs: int) -> Iterable[Row]:
    """How soon a cached transcript can be read that was never opened here, so that no picture is kept."""

    def unseen(messages: int) -> Scene:
        stage.forget_pictures()
        return stage.session(messages)

    yield from _readable(stage, runs, unseen, " the first time")


def answered(stage: Stage, runs: int) -> Iterable[Row]:
    """How soon a key is answered that is pressed as soon as there is something to read."""
    _open_once(stage)
    ours, minimal = _in_turn(
        runs, lambda: _answered(stage.session(SOME), "j"), lambda: _answered(stage.minimal, " ")
    )
    yield compared(f"first key in {SOME:,} messages answered", "wall_ms", ours, "minimal", minimal, 1.25)


def _open_once(stage: Stage) -> None:
    """Open the sessions until nothing is under way: then it is kept what they look like."""
    for messages in (SOME, MANY):
        with stage.session(messages).opened():
            pass


def _readable(stage: Stage, runs: int, session: Callable[[int], Scene], when: str) -> Iterable[Row]:
    some, many, minimal = _in_turn(
        runs,
        lambda: _until(session(SOME)),
        lambda: _until(session(MANY)),
        lambda: _until(stage.minimal),
    )
    for name, ours, goal in ((f"{SOME:,}", some, 1.25), (f"{MANY:,}", many, 1.5)):
        yield compared(f"{name} messages readable{when}", "wall_ms", ours, "minimal", minimal, goal)
        yield compared(f"{name} messages readable{when}, CPU", "cpu_ms", ours, "minimal", minimal, goal)


def version(stage: Stage, runs: int) -> Iterable[Row]:
    """What the program costs where it shows nothing."""
    nothing, ours = _in_turn(
        runs,
        lambda: _ended([sys.executable, "-c", "pass"], stage),
        lambda: _ended(stage.feather("--version"), stage),
    )
    yield compared("`--version`, CPU", "cpu_ms", ours, "python -c pass", nothing, 2)


def show(stage: Stage, runs: int) -> Iterable[Row]:
    """How many modules of Textual the commands without screens import."""
    del runs  # it is a count
    words = [sys.executable, "-X", "importtime", *stage.session(FEW).words[1:3], "show", "--offline"]
    asked = [*words, stage.session(FEW).words[-1]]
    said = subprocess.run(asked, env=stage.environ, check=True, capture_output=True, text=True).stderr
    textual = sum(" textual" in line for line in said.splitlines())
    yield Row(name="`show`, Textual imported", unit="modules", ours=textual, theirs=1, against="none", goal=0)


def opening(stage: Stage, runs: int) -> Iterable[Row]:
    """How much longer it takes to open a session from an API on loopback than from the cache."""
    if shutil.which("curl") is None:
        return
    with stage.api() as base_url:
        scene = stage.fetched(base_url)
        session_id = SessionId(scene.words[-1])
        urls = [f"{base_url}{document(kind, session_id).path}" for kind in DocumentKind]
        curl = ["curl", "--silent", "--no-progress-meter", "--parallel", "--parallel-immediate", *urls]
        curl += ["--output", "/dev/null"] * len(urls)

        def afresh() -> Cost:
            shutil.rmtree(stage.root / "fetching", ignore_errors=True)
            return _until(scene)

        fetched, cached, peer = _in_turn(
            runs, afresh, lambda: _until(stage.session(SOME)), lambda: _ended(curl, stage)
        )
    name = "opening from an API, above the cache"
    ours = median(cost.wall_ms for cost in fetched) - median(cost.wall_ms for cost in cached)
    theirs = median(cost.wall_ms for cost in peer)
    yield Row(name=name, unit="ms", ours=ours, theirs=theirs, against="curl of both", goal=1.5)


def memory(stage: Stage, runs: int) -> Iterable[Row]:
    """The most memory held for a long session, above the minimal app's, against the document's size."""
    del runs  # memory does not jitter
    _open_once(stage)  # what else is in the cache has its place in the index of words
    with stage.minimal.opened() as program:
        base = program.peak_megabytes
    with stage.session(MANY).opened() as program:
        ours = program.peak_megabytes - base
    document = (stage.root / f"{MANY}.json").stat().st_size / (1 << 20)
    yield Row(
        name="memory above minimal's", unit="MB", ours=ours, theirs=document, against="document", goal=2
    )


def _in_turn(runs: int, *measures: Callable[[], Cost]) -> Sequence[list[Cost]]:
    """Take each measure, one after the other and so again and again; once more at first, to warm up."""
    rounds = [[measure() for measure in measures] for _ in range(runs + 1)]
    return [list(costs) for costs in zip(*rounds[1:], strict=True)]


def _until(scene: Scene, text: str | None = None) -> Cost:
    """Return the cost of a program until it is ready, or until a text is to be seen ("": anything)."""
    with Program(scene.words, scene.environ) as program:
        return program.until(scene.ready if text is None else text)


def _answered(scene: Scene, key: str) -> Cost:
    """Return the cost of a program until it has answered a key that is pressed as soon as it is ready."""
    with Program(scene.words, scene.environ) as program:
        program.until(scene.ready)
        return program.answer(key)


def _ended(words: Sequence[str], stage: Stage) -> Cost:
    """Return the cost of a program that ends by itself."""
    start = time.monotonic()
    with subprocess.Popen(words, env=stage.environ, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall, cpu = time.monotonic() - start, usage.ru_utime + usage.ru_stime
    return Cost(wall_ms=wall * 1e3, cpu_ms=cpu * 1e3, bytes=0)
